// @engine both
import { afterEach, expect, test } from "vitest";
import { listEvents } from "../platform/event-store.ts";
import { forgetPerson } from "../platform/person-index.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { openBooking, revealBooking } from "./open-booking.ts";
import { readQuery, searchBookings, warmBookingSearch } from "./search-bookings.ts";
import { takeBooking } from "./take-booking.ts";

let desk: TestDesk;
afterEach(() => desk.close());
const op = () => desk.actor("op", "operator");
const find = (query: string) => searchBookings(desk.office, op(), query);
const numbers = async (query: string) => (await find(query)).rows.map((row) => row.number);

async function open(): Promise<string[]> {
  desk = await openDesk();
  await openReception(desk.office, op(), [{ id: "a", capacity: 30 }]);
  const kana = ["タカハシ ハナコ", "タカバタケ ジロウ", "サトウ タカコ"];
  const ids: string[] = [];
  for (const [n, each] of kana.entries())
    ids.push((await takeBooking(desk.office, op(), { ...caller(n + 1, "a"), kana: each })).id);
  return ids;
}

test("６(2)ウ 受付番号、電話の全部、末尾四桁から予約を探せる", async () => {
  await open();
  expect(await numbers("0002")).toEqual([2]);
  expect(await numbers("０１１－０００－０００３")).toEqual([3]);
  expect(await numbers("0110000003")).toEqual([3]);
  expect(await numbers("末尾0001")).toEqual([1]);
  expect(await numbers("9999")).toEqual([]);
});

test("６(2)ウ カナは、はじめは全部の一致で、索引ができれば一部でも探せる", async () => {
  await open();
  const first = await searchBookings(desk.office, op(), "たかはし　はなこ", 0);
  expect([first.partial, first.rows.map((row) => row.number)]).toEqual([true, [1]]);
  await warmBookingSearch(desk.office, desk.contract);
  expect((await find("タカハ")).partial).toBe(false);
  expect(await numbers("タカハ")).toEqual([1, 2]); // 濁点を問わず、近い順
  expect(await numbers("タカ")).toEqual([1, 2, 3]); // 名の途中は後
  expect(await numbers("ジロウ")).toEqual([2]);
});

test("６(2)ウ あとから受けた予約も、すぐに探せる", async () => {
  await open();
  await warmBookingSearch(desk.office, desk.contract);
  desk.clock.advance(1);
  await takeBooking(desk.office, op(), { ...caller(9, "a"), kana: "ワタナベ ミエ" });
  expect(await numbers("ワタ")).toEqual([4]);
});

test("別記 消去された人は、索引から忘れられる", async () => {
  await open();
  await warmBookingSearch(desk.office, desk.contract);
  const event = (
    await listEvents(desk.office.read, { contract: desk.contract, kinds: ["booking.taken"], limit: 1 })
  )[0];
  forgetPerson(desk.office, desk.contract, event?.subject ?? "");
  expect(await numbers("サトウ")).toEqual([]);
});

test("探した結果は氏名と電話を伏せ、記録に探した言葉を残さない", async () => {
  await open();
  await warmBookingSearch(desk.office, desk.contract);
  const { rows } = await find("サトウ");
  expect(rows[0]).toMatchObject({ maskedName: "検○○", maskedPhone: "011-***-0003" });
  expect(JSON.stringify(rows)).not.toContain("サトウ");
  const events = await listEvents(desk.office.read, {
    contract: desk.contract,
    kinds: ["booking.searched"],
    limit: 9,
  });
  expect(events[0]?.payload).toEqual({ by: "kana", found: 1 });
});

test("６(2)ウ 個人情報は、理由を選び、記録が残ってから見える", async () => {
  const [, id = ""] = await open();
  await expect(revealBooking(desk.office, op(), id, "")).rejects.toMatchObject({ code: "BAD_INPUT" });
  expect((await openBooking(desk.office, op(), id)).history.map((line) => line.what)).toEqual([
    "予約を受けた",
  ]);
  const { person } = await revealBooking(desk.office, op(), id, "callback");
  expect(person.kana).toBe("タカバタケ　ジロウ");
  expect((await openBooking(desk.office, op(), id)).history[0]).toMatchObject({
    what: "個人情報を表示した",
    more: "理由: 折り返しの電話をかける",
  });
  await expect(openBooking(desk.office, op(), "none")).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("番号でも電話でもカナでもない言葉は、どう探すかを言って断る", async () => {
  desk = await openDesk();
  for (const bad of ["", "高橋", "abc", "ア".repeat(81)])
    expect(() => readQuery(bad)).toThrowError(expect.objectContaining({ code: "BAD_INPUT" }));
  expect(readQuery("12")).toEqual({ by: "number", text: "12" });
  expect(readQuery("211-2136")).toEqual({ by: "phone-tail", text: "2112136" });
});
