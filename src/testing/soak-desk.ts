import { instantOf } from "../base/time.ts";
import { addDays } from "../japan/day.ts";
import { routes } from "../main/routes.ts";
import { forgetErased } from "../platform/forget-erased.ts";
import { numberAllEvents } from "../platform/number-events.ts";
import { sweepHolds } from "../reception/hold-seat.ts";
import { sweepDrafts } from "../reception/sweep-drafts.ts";
import { openDesk, type TestDesk } from "./open-desk.ts";
import { openReception } from "./reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "./signed-in.ts";

const FIRST_DAY = "2025-09-01";
const CLASSES = ["a", "b", "c"];
/** 開設時間（7時間）を 450 件で割った間（ミリ秒）。一つの電話ごとに時計を進める。 */
const CALL_MS = (7 * 60 * 60_000) / 450;

/** 一日の終わりの記憶（バイト）。 */
export interface SoakDay {
  rss: number;
  heap: number;
}

export interface SoakTally {
  days: SoakDay[];
  calls: number;
  requests: number;
  bookings: number;
  faults: string[];
}

/**
 * 一つのプロセスで、本物の道の全部を持つ事務所を days 日、一日 calls 件の電話で動かす（事務所の時計を進める）。
 * 電話ごとに下書き・仮押さえ・確かめ・予約（三件に二件）か件数、ときどき取消・検索・表示・クレーム・画面。
 * 一日の終わりに片づけと番号つけをして、ごみを集めてから記憶を量る（--expose-gc がなければ集めない）。
 */
export async function soakDesk(
  days: number,
  calls: number,
  engine?: "sqlite" | "postgres",
): Promise<SoakTally> {
  const desk = await openDesk(engine ? { engine } : {});
  const tally: SoakTally = { days: [], calls: 0, requests: 0, bookings: 0, faults: [] };
  try {
    const classes = CLASSES.map((id) => ({ id, capacity: 1_000_000, day: "2025-10-31" }));
    await openReception(desk.office, desk.actor("op", "operator"), classes);
    const app = roomApp(desk.office, routes);
    for (let day = 0; day < days; day += 1) {
      desk.clock.set(instantOf(addDays(FIRST_DAY, day), "09:00"));
      const seats = [
        await signIn(app, desk.office, desk.contract, "operator"),
        await signIn(app, desk.office, desk.contract, "supervisor", "manager"),
      ];
      for (let at = 0; at < calls; at += 1) {
        const seat = seats[at % seats.length] as SignedIn;
        await oneCall(new Caller(seat, tally), day * calls + at);
        desk.clock.advance(CALL_MS);
        if (at % 30 === 0) await tidy(desk);
      }
      await tidy(desk);
      await sweepDrafts(desk.office);
      tally.days.push(measured());
    }
    return tally;
  } finally {
    await desk.close();
  }
}

async function tidy(desk: TestDesk): Promise<void> {
  await numberAllEvents(desk.office, "soak");
  await sweepHolds(desk.office);
  await forgetErased(desk.office);
}

function measured(): SoakDay {
  for (let round = 0; round < 2; round += 1) globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  return { rss, heap: heapUsed };
}

/** 断られた要求を、道と番号で残す。 */
class Caller {
  readonly #seat: SignedIn;
  readonly tally: SoakTally;
  constructor(seat: SignedIn, tally: SoakTally) {
    this.#seat = seat;
    this.tally = tally;
  }
  async page(path: string): Promise<void> {
    const response = await this.#seat.get(path, { accept: "text/html" });
    await this.#told(path, response, await response.text());
  }
  async api(
    method: "GET" | "POST" | "PUT",
    path: string,
    body?: object,
    more: Record<string, string> = {},
  ): Promise<Record<string, unknown>> {
    const response =
      method === "GET"
        ? await this.#seat.get(path, more)
        : await this.#seat.send(method, path, body ?? {}, more);
    const text = await response.text();
    await this.#told(path, response, text);
    return response.ok ? JSON.parse(text) : {};
  }
  async form(path: string, fields: Record<string, string>): Promise<void> {
    const response = await this.#seat.post(path, fields);
    await this.#told(path, response, await response.text());
  }
  async #told(path: string, { status }: Response, text: string): Promise<void> {
    this.tally.requests += 1;
    const route = path.replace(/\/[^/]*\d[^/]*/g, "/:id");
    if (status >= 400) this.tally.faults.push(`${route}: ${status} ${text.slice(0, 120)}`);
  }
}

async function oneCall(to: Caller, n: number): Promise<void> {
  const { tally } = to;
  tally.calls += 1;
  const classId = CLASSES[n % CLASSES.length] ?? "a";
  const draftId = `soak-${n}`;
  const fields = {
    name: `検査　${n}子`,
    kana: ["サトウ　キヨ", "オノデラ　ハルコ", "ミウラ　イサム", "ワタナベ　トシオ"][n % 4] ?? "",
    postalCode: "001-0031",
    address: `札幌市北区北三十一条西5丁目${n}-1`,
    phone: `011-${String(200 + (n % 700))}-${String(n % 10_000).padStart(4, "0")}`,
    care: n % 5 === 0 ? "大きな字の通知書を希望" : "",
  };
  await to.api("GET", "/api/desk/seats");
  if (n % 15 === 0) for (const path of ["/desk", "/", "/lists", "/complaints"]) await to.page(path);
  if (n % 3 === 2) {
    await to.api("POST", "/api/inquiries/tally", { item: "seats" }, { "idempotency-key": `t-${n}` });
    return;
  }
  await to.api("PUT", `/api/desk/drafts/${draftId}`, { version: 0, fields: { name: fields.name } });
  await to.api("POST", "/api/desk/holds", { classId, draftId });
  await to.api("PUT", `/api/desk/drafts/${draftId}`, { version: 1, fields, classId });
  await to.api("POST", "/api/desk/check", { ...fields, classId });
  const booked = (await to.api(
    "POST",
    "/api/desk/bookings",
    { ...fields, draftId, classId },
    { "idempotency-key": `k-${n}` },
  )) as { booking?: { id: string } };
  const id = booked.booking?.id;
  if (id === undefined) return;
  tally.bookings += 1;
  if (n % 10 === 0) await to.api("POST", `/api/desk/bookings/${id}/undo`);
  if (n % 9 === 0) await to.api("POST", "/api/bookings/search", { query: "オノデラ" });
  if (n % 12 === 0) await to.form(`/bookings/${id}`, { reason: "call" });
  if (n % 90 === 0)
    await to.api("POST", "/api/complaints", { content: "待ち時間が長いとのお話。", note: "" });
}

/** 最小二乗の傾き（一日あたりのバイト）。はじめの skip 日（温まるまで）は見ない。 */
export function slopeOf(values: readonly number[], skip: number): number {
  const points = values.slice(skip);
  const middle = (points.length - 1) / 2;
  const mean = points.reduce((sum, y) => sum + y, 0) / points.length;
  const above = points.reduce((sum, y, x) => sum + (x - middle) * (y - mean), 0);
  const below = points.reduce((sum, _, x) => sum + (x - middle) ** 2, 0);
  return below === 0 ? 0 : above / below;
}
