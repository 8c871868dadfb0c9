import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { answerFiling } from "./answer-filing.ts";
import { amendFiling, draftFiling, editFiling } from "./draft-filing.ts";
import { filingKinds } from "./filing.ts";
import { filingDocument } from "./filing-document.ts";
import { bodyOfFields, filingForms, findForm, formFaults, keepFields, showFields } from "./filing-form.ts";
import { listFilings, openFiling, readFields } from "./list-filings.ts";
import { prepareFiling } from "./prepare-filing.ts";
import { submitFiling } from "./submit-filing.ts";
import { withdrawFiling } from "./withdraw-filing.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());

test("特記13(2) 消去の申請は五つの事項、特記7(3) 再委託の申請は六つの事項が、どれも要る", () => {
  const required = (code: string) =>
    findForm(code)
      ?.fields.filter((field) => field.required)
      .map(({ label }) => label);
  expect(required("erasure-request")).toEqual([
    "消去又は廃棄すべき個人情報の項目",
    "媒体名",
    "数量",
    "消去又は廃棄の方法",
    "処理予定日",
  ]);
  expect(required("subcontract-request")).toEqual([
    "再委託先の名称",
    "再委託する理由",
    "再委託して処理する内容",
    "再委託先において取り扱う情報",
    "再委託先における安全性及び信頼性を確保する対策",
    "再委託先に対する管理及び監督の方法",
  ]);
});

test("特記16(1) 事故の報告は、内容・件数・発生場所・発生状況が要る", () => {
  const form = findForm("incident-report");
  const missing = form ? formFaults(form, {}, true).map(({ field }) => field) : [];
  expect(missing).toEqual(expect.arrayContaining(["f.items", "f.count", "f.place", "f.situation"]));
});

test("様式の code も、欄の名と見出しも重ならず、種類は六つのどれか", () => {
  expect(new Set(filingForms.map(({ code }) => code)).size).toBe(filingForms.length);
  for (const form of filingForms) {
    expect(Object.keys(filingKinds)).toContain(form.kind);
    expect(form.code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    for (const key of ["name", "label"] as const)
      expect(new Set(form.fields.map((field) => field[key])).size).toBe(form.fields.length);
  }
});

test("どの様式でも、書いた欄はすべて紙面に出て、知らない欄は残らない", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...filingForms.filter((form) => form.fields.length > 0)),
      fc.stringMatching(/^[ぁ-ん]{1,20}$/).map((word) => `検査値${word}`),
      (form, word) => {
        const given = Object.fromEntries(form.fields.map(({ name }) => [name, word]));
        const kept = keepFields(form, { ...given, __proto__x: "x", unknown: "x" });
        expect(Object.keys(kept)).toEqual(form.fields.map(({ name }) => name));
        expect(showFields(form, kept)).toHaveLength(form.fields.length);
        expect(bodyOfFields(form, kept).split(word)).toHaveLength(form.fields.length + 1);
      },
    ),
  );
});

const seat = () => ({
  manager: desk.actor("m-1", "manager"),
  sv: desk.actor("sv-1", "supervisor"),
  client: desk.actor("city-1", "client"),
});
const erasure = {
  ...{ items: "予約者の氏名", media: "データ", quantity: "1", method: "鍵の消去", day: "2025-09-30" },
};
const blank = { kind: "consent", form: "erasure-request", title: "消去", clause: "特記13(2)" } as const;

test("下書きは欠けていてよく、提出は必須の欄が埋まるまでできない。期限は様式の営業日から決まる", async () => {
  const { manager, sv } = seat();
  const { id } = await draftFiling(desk.office, sv, { ...blank, body: "", fields: { items: "氏名" } });
  await expect(submitFiling(desk.office, manager, id)).rejects.toMatchObject({
    code: "BAD_INPUT",
    faults: ["media", "quantity", "method", "day"].map((name) =>
      expect.objectContaining({ field: `f.${name}` }),
    ),
  });
  const { filing } = await openFiling(desk.office, sv, id);
  const edition = filing.edition;
  await editFiling(desk.office, sv, id, { ...blank, body: "", fields: erasure, edition });
  await submitFiling(desk.office, manager, id);
  const done = (await openFiling(desk.office, manager, id)).filing;
  // 9月17日（水）から5営業日（23日は秋分の日）。
  expect(done).toMatchObject({ due: instantOf("2025-09-25", "17:00"), document: "令和7年度 消去 第1号" });
  expect(readFields(done)).toEqual(erasure);
});

