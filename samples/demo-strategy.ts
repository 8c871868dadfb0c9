import type { Office } from "../src/platform/office.ts";
import type { DemoClock } from "./demo-clock.ts";
import { STRATEGY_NOW, type StrategyStaff } from "./demo-workplan.ts";

/** 策定支援の契約の室を埋める: 調査、研究、計画、意見、会議の順に（後の室が、前の室のものを引く）。 */
export async function fillStrategyRooms(
  _office: Office,
  clock: DemoClock,
  _staff: StrategyStaff,
  _progress: (what: string) => void,
): Promise<void> {
  clock.set(STRATEGY_NOW.replace("10:00", "09:50"));
}
