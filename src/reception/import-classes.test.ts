// @engine both
import { afterEach, expect, test } from "vitest";
import { listEvents } from "../platform/event-store.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { listTells } from "./class-change-store.ts";
import { listClasses } from "./class-store.ts";
import { type ImportChoices, importClasses } from "./import-classes.ts";
import { isNothing } from "./import-plan.ts";
import { listCityChanges } from "./list-city-changes.ts";
import { listOffers } from "./offer-store.ts";
import { previewClasses, reopenPreview } from "./preview-classes.ts";
import { takeBooking } from "./take-booking.ts";
import { listVenues } from "./venue-store.ts";
import { waitForClass } from "./wait-for-class.ts";

let desk: TestDesk;
afterEach(() => desk.close());
const sv = () => desk.actor("sv", "supervisor");
const HEAD = "開催日,開始時刻,終了時刻,会場,会場住所,区,講座名,種別,定員,持ち物";

async function open(...classes: Parameters<typeof openReception>[2]): Promise<void> {
  desk = await openDesk();
  await openReception(desk.office, sv(), classes);
}

function preview(...lines: string[]) {
  const bytes = Buffer.from([HEAD, ...lines].join("\n"));
  return previewClasses(desk.office, sv(), { fileName: "R7_第二期.csv", bytes });
}

async function take(lines: string[], choices: Omit<ImportChoices, "basis"> = {}) {
  const seen = await preview(...lines);
  return importClasses(desk.office, sv(), seen.token, { basis: seen.basis, ...choices });
}

const kita = "2025-10-08,10:00,11:30,北区民センター,,,応用,講習会,12,スマートフォン";
const asabu = "2025-10-09,13:00,14:30,麻生まちづくりセンター,札幌市北区北39条西5丁目,北区,入門,講習会,8,";

/** 二つの回に予約を一件ずつ入れ、満席の一回に三人が待つ。 */
async function fillThree(): Promise<void> {
  await take(["2025-10-20,10:00,11:30,北区民センター,,,満席,講習会,1,"]);
  const full = (await listClasses(desk.office.read, desk.contract)).find((cls) => cls.course === "満席");
  const op = desk.actor("op", "operator");
  for (const [n, cls] of [full?.id ?? "", "a", "b"].entries())
    await takeBooking(desk.office, op, caller(n + 1, cls));
  for (const n of [4, 5, 6])
    await waitForClass(desk.office, op, {
      ...caller(n, full?.id ?? ""),
      ...{ wider: false, reachFrom: "10:00", reachTo: "15:00" },
    });
}

test("６(2)ア 市の日程表から、会場と講習会が一つの行為で加わる", async () => {
  await open();
  const seen = await preview(kita, asabu);
  expect(seen).toMatchObject({
    read: 2,
    errors: [],
    newVenues: [{ name: "麻生まちづくりセンター", ward: "北区" }],
  });
  expect(await listClasses(desk.office.read, desk.contract)).toEqual([]);
  const done = await importClasses(desk.office, sv(), seen.token, { basis: seen.basis });
  expect(done).toMatchObject({ added: 2, changed: 0, closed: 0, venues: 1, refused: [] });
  const classes = await listClasses(desk.office.read, desk.contract);
  expect(classes.map((c) => [c.term, c.day, c.start, c.end, c.course, c.capacity, c.bring])).toEqual([
    ["2", "2025-10-08", "10:00", "11:30", "応用", 12, "スマートフォン"],
    ["2", "2025-10-09", "13:00", "14:30", "入門", 8, ""],
  ]);
  expect(
    (await listVenues(desk.office.read, desk.contract)).find((v) => v.ward && v.latitude === null)?.address,
  ).toBe("札幌市北区北39条西5丁目");
  expect(await desk.events()).toEqual([
    "contract.started",
    "schedule.read",
    "venue.added",
    "class.added",
    "class.added",
    "schedule.imported",
  ]);
});

test("６(2)ア 同じファイルをもう一度取り込んでも、何も変わらず、記録も増えない", async () => {
  await open();
  await take([kita, asabu]);
  const before = await listClasses(desk.office.read, desk.contract);
  const seen = await preview(kita, asabu);
  expect(isNothing(seen)).toBe(true);
  expect(seen).toMatchObject({ unchanged: 2, removed: [] });
  const events = (await desk.events()).length;
  expect(await importClasses(desk.office, sv(), seen.token, { basis: seen.basis })).toMatchObject({
    added: 0,
    changed: 0,
    venues: 0,
  });
  expect(await listClasses(desk.office.read, desk.contract)).toEqual(before);
  expect((await desk.events()).length).toBe(events);
});

test("６(2)ア 直すところはます目で言い、期の外の日は取り込まない", async () => {
  await open();
  const seen = await preview(
    kita,
    "2025-10-99,10:00,11:00,北区民センター,,,入門,講習会,5,",
    "2026-05-01,10:00,11:00,北区民センター,,,入門,講習会,5,",
  );
  expect(seen.added.length).toBe(1);
  expect(seen.errors.map((e) => e.cell)).toEqual([
    expect.stringMatching(/^A3$/),
    expect.stringMatching(/4$/),
  ]);
  expect(seen.errors[1]?.message).toContain("どの期の申込対象でもありません");
  const closing = importClasses(desk.office, sv(), seen.token, { basis: seen.basis, close: true });
  await expect(closing).rejects.toMatchObject({ code: "REFUSED" });
});