test("文書番号は年度と系列ごとの通しで、下書きや取下げでは欠けず、新しい版でも変わらない", async () => {
  const { manager, sv, client } = seat();
  const draft = () => draftFiling(desk.office, sv, { ...blank, body: "", fields: erasure });
  const [a, b, c] = [await draft(), await draft(), await draft()];
  await withdrawFiling(desk.office, sv, a.id);
  await submitFiling(desk.office, manager, c.id);
  await submitFiling(desk.office, manager, b.id);
  await answerFiling(desk.office, client, c.id, { outcome: "returned", text: "数量を直してください。" });
  await amendFiling(desk.office, sv, c.id);
  await submitFiling(desk.office, manager, c.id);
  const number = async (id: string) => (await openFiling(desk.office, manager, id)).filing.document;
  expect([await number(a.id), await number(b.id), await number(c.id)]).toEqual([
    ...[null, "令和7年度 消去 第2号", "令和7年度 消去 第1号"],
  ]);
  desk.clock.set(instantOf("2026-04-01", "10:00"));
  const next = await draft();
  await submitFiling(desk.office, manager, next.id);
  expect(await number(next.id)).toBe("令和8年度 消去 第1号");
});

test("記録には、種類・様式・条項・義務が残り、様式の欄に書いたことは残らない", async () => {
  const { manager, sv } = seat();
  const { id } = await draftFiling(desk.office, sv, {
    ...{ ...blank, body: "", fields: { ...erasure, items: "山田太郎の氏名" }, obligation: "erase:x" },
  });
  await submitFiling(desk.office, manager, id);
  const { listEvents } = await import("../platform/event-store.ts");
  const events = await listEvents(desk.office.read, { contract: desk.contract, about: id, limit: 10 });
  const submitted = events.find((event) => event.kind === "filing.submitted");
  expect(submitted?.payload).toMatchObject({
    ...{ kind: "consent", form: "erasure-request", clause: "特記13(2)", obligation: "erase:x", version: 1 },
  });
  expect(JSON.stringify(events)).not.toContain("山田");
  const rows = await desk.office.read.q.selectFrom("filing").selectAll().execute();
  expect(
    Object.values(rows[0] ?? {})
      .map(String)
      .join(),
  ).not.toContain("山田");
});

test("ほかの室が用意した下書きは一つで、人が書いた欄は変わらない", async () => {
  const { manager } = seat();
  const given = { form: "week-report", obligation: "week-report:1", fields: { term: "第二期" } };
  const first = await prepareFiling(desk.office, manager, given);
  const { filing } = await openFiling(desk.office, manager, first.id);
  const { title, clause, edition } = filing;
  await editFiling(desk.office, manager, first.id, {
    ...{ title, clause, edition, body: "", fields: { term: "第二期（人が直した）" } },
  });
  const again = await prepareFiling(desk.office, manager, {
    ...given,
    fields: { term: "第二期", counts: "9月11日 450件" },
  });
  expect(again).toMatchObject({ id: first.id, made: false });
  expect(readFields((await openFiling(desk.office, manager, first.id)).filing)).toEqual({
    ...{ term: "第二期（人が直した）", counts: "9月11日 450件" },
  });
  await expect(prepareFiling(desk.office, manager, { form: "no-such-form" })).rejects.toMatchObject({
    code: "BAD_INPUT",
  });
});

