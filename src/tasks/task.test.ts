import fc from "fast-check";
import { expect, test } from "vitest";
import { instantFromMs, instantOf } from "../base/time.ts";
import { standardCalendar } from "../japan/business-day.ts";
import { compareTasks, dueOf, readDue, stateAllows, type TaskState, taskFaults } from "./task.ts";

const hours = { open: "09:00", close: "16:00" };
const terms = { calendar: standardCalendar, hours };
const now = instantOf("2025-09-17", "13:40");

test("６(9) 翌営業日中の期限は、次の営業日の終わり", () => {
  const rule = readDue("next", "", "", hours);
  expect("kind" in rule && dueOf(rule, now, terms)).toBe(instantOf("2025-09-18", "16:00"));
});

test.each([
  ["today", "2025-09-17", "16:00"],
  ["hours-2", "2025-09-17", "15:40"],
  ["days-3", "2025-09-22", "16:00"],
] as const)("期限の選択肢 %s", (choice, day, time) => {
  const rule = readDue(choice, "", "", hours);
  expect("kind" in rule && dueOf(rule, now, terms)).toBe(instantOf(day, time));
});

test("日時を決めるのに日がなければ断り、時刻がなければ仕事の終わる時", () => {
  expect(readDue("at", "2025-02-30", "", hours)).toHaveProperty("fault.field", "day");
  expect(readDue("at", "2025-09-22", "25:00", hours)).toHaveProperty("fault.field", "time");
  expect(readDue("at", "2025-09-22", "", hours)).toEqual({
    kind: "at",
    at: instantOf("2025-09-22", "16:00"),
  });
});

test.each(["011-211-2136 へ折り返す", "０９０－１２３４－５６７８", "a@example.jp に送る", "060-0001 あて"])(
  "題に連絡先を書けない: %s",
  (title) => {
    expect(taskFaults({ title, clause: "" })).toEqual([expect.objectContaining({ field: "title" })]);
  },
);

test.each([
  "委託者に確認中の折り返し 2件",
  "様式１（9月分）を出す",
  "10月1日・2日分の投函",
  "席数変更 18日から3席",
])("ふつうの題は書ける: %s", (title) => {
  expect(taskFaults({ title, clause: "6(7)" })).toEqual([]);
});

test("遅れ → 本日 → これから → 期限なしの順に並ぶ", () => {
  const task = fc.record({
    id: fc.uuid(),
    made_at: fc.integer({ min: 0, max: 2e12 }).map(instantFromMs),
    due: fc.option(fc.integer({ min: 0, max: 2e12 }).map(instantFromMs)),
  });
  fc.assert(
    fc.property(fc.array(task), (tasks) => {
      const sorted = [...tasks].sort(compareTasks);
      sorted.forEach((one, at) => {
        const next = sorted[at + 1];
        if (!next) return;
        expect((one.due ?? "9") <= (next.due ?? "9")).toBe(true);
        expect(compareTasks(one, next)).toBeLessThanOrEqual(0);
      });
    }),
  );
});

test("閉じた仕事にできるのは、元に戻すことだけ", () => {
  for (const state of ["done", "dropped"] satisfies TaskState[])
    for (const act of ["take", "try", "done", "drop", "reopen"] as const)
      expect(stateAllows(act, state)).toBe(act === "reopen");
  expect(stateAllows("reopen", "open")).toBe(false);
});
