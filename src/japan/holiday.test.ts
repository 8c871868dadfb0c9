import holidayJp from "@holiday-jp/holiday_jp";
import { describe, expect, it } from "vitest";
import { addDays } from "./day.ts";
import { holidayName, holidaysOf } from "./holiday.ts";

// 表の日付の関数は動かす機械の時間帯で前後の日を答えるので、年月日の鍵だけを使う。
const table = holidayJp.holidays;

describe("祝日（国民の祝日に関する法律）", () => {
  it("公開の表（1970–2050年）と一日も違わない", () => {
    for (let year = 1970; year <= 2050; year++) {
      const published = Object.keys(table).filter((day) => day.startsWith(String(year)));
      expect(published.length).toBeGreaterThan(5);
      expect([...holidaysOf(year).keys()], `${year}年`).toEqual(published.sort());
    }
  });

  it("年ごとの日数は 2024 年から 21、19、18、17", () => {
    expect([2024, 2025, 2026, 2027].map((year) => holidaysOf(year).size)).toEqual([21, 19, 18, 17]);
  });

  it.each([
    ["2025-09-23", "秋分の日"],
    ["2026-09-22", "国民の休日"],
    ["2027-03-22", "振替休日"],
    ["2025-05-06", "振替休日"],
    ["2019-04-30", "国民の休日"],
    ["2019-05-01", "天皇の即位の日"],
    ["2019-05-02", "国民の休日"],
    ["2019-10-22", "即位礼正殿の儀の行われる日"],
    ["2020-07-23", "海の日"],
    ["2020-07-24", "スポーツの日"],
    ["2021-08-09", "振替休日"],
    ["1988-05-04", "国民の休日"],
    ["1948-09-23", "秋分の日"],
    ["1959-04-10", "皇太子明仁親王の結婚の儀"],
  ])("%s は %s", (day, name) => {
    expect(holidayName(day)).toBe(name);
  });

  it.each(["2025-09-22", "2020-10-12", "2021-07-19", "2019-12-23", "1948-05-03", "1973-02-12", "2025-12-31"])(
    "%s は祝日ではない",
    (day) => {
      expect(holidayName(day)).toBeUndefined();
    },
  );

  it("2099年まで、振替休日は日曜の祝日より後、国民の休日は祝日に挟まれる", () => {
    for (let year = 2022; year <= 2099; year++) {
      const days = holidaysOf(year);
      for (const [day, name] of days) {
        if (name === "国民の休日") expect(days.has(addDays(day, -1)) && days.has(addDays(day, 1))).toBe(true);
        if (name === "振替休日") expect(days.has(addDays(day, -1))).toBe(true);
      }
      expect([...days.values()].filter((name) => !/休日/.test(name))).toHaveLength(16);
    }
  });
});