test("６(2)ア 変わる欄と、触れる予約の受付番号が分かり、予約より少ない定員は断る", async () => {
  await open();
  await take([kita, asabu]);
  const [a, b] = await listClasses(desk.office.read, desk.contract);
  for (const n of [1, 2, 3]) await takeBooking(desk.office, sv(), caller(n, a?.id ?? ""));
  await takeBooking(desk.office, sv(), caller(4, b?.id ?? ""));
  const seen = await preview(
    kita.replace("11:30", "12:00").replace(",12,", ",2,"),
    asabu.replace("14:30", "15:00").replace(",8,", ",20,"),
  );
  expect(
    seen.changed.map((c) => [c.bookings, c.fields.map((f) => f.field), c.refusal !== undefined]),
  ).toEqual([
    [[1, 2, 3], ["end", "capacity"], true],
    [[4], ["end", "capacity"], false],
  ]);
  const done = await importClasses(desk.office, sv(), seen.token, { basis: seen.basis });
  expect(done).toMatchObject({ changed: 1, refused: [{ classId: a?.id }], touchedBookings: [4] });
  const after = await listClasses(desk.office.read, desk.contract);
  expect(after.map((c) => [c.end, c.capacity, c.booked])).toEqual([
    ["11:30", 12, 3],
    ["15:00", 20, 1],
  ]);
  const [event] = await listEvents(desk.office.read, {
    contract: desk.contract,
    kinds: ["class.changed"],
    limit: 1,
  });
  expect(event).toMatchObject({
    about: b?.id,
    payload: { fields: { end: ["14:30", "15:00"], capacity: [8, 20] } },
  });
});

test("６(2)ア ファイルから消えた講習会は、選んだときだけ受付終了になり、予約は残る", async () => {
  await open();
  await take([kita, asabu]);
  const a = (await listClasses(desk.office.read, desk.contract))[0];
  await takeBooking(desk.office, sv(), caller(1, a?.id ?? ""));
  const seen = await preview(asabu);
  expect(seen.removed.map((r) => [r.cls.id, r.bookings])).toEqual([[a?.id, [1]]]);
  expect(await importClasses(desk.office, sv(), seen.token, { basis: seen.basis })).toMatchObject({
    closed: 0,
  });
  const again = await take([asabu], { close: true });
  expect(again).toMatchObject({ closed: 1, touchedBookings: [1] });
  expect((await listClasses(desk.office.read, desk.contract)).map((c) => [c.state, c.booked])).toEqual([
    ["closed", 1],
    ["open", 0],
  ]);
  // もとのファイルに戻れば、また受け付ける。
  const back = await preview(kita, asabu);
  expect(back.changed.map((c) => c.reopens)).toEqual([true]);
  await importClasses(desk.office, sv(), back.token, { basis: back.basis });
  expect((await listClasses(desk.office.read, desk.contract)).map((c) => c.state)).toEqual(["open", "open"]);
});

test("６(2)ア 日が動いた講習会は、選べば予約ごと移り、選ばなければ別の講習会として加わる", async () => {
  await open();
  await take([kita]);
  const a = (await listClasses(desk.office.read, desk.contract))[0];
  await takeBooking(desk.office, sv(), caller(1, a?.id ?? ""));
  const moved = kita.replace("2025-10-08", "2025-10-15");
  const seen = await preview(moved);
  expect(seen.moved.map((m) => [m.cls.id, m.row.date])).toEqual([[a?.id, "2025-10-15"]]);
  const done = await importClasses(desk.office, sv(), seen.token, {
    basis: seen.basis,
    move: [a?.id ?? ""],
    close: true,
  });
  expect(done).toMatchObject({ added: 0, moved: 1, closed: 0, touchedBookings: [1] });
  expect((await listClasses(desk.office.read, desk.contract)).map((c) => [c.id, c.day, c.booked])).toEqual([
    [a?.id, "2025-10-15", 1],
  ]);
});

test("６(2)ウ 取込みで日時が動いたか中止になった回の予約は、「まだお伝えしていない方」に並び、定員が増えれば待つ方に案内する", async () => {
  await open({ id: "a", capacity: 1 }, { id: "b", capacity: 1, day: "2025-10-08", course: "応用" });
  await fillThree();
  const wide = "2025-10-20,10:00,11:30,北区民センター,,,満席,講習会,3,";
  const seen = await preview(wide);
  const moved = seen.moved.map(({ cls }) => cls.id);
  const done = await importClasses(desk.office, sv(), seen.token, {
    basis: seen.basis,
    close: true,
    move: moved,
  });
  expect(done).toMatchObject({ offered: 2, untold: 2 });
  expect((await listTells(desk.office.read, desk.contract, { untold: true })).length).toBe(2);
  const board = await listCityChanges(desk.office, sv());
  expect(board.untold.map(({ change }) => change.reason)).toEqual(["日程表の取込み", "日程表の取込み"]);
  expect(await listOffers(desk.office.read, desk.contract, { states: ["open"] })).toHaveLength(2);
});

test("６(2)ア 見せたあとに台帳が変われば断り、何も変えない", async () => {
  await open();
  const seen = await preview(kita, asabu);
  await take([kita]);
  const late = importClasses(desk.office, sv(), seen.token, { basis: seen.basis });
  await expect(late).rejects.toMatchObject({ code: "CONFLICT" });
  expect((await listClasses(desk.office.read, desk.contract)).length).toBe(1);
  const again = await reopenPreview(desk.office, sv(), seen.token);
  expect(await importClasses(desk.office, sv(), seen.token, { basis: again.basis })).toMatchObject({
    added: 1,
  });
});

test("日程表でないファイル、ほかのファイルの id は断る", async () => {
  await open();
  await expect(
    previewClasses(desk.office, sv(), { fileName: "a.xlsx", bytes: Buffer.from("PK") }),
  ).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
  await expect(reopenPreview(desk.office, sv(), "nothing")).rejects.toMatchObject({ code: "NOT_FOUND" });
});
