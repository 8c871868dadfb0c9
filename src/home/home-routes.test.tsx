// @engine both
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { instantOf } from "../base/time.ts";
import { draftFiling } from "../filings/draft-filing.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import { prepareBatch } from "../notices/prepare-batch.ts";
import { submitBatch } from "../notices/submit-batch.ts";
import { takeBooking } from "../reception/take-booking.ts";
import { undoBooking } from "../reception/undo-booking.ts";
import { openTask } from "../tasks/open-task.ts";
import { openContract } from "../terms/open-contract.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { roomHands } from "../testing/room-hands.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { homeRoutes } from "./home-routes.tsx";
import type { Home } from "./read-home.ts";

let desk: TestDesk;
let app: Hono;
let op: Actor;
let manager: SignedIn;

beforeEach(async () => {
  desk = await openDesk();
  op = desk.actor("op", "operator");
  await openReception(desk.office, op, [
    { id: "a", day: "2025-10-01", capacity: 10 },
    { id: "b", day: "2025-10-08", capacity: 2 },
  ]);
  app = roomApp(desk.office, homeRoutes(roomHands()));
  manager = await signIn(app, desk.office, desk.contract, "manager");
});
afterEach(() => desk.close());

const home = async (who: SignedIn = manager): Promise<Home> =>
  (await (await who.get("/api/home")).json()) as Home;
const page = async (path: string, who: SignedIn = manager): Promise<string> => {
  const response = await who.get(path);
  expect(response.status).toBe(200);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  return html;
};

test("６(2)オ 予約があれば投函の期限が並び、発送の束を承認に回せば承認待ちも並ぶ", async () => {
  expect((await home()).deadlines).toEqual([]);
  await takeBooking(desk.office, op, caller(1, "a"));
  await takeBooking(desk.office, op, caller(2, "b"));
  const sources = async () => (await home()).deadlines.map((row) => row.source);
  expect(await sources()).toEqual(["posting", "list", "posting"]);
  const batch = await prepareBatch(desk.office, op, { days: ["2025-10-01"] });
  await submitBatch(desk.office, op, batch.id);
  expect(await sources()).toEqual(["approval", "posting", "list", "posting"]);
  expect((await home()).booking.waiting).toBe(1);
});

test("本日の予約・期の予約・残席は、取り消せば戻る", async () => {
  const { id } = await takeBooking(desk.office, op, caller(1, "a"));
  await takeBooking(desk.office, op, caller(2, "b"));
  expect((await home()).booking).toMatchObject({ today: 2, inTerm: 2, free: 10, capacity: 12 });
  await undoBooking(desk.office, op, id);
  const { booking } = await home();
  expect(booking).toMatchObject({ today: 1, inTerm: 1, free: 11 });
  expect(booking.hours.filter((hour) => hour.booked > 0)).toEqual([{ hour: 13, booked: 1, state: "now" }]);
});

test("画面の一文は行から数え、数はみな行へのつながり。個人情報は出ない", async () => {
  await takeBooking(desk.office, op, caller(1, "a"));
  const { blueprint } = await openContract(desk.office, desk.contract);
  await openTask(desk.office, op, blueprint, {
    ...{ kind: "report", title: "クレーム日次報告書", clause: "6(9)", role: "manager" },
    due: { kind: "at", at: instantOf("2025-09-16", "16:00") },
  });
  const html = await page("/");
  expect(html).toContain("1件遅れています。");
  for (const href of ["/today", "/classes?term=2", "/deadlines", "/lists/a", "/notices"])
    expect(html).toContain(`href="${href}`);
  expect(html).not.toMatch(/検査|011-000-0001|ケンサ/);
  expect(await page("/deadlines")).toContain("期限のある業務は3件です。");
  expect(await page("/deadlines?day=2025-09-22")).toContain("9月22日（月）が期限の業務は1件です。");
  expect(await page("/deadlines?when=due")).toContain("この期限の業務はありません。");
  expect(await page("/deadlines?day=%00&when=x")).toContain("期限のある業務は3件です。");
  const today = await page("/today");
  expect(today).toContain("本日の予約は1件です。");
  expect(today).not.toMatch(/検査|ケンサ/);
});

test("委託者には中の仕事を見せず、開けない所へのつながりも付けない", async () => {
  const { blueprint } = await openContract(desk.office, desk.contract);
  await takeBooking(desk.office, op, caller(1, "a"));
  await openTask(desk.office, op, blueprint, {
    ...{ kind: "other", title: "中の仕事", clause: "", role: "operator", due: { kind: "none" } },
  });
  const sv = desk.actor("sv", "supervisor");
  const { id } = await draftFiling(desk.office, sv, {
    ...{ kind: "consultation", title: "席数の協議", clause: "6(5)ウ", body: "3席にしたい。" },
  });
  const client = await signIn(app, desk.office, desk.contract, "client");
  expect((await home(client)).deadlines.map((row) => row.source)).toEqual(["posting", "list"]);
  await submitFiling(desk.office, desk.actor("m", "manager"), id);
  const html = await page("/", client);
  expect(html).toContain("席数の協議（回答待ち）");
  expect(html).toContain(`href="/filings/${id}"`);
  expect(html).not.toContain("中の仕事");
  expect(html).not.toMatch(/href="\/(notices|lists|today)/);
  expect((await client.get("/today")).status).toBe(403);
});

test("９(2) 期が終わって予約者リストを出さなければ遅れになり、出したと報告すれば消える", async () => {
  await takeBooking(desk.office, op, caller(1, "b"));
  desk.clock.set(instantOf("2025-09-29", "10:00"));
  manager = await signIn(app, desk.office, desk.contract, "manager");
  const late = async () =>
    (await home()).deadlines.filter((row) => row.source === "list").map((row) => row.urgencyText);
  expect(await late()).toEqual(["1日遅れ"]);
  const by = desk.actor("m", "manager");
  const { id } = await draftFiling(desk.office, by, {
    ...{ kind: "report", title: "予約者リスト（第二期）", clause: "9(2)", body: "提出します。" },
    about: { room: "terms", kind: "booking-list", id: "2" },
  });
  expect(await late()).toEqual(["1日遅れ"]);
  await submitFiling(desk.office, by, id);
  expect(await late()).toEqual([]);
});

test("まだ日程のない事務所では、はじめにすることを言う", async () => {
  const empty = await openDesk();
  try {
    await openReception(empty.office, op, []);
    const own = roomApp(empty.office, homeRoutes(roomHands()));
    const who = await signIn(own, empty.office, empty.contract, "manager");
    const html = await page("/", who);
    expect(html).toContain("はじめに、委託者から届いた講習会の日程表を取り込みます。");
    expect(html).not.toContain("本日の受付");
  } finally {
    await empty.close();
  }
});
