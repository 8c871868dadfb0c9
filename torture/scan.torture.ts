import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role } from "../src/base/actor.ts";
import { mayOpen } from "../src/main/role-matrix.ts";
import { routes } from "../src/main/routes.ts";
import type { Route } from "../src/platform/route.ts";
import { type DemoServer, startDemoServer } from "../src/testing/demo-server.ts";
import { isOpen, openScanProxy, type ScanProxy, type ScanSeat } from "../src/testing/scan-proxy.ts";
import { rowOf, type TortureRow, without } from "./torture-row.ts";

export const name = "動いている事務所を調べる道具";

const STRATEGY = "ict-strategy";
const CLASSES = "class-booking";

/**
 * だれとして、どの業務に着席して調べるか。どの道も、開ける人の一人に渡す（みなに分け、全部を一度は通す）。
 * 調査・計画・意見・会議は計画の契約に、受付と通知書は講習会の契約にある。
 */
const SEATS: readonly { number: string; role: Role; contract: string }[] = [
  { number: "0110", role: "planner", contract: STRATEGY },
  { number: "0101", role: "manager", contract: CLASSES },
  { number: "0105", role: "supervisor", contract: CLASSES },
  { number: "0103", role: "privacy", contract: CLASSES },
  { number: "0101", role: "manager", contract: STRATEGY },
  { number: "0190", role: "client", contract: STRATEGY },
  { number: "0191", role: "auditor", contract: CLASSES },
];
const CRAWL_SECONDS = 60;
/**
 * 直したあとに、その分だけをもう一度調べるとき（「0101@ict-strategy」「sqlmap」「sqlmap@class-booking」。省けば全員と
 * sqlmap）。そのとき表では、調べ直した行だけが替わる。
 */
const ONLY = process.env.MADOGUCHI_SCAN_SEAT;
const ATTACK_SECONDS = Number(process.env.MADOGUCHI_SCAN_SECONDS ?? 40);
/** 一つの道具にかけてよい時間。過ぎれば止め、止めたことを傷として残す。 */
const LIMIT_MS = 38 * 60_000;
const MODULES = "sql,xss,permanentxss,exec,file,crlf,redirect,ssrf,methods,xxe";
/**
 * 探す言葉を受ける道（欄ごとに、きめ細かく試す）。「*」があれば、sqlmap はそこだけを試す: 監査の種は、ハッシュにかけて抜き取りの
 * 並びを決めるだけで問い合わせには入らず、どの値でも画面が変わるので、sqlmap は変わり方を注入と取り違える。
 */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  [CLASSES]: ["/api/faq?q=1", "/calls?what=1&from=1&to=1&page=1", "/audit?seed=1&count=1*"],
  [STRATEGY]: [
    "/comments/letters?q=1&channel=1&state=1&page=1",
    "/comments/map?by=1&row=1&column=1",
    "/research?kind=1&q=1",
    "/filings?kind=1&about=1&clause=1",
  ],
};

export async function run(): Promise<TortureRow[]> {
  const server = await startDemoServer();
  try {
    const seats = shared();
    if (!installed("wapiti")) return [without("wapiti", "wapiti のない機械")];
    const rows: TortureRow[] = [];
    const keep = (row: TortureRow) => {
      rows.push(row);
      process.stderr.write(`  ${row.ok ? "良" : "否"} ${row.what}: ${row.result}\n`);
    };
    const waiting = seats.filter(({ number, contract }) => !ONLY || ONLY === `${number}@${contract}`);
    const lane = async () => {
      for (let seat = waiting.shift(); seat; seat = waiting.shift()) keep(await wapiti(server, seat));
    };
    await Promise.all([lane(), lane()]);
    if (ONLY && !ONLY.startsWith("sqlmap")) return rows;
    if (installed("sqlmap"))
      await Promise.all(
        halves()
          .filter(({ contract }) => !ONLY?.includes("@") || ONLY.endsWith(`@${contract}`))
          .map(async (seat) => {
            keep(await sqlmap(server, seat));
          }),
      );
    else rows.push(without("sqlmap", "sqlmap のない機械"));
    if (!ONLY) rows.push(await outside(server));
    return rows;
  } finally {
    await server.stop();
  }
}

/** その契約で意味のある道か（室のない契約では、どの道も同じ断りになる）。 */
function fits({ id }: Route, contract: string): boolean {
  const room = id.split(".")[0] ?? "";
  const planning = /^(survey|analysis|plan|comments|council|meeting|minutes|research)$/.test(room);
  const calling = /^(desk|calls|classes|booking|notice|list|wait|rate|staffing)/.test(room);
  return contract === STRATEGY ? !calling : !planning;
}

/** 責任者の開ける道を、二つの契約に一度ずつ分ける（どちらでも意味のある道は、代わりばんこに）。 */
function halves(): ScanSeat[] {
  const seats = [CLASSES, STRATEGY].map((contract) => ({ number: "0101", contract, routes: [] as Route[] }));
  for (const route of routes.filter((one) => isOpen(one) && mayOpen(one.id, ["manager"])))
    seats
      .filter(({ contract }) => fits(route, contract))
      .toSorted((a, b) => a.routes.length - b.routes.length)[0]
      ?.routes.push(route);
  return seats;
}

