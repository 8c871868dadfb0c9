// 混み合った一日の受付デスクを演じるプロセス。席ごとに毎秒の空席の更新、決まった速さで電話、合間に手本の道。
// かかった時間（ミリ秒）を道ごとに集め、終わりに一行の JSON で書く。
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface CallOrder {
  port: number;
  helloPort: number;
  seats: { cookie: string; csrf: string }[];
  classes: string[];
  seconds: number;
  callsPerSecond: number;
}

const order = JSON.parse(process.argv[2] ?? "{}") as CallOrder;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
/** 温まるまで（ミリ秒）。索引ができ、コードが速くなるまでは数えない。 */
const WARM_MS = 10_000;
const counted = performance.now() + WARM_MS;
const times: Record<string, number[]> = {};
const failures: string[] = [];
const end = performance.now() + order.seconds * 1000 + WARM_MS;
let call = 0;

await Promise.all([...order.seats.map(watchSeats), calls(), hellos(), pages()]);
process.stdout.write(`${JSON.stringify({ times, failures })}\n`);
process.exit(0);

/** 席は毎秒、空席が変わったかを尋ねる。 */
async function watchSeats(seat: { cookie: string; csrf: string }, at: number): Promise<void> {
  let since = "";
  await sleep(at * 100);
  while (performance.now() < end) {
    const started = performance.now();
    const reply = await ask("空席の更新", order.port, "GET", `/api/desk/seats?since=${since}`, seat);
    since = String(reply.version ?? since);
    await sleep(Math.max(0, 1000 - (performance.now() - started)));
  }
}

async function calls(): Promise<void> {
  const running: Promise<void>[] = [];
  while (performance.now() < end) {
    call += 1;
    running.push(oneCall(call));
    await sleep((1000 / order.callsPerSecond) * (0.5 + Math.random()));
  }
  await Promise.all(running);
}

/** 一本の電話: 画面、下書き三度、郵便番号、席、確かめ、予約、ときどき取消。実際の会話の代わりに少しだけ間を置く。 */
async function oneCall(n: number): Promise<void> {
  const seat = order.seats[n % order.seats.length];
  const classId = order.classes[n % order.classes.length];
  const draftId = `call-${n}`;
  const fields = {
    name: `検査　${n}子`,
    kana: ["サトウ　キヨ", "オノデラ　ハルコ", "ミウラ　イサム"][n % 3],
    postalCode: "001-0031",
    address: `札幌市北区北三十一条西5丁目${n}-1`,
    phone: `011-700-${String(n % 10_000).padStart(4, "0")}`,
    care: n % 5 === 0 ? "大きな字の通知書を希望" : "",
    memo: "",
  };
  const to = (what: string, method: string, path: string, body?: object, more?: Record<string, string>) =>
    ask(what, order.port, method, path, seat, body, more);
  await to("下書き", "PUT", `/api/desk/drafts/${draftId}`, { version: 0, fields: { name: fields.name } });
  await sleep(20);
  await to("郵便番号", "POST", "/api/desk/postal", { code: fields.postalCode });
  await to("仮押さえ", "POST", "/api/desk/holds", { classId, draftId });
  await to("下書き", "PUT", `/api/desk/drafts/${draftId}`, { version: 1, fields, classId });
  await sleep(20);
  await to("確かめ", "POST", "/api/desk/check", { ...fields, classId });
  await to("下書き", "PUT", `/api/desk/drafts/${draftId}`, { version: 2, fields, classId });
  await sleep(20);
  const booked = (await to(
    "予約",
    "POST",
    "/api/desk/bookings",
    { ...fields, draftId, classId },
    { "idempotency-key": `k-${n}` },
  )) as { booking?: { id: string } };
  if (n % 10 === 0) await to("取消", "POST", `/api/desk/bookings/${booked.booking?.id}/undo`, {});
}

/** 画面を開く。受付デスクと業務ホームと予約の検索。 */
async function pages(): Promise<void> {
  while (performance.now() < end) {
    const seat = order.seats[call % order.seats.length];
    await ask("受付デスクの画面", order.port, "GET", "/desk", seat, undefined, { accept: "text/html" });
    await ask("業務ホームの画面", order.port, "GET", "/", seat, undefined, { accept: "text/html" });
    await ask("予約を探す", order.port, "POST", "/api/bookings/search", seat, { query: "オノデラ" });
    await sleep(500);
  }
}

async function hellos(): Promise<void> {
  while (performance.now() < end) {
    await ask("手本", order.helloPort, "GET", "/hello");
    await sleep(50);
  }
}

function ask(
  what: string,
  port: number,
  method: string,
  path: string,
  seat?: { cookie: string; csrf: string },
  body?: object,
  more: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const text = body && JSON.stringify(body);
  const headers = {
    ...(seat
      ? {
          cookie: seat.cookie,
          "x-csrf-token": seat.csrf,
          origin: `http://127.0.0.1:${port}`,
          "sec-fetch-site": "same-origin",
        }
      : {}),
    ...(text === undefined
      ? {}
      : { "content-type": "application/json", "content-length": String(Buffer.byteLength(text)) }),
    ...more,
  };
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port, method, path, headers, agent }, (reply) => {
      const chunks: Buffer[] = [];
      reply.on("data", (chunk: Buffer) => chunks.push(chunk));
      reply.on("end", () => {
        const took = times[what] ?? [];
        times[what] = took;
        if (started > counted) took.push(performance.now() - started);
        const told = Buffer.concat(chunks).toString();
        if ((reply.statusCode ?? 0) >= 400)
          failures.push(`${what} ${reply.statusCode} ${told.slice(0, 200)}`);
        resolve(told.startsWith("{") ? JSON.parse(told) : {});
      });
    });
    sent.on("error", reject);
    sent.end(text);
  });
}
