import type { Day, Minute } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import type { DrillHand } from "./drill.ts";

/** 上の階が、席数の室に渡すもの。 */
export interface StaffingHand extends DrillHand {
  contract(office: Office, id: string | undefined): Promise<string>;
  /** 日 × 半時間の入電（時間外を除く）。両端の日を含む。 */
  calls(
    office: Office,
    contract: string,
    range: { from: Day; to: Day },
  ): Promise<{ day: Day; slot: Minute; offered: number }[]>;
}
