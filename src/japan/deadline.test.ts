import fc from "fast-check";
import { expect, test } from "vitest";
import { instantFromMs, instantOf } from "../base/time.ts";
import { standardCalendar } from "./business-day.ts";
import { dueText, urgencyOf, urgencyText } from "./deadline.ts";

const now = instantOf("2025-09-17", "13:40");

test.each([
  ["2025-09-16", "16:00", "late", "1日遅れ", "9月16日（火）16:00"],
  ["2025-09-12", "16:00", "late", "2日遅れ", "9月12日（金）16:00"],
  ["2025-09-17", "13:20", "late", "20分遅れ", "9月17日（水）13:20"],
  ["2025-09-17", "09:00", "late", "4時間遅れ", "9月17日（水）9:00"],
  ["2025-09-17", "17:00", "due", "本日", "17:00まで"],
  ["2025-09-22", "15:00", "soon", "あと3日", "9月22日（月）15:00"],
  ["2025-09-26", "16:00", "soon", "あと6日", "9月26日（金）16:00"],
])("%s %s の期限を、営業日で言う", (day, time, urgency, text, due) => {
  const at = instantOf(day, time);
  expect(urgencyOf(at, now)).toBe(urgency);
  expect(urgencyText(standardCalendar, at, now)).toBe(text);
  expect(dueText(at, now)).toBe(due);
});

test("期限が後のものほど、急ぎでない", () => {
  const order = { late: 0, due: 1, soon: 2 };
  const at = fc.integer({ min: Date.parse(now) - 9e8, max: Date.parse(now) + 9e8 }).map(instantFromMs);
  fc.assert(fc.property(at, at, (a, b) => a > b || order[urgencyOf(a, now)] <= order[urgencyOf(b, now)]));
});
