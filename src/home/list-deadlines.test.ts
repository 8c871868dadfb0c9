import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { HandlerName } from "../access/name-handlers.ts";
import { instantFromMs, instantOf } from "../base/time.ts";
import type { OwedLine } from "../contract/owed-line.ts";
import type { ListedFiling } from "../filings/list-filings.ts";
import type { ListedTask } from "../tasks/list-tasks.ts";
import { readBlueprint } from "../terms/blueprint.ts";
import { type DeadlineFacts, daysText, listDeadlines, ownerOf, tallyDeadlines } from "./list-deadlines.ts";

const { blueprint } = readBlueprint(readFileSync("blueprints/sapporo-class-booking.yaml", "utf8"));
const now = instantOf("2025-09-17", "13:40");
const handler = (id: string, short: string, ...roles: HandlerName["roles"]): [string, HandlerName] => [
  id,
  { id, number: id, name: short, short, roles },
];
const names = new Map([
  handler("m", "高瀬", "manager"),
  handler("o1", "佐伯", "operator"),
  handler("o2", "東海林", "operator"),
]);
const nothing: DeadlineFacts = {
  ...{ now, blueprint, names, inside: true },
  ...{ unsent: [], batches: [], lists: [], tasks: [], filings: [], owed: [] },
};
const list = (facts: Partial<DeadlineFacts>) => listDeadlines({ ...nothing, ...facts });

const task = (id: string, due: string | null): ListedTask => ({
  ...{ id, kind: "other", kindLabel: "そのほか", title: id, clause: "6(7)", role: "operator", holder: null },
  ...{ holderText: "OP", state: "open", due, urgency: undefined, urgencyText: "", dueText: "", attempts: 0 },
  ...{ about: undefined, closedAt: null },
});
const filing = (more: Partial<ListedFiling>): ListedFiling => ({
  ...{ id: "f", number: 1, kind: "consultation", kindLabel: "協議", clause: "6(5)ウ", title: "席数の変更" },
  ...{ state: "submitted", stateText: "回答待ち", madeBy: "m", submittedBy: "m", submittedAt: now },
  ...{ decidedAt: null, due: null, urgency: undefined, dueText: "", version: 1, about: undefined },
  ...{ form: null, formTitle: "協議", document: null, obligation: null },
  ...more,
});

test("６(2)オ 投函の期限は受講日から逆算し、同じ期限の受講日は一行にまとめる", () => {
  const rows = list({
    unsent: [
      { day: "2025-10-01", unsent: 30, approved: 0 },
      { day: "2025-10-02", unsent: 32, approved: 5 },
      { day: "2025-10-03", unsent: 9, approved: 0 },
    ],
  });
  expect(
    rows.map(({ title, dueText, urgencyText, holder, clause }) => ({
      title,
      dueText,
      urgencyText,
      holder,
      clause,
    })),
  ).toEqual([
    {
      title: "通知書の投函 10月1日・2日分 62通",
      dueText: "9月22日（月）15:00",
      urgencyText: "あと3日",
      holder: "OP",
      clause: "6(2)オ",
    },
    {
      title: "通知書の投函 10月3日分 9通",
      dueText: "9月24日（水）15:00",
      urgencyText: "あと4日",
      holder: "OP",
      clause: "6(2)オ",
    },
  ]);
});

test("９(2) 予約者リストは開設期間の終わる時まで。出したもの、予約のない期は並ばない", () => {
  const [first, second, third] = blueprint.terms;
  if (!first || !second || !third) throw new Error("three terms");
  const rows = list({
    lists: [
      { term: first, bookings: 350, delivered: true },
      { term: second, bookings: 289, delivered: false },
      { term: third, bookings: 0, delivered: false },
    ],
  });
  expect(rows.map((row) => row.title)).toEqual(["予約者リスト（第二期）の提出"]);
  expect(rows[0]).toMatchObject({
    due: instantOf("2025-09-26", "16:00"),
    holder: "高瀬",
    urgencyText: "あと6日",
  });
});

test("承認待ちの束の期限は、束の中でいちばん早い投函の期限", () => {
  const [row] = list({ batches: [{ id: "b", number: 4, waiting: 62, days: ["2025-10-01", "2025-10-08"] }] });
  expect(row).toMatchObject({ due: instantOf("2025-09-22", "15:00"), href: "/notices/b", holder: "SV" });
});

