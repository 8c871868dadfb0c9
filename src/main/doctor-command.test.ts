import { chmodSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createFolder } from "../platform/office-folder.ts";
import { nodeFinding, programFindings } from "./check-machine.ts";
import { doctorCommand } from "./doctor-command.ts";
import {
  backupFinding,
  certificateFinding,
  clockFinding,
  defaultRoutes,
  diskFinding,
  type Finding,
  leafFinding,
  routeFinding,
} from "./health.ts";
import { openFolder } from "./open-folder.ts";
import { runCommand } from "./run-command.ts";

let data: string;
const umask = process.umask();
beforeEach(() => {
  process.umask(0o077);
  data = mkdtempSync(join(tmpdir(), "madoguchi-doctor-"));
});
afterEach(() => {
  process.umask(umask);
  vi.restoreAllMocks();
  rmSync(data, { recursive: true, force: true });
});

const make = (mode: "demo" | "real") =>
  createFolder(data, {
    name: "試験",
    mode,
    holders: mode === "real" ? ["保護管理者", "責任者"] : [],
    needed: 2,
    hostnames: [],
    nowMs: Date.now(),
  });

async function doctor(): Promise<{ ok: boolean; sealed: boolean; states: Record<string, Finding["state"]> }> {
  let said = "";
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    said += String(text);
    return true;
  });
  const refused = await runCommand([doctorCommand], ["doctor", "--data", data, "--json"]).then(
    () => false,
    (cause: { code?: string }) => {
      if (cause.code !== "REFUSED") throw cause;
      return true;
    },
  );
  write.mockRestore();
  const { ok, sealed, findings } = JSON.parse(said) as { ok: boolean; sealed: boolean; findings: Finding[] };
  expect(refused).toBe(!ok);
  return { ok, sealed, states: Object.fromEntries(findings.map(({ id, state }) => [id, state])) };
}

test("開いている事務所の中まで調べ、書き込みの固さと傷を言う", async () => {
  await make("demo");
  await (await openFolder(data)).close();
  const { ok, states } = await doctor();
  expect(ok).toBe(true);
  expect(states).toMatchObject({
    node: "good",
    permissions: "good",
    synchronous: "good",
    integrity: "good",
    leaves: "good",
    clock: "good",
    "key-holder": "good",
  });
});

test("別紙1 5(6) ほかの人が読めるファイルがあれば、直すところとして断る", async () => {
  await make("demo");
  await (await openFolder(data)).close();
  chmodSync(join(data, "app.db"), 0o644);
  expect(await doctor()).toMatchObject({ ok: false, states: { permissions: "bad", integrity: "good" } });
});

test("壊れたデータベースは、落ちずに、直すところとして言う", async () => {
  await make("demo");
  await (await openFolder(data)).close();
  truncateSync(join(data, "app.db"), 0);
  writeFileSync(join(data, "app.db"), Buffer.alloc(8192, 7));
  expect(await doctor()).toMatchObject({ ok: false, states: { integrity: "bad" } });
});

test("封印された本物の事務所では、開けずに分かることだけを調べる", async () => {
  await make("real");
  const { sealed, states } = await doctor();
  expect(sealed).toBe(true);
  expect(states["key-holder"]).toBe("care");
  expect(states.integrity).toBeUndefined();
});

test("別紙1 5(1) 外へ出る既定の経路があれば、本物では直すところになる", () => {
  const v4 = [
    "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT",
    "eth0\t00000000\t0101A8C0\t0003\t0\t0\t0\t00000000\t0\t0\t0",
    "eth1\t0001A8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0",
  ].join("\n");
  const zero = "0".repeat(32);
  const v6 = `${zero} 00 ${zero} 00 ${zero} ffffffff 00000001 00000000 00200200       lo\n${zero} 00 ${zero} 00 ${zero} 00000400 1 0 3     wlan0\n`;
  expect(defaultRoutes(v4, v6)).toEqual(["eth0", "wlan0"]);
  expect(defaultRoutes(v4.split("\n").toSpliced(1, 1).join("\n"), "")).toEqual([]);
  const [real, demo] = (["real", "demo"] as const).map((mode) => routeFinding(["eth0"], ["eth0"], mode));
  expect([real?.state, demo?.state]).toEqual(["bad", "care"]);
  expect(real?.text).toContain("5(1)");
  expect(routeFinding([], ["eth1"], "real").state).toBe("good");
  expect(routeFinding(undefined, ["eth1"], "real").state).toBe("unknown");
});

test("空き、葉の古さ、時計の戻り、証明書の期限、道具の有無を言い分ける", () => {
  const now = Date.parse("2025-09-17T04:40:00.000Z");
  const day = 86_400_000;
  expect([1e8, 2e9, 1e11].map((free) => diskFinding(free).state)).toEqual(["bad", "care", "good"]);
  expect(
    [undefined, "2025-09-17T04:39:30.000Z", "2025-09-17T04:00:00.000Z"].map(
      (at) => leafFinding(at, now).state,
    ),
  ).toEqual(["good", "good", "care"]);
  expect(
    [undefined, "2025-09-17T04:00:00.000Z", "2025-09-18T04:00:00.000Z"].map(
      (at) => clockFinding(at, now).state,
    ),
  ).toEqual(["good", "good", "bad"]);
  const recent = backupFinding("2025-09-17T01:00:00.000Z", "2025-09-10T01:00:00.000Z", now);
  expect(recent.text).toBe("最後の控えは、この一日のうちです。7日前に、戻せることを確かめました。");
  expect(clockFinding("2025-09-17T04:00:00.000Z", now).text).toContain(
    "最後の検査点は 2025-09-17 13:00 です。",
  );
  expect(
    [now - 1, now + 10 * day, now + 100 * day, undefined].map((at) => certificateFinding(at, now).state),
  ).toEqual(["bad", "care", "good", "good"]);
  expect(programFindings("").find(({ id }) => id === "qpdf")?.state).toBe("care");
  expect(["20.19.0", "22.17.1", "22.18.0", "24.21.0"].map((one) => nodeFinding(one).state)).toEqual([
    "bad",
    "bad",
    "good",
    "good",
  ]);
});
