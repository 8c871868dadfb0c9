import fc from "fast-check";
import { expect, test } from "vitest";
import type { Role } from "../base/actor.ts";
import { EVERYONE, type FactRow, type HandlerFact, neededFacts, requireFacts } from "./handler-fact.ts";

const now = "2025-09-17T04:40:00.000Z";
const today = "2025-09-17";
const row = (fact: HandlerFact, more: Partial<FactRow> = {}): FactRow => ({
  ...{ account_id: "a", fact, from_day: "2025-01-01", to_day: null, until: null },
  ...more,
});
const passes = (
  rows: FactRow[],
  use: "personal" | "export",
  isRead: boolean,
  roles: readonly Role[] = ["operator"],
) => {
  try {
    requireFacts({ use, isRead, roles, rows, today, now });
    return true;
  } catch {
    return false;
  }
};

test("特記 第3条・第5条・第6条 三つがそろったときだけ開き、一つでも欠けるか期間の外なら閉じる", () => {
  fc.assert(
    fc.property(fc.subarray([...neededFacts]), fc.boolean(), (held, isRead) => {
      const rows = held.map((fact) => row(fact));
      expect(passes(rows, "personal", isRead)).toBe(held.length === 3);
      expect(passes(rows, "export", isRead)).toBe(false);
      expect(passes([...rows, row("export", { account_id: EVERYONE })], "export", isRead)).toBe(
        held.length === 3,
      );
    }),
  );
  const whole = neededFacts.map((fact) => row(fact));
  for (const gone of [{ to_day: "2025-09-16" }, { from_day: "2025-09-18" }])
    expect(passes([...whole.slice(1), row("listed", gone)], "personal", true)).toBe(false);
});

test("特記 第14条 緊急の閲覧は、終わりの瞬間まで、見ることだけを開く", () => {
  const glass = (until: string) => [row("glass", { until })];
  expect(passes(glass("2025-09-17T04:40:00.001Z"), "personal", true)).toBe(true);
  expect(passes(glass(now), "personal", true)).toBe(false);
  expect(passes(glass("2025-09-17T05:40:00.000Z"), "personal", false)).toBe(false);
  expect(passes(glass("2025-09-17T05:40:00.000Z"), "export", true)).toBe(false);
});

test("委託者と監査は受託者の従業者ではないので、資格を求めない（開けるかは役割の表が決める）", () => {
  expect(passes([], "personal", true, ["client"])).toBe(true);
  expect(passes([], "personal", true, ["auditor"])).toBe(true);
  expect(passes([], "personal", true, ["client", "manager"])).toBe(false);
});
