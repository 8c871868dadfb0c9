// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordInquiry, tallyInquiry, untallyInquiry } from "../answers/count-inquiry.ts";
import { recordComplaint } from "../answers/record-complaint.ts";
import { instantOf } from "../base/time.ts";
import { printedTerms } from "../staffing/printed-figure.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { openReception } from "../testing/reception-fixture.ts";
import { sumActs } from "./count-acts.ts";
import { readFigures } from "./read-figures.ts";
import { readReport } from "./read-report.ts";
import { quotedSection } from "./report-section.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await openReception(desk.office, desk.actor("m", "manager"), []);
});
afterEach(() => desk.close());

async function aDay(): Promise<void> {
  const op = desk.actor("op", "operator");
  for (const item of ["place", "place", "bring"]) await tallyInquiry(desk.office, op, { item });
  const wrong = await tallyInquiry(desk.office, op, { item: "fee" });
  await untallyInquiry(desk.office, op, wrong.id);
  await recordInquiry(desk.office, op, {
    ...{ item: "other", content: "英語での案内を求められた。", reason: "language" as const },
    ...{ important: false, needsPersonal: false },
  });
  await recordComplaint(desk.office, op, {
    ...{ severity: "normal" as const, topic: "line" as const, channel: "phone" as const },
    ...{ receivedAt: instantOf("2025-09-17", "10:20"), content: "つながらない。" },
  });
}

test("６(7) ６(9) 項目ごとの件数、その電話で終わった割合と理由、取り消した件数を除いた数", async () => {
  await aDay();
  const day = { from: "2025-09-17", to: "2025-09-17" };
  const figures = await readFigures(desk.office, desk.contract, day);
  expect(figures.items.map(({ label, total, first }) => [label, total, first])).toEqual([
    ["会場・道順", 2, 2],
    ["持ち物・機種", 1, 1],
    ["そのほか", 1, 0],
  ]);
  expect(figures.inquiries.reasons).toEqual([{ reason: "language", n: 1 }]);
  expect(figures.sum).toMatchObject({ inquiries: 4, complaints: 1, bookings: 0 });
  // 日の和も、人の和も、全体と同じ。
  expect(sumActs(figures.acts.byActor.values())).toEqual(figures.sum);
  // 電話の記録のない受付は、負の差としてそのまま出る。
  expect(figures.calls.reconcile.difference).toBe(-5);
});

test("６(9) 日報は、数、苦情の番号、突き合わせを載せ、内容と氏名を載せない", async () => {
  await aDay();
  const report = await readReport(desk.office, desk.contract, { kind: "daily", day: "2025-09-17" });
  const text = JSON.stringify(report);
  expect(text).toContain("第1号");
  expect(text).toContain("電話より多い記録-5");
  expect(text).toContain("ことば・聞こえの手助け 1件");
  expect(text).not.toContain("つながらない。");
  expect(text).not.toContain("英語での案内");
});

test("９(1) 期の章は、期の範囲だけを数える。概数を印刷していない仕様書の契約には、参考の表を付けない", async () => {
  await aDay();
  const term = await readReport(desk.office, desk.contract, { kind: "term", term: "2" });
  expect(term.sections.find(({ title }) => title.startsWith("苦情"))?.title).toBe("苦情　1件");
  expect(term.sections.some(({ title }) => title.includes("表２"))).toBe(false);
  const before = await readReport(desk.office, desk.contract, { kind: "week", term: "1" });
  expect(before.sections.find(({ title }) => title.startsWith("苦情"))?.title).toBe("苦情　0件");
});

test("６(5)ウ 表２ 印刷された概数は、そのまま引き、直さない", () => {
  const { table, notes } = quotedSection(printedTerms);
  expect(table?.rows[0]).toEqual(["入電合計", "640 件", "80 件", "270 件"]);
  // 640 ÷ 6 は 100 でない。
  expect(table?.rows[2]).toEqual(["日平均", "100 件", "9 件", "27 件"]);
  expect(notes.join("")).toContain("直していない");
});

test.each([
  { kind: "daily", day: "2025-02-30" },
  { kind: "daily", day: "2025-09-18" },
  { kind: "week", term: "九" },
] as const)("読めない日、先の日、ない期は、直し方を言って断る（%o）", async (ask) => {
  await expect(readReport(desk.office, desk.contract, ask)).rejects.toMatchObject({ code: "BAD_INPUT" });
});
