// @engine both
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { readTables } from "../office/table-reader.ts";
import { listTemplates } from "../platform/client-template-store.ts";
import { listEvents } from "../platform/event-store.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { caller, openReception } from "../testing/reception-fixture.ts";
import { makeListWorkbook, openLists } from "./make-list.ts";
import { previewTemplate, registerTemplate, reopenTemplate } from "./register-template.ts";
import { takeBooking } from "./take-booking.ts";
import { undoBooking } from "./undo-booking.ts";

const template = readFileSync(join(import.meta.dirname, "../testing/booking-list-template.xlsx"));
let desk: TestDesk;
afterEach(() => desk.close());
const sv = () => desk.actor("sv", "supervisor");

async function open(): Promise<void> {
  desk = await openDesk();
  await openReception(desk.office, sv(), [
    { id: "a", capacity: 30 },
    { id: "b", capacity: 5, day: "2025-10-02" },
    { id: "c", capacity: 5, day: "2025-10-03" },
  ]);
  for (const n of [1, 2, 3]) await takeBooking(desk.office, sv(), caller(n, "a"));
  const mistaken = await takeBooking(desk.office, sv(), caller(4, "a"));
  await undoBooking(desk.office, sv(), mistaken.id);
  await takeBooking(desk.office, sv(), { ...caller(5, "b"), needs: "車いす", largePrint: true });
}

async function register(bytes: Uint8Array = template): Promise<void> {
  const seen = await previewTemplate(desk.office, sv(), { fileName: "名簿様式.xlsx", bytes });
  await registerTemplate(desk.office, sv(), seen.token);
}

test("６(2)イ 予約者リストは講習会の日時・会場ごとで、開くたびに何人分かが記録に残る", async () => {
  await open();
  const lists = await openLists(desk.office, sv(), {
    classIds: ["b", "a"],
    form: "screen",
    purpose: "check",
  });
  expect(
    lists.map(({ cls, venue, entries }) => [cls.id, venue.name, entries.map((e) => e.booking.number)]),
  ).toEqual([
    ["a", "北区民センター", [1, 2, 3]],
    ["b", "北区民センター", [5]],
  ]);
  const events = await listEvents(desk.office.read, {
    contract: desk.contract,
    kinds: ["list.made"],
    limit: 9,
  });
  expect(events.map((e) => e.payload)).toEqual([
    { form: "screen", purpose: "check", classes: ["a", "b"], rows: 4, each: true },
  ]);
});

test("６(2)イ 委託者の様式に、講習会ごとの一枚が、電話の先頭の0を保って入る", async () => {
  await open();
  await register();
  const made = await makeListWorkbook(desk.office, sv(), { classIds: ["a", "b", "c"], purpose: "check" });
  expect(made).toMatchObject({ fileName: "予約者リスト_第二期_0917.xlsx", rows: 4, sheets: 3 });
  const sheets = readTables(made.bytes, made.fileName).filter((table) => !table.hidden);
  expect(sheets.length).toBe(3);
  const text = (at: number) =>
    sheets[at]?.rows.map((row) => row.map((cell) => cell.text).join("|")).join("\n");
  expect(text(0)).toContain("検査　2子|ケンサ　タロウコ");
  expect(text(0)).toContain("011-000-0002");
  expect(text(0)).not.toContain("検査　4子");
  expect(text(1)).toContain("拡大文字、車いす");
  expect(text(2)).not.toContain("検査");
  const [event] = await listEvents(desk.office.read, {
    contract: desk.contract,
    kinds: ["list.made"],
    limit: 1,
  });
  expect(event?.payload).toEqual({
    form: "workbook",
    purpose: "check",
    sha256: made.sha256,
    classes: ["a", "b", "c"],
    rows: 4,
  });
});

test("６(2)イ 目的のないもの、様式のないもの、講習会を選ばないものは、記録を残さずに断る", async () => {
  await open();
  const make = (purpose: string, ...classIds: string[]) =>
    makeListWorkbook(desk.office, sv(), { classIds, purpose });
  await expect(make("check", "a")).rejects.toMatchObject({ code: "REFUSED" });
  await register();
  // 委託者へ渡すものは、パスワードのない写しでは作れない。
  await expect(make("deliver", "a")).rejects.toMatchObject({
    code: "BAD_INPUT",
    faults: [{ field: "recipient" }],
  });
  await expect(make("", "a")).rejects.toMatchObject({ code: "BAD_INPUT", faults: [{ field: "purpose" }] });
  await expect(make("check")).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(make("check", "a", "ない")).rejects.toMatchObject({ code: "NOT_FOUND" });
  expect(await desk.events()).not.toContain("list.made");
});

test("６(2)イ 様式は登録の前に埋まる欄と埋まらない欄が分かり、登録するたびに版が重なる", async () => {
  await open();
  const seen = await previewTemplate(desk.office, sv(), { fileName: "名簿様式.xlsx", bytes: template });
  expect(seen.inspection.understood).toEqual(
    expect.arrayContaining(["氏名", "電話番号", "受付番号", "会場"]),
  );
  // 見本の様式に、持ち物と問合せ電話の欄はない。
  expect(seen.inspection.unused).toEqual(expect.arrayContaining(["持ち物", "問合せ電話"]));
  expect(seen.inspection.understood).not.toContain("持ち物");
  expect(await listTemplates(desk.office.read, desk.contract, "booking-list")).toEqual([]);
  expect(await reopenTemplate(desk.office, sv(), seen.token)).toEqual(seen);
  const first = await registerTemplate(desk.office, sv(), seen.token);
  expect(await registerTemplate(desk.office, sv(), seen.token)).toEqual(first);
  desk.clock.advance(1000);
  await register();
  expect(
    (await listTemplates(desk.office.read, desk.contract, "booking-list")).map(
      (t) => t.blob_id === seen.token,
    ),
  ).toEqual([false, true]);
});

test("様式にならないファイルは、わけを言って断る", async () => {
  await open();
  const give = (fileName: string, bytes: Uint8Array) =>
    previewTemplate(desk.office, sv(), { fileName, bytes });
  await expect(give("様式.xlsx", Buffer.from("name,phone"))).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(give("様式.xlsx", new Uint8Array(0))).rejects.toMatchObject({ code: "BAD_INPUT" });
});

test("基準5(4) リストで31人を見れば、一人ずつの記録が残り、大量の閲覧の仕事が一つだけ立つ", async () => {
  desk = await openDesk();
  await openReception(desk.office, sv(), [{ id: "a", capacity: 40 }]);
  for (let n = 1; n <= 31; n += 1) await takeBooking(desk.office, sv(), caller(n, "a"));
  const seen = async (purpose: string) =>
    openLists(desk.office, sv(), { classIds: ["a"], form: "screen", purpose });
  await seen("check");
  await seen("venue");
  const kinds = await desk.events();
  expect(kinds.filter((kind) => kind === "person.revealed")).toHaveLength(62);
  expect(kinds.filter((kind) => kind === "task.opened")).toHaveLength(1);
});
