import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  dayFromNumber,
  dayNumber,
  daysBetween,
  endOfMonth,
  isDay,
  toDay,
  weekdayName,
} from "./day.ts";

const days = fc.integer({ min: -200_000, max: 500_000 }).map(dayFromNumber);

describe("暦日", () => {
  it("うるう年と暦にない日", () => {
    expect(isDay("2024-02-29")).toBe(true);
    expect(isDay("2025-02-29")).toBe(false);
    expect(isDay("2100-02-29")).toBe(false);
    expect(isDay("2000-02-29")).toBe(true);
    expect(isDay("2025-2-9")).toBe(false);
    expect(() => toDay(2025, 2, 30)).toThrow("2025年2月30日は暦にありません");
    expect(() => addDays("2025/09/17", 1)).toThrow("日付は");
  });

  it("曜日、月末、月の足し算", () => {
    expect(weekdayName("2025-10-01")).toBe("水");
    expect(weekdayName("1970-01-01")).toBe("木");
    expect(weekdayName("1969-12-31")).toBe("水");
    expect(endOfMonth("2024-02-10")).toBe("2024-02-29");
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2025-12-24", 1)).toBe("2026-01-24");
    expect(addMonths("2025-01-31", -2)).toBe("2024-11-30");
    expect(daysBetween("2025-09-24", "2025-10-01")).toBe(7);
  });

  it("足して引けば戻り、曜日は七日でめぐる", () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -5_000, max: 5_000 }), (day, n) => {
        expect(isDay(day)).toBe(true);
        expect(addDays(addDays(day, n), -n)).toBe(day);
        expect(daysBetween(day, addDays(day, n))).toBe(n);
        expect(weekdayName(addDays(day, 7))).toBe(weekdayName(day));
        expect(dayFromNumber(dayNumber(day))).toBe(day);
        expect(Math.sign(n)).toBe(addDays(day, n) === day ? 0 : addDays(day, n) > day ? 1 : -1);
      }),
    );
  });

  it("範囲の外はことばで断る", () => {
    expect(() => addDays("9999-12-31", 1)).toThrow("扱える日付の範囲");
    expect(() => addDays("2025-01-01", Number.NaN)).toThrow("扱える日付の範囲");
  });
});
