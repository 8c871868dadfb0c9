import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addBusinessDays,
  type BusinessCalendar,
  businessDaysBetween,
  calendarDays,
  checkCalendar,
  closedReason,
  isBusinessDay,
  nextBusinessDay,
  previousBusinessDay,
  standardCalendar,
} from "./business-day.ts";
import { dayFromNumber, dayNumber, type Weekday } from "./day.ts";
import { listCalendarDays } from "./list-calendar-days-file.ts";

const open = (from: string, to: string) =>
  calendarDays(standardCalendar, from, to).filter((day) => day.business).length;

describe("営業日", () => {
  it("６(3) 令和7年度の三つの期は、どれも開設日が10日", () => {
    expect(open("2025-07-11", "2025-07-25")).toBe(10);
    expect(open("2025-09-11", "2025-09-26")).toBe(10);
    expect(open("2025-12-11", "2025-12-24")).toBe(10);
  });

  it("６(3) 休みの理由を名で言う", () => {
    expect(closedReason(standardCalendar, "2025-09-23")).toBe("秋分の日");
    expect(closedReason(standardCalendar, "2025-09-20")).toBe("土曜日");
    expect(closedReason(standardCalendar, "2025-12-29")).toBe("年末年始");
    expect(closedReason(standardCalendar, "2026-01-03")).toBe("年末年始");
    expect(closedReason(standardCalendar, "2026-01-01")).toBe("元日");
    expect(closedReason(standardCalendar, "2026-01-05")).toBeUndefined();
    expect(closedReason(standardCalendar, "2025-12-28")).toBe("日曜日");
  });

  it("６(3) 契約で足した休業日と営業日が勝つ", () => {
    const calendar: BusinessCalendar = {
      ...standardCalendar,
      closedDays: [{ day: "2025-09-12", reason: "設備の点検" }],
      openDays: [{ day: "2025-09-13", reason: "協議による土曜開設" }],
    };
    expect(closedReason(calendar, "2025-09-12")).toBe("設備の点検");
    expect(calendarDays(calendar, "2025-09-12", "2025-09-13")).toEqual([
      { date: "2025-09-12", weekday: "金", business: false, reason: "設備の点検" },
      { date: "2025-09-13", weekday: "土", business: true, reason: "協議による土曜開設" },
    ]);
    expect(nextBusinessDay(calendar, "2025-09-11")).toBe("2025-09-13");
  });

  it("６(9) 翌営業日。連休と年末年始をまたぐ", () => {
    expect(nextBusinessDay(standardCalendar, "2025-09-12")).toBe("2025-09-16");
    expect(nextBusinessDay(standardCalendar, "2025-12-26")).toBe("2026-01-05");
    expect(previousBusinessDay(standardCalendar, "2026-01-05")).toBe("2025-12-26");
    expect(addBusinessDays(standardCalendar, "2025-09-22", 1)).toBe("2025-09-24");
    expect(addBusinessDays(standardCalendar, "2025-09-23", 0)).toBe("2025-09-24");
    expect(addBusinessDays(standardCalendar, "2025-09-24", -1)).toBe("2025-09-22");
    expect(businessDaysBetween(standardCalendar, "2025-09-17", "2025-09-22")).toBe(3);
  });

  it("doors の形 {days:[{date,business,reason?}]} を返し、和暦も受ける", () => {
    const { days } = listCalendarDays("令和7年9月22日", "2025-09-24");
    expect(days.map(({ date, business, reason }) => [date, business, reason])).toEqual([
      ["2025-09-22", true, undefined],
      ["2025-09-23", false, "秋分の日"],
      ["2025-09-24", true, undefined],
    ]);
  });

  it.each([
    ["2025-02-30", "2025-03-01", "暦にある日"],
    ["きのう", "2025-03-01", "始まりの日は"],
    ["2025-03-01", "", "終わりの日は"],
    ["2025-03-02", "2025-03-01", "入れ替えて"],
    ["2000-01-01", "2099-12-31", "期間を分けて"],
  ])("読めない期間はことばで断る %s–%s", (from, to, words) => {
    expect(() => listCalendarDays(from, to)).toThrow(words);
  });

  it("毎日が休みの暦は、終わらないのではなく断る", () => {
    const never: BusinessCalendar = { ...standardCalendar, closedWeekdays: [0, 1, 2, 3, 4, 5, 6] };
    expect(() => nextBusinessDay(never, "2025-09-17")).toThrow("営業日が見つかりません");
    expect(() => checkCalendar(never)).toThrow("直すところ");
    expect(() => addBusinessDays(standardCalendar, "2025-09-17", 1.5)).toThrow("整数");
    expect(() =>
      checkCalendar({ ...standardCalendar, yearlyClosures: [{ from: "13-01", to: "01-03", reason: "" }] }),
    ).toThrow();
    expect(() => checkCalendar(standardCalendar)).not.toThrow();
  });

  it("どの暦でも、足した営業日は営業日で、引けば戻り、数え方と合う", () => {
    const days = fc
      .integer({ min: dayNumber("2016-01-01"), max: dayNumber("2050-12-31") })
      .map(dayFromNumber);
    const calendars = fc.record({
      closedWeekdays: fc.uniqueArray(
        fc.integer({ min: 0, max: 6 }).map((n) => n as Weekday),
        { maxLength: 5 },
      ),
      closedOnHolidays: fc.boolean(),
      yearlyClosures: fc.constantFrom(standardCalendar.yearlyClosures, []),
      closedDays: fc.array(fc.record({ day: days, reason: fc.constant("休業") }), { maxLength: 5 }),
      openDays: fc.array(fc.record({ day: days, reason: fc.constant("開設") }), { maxLength: 5 }),
    });
    fc.assert(
      fc.property(calendars, days, fc.integer({ min: 1, max: 30 }), (calendar, day, n) => {
        const later = addBusinessDays(calendar, day, n);
        expect(isBusinessDay(calendar, later)).toBe(true);
        expect(businessDaysBetween(calendar, day, later)).toBe(n);
        if (isBusinessDay(calendar, day)) expect(addBusinessDays(calendar, later, -n)).toBe(day);
        expect(businessDaysBetween(calendar, later, day)).toBe(-n);
      }),
      { numRuns: 60 },
    );
  });
});
