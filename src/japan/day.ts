import { AppError } from "../base/error.ts";
import type { Day } from "../base/time.ts";

/** 曜日。0 が日曜、6 が土曜。 */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;

export const weekdayNames = ["日", "月", "火", "水", "木", "金", "土"] as const;

const DAY_MS = 86_400_000;

/** 暦にある日を「2025-09-17」の形で書いたものか。 */
export function isDay(text: string): text is Day {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return false;
  return isCalendarDate(Number(parts[1]), Number(parts[2]), Number(parts[3]));
}

/** グレゴリオ暦にある年月日か（2月30日などは false）。 */
export function isCalendarDate(year: number, month: number, date: number): boolean {
  return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month);
}

/** その月の日数。月は 1–12。 */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return [4, 6, 9, 11].includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** 年月日から暦日。暦にない日は BAD_INPUT。 */
export function toDay(year: number, month: number, date: number): Day {
  if (!isCalendarDate(year, month, date)) {
    throw new AppError("BAD_INPUT", `${year}年${month}月${date}日は暦にありません。日付をご確認ください。`);
  }
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** 暦日を年・月・日に分ける。形が違うか暦にない日は BAD_INPUT。 */
export function dayParts(day: Day): { year: number; month: number; date: number } {
  if (!isDay(day)) {
    throw new AppError("BAD_INPUT", "日付は「2025-09-17」の形で、暦にある日をご指定ください。");
  }
  return { year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)), date: Number(day.slice(8, 10)) };
}

/**
 * 通し番号（1970-01-01 が 0）。計算は常に協定世界時の真夜中で行う。
 * Date の地方時を使うと、サーバの時間帯によって前後の日になってしまうため。
 */
export function dayNumber(day: Day): number {
  const { year, month, date } = dayParts(day);
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, date);
  return Math.round(at.getTime() / DAY_MS);
}

/** 通し番号から暦日。西暦1年から9999年まで。 */
export function dayFromNumber(number: number): Day {
  const at = new Date(number * DAY_MS);
  const year = at.getUTCFullYear();
  if (!Number.isInteger(number) || Number.isNaN(year) || year < 1 || year > 9999) {
    throw new AppError(
      "BAD_INPUT",
      "扱える日付の範囲（西暦1年から9999年）を超えています。日数をご確認ください。",
    );
  }
  return toDay(year, at.getUTCMonth() + 1, at.getUTCDate());
}

/** n 日後（負なら前）。 */
export function addDays(day: Day, n: number): Day {
  return dayFromNumber(dayNumber(day) + n);
}

/** from から to までの日数（同じ日なら 0、to が前なら負）。 */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

export function weekdayOf(day: Day): Weekday {
  // 1970-01-01 は木曜（4）。負の通し番号でも 0–6 に収める。
  return ((((dayNumber(day) + 4) % 7) + 7) % 7) as Weekday;
}

/** 「水」。 */
export function weekdayName(day: Day): string {
  return weekdayNames[weekdayOf(day)];
}

/** その月の末日。 */
export function endOfMonth(day: Day): Day {
  const { year, month } = dayParts(day);
  return toDay(year, month, daysInMonth(year, month));
}

/** n か月後の同じ日。その月にない日なら末日（1月31日の1か月後は2月の末日）。 */
export function addMonths(day: Day, n: number): Day {
  const { year, month, date } = dayParts(day);
  const months = year * 12 + (month - 1) + n;
  const toYear = Math.floor(months / 12);
  const toMonth = months - toYear * 12 + 1;
  return toDay(toYear, toMonth, Math.min(date, daysInMonth(toYear, toMonth)));
}
