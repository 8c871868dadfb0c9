import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addMinutes,
  formatOfficialTime,
  formatSpokenTime,
  formatSpokenTimeRange,
  formatTimeRange,
  minutesOf,
  parseTime,
  parseTimeRange,
  readTime,
  readTimeRange,
  timeFromExcelFraction,
} from "./clock-time.ts";

const minutes = fc.integer({ min: 0, max: 1_439 });
const toTime = (n: number) => addMinutes("00:00", n) ?? "";

describe("時刻の読み取り", () => {
  it.each([
    ["10:00", "10:00"],
    ["9:05", "09:05"],
    ["１０：００", "10:00"],
    ["10時00分", "10:00"],
    ["１０時", "10:00"],
    ["13時半", "13:30"],
    ["午前10時", "10:00"],
    ["午後1時30分", "13:30"],
    ["午後０時３０分", "12:30"],
    ["午前0時", "00:00"],
    ["正午", "12:00"],
    ["PM1:30", "13:30"],
    ["1:30 pm", "13:30"],
    ["十時三十分", "10:30"],
    ["1330", "13:30"],
    ["10:00:00", "10:00"],
    ["10.30", "10:30"],
  ])("%s は %s", (text, time) => {
    expect(parseTime(text)).toBe(time);
  });

  it.each([
    ["25:00", "25時0分はありません"],
    ["10:60", "10時60分はありません"],
    ["午後12時", "昼の12時とも夜の12時とも"],
    ["午前13時", "24時間"],
    ["10:", "時刻として読めません"],
    ["10", "時刻として読めません"],
    ["0.42", "時刻として読めません"],
    ["", "時刻として読めません"],
    ["1".repeat(3_000), "時刻として読めません"],
  ])("%s は断る", (text, words) => {
    const read = readTime(text);
    expect("error" in read && read.error).toContain(words);
    expect(() => parseTime(text)).toThrow(words);
  });
});

describe("時刻の幅の読み取り", () => {
  it.each([
    "10時00分～11時30分",
    "10:00〜11:30",
    "10:00-11:30",
    "１０：００－１１：３０",
    "10:00‐11:30",
    "10:00–11:30",
    "10:00—11:30",
    "10:00―11:30",
    "10:00−11:30",
    "10:00ー11:30",
    "10:00 ～ 11:30",
    "午前10時から11時30分まで",
    "10:00から11:30",
    "10時～11時半",
    "1000-1130",
    "10:00（90分）",
    "10:00～（90分間）",
    "10:00～11:30（受付9:30～）",
    "AM10:00〜AM11:30",
    "10:00→11:30",
  ])("%s は 10:00–11:30", (text) => {
    expect(parseTimeRange(text)).toEqual({ start: "10:00", end: "11:30" });
  });

  it.each([
    ["午前10時から正午まで", "10:00", "12:00"],
    ["午後1時～3時", "13:00", "15:00"],
    ["午後1時30分から午後3時まで", "13:30", "15:00"],
    ["13時半～15時", "13:30", "15:00"],
    ["10～12時", "10:00", "12:00"],
    ["午後1～3時", "13:00", "15:00"],
    ["午前10時～12時", "10:00", "12:00"],
    ["正午から午後1時", "12:00", "13:00"],
    ["９時00分から16時00分まで", "09:00", "16:00"],
    ["午後0時30分～2時", "12:30", "14:00"],
  ])("%s", (text, start, end) => {
    expect(parseTimeRange(text)).toEqual({ start, end });
  });

  it.each([
    ["11:30～10:00", "後になっていません"],
    ["10:00～10:00", "後になっていません"],
    ["10:00～", "読めません"],
    ["10:00", "読めません"],
    ["10～12", "読めません"],
    ["①10:00～11:30②13:00～14:30", "読めません"],
    ["23:00（90分）", "後になっていません"],
    ["午前", "読めません"],
    ["10:00～26:00", "26時0分はありません"],
    ["~".repeat(9_000), "読めません"],
  ])("%s は断る", (text, words) => {
    const read = readTimeRange(text);
    expect("error" in read && read.error).toContain(words);
  });

  it("どんな文字でも、読むか、ことばで断る", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 90 }), (text) => {
        const read = readTimeRange(text);
        expect("error" in read || read.start < read.end).toBe(true);
      }),
    );
  });
});

describe("時刻の書き方", () => {
  it("読み上げる形と画面の形", () => {
    expect(formatSpokenTime("10:00")).toBe("午前10時");
    expect(formatSpokenTime("13:30")).toBe("午後1時30分");
    expect(formatSpokenTime("12:00")).toBe("正午");
    expect(formatSpokenTime("12:30")).toBe("午後0時30分");
    expect(formatSpokenTimeRange("10:00", "12:00")).toBe("午前10時から正午まで");
    expect(formatTimeRange("09:00", "11:30")).toBe("9:00–11:30");
    expect(formatOfficialTime("09:00")).toBe("9時00分");
  });

  it("Excel の時刻", () => {
    expect(timeFromExcelFraction(10 / 24)).toBe("10:00");
    expect(timeFromExcelFraction(45917.5)).toBe("12:00");
    expect(timeFromExcelFraction(0.99999)).toBe("00:00");
    expect(() => timeFromExcelFraction(-1)).toThrow("時刻の値");
  });

  it("読み上げる形も画面の形も、読み戻せば同じ", () => {
    fc.assert(
      fc.property(minutes, minutes, (a, b) => {
        fc.pre(a < b);
        const [start, end] = [toTime(a), toTime(b)];
        expect(parseTime(formatSpokenTime(start))).toBe(start);
        expect(parseTime(formatOfficialTime(end))).toBe(end);
        expect(parseTimeRange(formatTimeRange(start, end))).toEqual({ start, end });
        expect(parseTimeRange(formatSpokenTimeRange(start, end))).toEqual({ start, end });
        expect(minutesOf(start)).toBe(a);
      }),
    );
  });
});
