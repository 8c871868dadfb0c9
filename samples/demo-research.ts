import type { Office } from "../src/platform/office.ts";
import { recordSource } from "../src/research/record-source.ts";
import { reportResearch } from "../src/research/report-research.ts";
import { sourceBody, sourceInput } from "../src/research/research-ask.ts";
import { readStatistics } from "../src/research/statistics-reader.ts";
import type { DemoClock } from "./demo-clock.ts";
import type { StrategyStaff } from "./demo-workplan.ts";
import { researchTexts } from "./research-texts.ts";

/** 見本の統計（作った数）。 */
const census = `雪見市の人口の推移（見本の統計）
（単位：人）
年,総人口,15歳未満,15～64歳,65歳以上
平成22年,328412,42100,212700,73612
平成27年,321905,39300,198600,84005
令和2年,312678,35700,185700,91278
注 令和2年は速報値の見本である。
`;

/** 動向調査の資料を、6月に登録する。 */
export async function fillResearch(office: Office, clock: DemoClock, staff: StrategyStaff): Promise<void> {
  clock.set("2024-06-24T10:00:00");
  for (const sample of researchTexts) {
    const table = sample.title?.startsWith("国勢調査")
      ? readStatistics(new TextEncoder().encode(census), "census-sample.csv")
      : undefined;
    await recordSource(office, staff.planner, sourceInput(sourceBody.parse(sample), table));
  }
  clock.set("2024-07-29T11:30:00");
  await reportResearch(office, staff.planner, { usage: new Map(), unsourced: [] });
}
