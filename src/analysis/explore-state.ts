import type { Codebook } from "../tabulation/codebook.ts";
import { type CrossAsk, mayBeAxis, mayBeColumn, writeAsk } from "../tabulation/cross-ask.ts";
import type { CrossView, ViewTest } from "../tabulation/cross-view.ts";
import { questionName } from "../tabulation/question-name.ts";
import { draftFinding } from "./draft-finding.ts";
import { type Finding, tenthsText } from "./finding.ts";

/** 集計の画面が知ること。JSON の道が同じものを返し、島が同じ部品で描く。 */
export interface ExploreState {
  survey: { id: string; title: string };
  questions: ExploreQuestion[];
  hasWeight: boolean;
  ask: CrossAsk;
  /** ask を書いた問い合わせ（「row=F2&column=Q12…」）。 */
  query: string;
  view: CrossView;
  /** 分母の言葉。 */
  baseText: string;
  finding: Finding;
}

export interface ExploreQuestion {
  id: string;
  label: string;
  type: string;
  axis: boolean;
  options: { code: string; label: string }[];
}

/** 調査の名と、配布した数（分かれば）。 */
export interface ExploreSurvey {
  id: string;
  title: string;
  sample: number | null;
}

export function exploreState(
  survey: ExploreSurvey,
  codebook: Codebook,
  view: CrossView,
  hasWeight: boolean,
): ExploreState {
  return {
    survey: { id: survey.id, title: survey.title },
    questions: codebook.questions.filter(mayBeColumn).map(({ id, text, short, type, options }) => ({
      ...{ id, label: `${questionName(id)} ${short ?? text}`.trim(), type, axis: mayBeAxis(codebook, id) },
      options: options.map((one) => ({ code: one.code, label: one.short ?? one.label })),
    })),
    ...{ hasWeight, ask: view.ask, query: writeAsk(view.ask), view },
    baseText: baseText(survey, view),
    finding: draftFinding(view),
  };
}

const count = (value: number) => value.toLocaleString("ja-JP");

/** 「有効回収3,053通（50.9%）のうち、問12に回答した3,012通を集計しています。」 */
export function baseText(
  { sample }: Pick<ExploreSurvey, "sample">,
  { base, question, weighted }: CrossView,
): string {
  const rate =
    sample === null || sample < base.all || sample === 0
      ? ""
      : `（${tenthsText(Math.floor((2000 * base.all + sample) / (2 * sample)))}%）`;
  const within = base.filtered < base.all ? `、条件に合う${count(base.filtered)}通のうち` : "のうち";
  const asked =
    base.asked < base.filtered ? `、${questionName(question.id)}を聞かれた${count(base.asked)}通から` : "";
  const who =
    base.counted === base.answered
      ? `${questionName(question.id)}に回答した${count(base.counted)}通`
      : `無回答を含む${count(base.counted)}通`;
  const lost = base.missing.map(({ label, people }) => `${label}${count(people)}`).join("、");
  return `有効回収${count(base.all)}通${rate}${within}${asked}、${who}を集計しています。${lost === "" ? "" : `答えのないものは${lost}通です。`}${weighted ? "割合はウエイトつき、回答者数は実際の人数です。" : ""}`.replace(
    "、、",
    "、",
  );
}

export interface TestWords {
  differs: boolean;
  line: string;
  more: string[];
}

const fixed = (value: number, digits: number) => value.toFixed(digits);

export function pText(p: number): string {
  return p < 0.001 ? "p < 0.001" : `p = ${fixed(p, 3)}`;
}

/** 検定の一行: 統計量、自由度、p、効果の大きさ、いちばん小さい期待度数。 */
export function testWords(test: ViewTest): TestWords {
  const { raoScott } = test;
  const statistic = raoScott
    ? `Rao–Scott F(${fixed(raoScott.df1, 1)}, ${fixed(raoScott.df2, 0)}) = ${fixed(raoScott.f, 2)}`
    : `χ²(${test.df}) = ${fixed(test.chi2, 1)}`;
  const least =
    test.leastExpected < 100 ? fixed(test.leastExpected, 1) : count(Math.round(test.leastExpected));
  return {
    differs: test.p < 0.05,
    line: `${statistic}、${pText(test.p)}、クラメールの V = ${fixed(test.cramersV, 2)}。最小の期待度数は${least}。`,
    more: [
      raoScott
        ? `標本設計（ウエイト・層・集落）を入れた Rao–Scott の二次の修正です。割り引く前は χ²(${test.df}) = ${fixed(test.chi2, 1)}。`
        : test.plainOnly
          ? "空のますが多く、標本設計を入れた検定を求められません。ピアソンの χ² なので、参考にとどめてください。区分をまとめると求められます。"
          : "ピアソンの χ² 検定（連続修正なし）です。無回答と、軸に答えていない人は除いています。",
      "p は、この軸ひとつについての値で、いくつもの軸から選んだことの補正はしていません。軸を見比べて選んだときは、小さな p を割り引いて読んでください。",
      `偏りを直したクラメールの V は ${fixed(test.cramersVCorrected, 3)}。0.1 ほどで弱く、0.3 を超えると強いつながりの目安です。`,
      ...(test.smallExpected > 0.2
        ? [
            `期待度数が5に満たないますが${Math.round(test.smallExpected * 100)}%あります。区分をまとめて確かめてください。`,
          ]
        : []),
    ],
  };
}

/** ますの中の人を開く道。列は key、区分がなければ全体。 */
export function peopleHref(
  state: Pick<ExploreState, "survey" | "query">,
  block: string,
  row: string,
  column: string,
): string {
  const cell = new URLSearchParams({ block, r: row, c: column });
  return `/surveys/${state.survey.id}/explore/people?${state.query}&${cell.toString()}`;
}
