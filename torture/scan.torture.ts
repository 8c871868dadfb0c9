import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DemoServer, startDemoServer } from "../src/testing/demo-server.ts";
import { openScanProxy, type ScanProxy } from "../src/testing/scan-proxy.ts";
import { rowOf, type TortureRow, without } from "./torture-row.ts";

export const name = "動いている事務所を調べる道具";

/** 責任者・SV・保護管理者・企画・委託者・監査。ほとんどの道は、このだれかが開ける。 */
const PEOPLE = ["0101", "0105", "0103", "0110", "0190", "0191"];
const CRAWL_SECONDS = 60;
const ATTACK_SECONDS = Number(process.env.MADOGUCHI_SCAN_SECONDS ?? 60);
const MODULES = "sql,xss,permanentxss,exec,file,crlf,redirect,ssrf,methods,xxe";
/** 探す言葉を受ける道（欄ごとに、きめ細かく試す）。 */
const QUERIES = ["/api/faq?q=1", "/calls?what=1&from=1&to=1&page=1", "/rights?word=1&deliverable=1"];
const QUERIES_LATER = ["/audit?seed=1&count=1", "/lists?term=1&pick=1", "/filings?kind=1&about=1&clause=1"];

export async function run(): Promise<TortureRow[]> {
  const server = await startDemoServer();
  try {
    const rows: TortureRow[] = [];
    for (const number of PEOPLE)
      rows.push(installed("wapiti") ? await wapiti(server, number) : without("wapiti", "wapiti のない機械"));
    rows.push(installed("sqlmap") ? await sqlmap(server) : without("sqlmap", "sqlmap のない機械"));
    return rows;
  } finally {
    await server.stop();
  }
}

function installed(program: string): boolean {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

interface Report {
  vulnerabilities: Record<string, { method: string; path: string; info: string }[]>;
  anomalies: Record<string, { method: string; path: string; info: string }[]>;
}

/** 道の一覧とそこからの画面を歩き、欄の一つずつに意地の悪い値を入れる。外への道は、開いていない自分の番号を指す。 */
async function wapiti(server: DemoServer, number: string): Promise<TortureRow> {
  const proxy = await openScanProxy(server, number);
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-scan-"));
  const out = join(folder, "report.json");
  try {
    await finished("wapiti", [
      ...["-u", proxy.url, "--scope", "domain", "--skip", "csrf", "--no-bugreport", "--flush-session"],
      ...["--endpoint", "http://127.0.0.1:9/", "-d", "2", "--max-links-per-page", "400", "-t", "30"],
      ...["--max-files-per-dir", "8", "--max-scan-time", String(CRAWL_SECONDS)],
      ...["--max-attack-time", String(ATTACK_SECONDS), "-m", MODULES, "-v", "0"],
      ...["--store-session", join(folder, "session"), "--store-config", join(folder, "config")],
      ...["-f", "json", "-o", out],
    ]);
    const report = JSON.parse(readFileSync(out, "utf8")) as Report;
    const faults = [...findings(report.vulnerabilities), ...findings(report.anomalies), ...brokenOf(proxy)];
    return told(proxy, `wapiti: ${number} として着席（${MODULES}）`, faults);
  } finally {
    await proxy.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** 時間がかかっただけ（Resource consumption）は、混んだ機械でも起きるので、傷に数えない。 */
function findings(of: Report["vulnerabilities"]): string[] {
  return Object.entries(of)
    .filter(([kind]) => kind !== "Resource consumption")
    .flatMap(([kind, ones]) =>
      ones.map(({ method, path, info }) => `${kind}: ${method} ${path.split("?")[0]} ${info.slice(0, 120)}`),
    );
}

function brokenOf({ broken }: ScanProxy): string[] {
  return [...broken].map(([route, times]) => `${route} が ${times} 回、自分で失敗した`);
}

/** フォームの全部を見込みのあるものだけ深く、探す道は欄の全部を深く。 */
async function sqlmap(server: DemoServer): Promise<TortureRow> {
  const proxy = await openScanProxy(server, "0101");
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-sqlmap-"));
  const common = [
    "--batch",
    "--level",
    "1",
    "--risk",
    "1",
    "--disable-coloring",
    "--timeout",
    "30",
    "--ignore-code",
    "*",
  ];
  const base = new URL(proxy.url).origin;
  const faults: string[] = [];
  try {
    const asks = [
      ["-u", proxy.url, "--forms", "--smart", "--technique", "BEU"],
      ...[...QUERIES, ...QUERIES_LATER].map((path) => ["-u", `${base}${path}`, "--technique", "BEU"]),
    ];
    for (const ask of asks) {
      const said = await finished("sqlmap", [...ask, ...common, "--output-dir", folder]);
      if (/is vulnerable|identified the following injection|appears to be .* injectable/.test(said))
        faults.push(`sqlmap: ${ask[1]} ${/Parameter: .*/.exec(said)?.[0] ?? ""}`);
    }
    return told(proxy, "sqlmap: 0101 として着席（api のフォームの全部と、探す道の欄の全部）", [
      ...faults,
      ...brokenOf(proxy),
    ]);
  } finally {
    await proxy.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function told({ seen }: ScanProxy, what: string, faults: string[]): TortureRow {
  const requests = [...seen.values()].reduce((sum, count) => sum + count, 0);
  const tried = [...seen.keys()].filter((id) => id !== "none").length;
  return rowOf(what, requests, `要求 ${requests}、道 ${tried}。見つかったものなし`, faults, tried > 20);
}

async function finished(program: string, args: string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-200_000);
    });
  await once(child, "close");
  return said;
}
