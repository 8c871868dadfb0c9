import fc from "fast-check";
import { expect, test } from "vitest";
import { dayOf, instantFromMs, instantOf, minuteOf } from "../base/time.ts";
import { isBusinessDay, standardCalendar } from "./business-day.ts";
import { addBusinessMinutes, endOfBusinessDay } from "./business-hours.ts";

const hours = { open: "09:00", close: "16:00" };
const add = (from: string, minutes: number) => addBusinessMinutes(standardCalendar, hours, from, minutes);
const anyInstant = fc
  .integer({ min: Date.parse("2024-01-01T00:00:00Z"), max: Date.parse("2027-12-31T00:00:00Z") })
  .map(instantFromMs);
const minutes = fc.integer({ min: 0, max: 5_000 });

test("６(9) 翌営業日中は、休みを飛ばした次の営業日の終わり", () => {
  expect(endOfBusinessDay(standardCalendar, hours, instantOf("2025-09-17", "13:40"), 1)).toBe(
    instantOf("2025-09-18", "16:00"),
  );
  // 金曜に受けたものは火曜（15日は敬老の日）。
  expect(endOfBusinessDay(standardCalendar, hours, instantOf("2025-09-12", "10:00"), 1)).toBe(
    instantOf("2025-09-16", "16:00"),
  );
});

test("営業時間で数える: 15:30 から60分は翌営業日の 9:30、ちょうど閉じる時はその日のうち", () => {
  expect(add(instantOf("2025-09-17", "15:30"), 60)).toBe(instantOf("2025-09-18", "09:30"));
  expect(add(instantOf("2025-09-17", "15:00"), 60)).toBe(instantOf("2025-09-17", "16:00"));
  expect(add(instantOf("2025-09-20", "12:00"), 0)).toBe(instantOf("2025-09-22", "09:00"));
});

test("営業時間で数えた期限は、いつも営業日の開いている時にある", () => {
  fc.assert(
    fc.property(anyInstant, minutes, (from, n) => {
      const due = add(from, n);
      expect(isBusinessDay(standardCalendar, dayOf(due))).toBe(true);
      expect(minuteOf(due) >= hours.open && minuteOf(due) <= hours.close).toBe(true);
      expect(due >= from).toBe(true);
    }),
  );
});

test("二度に分けて数えても、一度に数えても同じ", () => {
  fc.assert(
    fc.property(anyInstant, minutes, minutes, (from, a, b) => add(add(from, a), b) === add(from, a + b)),
  );
});

test("後から始めたものが、先に期限を迎えることはない", () => {
  fc.assert(
    fc.property(anyInstant, anyInstant, minutes, (a, b, n) => {
      const [first, second] = a <= b ? [a, b] : [b, a];
      return add(first, n) <= add(second, n);
    }),
  );
});
