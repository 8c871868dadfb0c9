import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { openSurveyData, type SurveyDataSet } from "../survey/open-survey-data.ts";
import { type CrossAsk, settleAsk } from "../tabulation/cross-ask.ts";
import { type CrossView, crossView, type SurveyBase } from "../tabulation/cross-view.ts";
import { readDesign } from "../tabulation/sample-design.ts";

/** 集計のために開いた調査。同じ版のあいだは同じもの。 */
export interface Analysis {
  readonly set: SurveyDataSet;
  readonly base: SurveyBase;
  readonly hasWeight: boolean;
}

const known = new WeakMap<SurveyDataSet, Analysis>();

/** 調査を集計のために開く。誤りは openSurveyData と同じ。 */
export async function openAnalysis(office: Office, actor: Actor, survey: string): Promise<Analysis> {
  const set = await openSurveyData(office, actor, survey);
  const found = known.get(set) ?? analysisOf(set);
  known.set(set, found);
  return found;
}

function analysisOf(set: SurveyDataSet): Analysis {
  const { codebook, coded, data, design } = set;
  // ウエイトのない調査でも、層や集落があれば、検定は標本設計に従う。
  const plain = design.weighted ? readDesign(data, { random: codebook.design.random }) : design;
  const base: SurveyBase = {
    ...{ codebook, survey: coded, plain },
    ...(design.weighted ? { weighted: design } : {}),
  };
  return { set, base, hasWeight: design.weighted };
}

/** 尋ねられたとおりに集計する（ないものは直して）。 */
export function askAnalysis({ base, hasWeight }: Analysis, given: Partial<CrossAsk>): CrossView {
  return crossView(base, settleAsk(given, base.codebook, hasWeight));
}
