// @engine both
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { listEvents } from "../platform/event-store.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { type BookName, bookFaults, bookNames, bookOf } from "./book.ts";
import { type EntryInput, entryFaults, entryHolds, entryUrgency } from "./entry.ts";
import { listEntryRows } from "./entry-store.ts";
import { listEntries, openEntry } from "./list-entries.ts";
import { closeEntry, editEntry, fileEntry, recordEntry } from "./record-entry.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
});
afterEach(() => desk.close());

const sv = () => desk.actor("sv", "supervisor");
const filled = (book: BookName): Record<string, string> =>
  Object.fromEntries(bookOf(book).fields.map(({ name, label }) => [name, `${label}を書いた`]));
const given = (book: BookName, more: Partial<EntryInput> = {}): EntryInput => ({
  ...{ title: "席の数", clause: "10(1)", heldOn: "2025-09-16", fields: filled(book) },
  ...more,
});

test("10(1) 同時に書いても、番号は契約・帳簿ごとに欠番なく続く", async () => {
  const made = await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      recordEntry(desk.office, sv(), at % 2 === 0 ? "consultation" : "proposal", {
        ...given(at % 2 === 0 ? "consultation" : "proposal"),
      }),
    ),
  );
  expect(made).toHaveLength(12);
  for (const book of ["consultation", "proposal"] as const) {
    const numbers = (await listEntries(desk.office, sv(), { book })).map((one) => one.number);
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  }
});

test("断られた書き込みは、番号を使わない", async () => {
  await expect(recordEntry(desk.office, sv(), "question", given("question", { title: "" }))).rejects.toThrow(
    "直すところ",
  );
  await expect(
    recordEntry(desk.office, desk.actor("op", "operator"), "question", given("question")),
  ).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect((await recordEntry(desk.office, sv(), "question", given("question"))).number).toBe(1);
});

test("同じ印で送り直しても、一つだけ", async () => {
  const first = await recordEntry(desk.office, sv(), "advice", given("advice"), "once-1");
  expect(await recordEntry(desk.office, sv(), "advice", given("advice"), "once-1")).toEqual(first);
  expect(await listEntries(desk.office, sv())).toHaveLength(1);
});

test("書かれた文は封じて置かれ、記録にも出ず、言葉で探せる", async () => {
  const secret = "匿名でない申出の内容";
  const fields = { ...filled("consultation"), matter: secret };
  const { id } = await recordEntry(desk.office, sv(), "consultation", given("consultation", { fields }));
  const [row] = await listEntryRows(desk.office.read, desk.contract);
  expect(Buffer.from(row?.fields ?? []).toString("utf8")).not.toContain(secret);
  const events = await listEvents(desk.office.read, { contract: desk.contract, limit: 100 });
  expect(JSON.stringify(events)).not.toContain(secret);
  expect((await listEntries(desk.office, sv(), { search: "匿名でない　申出" })).map((one) => one.id)).toEqual(
    [id],
  );
  expect(await listEntries(desk.office, sv(), { search: "どこにもない" })).toEqual([]);
  expect((await openEntry(desk.office, sv(), id)).fields.matter).toBe(secret);
});

test("12(1) 決まったことを書かずに結べず、結んだものは直せない", async () => {
  const { decision: _decision, ...open } = filled("consultation");
  const { id } = await recordEntry(
    desk.office,
    sv(),
    "consultation",
    given("consultation", { fields: open }),
  );
  await expect(closeEntry(desk.office, sv(), id, { edition: 1, fields: {} })).rejects.toMatchObject({
    faults: [{ field: "f.decision" }],
  });
  await closeEntry(desk.office, sv(), id, { edition: 1, fields: { decision: "三席にする" } });
  const closed = await openEntry(desk.office, sv(), id);
  expect(closed.head.stateText).toBe("決定");
  expect(closed.fields).toMatchObject({ decision: "三席にする", matter: "協議した事項を書いた" });
  await expect(
    editEntry(desk.office, sv(), id, { ...given("consultation"), edition: closed.edition }),
  ).rejects.toThrow("もう結んだ");
});

test("二人が同時に直せば、後の人は断られる", async () => {
  const { id } = await recordEntry(desk.office, sv(), "instruction", given("instruction"));
  await editEntry(desk.office, sv(), id, { ...given("instruction", { title: "一人目" }), edition: 1 });
  await expect(
    editEntry(desk.office, sv(), id, { ...given("instruction", { title: "二人目" }), edition: 1 }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
});

test("12(6) 提案から届出の下書きができ、二度押しても一つ", async () => {
  const { id } = await recordEntry(desk.office, sv(), "proposal", given("proposal", { cost: 12_000 }));
  const { filing, made } = await fileEntry(desk.office, sv(), id);
  expect(made).toBe(true);
  expect(await fileEntry(desk.office, sv(), id)).toEqual({ filing, made: false });
  expect((await openEntry(desk.office, sv(), id)).head.filing).toBe(filing);
});

test("12(3) 事故は、業務完了報告書が数える記録にもなる", async () => {
  await recordEntry(desk.office, sv(), "accident", given("accident"));
  expect((await desk.events()).slice(-2).sort()).toEqual(["incident.recorded", "register.entered"]);
});

test("期限と有効期限の近さ", () => {
  const entry = { state: "open", due: null, expires: null } as const;
  expect(entryUrgency(entry, "2025-09-17")).toBeUndefined();
  expect(entryUrgency({ ...entry, due: "2025-09-16" }, "2025-09-17")).toBe("late");
  expect(entryUrgency({ ...entry, due: "2025-09-17" }, "2025-09-17")).toBe("due");
  expect(entryUrgency({ ...entry, expires: "2025-11-15" }, "2025-09-17")).toBe("soon");
  expect(entryUrgency({ ...entry, expires: "2025-12-01" }, "2025-09-17")).toBeUndefined();
  expect(entryUrgency({ ...entry, state: "closed", due: "2025-09-16" }, "2025-09-17")).toBeUndefined();
});

test("性質: どんな言葉を入れても落ちず、必須の欄の空きは必ず言う", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...bookNames),
      fc.dictionary(fc.string(), fc.string()),
      fc.string(),
      (book, fields, day) => {
        const faults = entryFaults(book, { title: "件名", clause: "", heldOn: day, fields }, "2025-09-17");
        for (const { name, required } of bookOf(book).fields)
          if (required && !(Object.hasOwn(fields, name) && fields[name]?.trim()))
            expect(faults.map((one) => one.field)).toContain(`f.${name}`);
        expect(bookFaults(book, filled(book), true)).toEqual([]);
        expect(entryHolds(`前${day}後`, day)).toBe(true);
      },
    ),
  );
});
