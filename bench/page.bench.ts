import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { instantOf } from "../src/base/time.ts";
import { listen } from "../src/main/listen.ts";
import { routes } from "../src/main/routes.ts";
import { runOffice } from "../src/main/run-office.ts";
import { takeBooking } from "../src/reception/take-booking.ts";
import type { CallOrder } from "../src/testing/call-process.ts";
import { variedCaller } from "../src/testing/many-callers.ts";
import { openDesk, type TestDesk } from "../src/testing/open-desk.ts";
import { openReception } from "../src/testing/reception-fixture.ts";
import { roomApp, signIn } from "../src/testing/signed-in.ts";
import { type BenchRow, percentile } from "./bench-row.ts";

export const name = "混み合う日の画面の速さ（毎秒 1.8 件の電話 = 一日 450 件の百倍、10 席）";

const SECONDS = 40;
const CALLS_PER_SECOND = 1.8;
const SEATS = 10;
const CLASSES = 60;
/** 先に受けてある予約。 */
const BEFORE = 5000;
const LIMIT_MS = 50;
const FLAGS = ["--experimental-strip-types", "--disable-warning=ExperimentalWarning"];

/** 本物の道と表のアプリを、番号つけなどの裏の仕事も動かしながら、別のプロセスから使う。 */
export async function run(): Promise<BenchRow[]> {
  const desk = await openDesk({ engine: "sqlite", at: instantOf("2025-09-17", "06:40") });
  const classes = await openBusyDesk(desk);
  const ticking = setInterval(() => desk.clock.advance(1000), 1000);
  const app = roomApp(desk.office, routes);
  const ours = await listen(() => (request, env) => app.fetch(request, env), { host: "127.0.0.1", port: 0 });
  const bare = await startHello();
  const work = runOffice(
    desk.office,
    [],
    (what) => process.stderr.write(`${what}が失敗しました\n`),
    undefined,
  );
  try {
    const seats = [];
    for (let i = 0; i < SEATS; i += 1) seats.push(await signIn(app, desk.office, desk.contract, "operator"));
    const order: CallOrder = {
      port: ours.port,
      helloPort: bare.port,
      seats: seats.map(({ cookie, csrf }) => ({ cookie, csrf })),
      classes,
      seconds: SECONDS,
      callsPerSecond: CALLS_PER_SECOND,
    };
    const before = process.cpuUsage();
    const started = performance.now();
    const played = await playCalls(order);
    const { user, system } = process.cpuUsage(before);
    const busy = (user + system) / 1000 / (performance.now() - started);
    return rowsOf(played, `サーバーの CPU ${Math.round(busy * 100)}%`);
  } finally {
    clearInterval(ticking);
    await Promise.all([ours.close(), bare.close(), work.stop()]);
    await desk.close();
  }
}

/** 講習会と、先に受けた予約のある事務所。 */
async function openBusyDesk(desk: TestDesk): Promise<string[]> {
  const classes = Array.from({ length: CLASSES }, (_, i) => ({
    id: `c${i}`,
    capacity: 10_000,
    day: `2025-10-${String((i % 28) + 1).padStart(2, "0")}`,
    start: `${String(9 + Math.floor(i / 28) * 3).padStart(2, "0")}:00`,
  }));
  const actor = desk.actor("op", "operator");
  await openReception(desk.office, actor, classes);
  let n = 0;
  const book = async () => {
    while (n < BEFORE) {
      n += 1;
      // 朝から続けて受けてきたことにする（五秒に一件、七時間）。
      desk.clock.advance(5000);
      await takeBooking(desk.office, actor, variedCaller(n, `c${n % CLASSES}`));
    }
  };
  await Promise.all(Array.from({ length: 32 }, book));
  return classes.map((one) => one.id);
}

/** 手本: 「hello」と答えるだけの Hono を、同じ機械の別のプロセスで。 */
async function startHello(): Promise<{ port: number; close(): Promise<void> }> {
  const child = spawn(process.execPath, [...FLAGS, processFile("hello")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return {
    port: Number(chunk.toString()),
    close: async () => {
      child.kill();
      await once(child, "close");
    },
  };
}

function processFile(of: "hello" | "call"): string {
  return fileURLToPath(
    of === "hello"
      ? new URL("../src/testing/hello-process.ts", import.meta.url)
      : new URL("../src/testing/call-process.ts", import.meta.url),
  );
}

interface Played {
  times: Record<string, number[]>;
  failures: string[];
}

async function playCalls(order: CallOrder): Promise<Played> {
  const child = spawn(process.execPath, [...FLAGS, processFile("call"), JSON.stringify(order)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  await once(child, "close");
  const played = JSON.parse(text) as Played;
  if (played.failures.length > 0)
    throw new Error(`断られた要求 ${played.failures.length} 件: ${played.failures[0]}`);
  return played;
}

function rowsOf({ times }: Played, server: string): BenchRow[] {
  const hello = times.手本 ?? [];
  const own = Object.entries(times).filter(([what]) => what !== "手本");
  const all = own.flatMap(([, took]) => took);
  return [["すべて", all] as const, ...own].map(([what, took]) => row(what, took, hello, server));
}

function row(what: string, took: readonly number[], hello: readonly number[], server: string): BenchRow {
  const [p50, p99] = [percentile(took, 0.5), percentile(took, 0.99)];
  const peer = percentile(hello, 0.99);
  const reached = p99 < LIMIT_MS ? "未満" : "以上（目標に届かない）";
  const verdict = what === "すべて" ? `、99% が ${LIMIT_MS} ミリ秒${reached}、${server}` : "";
  return {
    what,
    ours: p99,
    peer,
    ratio: p99 / peer,
    unit: "99%点 ミリ秒",
    note: `小さいほど良い。${took.length} 回、中央 ${p50.toFixed(1)}、最大 ${Math.max(...took).toFixed(1)}${verdict}`,
  };
}
