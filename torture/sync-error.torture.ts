import { fileURLToPath } from "node:url";
import { openCrashDesk } from "../src/testing/kill-loop.ts";
import { buildPowerCut } from "../src/testing/power-cut.ts";
import { failSync } from "../src/testing/sync-error.ts";
import { rowOf, type TortureRow, without } from "./torture-row.ts";

export const name = "fsync の失敗（EIO）";

const TIMES = 10;

export async function run(): Promise<TortureRow[]> {
  const shim = buildPowerCut(fileURLToPath(new URL("./power-cut.c", import.meta.url)));
  if (!shim) return [without("fsync の失敗", "差し込みを作る gcc がない機械")];
  let acknowledged = 0;
  let refused = 0;
  const faults: string[] = [];
  for (let i = 0; i < TIMES; i += 1) {
    const desk = await openCrashDesk("sqlite");
    const told = await failSync(desk, shim);
    await desk.close();
    acknowledged += told.acknowledged;
    refused += told.refused;
    faults.push(...told.faults);
  }
  const what = "書き終えられない間は一つも答えず、直ればまた受け、そのあと電源が切れる";
  const result = `答えた予約 ${acknowledged}、丁寧に断った ${refused}`;
  return [rowOf(what, TIMES, result, faults, refused > 0)];
}