/** 道の一つずつを、開ける人のうち、まだ渡した道の少ない人へ。 */
function shared(): ScanSeat[] {
  const seats = SEATS.map((seat) => ({ ...seat, routes: [] as Route[] }));
  for (const route of routes.filter(isOpen)) {
    const able = seats.filter((seat) => mayOpen(route.id, [seat.role]) && fits(route, seat.contract));
    able.toSorted((a, b) => a.routes.length - b.routes.length)[0]?.routes.push(route);
  }
  return seats;
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
async function wapiti(server: DemoServer, seat: ScanSeat): Promise<TortureRow> {
  const proxy = await openScanProxy(server, seat);
  try {
    const found = await scanned(["-u", proxy.url, "-d", "1"]);
    return told(proxy, seat, `wapiti（${MODULES}）`, [...found, ...brokenOf(proxy)]);
  } finally {
    await proxy.close();
  }
}

/** 着席していない人に開いている所（着席の画面、市民の意見のフォーム）。締め出しを招くので、最後に。 */
async function outside(server: DemoServer): Promise<TortureRow> {
  const form = `${server.url}/comment-form?c=${STRATEGY}`;
  const found = await scanned(["-u", `${server.url}/sign-in`, "-s", form, "-d", "1"]);
  const what = `wapiti（${MODULES}）: 着席せずに、着席の画面と市民の意見のフォーム`;
  return rowOf(what, 1, "見つかったものなし", found, true);
}

async function scanned(target: string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-scan-"));
  const out = join(folder, "report.json");
  try {
    await finished("wapiti", [
      ...[...target, "--scope", "domain", "--skip", "csrf", "--no-bugreport", "--flush-session"],
      ...["--endpoint", "http://127.0.0.1:9/", "--max-links-per-page", "900", "-t", "30"],
      ...["--max-files-per-dir", "40", "--max-scan-time", String(CRAWL_SECONDS)],
      ...["--max-attack-time", String(ATTACK_SECONDS), "-m", MODULES, "-v", "0"],
      ...["--store-session", join(folder, "session"), "--store-config", join(folder, "config")],
      ...["-f", "json", "-o", out],
    ]);
    if (!existsSync(out)) return ["wapiti が終わらず、結果を書かなかった"];
    const report = JSON.parse(readFileSync(out, "utf8")) as Report;
    return [...findings(report.vulnerabilities), ...findings(report.anomalies)];
  } finally {
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
async function sqlmap(server: DemoServer, seat: ScanSeat): Promise<TortureRow> {
  const proxy = await openScanProxy(server, seat);
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-sqlmap-"));
  const common = [
    ...["--batch", "--level", "1", "--risk", "1", "--technique", "BEU", "--disable-coloring"],
    ...["--timeout", "30", "--ignore-code", "*", "--output-dir", folder],
  ];
  const base = new URL(proxy.url).origin;
  const faults: string[] = [];
  try {
    const asks = [
      ["-u", proxy.url, "--forms", "--smart"],
      ...(QUERIES[seat.contract] ?? []).map((path) => ["-u", `${base}${path}`]),
    ];
    for (const ask of asks) {
      const said = await finished("sqlmap", [...ask, ...common]);
      if (/is vulnerable|identified the following injection|appears to be .* injectable/.test(said))
        faults.push(`sqlmap: ${ask[1]} ${/Parameter: .*/.exec(said)?.[0] ?? ""}`);
      if (!said.includes("[*] ending")) faults.push(`sqlmap が終わらなかった: ${ask[1]}`);
    }
    return told(proxy, seat, "sqlmap（api のフォームの全部と、探す道の欄の全部）", [
      ...faults,
      ...brokenOf(proxy),
    ]);
  } finally {
    await proxy.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function told({ seen, spent }: ScanProxy, seat: ScanSeat, by: string, faults: string[]): TortureRow {
  const requests = [...seen.values()].reduce((sum, count) => sum + count, 0);
  const tried = [...seen.keys()].filter((id) => id !== "none").length;
  const place = seat.contract === STRATEGY ? "計画の契約" : "講習会の契約";
  const slow = [...spent].toSorted(([, a], [, b]) => b - a).slice(0, 5);
  process.stderr.write(
    `  待った所: ${slow.map(([path, ms]) => `${path} ${(ms / 1000).toFixed(0)}秒`).join("、")}\n`,
  );
  const what = `${by}: ${seat.number} として${place}に着席`;
  const clean = `渡した道 ${seat.routes.length}、要求 ${requests}、通った道 ${tried}。見つかったものなし`;
  return rowOf(what, requests, clean, faults, tried > 20);
}

async function finished(program: string, args: string[]): Promise<string> {
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-200_000);
    });
  const limit = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  await once(child, "close");
  clearTimeout(limit);
  return said;
}
