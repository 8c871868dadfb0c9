import { execFile, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const TIME_LIMIT_MS = 300_000;

/** LibreOffice の差し込み印刷にかかる秒。python3-uno と libreoffice-base のない機械では undefined。 */
export async function libreMailMerge(template: string, csv: Uint8Array): Promise<number | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-merge-"));
  const pipe = `madoguchi${process.pid}`;
  const [list, out] = [join(folder, "list"), join(folder, "out")];
  for (const one of [list, out]) mkdirSync(one);
  writeFileSync(join(list, "people.csv"), csv);
  const office = spawn(
    "soffice",
    [
      `-env:UserInstallation=file://${join(folder, "profile")}`,
      "--headless",
      "--norestore",
      `--accept=pipe,name=${pipe};urp`,
    ],
    { stdio: "ignore", detached: true },
  );
  office.on("error", () => {});
  try {
    const script = join(process.cwd(), "bench", "mail-merge.py");
    const { stdout } = await run("/usr/bin/python3", [script, pipe, list, "people", template, out], {
      timeout: TIME_LIMIT_MS,
    });
    return Number(stdout) / 1000;
  } catch {
    return undefined;
  } finally {
    // soffice は子を起こすので、自分で作った組ごと止める。
    if (office.pid !== undefined)
      try {
        process.kill(-office.pid, "SIGKILL");
      } catch {
        // もう終わっている。
      }
    rmSync(folder, { recursive: true, force: true });
  }
}
