import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answered, checkAgain, nothingKnown, startBooker } from "./kill-loop.ts";
import type { TestDesk } from "./open-desk.ts";

const FILES = ["app.db", "app.db-wal", "keys.db", "keys.db-wal"];
const BLOCK = 512;

/** 書き終えた範囲だけを影に写す差し込みを、その場で作る。コンパイラーがなければ undefined。 */
export function buildPowerCut(source: string): string | undefined {
  if (process.platform !== "linux") return undefined;
  const made = join(mkdtempSync(join(tmpdir(), "madoguchi-power-")), "power-cut.so");
  const { status } = spawnSync("gcc", ["-shared", "-fPIC", "-O2", "-o", made, source, "-ldl", "-lpthread"]);
  return status === 0 ? made : undefined;
}

/** 影に写しながら走らせるための環境変数。 */
export function powerCutEnv(shim: string, data: string, shadow: string): NodeJS.ProcessEnv {
  return { LD_PRELOAD: shim, POWER_CUT_DIR: data, POWER_CUT_SHADOW: shadow };
}

/**
 * 予約の最中に電源が切れたことにして、残ったはずのものだけで開き直す。
 * torn なら、書き終えていない部分も 512 バイトごとにでたらめに残す（並べ替えと書きかけ）。
 */
export async function cutPower(
  desk: TestDesk,
  shim: string,
  torn: boolean,
): Promise<{ acknowledged: number; faults: string[] }> {
  const known = nothingKnown();
  const { data } = desk.place;
  await desk.office.close();
  const shadow = mkdtempSync(join(tmpdir(), "madoguchi-shadow-"));
  cpSync(data, shadow, { recursive: true });
  const booker = startBooker(desk, known, { from: 100_000, callers: 8 }, powerCutEnv(shim, data, shadow));
  await booker.ready;
  booker.go();
  await answered(known, 1 + Math.floor(Math.random() * 150), booker);
  booker.kill();
  const faults = (await booker.ended) === "SIGKILL" ? [] : ["電源を切る前に終わっていた"];
  restore(data, shadow, torn);
  rmSync(shadow, { recursive: true, force: true });
  faults.push(...(await checkAgain(desk, known)).faults);
  await desk.reopen();
  return { acknowledged: known.booked.size, faults };
}

/** data を、電源が切れた後の姿にする。共有メモリー（-shm）は残らない。 */
export function restore(data: string, shadow: string, torn: boolean): void {
  for (const name of FILES) {
    const file = join(data, name);
    const kept = existsSync(join(shadow, name)) ? readFileSync(join(shadow, name)) : undefined;
    const live = existsSync(file) ? readFileSync(file) : undefined;
    rmSync(file, { force: true });
    rmSync(join(data, name.replace(/(-wal)?$/, "-shm")), { force: true });
    const image = kept && torn && live ? mixed(kept, live) : kept;
    if (image) writeFileSync(file, image);
  }
}

/** 確かに書けたものを土台に、書きかけの部分をでたらめに混ぜる。 */
function mixed(kept: Buffer, live: Buffer): Buffer {
  const image = Buffer.alloc(Math.max(kept.length, live.length));
  kept.copy(image);
  for (let at = 0; at < live.length; at += BLOCK)
    if (Math.random() < 0.5) live.copy(image, at, at, Math.min(at + BLOCK, live.length));
  return image;
}
