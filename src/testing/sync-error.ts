import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { answered, checkAgain, nothingKnown, startBooker } from "./kill-loop.ts";
import type { TestDesk } from "./open-desk.ts";
import { powerCutEnv, restore } from "./power-cut.ts";

export interface SyncTally {
  acknowledged: number;
  refused: number;
  faults: string[];
}

/** 失敗が始まる前に書き終えていた答えが届くのを待つ（ミリ秒）。 */
const SETTLE_MS = 150;
const BROKEN_MS = 400;

/**
 * 予約の最中に fsync が失敗し始め（EIO）、しばらくして直る。失敗している間は一つも答えてはならず、
 * 断りの一文だけが返り、直れば同じ要求がまた通る。そのまま電源を切り、確かに書けたものだけで開き直す。
 */
export async function failSync(desk: TestDesk, shim: string): Promise<SyncTally> {
  const known = nothingKnown();
  const { data } = desk.place;
  await desk.office.close();
  const side = mkdtempSync(join(tmpdir(), "madoguchi-sync-"));
  const [shadow, fail] = [join(side, "shadow"), join(side, "fail")];
  cpSync(data, shadow, { recursive: true });
  const env = { ...powerCutEnv(shim, data, shadow), POWER_CUT_FAIL: fail };
  const booker = startBooker(desk, known, { from: 100_000, callers: 8 }, env);
  const faults: string[] = [];
  await booker.ready;
  booker.go();
  await answered(known, 10 + Math.floor(Math.random() * 40), booker);
  writeFileSync(fail, "");
  await sleep(SETTLE_MS);
  const before = known.booked.size;
  await sleep(BROKEN_MS);
  if (known.booked.size !== before) faults.push("fsync が失敗しているのに、予約に答えた");
  const refused = booker.refused.length;
  if (refused === 0) faults.push("fsync の失敗が、断りとして届かなかった");
  if (booker.refused.some((text) => !/ください。$/.test(text))) faults.push("断りが一文でない");
  rmSync(fail);
  await answered(known, before + 10, booker);
  if (known.booked.size < before + 10) faults.push("直っても、また受けられない");
  booker.kill();
  if ((await booker.ended) !== "SIGKILL") faults.push("電源を切る前に終わっていた");
  restore(data, shadow, true);
  rmSync(side, { recursive: true, force: true });
  faults.push(...(await checkAgain(desk, known)).faults);
  await desk.reopen();
  return { acknowledged: known.booked.size, refused, faults };
}
