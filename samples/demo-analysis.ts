import { exportReport } from "../src/analysis/export-report.ts";
import { keepFigure } from "../src/analysis/keep-figure.ts";
import { openReport, wordReport } from "../src/analysis/open-report.ts";
import type { Actor } from "../src/base/actor.ts";
import type { Office } from "../src/platform/office.ts";
import type { CrossAsk } from "../src/tabulation/cross-ask.ts";
import type { DemoClock } from "./demo-clock.ts";

/** 骨子に使う図。年代ごとの差を中心に。 */
const asks: readonly Partial<CrossAsk>[] = [
  { rows: ["F2"], column: "Q8" },
  { rows: ["F2"], column: "Q1" },
  { rows: ["F2"], column: "Q11" },
  { rows: ["F2"], column: "Q14" },
];

/** 市民アンケートの図を報告書に入れ、所見を一つ直す。時計は 2024年7月。 */
export async function fillAnalysis(
  office: Office,
  clock: DemoClock,
  { planner }: { planner: Actor },
  survey: string,
): Promise<void> {
  for (const [at, ask] of asks.entries()) {
    clock.set(`2024-07-1${at + 1}T11:20:00`);
    await keepFigure(office, planner, survey, { ask });
  }
  clock.set("2024-07-16T14:05:00");
  const book = await openReport(office, planner, survey);
  const drafted = book.sections.find(({ id }) => id === "Q8")?.finding.text ?? "";
  const finding = `${drafted}市の手続をインターネットで行いたいと思う人が多数である。`;
  await wordReport(office, planner, survey, { key: "Q8", finding });
  clock.set("2024-07-26T16:40:00");
  await exportReport(office, planner, survey, "docx");
}
