import type { Hono } from "hono";
import { afterEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { careText } from "../reception/booking-list.ts";
import { readProxy } from "../reception/caller.ts";
import { listBookings } from "../reception/list-bookings.ts";
import { listWaits } from "../reception/list-waits.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import type { BookingReply, DeskError, DeskSeat, OpenDraft, SeatsBoard } from "./desk-api.ts";
import { deskRoutes } from "./desk-routes.tsx";
import { emptyFields } from "./desk-state.ts";

let desk: TestDesk;
let app: Hono;
let op: SignedIn;
afterEach(() => desk.close());

async function open(at = instantOf("2025-09-17", "13:40")): Promise<void> {
  desk = await openDesk({ at });
  await openReception(desk.office, desk.actor("boss", "manager"), [
    { id: "full", capacity: 1, booked: 1, start: "10:00", end: "12:00" },
    { id: "free", capacity: 3, day: "2025-10-02", start: "10:00", end: "12:00" },
    { id: "next", capacity: 3, day: "2025-10-01", start: "13:30", end: "15:30" },
  ]);
  app = roomApp(desk.office, deskRoutes);
  op = await signIn(app, desk.office, desk.contract, "operator");
}

const json = async <T,>(reply: Response) => (await reply.json()) as T;
const board = async () => json<SeatsBoard>(await op.get("/api/desk/seats"));
const fields = {
  ...emptyFields,
  name: "髙﨑　𠮷子",
  kana: "タカサキ　ヨシコ",
  postalCode: "001-0031",
  address: "札幌市北区北三十一条西5丁目2-10　グランドハイツ麻生 305号",
  phone: "011-555-4471",
};

test("別紙1 5(8) 通話中の席は、操作がなくても閉じない。通話が終われば、やがて閉じる", async () => {
  await open();
  const minute = 60_000;
  for (let n = 0; n < 60; n += 1) {
    desk.clock.advance(minute);
    expect((await op.get("/api/desk/seats?live=1")).status).toBe(200);
  }
  // 自動の問い合わせだけでは、人がいることにならない。
  let last = 200;
  for (let n = 0; n < 20 && last === 200; n += 1) {
    desk.clock.advance(minute);
    last = (await op.get("/api/desk/seats")).status;
  }
  expect(last).toBe(401);
  const { error } = await json<DeskError>(await op.get("/api/desk/seats?live=1"));
  expect(error).toMatchObject({ code: "NOT_SIGNED_IN", detail: { locked: true } });
});

test("６(2)オ 投函期限（9月22日15:00の取集め）を過ぎると、10月1日の回は間に合わないと言う", async () => {
  await open(instantOf("2025-09-22", "14:59"));
  const outlook = async () =>
    (await board()).cells.map(({ classId, posting }) => [classId, posting.inTime, posting.daysLeft]);
  expect(await outlook()).toContainEqual(["next", true, 0]);
  desk.clock.set(instantOf("2025-09-22", "15:01"));
  op = await signIn(app, desk.office, desk.contract, "operator");
  expect(await outlook()).toContainEqual(["next", false, 0]);
  expect(await (await op.get("/desk")).text()).toContain("通知書は間に合いません");
});

test("６(2)ア 満席なら、同じ講座の空きを、案内する順に添えて断る。始まった回も断る", async () => {
  await open();
  const full = await op.send("POST", "/api/desk/holds", { classId: "full", draftId: "d" });
  expect(full.status).toBe(409);
  const { error } = await json<DeskError>(full);
  expect(error.code).toBe("CLASS_FULL");
  expect(error.detail?.alternatives?.map((cell) => cell.classId)).toEqual(["next", "free"]);
  desk.clock.set(instantOf("2025-10-01", "13:31"));
  op = await signIn(app, desk.office, desk.contract, "operator");
  expect((await board()).cells.find((cell) => cell.classId === "next")?.started).toBe(true);
  const started = await op.send("POST", "/api/desk/holds", { classId: "next", draftId: "d" });
  expect((await json<DeskError>(started)).error).toMatchObject({ code: "REFUSED" });
});

test("外字に近い字と建物の名が、そのまま残る。送り直しても一つ、中身が違えば断る", async () => {
  await open();
  const body = { ...fields, draftId: "d", classId: "free" };
  const book = (more = {}) =>
    op.send("POST", "/api/desk/bookings", { ...body, ...more }, { "Idempotency-Key": "d" });
  const first = await json<BookingReply>(await book());
  expect((await json<BookingReply>(await book())).booking.id).toBe(first.booking.id);
  expect((await json<DeskError>(await book({ name: "別人" }))).error.code).toBe("CONFLICT");
  const person = {
    name: "髙﨑　𠮷子",
    address: "札幌市北区北三十一条西5丁目2-10",
    building: "グランドハイツ麻生 305号",
  };
  expect(await listBookings(desk.office, op.actor, {})).toMatchObject([{ person }]);
  expect((await board()).cells.find((cell) => cell.classId === "free")?.free).toBe(2);
});

test("６(2)ア 待つ回の会場と日を受付デスクで聞け、誤りは画面の欄の名で返る", async () => {
  await open();
  const wait = (more: object) =>
    op.send("POST", "/api/desk/waits", { ...fields, draftId: "w", classId: "full", wider: "1", ...more });
  const bad = await json<DeskError>(await wait({ wishFrom: "2025-10-05", wishTo: "2025-10-01" }));
  expect(bad.error.faults?.map((fault) => fault.field)).toEqual(["wishTo"]);
  const none = await json<DeskError>(await wait({ wishVenue: "nowhere" }));
  expect(none.error.faults?.map((fault) => fault.field)).toEqual(["wishVenue"]);
  expect((await wait({ wishVenue: "kita", wishFrom: "2025-10-02" })).status).toBe(201);
  expect((await listWaits(desk.office, op.actor)).waiting).toMatchObject([
    { wish: expect.stringContaining("（北区民センター、10月2日～）") },
  ]);
});

test("６(2)ア JavaScript のない form でも、代わりの申込者・連絡の取り方・付き添いを聞ける", async () => {
  await open();
  const blank = await (await op.get("/desk")).text();
  for (const name of ["proxyName", "proxyRelation", "proxyPhone", "contact", "companions"])
    expect(blank).toContain(`name="${name}"`);
  const { callerWithheld: _, ...texts } = fields;
  const booked = await op.post("/desk", {
    ...texts,
    ...{ proxyName: "検査　花子", proxyRelation: "長女", proxyPhone: "0115550001" },
    ...{ contact: "relay", companions: "1", care: "手話通訳を希望" },
    ...{ classId: "free", readBack: "yes", idempotencyKey: "k1" },
  });
  expect(booked.status).toBe(303);
  const [only] = await listBookings(desk.office, op.actor, {});
  expect(only?.booking).toMatchObject({ contact: "relay", companions: 1, needs: "手話通訳を希望" });
  expect(readProxy(only?.booking.proxy ?? null)).toEqual({
    name: "検査　花子",
    relation: "長女",
    phone: "011-555-0001",
  });
  // 名簿の備考に、電話リレーサービスと手話が出る。
  expect(only && careText(only.booking)).toBe("付き添い1名、連絡は電話リレーサービス、手話通訳を希望");
});

test("断りの欄は、画面の欄の名で返る", async () => {
  await open();
  const reply = await op.send("POST", "/api/desk/bookings", {
    ...fields,
    phone: "",
    care: "あ".repeat(801),
    draftId: "d",
    classId: "free",
  });
  expect(reply.status).toBe(422);
  expect((await json<DeskError>(reply)).error.faults?.map((fault) => fault.field)).toContain("care");
});

test("途中の受付は、通話の終わりと、いまの合い札を添えて返る", async () => {
  await open();
  const call = { callStartedAt: "2025-09-17T04:40:00.000Z", callEndedAt: "2025-09-17T04:43:00.000Z" };
  const saved = await op.send("PUT", "/api/desk/drafts/d", { version: 0, fields, classId: "free", ...call });
  expect(saved.status).toBe(200);
  const { drafts, seat } = await json<{ drafts: OpenDraft[]; seat: DeskSeat }>(
    await op.get("/api/desk/drafts"),
  );
  expect(drafts).toMatchObject([{ id: "d", version: 1, fields, ...call }]);
  expect(seat).toEqual({ csrf: op.csrf, account: op.actor.id });
  const late = await op.send("PUT", "/api/desk/drafts/d", { version: 0, fields });
  expect((await json<DeskError>(late)).error).toMatchObject({ code: "CONFLICT", detail: { version: 1 } });
});

test("素の画面は、決まりにかなった HTML", async () => {
  await open();
  expect(markupFaults(await (await op.get("/desk")).text())).toEqual([]);
});

test("６(2)ア 満席の回は待機に入れられ、案内したことが数えられ、代わりの方と付き添いも残る", async () => {
  await open();
  const more = {
    proxyName: "髙﨑　健",
    proxyRelation: "長男",
    companions: "1",
    contact: "relay",
    reach: "am",
  };
  const asked = { draftId: "d-wait", classId: "full" };
  await op.send("POST", "/api/desk/guides", asked);
  await op.send("POST", "/api/desk/guides", asked);
  const bad = await op.send("POST", "/api/desk/waits", { ...fields, ...asked, address: "" });
  expect([bad.status, (await json<DeskError>(bad)).error.faults?.[0]?.field]).toEqual([422, "address"]);
  const reply = await op.send("POST", "/api/desk/waits", { ...fields, ...more, ...asked });
  expect([reply.status, await reply.json()]).toEqual([201, expect.objectContaining({ ahead: 0 })]);
  const booked = await op.send("POST", "/api/desk/bookings", {
    ...fields,
    ...more,
    draftId: "d-2",
    classId: "free",
    askedClassId: "full",
  });
  const { booking } = await json<BookingReply>(booked);
  const [detail] = await listBookings(desk.office, op.actor, { ids: [booking.id] });
  expect(detail?.booking).toMatchObject({ companions: 1, contact: "relay" });
  expect(detail?.booking.proxy).toContain("長男");
  expect(detail?.person.name).toBe("髙﨑　𠮷子");
  const kinds = await desk.events();
  expect(kinds.filter((kind) => kind === "seat.guided" || kind === "wait.opened")).toEqual([
    "seat.guided",
    "wait.opened",
  ]);
});
