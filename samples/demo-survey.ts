import type { Actor } from "../src/base/actor.ts";
import type { Office } from "../src/platform/office.ts";
import { createSurvey } from "../src/survey/create-survey.ts";
import { importAnswers } from "../src/survey/import-answers.ts";
import { readCodebook } from "../src/tabulation/codebook.ts";
import { CITIZEN_TITLE } from "./citizen-texts.ts";
import { citizenAnswers, citizenCodebook, citizenCsv } from "./demo-citizens.ts";
import type { DemoClock } from "./demo-clock.ts";

interface Staff {
  planner: Actor;
}

/** 市民アンケート: 作り、取り込む。時計は 2024年7月に戻る。 */
export async function fillSurvey(
  office: Office,
  clock: DemoClock,
  { planner }: Staff,
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
  clock.set("2024-07-08T10:15:00");
  const bytes = new TextEncoder().encode(citizenCsv(citizenAnswers()));
  const codebook = readCodebook(JSON.stringify(citizenCodebook()));
  await importAnswers(office, planner, id, { bytes, name: "answers.csv", codebook });
  return { survey: id };
}