test("６(5)ウ 答えを待つ協議は委託者が持つ。出した報告に期限はもうない", () => {
  const due = instantOf("2025-09-17", "17:00");
  const [asked, reported] = list({
    filings: [filing({ due }), filing({ id: "r", kind: "report", stateText: "受領待ち", due })],
  });
  expect(asked).toMatchObject({
    title: "席数の変更（回答待ち）",
    holder: "委託者",
    urgency: "due",
    dueText: "17:00まで",
  });
  expect(reported).toMatchObject({ due: null, urgencyText: "期限なし" });
});

test("出していない報告の遅れは、委託者にも見える。協議の下書きと、下書きの中身は見えない", () => {
  const due = instantOf("2025-09-16", "16:00");
  const drafts = [
    filing({ id: "r", kind: "report", title: "様式１", state: "draft", due }),
    filing({ id: "c", state: "draft", due }),
    filing({ id: "n", state: "draft" }),
  ];
  const shown = (inside: boolean) => list({ filings: drafts, inside }).map((row) => [row.title, row.href]);
  expect(shown(true)).toEqual([
    ["席数の変更（作成中）", "/filings/c"],
    ["様式１（作成中）", "/filings/r"],
  ]);
  expect(shown(false)).toEqual([["様式１（作成中）", undefined]]);
});

test("担当は、その役割がただ一人ならその人、そうでなければ役割の名", () => {
  expect(ownerOf("manager", names)).toBe("高瀬");
  expect(ownerOf("operator", names)).toBe("OP");
  expect(ownerOf("supervisor", names)).toBe("SV");
});

test.each([
  [["2025-10-01"], "10月1日"],
  [["2025-10-01", "2025-10-02"], "10月1日・2日"],
  [["2025-10-31", "2025-11-04"], "10月31日・11月4日"],
  [["2025-10-01", "2025-10-02", "2025-10-03"], "10月1日など3日"],
])("受講日 %j を短く言う", (days, text) => {
  expect(daysText(days)).toBe(text);
});

test("遅れ → 本日 → これから → 期限なしの順に並び、一文の数は行から数えた数と同じ", () => {
  const at = fc.integer({ min: Date.parse(now) - 9e8, max: Date.parse(now) + 9e8 }).map(instantFromMs);
  const order = { late: 0, due: 1, soon: 2, none: 3 };
  fc.assert(
    fc.property(fc.array(fc.option(at), { maxLength: 30 }), (dues) => {
      const rows = list({ tasks: dues.map((due, n) => task(`t${n}`, due)) });
      const ranks = rows.map((row) => order[row.urgency ?? "none"]);
      expect(ranks).toEqual([...ranks].sort());
      const tally = tallyDeadlines(rows);
      expect(tally.total).toBe(dues.length);
      expect(tally.late).toBe(dues.filter((due) => due !== null && due < now).length);
      expect(tally.today).toBe(ranks.filter((rank) => rank === 1).length);
    }),
  );
});

test("７(3) 条項から求められていることが並び、その下書きは別の行にならず、委託者の義務と見直しは並ばない", () => {
  const line = (key: string, more: Partial<OwedLine> = {}): OwedLine => ({
    ...{
      key,
      obligation: "monthly",
      title: "様式１の提出（8月分）",
      clause: "7(3)",
      clauseId: "c7-3",
      nature: "act",
    },
    ...{
      state: "late",
      stateText: "9日遅れ",
      due: instantOf("2025-09-03", "16:00"),
      dueText: "",
      role: "manager",
    },
    ...{ holder: "高瀬", blocks: [], since: now, lapsed: false },
    ...more,
  });
  const rows = list({
    owed: [
      line("monthly@2025-08"),
      line("faq", { nature: "client", state: "due" }),
      line("cost", { state: "due", stateText: "見直し", lapsed: true }),
      line("end", { due: null }),
    ],
    filings: [
      filing({ state: "draft", obligation: "monthly@2025-08", due: instantOf("2025-09-03", "16:00") }),
    ],
  });
  expect(rows.map(({ id, title, urgencyText }) => [id, title, urgencyText])).toEqual([
    ["duty-monthly@2025-08", "様式１の提出（8月分）（作成中）", "9日遅れ"],
  ]);
});
