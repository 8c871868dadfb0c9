// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Actor } from "../base/actor.ts";
import { instantOf } from "../base/time.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { answerFiling } from "./answer-filing.ts";
import { amendFiling, draftFiling, editFiling, type NewFiling } from "./draft-filing.ts";
import { countWaiting, listFilings, openFiling } from "./list-filings.ts";
import { submitFiling } from "./submit-filing.ts";
import { withdrawFiling } from "./withdraw-filing.ts";

let desk: TestDesk;
let manager: Actor;
let sv: Actor;
let client: Actor;

beforeEach(async () => {
  desk = await openDesk();
  manager = desk.actor("m-1", "manager");
  sv = desk.actor("sv-1", "supervisor");
  client = desk.actor("city-1", "client");
  await openReception(desk.office, manager, []);
});
afterEach(() => desk.close());

const seats: NewFiling = {
  kind: "consultation",
  title: "席数の変更（18日から3席）",
  clause: "6(5)ウ",
  body: "第一週の実績をふまえ、9月18日から3席にしたい。",
  due: instantOf("2025-09-17", "17:00"),
};

async function submitted(given: Partial<NewFiling> = {}): Promise<string> {
  const { id } = await draftFiling(desk.office, sv, { ...seats, ...given });
  await submitFiling(desk.office, manager, id);
  return id;
}

test("６(5)ウ 席数の協議を、SV が作り、責任者が申し入れ、委託者が着席して答える", async () => {
  const id = await submitted();
  expect(await countWaiting(desk.office, client)).toBe(1);
  await answerFiling(desk.office, client, id, { outcome: "answered", text: "了承します。" });
  const { filing, head, history } = await openFiling(desk.office, manager, id);
  expect(filing).toMatchObject({ state: "answered", channel: "site", answer: "了承します。", number: 1 });
  expect(head.stateText).toBe("回答");
  expect(history.map((line) => line.what).reverse()).toEqual(["下書きを作った", "提出した", "答えがあった"]);
});

test("番号は契約の通しで、欠番がない", async () => {
  const made = await Promise.all([1, 2, 3, 4].map(() => draftFiling(desk.office, sv, seats)));
  expect(made.map((one) => one.number).sort()).toEqual([1, 2, 3, 4]);
});

test("同じ送信が二度届いても、一つだけ", async () => {
  const twice = await Promise.all([1, 2].map(() => draftFiling(desk.office, sv, { ...seats, onceKey: "k" })));
  expect(twice[0]).toEqual(twice[1]);
  expect(await listFilings(desk.office, sv)).toHaveLength(1);
});

test("出した責任者は、自分では答えを記録できない。別の SV でも、作った人ならできない", async () => {
  const id = await submitted();
  const heard = {
    channel: "telephone" as const,
    at: instantOf("2025-09-17", "13:40"),
    from: "デジタル企画課 係長",
  };
  const answer = { outcome: "answered" as const, text: "了承", heard };
  await expect(answerFiling(desk.office, manager, id, answer)).rejects.toMatchObject({ code: "REFUSED" });
  await expect(answerFiling(desk.office, sv, id, answer)).rejects.toMatchObject({ code: "REFUSED" });
  await answerFiling(desk.office, desk.actor("sv-2", "supervisor"), id, answer);
  const { filing } = await openFiling(desk.office, manager, id);
  expect(filing).toMatchObject({
    channel: "telephone",
    heard_from: "デジタル企画課 係長",
    decided_by: "sv-2",
  });
});

test("届いた回答の記録には、いつ・だれから・どのようにが要り、先の日時と提出前の日時は断る", async () => {
  const id = await submitted();
  const other = desk.actor("sv-2", "supervisor");
  const heard = { channel: "letter" as const, from: "企画課長", at: instantOf("2025-09-18", "10:00") };
  const give = (more: object) =>
    answerFiling(desk.office, other, id, { outcome: "answered", text: "了承", ...more });
  await expect(give({})).rejects.toMatchObject({ code: "BAD_INPUT" });
  await expect(give({ heard })).rejects.toMatchObject({ faults: [{ field: "heardDay" }] });
  await expect(give({ heard: { ...heard, at: instantOf("2025-09-16", "10:00") } })).rejects.toMatchObject({
    faults: [{ field: "heardDay" }],
  });
  await expect(
    give({ heard: { ...heard, from: "", at: instantOf("2025-09-17", "13:40") } }),
  ).rejects.toMatchObject({
    faults: [{ field: "heardFrom" }],
  });
});