test("一覧は期限を過ぎたものが先で、条項・様式・期限で絞れる", async () => {
  const { sv, manager } = seat();
  const draft = (clause: string, due: string | undefined) =>
    draftFiling(desk.office, sv, {
      ...{ ...blank, clause, body: "", fields: erasure },
      due: due === undefined ? undefined : instantOf(due, "10:00"),
    });
  await draft("6(9)", "2025-09-16");
  await draft("6(9)", "2025-09-17");
  await draft("特記13(2)", undefined);
  const list = await listFilings(desk.office, manager);
  expect(list.map((one) => one.number)).toEqual([2, 1, 3]);
  const numbers = async (filter: Parameters<typeof listFilings>[2]) =>
    (await listFilings(desk.office, manager, filter)).map((one) => one.number);
  expect(await numbers({ clause: "6" })).toEqual([2, 1]);
  expect(await numbers({ due: "soon" })).toEqual([]);
  expect(await numbers({ form: "erasure-request", clause: "特記13" })).toEqual([3]);
});

test("Word の紙面は、番号・和暦・宛名・表題・記・以上の順", () => {
  const document = filingDocument({
    filing: {
      ...{ kind: "consent", form: "erasure-request", title: "第一期の消去", clause: "特記13(2)", body: "" },
      ...{ version: 2, document: "令和7年度 消去 第1号", number: 3, due: null, copies: 2 },
      submitted_at: instantOf("2025-09-17", "13:40"),
    },
    fields: erasure,
    parties: { title: "業務", client: "札幌市", clientUnit: "デジタル企画課", contractor: "受託者" },
    ...{ created: "2025-09-17T04:40:00.000Z", today: "2025-09-17" },
  });
  const lines = document.blocks.map((block) => ("text" in block ? block.text : block.kind));
  expect(lines.slice(0, 4)).toEqual([
    ...["令和7年度 消去 第1号（第2版）", "令和7年9月17日", "　札幌市", "　デジタル企画課　御中"],
  ]);
  expect(lines.slice(-4)).toEqual(["記", "table", "以上", "（2部提出）"]);
  expect(lines).toContain("個人情報の消去・廃棄に係る申請書");
});

test("どんな順に、だれがしても、作った人・出した人が答えたことにはならず、一つの版に答えは一つ", async () => {
  const people = [
    desk.actor("m-1", "manager"),
    desk.actor("m-2", "manager", "client"),
    desk.actor("sv-1", "supervisor"),
    desk.actor("city-1", "client"),
  ];
  const heard = { channel: "letter" as const, from: "係長", at: instantOf("2025-09-17", "13:40") };
  const act = fc.record({
    who: fc.constantFrom(...people),
    what: fc.constantFrom("submit", "answer", "return", "hear", "withdraw", "amend"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...people.slice(0, 3)),
      fc.array(act, { maxLength: 12 }),
      async (maker, acts) => {
        const { id } = await draftFiling(desk.office, maker, { ...blank, body: "", fields: erasure });
        const answered = new Set<number>();
        for (const { who, what } of acts) {
          const before = (await openFiling(desk.office, people[0] ?? who, id)).filing;
          const answer = { outcome: what === "return" ? "returned" : "approved", text: "理由" } as const;
          const doing = {
            submit: () => submitFiling(desk.office, who, id),
            answer: () => answerFiling(desk.office, who, id, answer),
            return: () => answerFiling(desk.office, who, id, answer),
            hear: () => answerFiling(desk.office, who, id, { ...answer, heard }),
            withdraw: () => withdrawFiling(desk.office, who, id),
            amend: () => amendFiling(desk.office, who, id),
          }[what];
          const done = await doing().then(
            () => true,
            () => false,
          );
          if (!done || !["answer", "return", "hear"].includes(what)) continue;
          expect([before.made_by, before.submitted_by]).not.toContain(who.id);
          expect(before.state).toBe("submitted");
          expect(answered.has(before.version)).toBe(false);
          answered.add(before.version);
        }
      },
    ),
    { numRuns: 30 },
  );
});
