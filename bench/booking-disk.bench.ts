import { fork, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { BenchRow } from "./bench-row.ts";
import { measureBooking } from "./booking.bench.ts";

export const name = "同じ比を、fsync に 2 ミリ秒を足したディスクで（どちらにも足す。ふつうのディスクの模擬）";

/** 遅いディスクは差し込みで真似るので、このファイルをもう一度、差し込みつきの別のプロセスで動かす。 */
export async function run(): Promise<BenchRow[]> {
  if (process.env.LD_PRELOAD) return measureBooking(["sqlite"]);
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-slow-"));
  const shim = join(folder, "slow-sync.so");
  const source = fileURLToPath(new URL("./slow-sync.c", import.meta.url));
  try {
    const built = spawnSync("gcc", ["-shared", "-fPIC", "-O2", "-o", shim, source, "-ldl"]);
    if (process.platform !== "linux" || built.status !== 0) return [];
    const [, runner = "", bundle = ""] = process.argv;
    const child = fork(runner, [bundle], {
      env: { ...process.env, LD_PRELOAD: shim },
      serialization: "advanced",
      stdio: ["ignore", 2, 2, "ipc"],
    });
    const [told] = (await once(child, "message")) as [{ rows: BenchRow[] }];
    return told.rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
