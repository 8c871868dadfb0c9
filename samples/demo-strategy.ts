import type { Office } from "../src/platform/office.ts";
import { fillAnalysis } from "./demo-analysis.ts";
import type { DemoClock } from "./demo-clock.ts";
import { fillComments } from "./demo-comments.ts";
import { fillCouncil } from "./demo-council.ts";
import { fillPlan } from "./demo-plan.ts";
import { fillResearch } from "./demo-research.ts";
import { fillStrategyBooks } from "./demo-strategy-books.ts";
import { qualifyStrategy } from "./demo-strategy-privacy.ts";
import { fillSurvey } from "./demo-survey.ts";
import { STRATEGY_NOW, type StrategyStaff } from "./demo-workplan.ts";

/** 策定支援の契約の室を埋める: 調査、研究、計画、意見、会議の順に（後の室が、前の室のものを引く）。 */
export async function fillStrategyRooms(
  office: Office,
  clock: DemoClock,
  staff: StrategyStaff,
  progress: (what: string) => void,
): Promise<void> {
  progress("体制、登録簿、成果品");
  await qualifyStrategy(office, clock, staff);
  await fillStrategyBooks(office, clock, staff);
  progress("市民アンケート");
  const { survey } = await fillSurvey(office, clock, staff);
  await fillAnalysis(office, clock, staff, survey);
  progress("動向調査の資料");
  await fillResearch(office, clock, staff);
  progress("計画の原稿");
  await fillPlan(office, clock, staff);
  progress("意見公募の300通");
  await fillComments(office, clock, staff);
  progress("有識者会議");
  await fillCouncil(office, clock, staff);
  clock.set(STRATEGY_NOW.replace("10:00", "09:50"));
}
