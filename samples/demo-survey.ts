import type { Actor } from "../src/base/actor.ts";
import type { Office } from "../src/platform/office.ts";
import type { checkRules } from "../src/survey/check-answers.ts";
import { createSurvey, saveQuestionnaire } from "../src/survey/create-survey.ts";
import { type FixInput, fixAnswers } from "../src/survey/fix-answers.ts";
import { importAnswers } from "../src/survey/import-answers.ts";
import { openChecked } from "../src/survey/open-survey-data.ts";
import { weightSurvey } from "../src/survey/weight-survey.ts";
import { readCodebook } from "../src/tabulation/codebook.ts";
import { CITIZEN_TITLE } from "./citizen-texts.ts";
import {
  citizenAnswers,
  citizenCodebook,
  citizenCsv,
  citizenMargins,
  citizenQuestionnaire,
} from "./demo-citizens.ts";
import type { DemoClock } from "./demo-clock.ts";
import { codeOpinions, countPaper } from "./demo-survey-coding.ts";

interface Staff {
  planner: Actor;
  manager: Actor;
}

const encode = (text: string) => new TextEncoder().encode(text);

/** 市民アンケート: 作り、取り込み、確かめて直し、母集団に合わせる。時計は 2024年6月から7月へ進む。 */
export async function fillSurvey(
  office: Office,
  clock: DemoClock,
  { planner, manager }: Staff,
): Promise<{ survey: string }> {
  clock.set("2024-06-10T09:30:00");
  const { id } = await createSurvey(office, planner, {
    title: CITIZEN_TITLE,
    about: {
      purpose: "第２次ICT活用戦略の骨子・素案に、市民のICTの利用と意向を活かす",
      target: "市内に住む18歳以上の方",
      sampling: "住民基本台帳から、区を層とする層化無作為抽出",
      method: "郵送で配布し、郵送とWebで回収",
      ...{ from: "2024-06-10", to: "2024-07-05", population: 1_690_000, sample: 6_000 },
      owner: "札幌市デジタル戦略推進局",
    },
  });
  const answers = citizenAnswers();
  await countPaper(office, clock, { planner }, id, answers);
  clock.set("2024-07-08T10:15:00");
  const codebook = readCodebook(JSON.stringify(citizenCodebook()));
  await importAnswers(office, planner, id, {
    bytes: encode(citizenCsv(answers)),
    name: "answers.csv",
    codebook,
  });
  await saveQuestionnaire(office, planner, id, citizenQuestionnaire());
  await correct(office, clock, planner, id);
  clock.set("2024-07-10T11:20:00");
  await weightSurvey(office, planner, id, {
    margins: { bytes: encode(citizenMargins()), name: "margins.csv" },
    trim: { min: 0.2, max: 5 },
  });
  await codeOpinions(office, clock, { planner, manager }, id, answers);
  return { survey: id };
}

/** 重なった回答、範囲の外、聞かれない答えを直す。食い違いと「どれも」の矛盾は、確かめるものとして残す。 */
async function correct(office: Office, clock: DemoClock, planner: Actor, id: string): Promise<void> {
  const reasons: Partial<Record<keyof typeof checkRules, string>> = {
    duplicate: "郵送とWebの両方で届いたもの。先に届いた方を残す",
    "out-of-range": "調査票を見て、時間でなく分と分からないもの。無回答とする",
    "not-asked": "分岐の読み違い。消す",
  };
  const { checked } = await openChecked(office, planner, id);
  const fixes = (checked?.findings ?? []).flatMap(({ respondent, rule, fixes: [first] }): FixInput[] => {
    const reason = reasons[rule];
    return reason && first ? [{ respondent, column: first.column, after: first.after, reason, rule }] : [];
  });
  clock.set("2024-07-09T14:40:00");
  await fixAnswers(office, planner, id, fixes);
}
