import type { Office } from "../platform/office.ts";
import { listContracts as readContracts, setClockShift } from "./contract-store.ts";

export interface ContractEntry {
  id: string;
  title: string;
  client: string;
  /** デモの時計のずれ（ミリ秒）。本物では 0。 */
  clockShiftMs: number;
}

/** この事務所の契約の一覧。 */
export async function listContracts(office: Pick<Office, "read">): Promise<ContractEntry[]> {
  const rows = await readContracts(office.read);
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    client: row.client,
    clockShiftMs: Number(row.clock_shift_ms),
  }));
}

/** デモの時計をずらす。本物の事務所では使えない。 */
export async function shiftClock(office: Office, contract: string, ms: number): Promise<void> {
  if (office.mode !== "demo") throw new Error("only a demo office may move its clock");
  await office.keep((tx) => setClockShift(tx, contract, ms));
}
