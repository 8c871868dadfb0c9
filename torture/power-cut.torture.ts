import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3-multiple-ciphers";
import { openCrashDesk } from "../src/testing/kill-loop.ts";
import { buildPowerCut, cutPower, powerCutEnv, restore } from "../src/testing/power-cut.ts";
import { rowOf, type TortureRow, without } from "./torture-row.ts";

export const name = "停電（fsync したものだけが残る）";

export async function run(): Promise<TortureRow[]> {
  const shim = buildPowerCut(fileURLToPath(new URL("./power-cut.c", import.meta.url)));
  if (!shim) return [without("停電の模擬", "差し込みを作る gcc がない機械")];
  return [
    await cuts(shim, 10, false),
    await cuts(shim, 10, true),
    await control(shim, "FULL", (lost) => lost === 0),
    await control(shim, "NORMAL", (lost) => lost > 0),
  ];
}

async function cuts(shim: string, times: number, torn: boolean): Promise<TortureRow> {
  let acknowledged = 0;
  const faults: string[] = [];
  for (let i = 0; i < times; i += 1) {
    const desk = await openCrashDesk("sqlite");
    const told = await cutPower(desk, shim, torn);
    await desk.close();
    acknowledged += told.acknowledged;
    faults.push(...told.faults);
  }
  const what = torn
    ? "書き終えていない部分は 512 バイトごとにでたらめに残る"
    : "書き終えていない部分はすべて消える";
  return rowOf(what, times, `答えた予約 ${acknowledged}`, faults, acknowledged > 0);
}

/** 対照: 差し込みが効いていれば、待たない設定（NORMAL）では答えた行が失われ、待つ設定では失われない。 */
async function control(
  shim: string,
  mode: "FULL" | "NORMAL",
  expected: (lost: number) => boolean,
): Promise<TortureRow> {
  let acknowledged = 0;
  let lost = 0;
  for (let i = 0; i < 3; i += 1) {
    const told = await bareCut(shim, mode);
    acknowledged += told.acknowledged;
    lost += told.lost;
  }
  const what = `対照: 裸の SQLite、synchronous=${mode}（${mode === "FULL" ? "失われない" : "失われる"}はず）`;
  const result = `答えた ${acknowledged} 行のうち ${lost} 行が失われた`;
  return { what, count: 3, result, ok: acknowledged > 0 && expected(lost) };
}

async function bareCut(shim: string, mode: string): Promise<{ acknowledged: number; lost: number }> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-bare-"));
  const [data, shadow] = [join(folder, "data"), join(folder, "shadow")];
  mkdirSync(data);
  mkdirSync(shadow);
  const file = fileURLToPath(new URL("../src/testing/bare-process.ts", import.meta.url));
  const child = spawn(
    process.execPath,
    ["--experimental-strip-types", "--disable-warning=ExperimentalWarning", file, join(data, "app.db"), mode],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...powerCutEnv(shim, data, shadow) },
    },
  );
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  while (!text.includes("\n100\n")) await sleep(10);
  await sleep(Math.random() * 300);
  child.kill("SIGKILL");
  await once(child, "close");
  restore(data, shadow, false);
  const acknowledged = Number(text.split("\n").at(-2));
  const db = new Sqlite(join(data, "app.db"));
  const { n } = tableExists(db)
    ? (db.prepare("SELECT count(*) AS n FROM t").get() as { n: number })
    : { n: 0 };
  db.close();
  rmSync(folder, { recursive: true, force: true });
  return { acknowledged, lost: Math.max(0, acknowledged - n) };
}

function tableExists(db: InstanceType<typeof Sqlite>): boolean {
  return db.prepare("SELECT 1 FROM sqlite_master WHERE name = 't'").get() !== undefined;
}
