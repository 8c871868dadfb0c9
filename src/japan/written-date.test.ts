import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayFromNumber, dayNumber } from "./day.ts";
import { formatMonthDay, formatWareki } from "./wareki.ts";
import { dayFromExcelSerial, excelSerialOf, parseDate, readDate } from "./written-date.ts";

const errorOf = (text: string, defaults = {}) => {
  const read = readDate(text, defaults);
  return "error" in read ? read.error : `読めた ${read.day}`;
};

describe("日付の読み取り", () => {
  it.each([
    "令和7年9月17日",
    "令和７年９月１７日(水)",
    "令和７年９月17日（水曜日）",
    "R7.9.17",
    "Ｒ７．９．１７",
    "r7/9/17",
    "R07.09.17",
    "2025/9/17",
    "2025年9月17日",
    "2025-09-17",
    "２０２５．９．１７",
    "20250917",
    "令和七年九月十七日",
    "㋿7年9月17日",
    " 令和 7 年 9 月 17 日 （水） ",
    "2025/09/17 00:00:00",
    "2025‐09‐17",
    "令和7年9月17日［水］",
    "2025/9/17(水・祝)",
  ])("%s は 2025-09-17", (text) => {
    expect(parseDate(text)).toBe("2025-09-17");
  });

  it("元年と時刻つき", () => {
    expect(parseDate("令和元年5月1日")).toBe("2019-05-01");
    expect(parseDate("平成元年1月8日")).toBe("1989-01-08");
    expect(readDate("2025/9/17 10:30")).toEqual({ day: "2025-09-17", time: "10:30" });
    expect(errorOf("2025/9/17 25:00")).toContain("25時0分はありません");
  });

  it.each([
    ["平成31年5月1日", "平成31年5月1日はありません。この日は令和元年5月1日です"],
    ["昭和64年1月8日", "この日は平成元年1月8日です"],
    ["明治45年7月30日", "この日は大正元年7月30日です"],
    ["令和元年4月30日", "この日は平成31年4月30日です"],
    ["令和7年2月30日", "2025年2月30日は暦にありません"],
    ["2025/2/29", "暦にありません"],
    ["令和7年9月17日（木）", "水曜日ですが、木曜日と書かれています"],
    ["9月17日", "年が書かれていません"],
    ["7.9.17", "年が二桁"],
    ["令和0年1月1日", "元年"],
    ["明治5年12月2日", "旧暦"],
    ["九月の水曜", "日付として読めません"],
    ["", "日付として読めません"],
    ["45917", "日付として読めません"],
    ["9".repeat(5_000), "日付として読めません"],
  ])("%s は断る", (text, words) => {
    expect(errorOf(text)).toContain(words);
    expect(() => parseDate(text)).toThrow(words);
  });

  it("年のない日付は、期間・年・近い日で補う", () => {
    const within = { from: "2025-12-11", to: "2026-03-31" };
    expect(parseDate("１月13日", { within })).toBe("2026-01-13");
    expect(parseDate("12/24", { within })).toBe("2025-12-24");
    expect(errorOf("9月17日", { within })).toContain("期間に入りません");
    expect(parseDate("9/17", { year: 2025 })).toBe("2025-09-17");
    expect(parseDate("1月5日", { near: "2025-12-26" })).toBe("2026-01-05");
    expect(parseDate("12月26日", { near: "2026-01-05" })).toBe("2025-12-26");
    expect(errorOf("13月1日", { year: 2025 })).toContain("暦にありません");
    expect(errorOf("2月29日", { year: 2025 })).toContain("暦にありません");
    // 曜日が年を決める。
    expect(parseDate("9月17日（水）", { within: { from: "2024-04-01", to: "2026-03-31" } })).toBe(
      "2025-09-17",
    );
    expect(errorOf("9月17日（木）", { year: 2025 })).toContain("曜日が合いません");
  });

  it("書いた日付は、どの書き方でも読み戻せる", () => {
    const days = fc
      .integer({ min: dayNumber("1873-01-01"), max: dayNumber("2150-12-31") })
      .map(dayFromNumber);
    fc.assert(
      fc.property(days, (day) => {
        const forms = [
          formatWareki(day, { weekday: true }),
          formatWareki(day, { short: true }),
          day,
          day.replaceAll("-", "/"),
        ];
        for (const text of forms) expect(parseDate(text)).toBe(day);
        expect(parseDate(formatMonthDay(day, { weekday: true }), { near: day })).toBe(day);
      }),
    );
  });

  it("どんな文字でも、読むか、ことばで断る", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 70 }), (text) => {
        const read = readDate(text);
        expect("day" in read ? read.day : read.error).not.toBe("");
      }),
    );
  });
});

describe("Excel の日付", () => {
  it("通し番号と小数の時刻", () => {
    expect(dayFromExcelSerial(45917)).toEqual({ day: "2025-09-17", time: "00:00" });
    expect(dayFromExcelSerial(45917 + 10 / 24)).toEqual({ day: "2025-09-17", time: "10:00" });
    expect(dayFromExcelSerial(59).day).toBe("1900-02-28");
    expect(dayFromExcelSerial(61).day).toBe("1900-03-01");
    expect(dayFromExcelSerial(1).day).toBe("1900-01-01");
    expect(dayFromExcelSerial(45917 - 1462, "1904").day).toBe("2025-09-17");
    expect(dayFromExcelSerial(45916.999999).day).toBe("2025-09-17");
    expect(excelSerialOf("2025-09-17")).toBe(45917);
    for (const bad of [60, 0, -1, Number.NaN, Number.POSITIVE_INFINITY, 3_000_000]) {
      expect(() => dayFromExcelSerial(bad)).toThrow("シリアル値");
    }
  });
});