test("同時に二人が答えても、一つだけが残る", async () => {
  const id = await submitted();
  const both = await Promise.allSettled([
    answerFiling(desk.office, client, id, { outcome: "answered", text: "甲" }),
    answerFiling(desk.office, desk.actor("city-2", "client"), id, { outcome: "returned", text: "乙" }),
  ]);
  expect(both.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  expect((await desk.events()).filter((kind) => kind === "filing.answered")).toHaveLength(1);
});

test("差し戻されたら新しい版にして、前の版と理由が残る", async () => {
  const id = await submitted({ kind: "application" });
  await answerFiling(desk.office, client, id, { outcome: "returned", text: "根拠を書いてください。" });
  await amendFiling(desk.office, sv, id);
  const { filing } = await openFiling(desk.office, sv, id);
  await editFiling(desk.office, sv, id, { ...seats, body: "根拠は別紙のとおり。", edition: filing.edition });
  await expect(editFiling(desk.office, sv, id, { ...seats, edition: filing.edition })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await submitFiling(desk.office, manager, id);
  const opened = await openFiling(desk.office, client, id);
  expect(opened.filing).toMatchObject({
    version: 2,
    state: "submitted",
    body: "根拠は別紙のとおり。",
    answer: null,
  });
  expect(opened.versions).toEqual([
    expect.objectContaining({
      version: 1,
      state: "returned",
      body: seats.body,
      answer: "根拠を書いてください。",
    }),
  ]);
});

test("委託者に下書きは見えない。作り直している間の本文も見えない", async () => {
  const { id } = await draftFiling(desk.office, sv, seats);
  expect(await listFilings(desk.office, client)).toEqual([]);
  await expect(openFiling(desk.office, client, id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await submitFiling(desk.office, manager, id);
  await answerFiling(desk.office, client, id, { outcome: "returned", text: "直してください。" });
  await amendFiling(desk.office, sv, id);
  expect((await openFiling(desk.office, client, id)).filing.body).not.toContain("3席");
});

test("６(7) 電話で受けた指示は記録でき、記録した人とは別の人が承知する", async () => {
  const given: NewFiling = {
    kind: "instruction",
    title: "会場の変更の案内について",
    clause: "6(7)",
    body: "北区の方には麻生を案内する。",
  };
  await expect(draftFiling(desk.office, manager, given)).rejects.toMatchObject({ code: "BAD_INPUT" });
  const heard = { channel: "telephone" as const, at: instantOf("2025-09-17", "11:00"), from: "企画課 担当" };
  const { id } = await draftFiling(desk.office, manager, { ...given, heard });
  await expect(
    answerFiling(desk.office, manager, id, { outcome: "received", text: "" }),
  ).rejects.toMatchObject({
    code: "REFUSED",
  });
  await answerFiling(desk.office, sv, id, { outcome: "received", text: "" });
  const { filing } = await openFiling(desk.office, sv, id);
  expect(filing).toMatchObject({ state: "received", channel: "telephone", heard_from: "企画課 担当" });
});

test("取り下げは出した側だけ。取り下げたものには答えられない", async () => {
  const id = await submitted();
  await expect(withdrawFiling(desk.office, client, id)).rejects.toMatchObject({ code: "FORBIDDEN" });
  await withdrawFiling(desk.office, manager, id);
  await expect(
    answerFiling(desk.office, client, id, { outcome: "answered", text: "了承" }),
  ).rejects.toMatchObject({ code: "REFUSED" });
});

test("OP は協議・届出を作れず、責任者でない SV は提出できない", async () => {
  const op = desk.actor("op-1", "operator");
  await expect(draftFiling(desk.office, op, seats)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const { id } = await draftFiling(desk.office, sv, seats);
  await expect(submitFiling(desk.office, sv, id)).rejects.toMatchObject({ code: "FORBIDDEN" });
});

test("本文と回答は封じて置き、行の中に平文がない", async () => {
  const id = await submitted();
  await answerFiling(desk.office, client, id, { outcome: "answered", text: "了承します。" });
  const rows = await desk.office.read.q.selectFrom("filing").selectAll().execute();
  for (const value of Object.values(rows[0] ?? {}))
    expect(String(value)).not.toMatch(/第一週の実績|了承します/);
});
