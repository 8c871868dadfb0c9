import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOf } from "../base/time.ts";
import { addBusinessDays, type BusinessCalendar, isBusinessDay, standardCalendar } from "./business-day.ts";
import { addDays, dayFromNumber, dayNumber, type Weekday } from "./day.ts";
import {
  arrivalDay,
  checkPostingRule,
  inTime,
  isDeliveryDay,
  nextPostingDay,
  type PostingRule,
  plannedPostingDay,
  postingClock,
  postingNow,
  standardPostingRule,
} from "./posting-clock.ts";

describe("投函期限（受講日の約１週間前までに届く）", () => {
  it.each([
    ["2025-10-01", "2025-09-22", "2025-09-24", "2025-09-24", 5],
    ["2026-01-13", "2025-12-26", "2026-01-06", "2025-12-29", 6],
    ["2025-08-01", "2025-07-23", "2025-07-25", "2025-07-25", 4],
  ])(
    "６(2)オ 受講 %s は %s の15:00までに投函",
    (classDay, postBy, mustArriveBy, arrives, laterDaysBefore) => {
      const clock = postingClock(classDay, standardCalendar);
      expect(clock.postBy).toEqual({ day: postBy, time: "15:00", at: instantOf(postBy, "15:00") });
      expect(clock.mustArriveBy).toBe(mustArriveBy);
      expect(clock.onDeadline).toMatchObject({ postedOn: postBy, arrivesOn: arrives, onTime: true });
      expect(clock.oneLater.onTime).toBe(false);
      expect(clock.oneLater.daysBeforeClass).toBe(laterDaysBefore);
    },
  );

  it("６(2)オ 画面の言う「次は24日、到着は受講日の5日前」", () => {
    expect(postingClock("2025-10-01", standardCalendar).oneLater).toEqual({
      postedOn: "2025-09-24",
      arrivesOn: "2025-09-26",
      daysBeforeClass: 5,
      onTime: false,
    });
  });

  it("集荷の時刻ちょうどは間に合い、一秒過ぎれば次の営業日", () => {
    const clock = postingClock("2025-10-01", standardCalendar);
    expect(inTime(clock, "2025-09-22T06:00:00.000Z")).toBe(true);
    expect(inTime(clock, "2025-09-22T06:00:01.000Z")).toBe(false);
    expect(nextPostingDay("2025-09-22T06:00:00.000Z", standardCalendar)).toBe("2025-09-22");
    expect(nextPostingDay("2025-09-22T06:00:01.000Z", standardCalendar)).toBe("2025-09-24");
    // 日本時間の朝は、協定世界時では前の日。
    expect(nextPostingDay("2025-09-21T23:30:00.000Z", standardCalendar)).toBe("2025-09-22");
    expect(postingNow("2025-09-26T02:00:00.000Z", "2025-10-01", standardCalendar)).toEqual({
      postedOn: "2025-09-26",
      arrivesOn: "2025-09-29",
      daysBeforeClass: 2,
      onTime: false,
    });
  });

  it("受講日を過ぎて届くときは負の日数で言う", () => {
    expect(postingNow("2025-09-30T02:00:00.000Z", "2025-10-01", standardCalendar).daysBeforeClass).toBe(-1);
  });

  it("SV の確認に一営業日をとる予定日", () => {
    expect(plannedPostingDay(postingClock("2025-10-01", standardCalendar), standardCalendar, 1)).toBe(
      "2025-09-19",
    );
  });

  it("土日と祝日と正月に配達はない", () => {
    expect(["2025-09-20", "2025-09-23", "2026-01-01", "2026-01-02"].map((day) => isDeliveryDay(day))).toEqual(
      [false, false, false, false],
    );
    expect(isDeliveryDay("2025-12-29")).toBe(true);
    expect(arrivalDay("2025-12-30")).toBe("2026-01-05");
  });

  it("規則はデータで変えられる（2週間前、土曜も配達、翌日着）", () => {
    const rule: PostingRule = {
      ...standardPostingRule,
      arriveDaysBefore: 14,
      deliveryDays: 1,
      noDeliveryWeekdays: [0],
    };
    expect(postingClock("2025-10-01", standardCalendar, rule).postBy.day).toBe("2025-09-16");
    expect(() => checkPostingRule({ ...rule, collectionTime: "25:00", deliveryDays: -1 })).toThrow(
      "直すところ",
    );
    expect(() =>
      postingClock("2025-10-01", standardCalendar, { ...rule, noDeliveryWeekdays: [0, 1, 2, 3, 4, 5, 6] }),
    ).toThrow();
  });

  it("期限に投函すれば間に合い、次の営業日では間に合わない。間に合う営業日はほかに後にない", () => {
    const days = fc
      .integer({ min: dayNumber("2021-10-01"), max: dayNumber("2050-12-31") })
      .map(dayFromNumber);
    const rules = fc.record({
      arriveDaysBefore: fc.integer({ min: 0, max: 30 }),
      deliveryDays: fc.integer({ min: 0, max: 7 }),
      noDeliveryWeekdays: fc.uniqueArray(
        fc.integer({ min: 0, max: 6 }).map((n) => n as Weekday),
        { maxLength: 4 },
      ),
      noDeliveryOnHolidays: fc.boolean(),
      noDeliveryDates: fc.constantFrom(standardPostingRule.noDeliveryDates, []),
      collectionTime: fc.constantFrom("12:00", "15:00"),
    });
    const calendars = fc.constantFrom<BusinessCalendar>(
      standardCalendar,
      { ...standardCalendar, closedWeekdays: [1], closedOnHolidays: false },
      { ...standardCalendar, closedWeekdays: [] },
    );
    fc.assert(
      fc.property(days, rules, calendars, (classDay, rule, calendar) => {
        const clock = postingClock(classDay, calendar, rule);
        const { day } = clock.postBy;
        expect(isBusinessDay(calendar, day)).toBe(true);
        expect(arrivalDay(day, rule) <= addDays(classDay, -rule.arriveDaysBefore)).toBe(true);
        const next = addBusinessDays(calendar, day, 1);
        expect(clock.oneLater.postedOn).toBe(next);
        expect(arrivalDay(next, rule) > clock.mustArriveBy).toBe(true);
        // 期限の瞬間は間に合い、その次に集荷される日の見込みと食い違わない。
        expect(postingNow(clock.postBy.at, classDay, calendar, rule).onTime).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
