// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { listEvents } from "../platform/event-store.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { correctBooking } from "./correct-booking.ts";
import { listBookings } from "./list-bookings.ts";
import { takeBooking } from "./take-booking.ts";
import { undoBooking } from "./undo-booking.ts";

let desk: TestDesk;
let op: Actor;
let id: string;

beforeEach(async () => {
  desk = await openDesk();
  op = desk.actor("op", "operator");
  await openReception(desk.office, op, [{ id: "a" }]);
  id = (await takeBooking(desk.office, op, caller(1, "a"))).id;
});
afterEach(() => desk.close());

test("６(2)ア 直した内容がリストに出て、前と後は本人の鍵で封じて残る", async () => {
  expect(
    await correctBooking(desk.office, op, id, {
      address: " 札幌市北区北三十一条西5丁目2-10 ",
      kana: "けんさ はなこ",
    }),
  ).toBe(true);
  const [found] = await listBookings(desk.office, op, {});
  expect(found?.person).toMatchObject({ address: "札幌市北区北三十一条西5丁目2-10", kana: "ケンサ　ハナコ" });
  expect(found?.booking.version).toBe(2);
  const [event] = await listEvents(desk.office.read, {
    contract: desk.contract,
    kinds: ["booking.corrected"],
    limit: 9,
  });
  expect(event).toMatchObject({
    about: id,
    subject: found?.person.id,
    payload: { fields: expect.arrayContaining(["kana", "address"]) },
  });
  expect(JSON.stringify(event)).not.toMatch(/2-10|ハナコ/);
});

test("同じ内容なら何も起きず、空・長すぎる・カナでない欄は断る", async () => {
  const before = await desk.events();
  const { name } = (await listBookings(desk.office, op, {}))[0]?.person ?? { name: "" };
  expect(await correctBooking(desk.office, op, id, { name })).toBe(false);
  for (const bad of [{ name: " " }, { address: "あ".repeat(201) }, { kana: "漢字" }])
    await expect(correctBooking(desk.office, op, id, bad)).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect(await desk.events()).toEqual(before);
});

test("取り消された予約、ない予約は断る", async () => {
  await undoBooking(desk.office, op, id);
  await expect(correctBooking(desk.office, op, id, { building: "201" })).rejects.toMatchObject({
    code: "REFUSED",
  });
  await expect(correctBooking(desk.office, op, "none", { building: "201" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
