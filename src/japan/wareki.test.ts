import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayFromNumber, dayNumber } from "./day.ts";
import {
  fiscalYearOf,
  fiscalYearRange,
  formatFiscalYear,
  formatMonthDay,
  formatWareki,
  formatWarekiYear,
} from "./wareki.ts";
import { parseFiscalYear } from "./written-date.ts";

describe("和暦の書き方", () => {
  it.each([
    ["2025-09-17", "令和7年9月17日（水）", "R7.9.17"],
    ["2019-05-01", "令和元年5月1日（水）", "R1.5.1"],
    ["2019-04-30", "平成31年4月30日（火）", "H31.4.30"],
    ["1989-01-07", "昭和64年1月7日（土）", "S64.1.7"],
    ["1989-01-08", "平成元年1月8日（日）", "H1.1.8"],
    ["1926-12-24", "大正15年12月24日（金）", "T15.12.24"],
    ["1926-12-25", "昭和元年12月25日（土）", "S1.12.25"],
    ["1912-07-29", "明治45年7月29日（月）", "M45.7.29"],
    ["1912-07-30", "大正元年7月30日（火）", "T1.7.30"],
    ["1873-01-01", "明治6年1月1日（水）", "M6.1.1"],
    ["1872-12-31", "1872年12月31日（火）", "1872年12月31日"],
  ])("%s は %s", (day, long, short) => {
    expect(formatWareki(day, { weekday: true })).toBe(long);
    expect(formatWareki(day, { short: true })).toBe(short);
  });

  it("動かす機械の和暦（ICU）と、令和から明治6年まで同じ", () => {
    const icu = new Intl.DateTimeFormat("ja-JP-u-ca-japanese", { dateStyle: "long", timeZone: "UTC" });
    const days = fc
      .integer({ min: dayNumber("1873-01-01"), max: dayNumber("2099-12-31") })
      .map(dayFromNumber);
    fc.assert(
      fc.property(days, (day) => {
        expect(formatWareki(day)).toBe(icu.format(new Date(`${day}T00:00:00Z`)));
      }),
    );
  });

  it("月日と年だけ", () => {
    expect(formatMonthDay("2025-10-01", { weekday: true })).toBe("10月1日（水）");
    expect(formatWarekiYear("2019-05-01")).toBe("令和元年");
  });

  it("年度", () => {
    expect(fiscalYearOf("2026-02-28")).toBe(2025);
    expect(fiscalYearOf("2026-04-01")).toBe(2026);
    expect(fiscalYearRange(2025)).toEqual({ from: "2025-04-01", to: "2026-03-31" });
    expect([2025, 2019, 2018, 1988, 1989].map(formatFiscalYear)).toEqual([
      "令和7年度",
      "令和元年度",
      "平成30年度",
      "昭和63年度",
      "平成元年度",
    ]);
    expect(
      ["令和７年度", "R7年度", "2025年度", "令和元年度", "平成三十年度", "第七年度"].map(parseFiscalYear),
    ).toEqual([2025, 2025, 2025, 2019, 2018, undefined]);
  });
});
