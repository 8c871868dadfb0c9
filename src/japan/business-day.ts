import { AppError } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import {
  addDays,
  dayParts,
  daysBetween,
  isDay,
  type Weekday,
  weekdayName,
  weekdayNames,
  weekdayOf,
} from "./day.ts";
import { holidayName } from "./holiday.ts";

/** 契約ごとに足す、休みの日または開く日。 */
export interface CalendarException {
  day: Day;
  reason: string;
}

/** 毎年の休み（「12-29」から「01-03」のように年をまたいでよい）。両端を含む。 */
export interface YearlyClosure {
  from: string;
  to: string;
  reason: string;
}

/** 営業日の決め方。データであり、契約の中に置いて直せる。 */
export interface BusinessCalendar {
  closedWeekdays: readonly Weekday[];
  closedOnHolidays: boolean;
  yearlyClosures: readonly YearlyClosure[];
  closedDays: readonly CalendarException[];
  openDays: readonly CalendarException[];
}

/** 仕様書 ６(3)「土曜日、日曜日、国民の祝日に関する法律に定める休日及び年末年始を除く」。 */
export const standardCalendar: BusinessCalendar = {
  closedWeekdays: [0, 6],
  closedOnHolidays: true,
  yearlyClosures: [{ from: "12-29", to: "01-03", reason: "年末年始" }],
  closedDays: [],
  openDays: [],
};

export interface CalendarDay {
  date: Day;
  weekday: string;
  business: boolean;
  /** 休みの理由。契約で開けた日は、開けた理由。 */
  reason?: string;
}

/** 一度に並べる日数の上限（約十年）。 */
export const MAX_CALENDAR_DAYS = 3_660;
/** 数えられる営業日の上限。 */
const MAX_STEPS = 5_000;
/** これほど休みが続く暦は、書き間違いとみなす。 */
const MAX_CLOSED_RUN = 400;

/**
 * 休みの理由。営業日なら undefined。
 * 順は、契約の開く日 → 契約の休み → 祝日 → 毎年の休み → 曜日（人が口にする順）。
 */
export function closedReason(calendar: BusinessCalendar, day: Day): string | undefined {
  if (calendar.openDays.some((open) => open.day === day)) return undefined;
  const special = calendar.closedDays.find((closed) => closed.day === day);
  if (special) return special.reason;
  const holiday = calendar.closedOnHolidays ? holidayName(day) : undefined;
  if (holiday) return holiday;
  const monthDay = day.slice(5);
  const yearly = calendar.yearlyClosures.find((closure) => covers(closure, monthDay));
  if (yearly) return yearly.reason;
  return calendar.closedWeekdays.includes(weekdayOf(day)) ? `${weekdayName(day)}曜日` : undefined;
}

function covers(closure: YearlyClosure, monthDay: string): boolean {
  const { from, to } = closure;
  return from <= to ? monthDay >= from && monthDay <= to : monthDay >= from || monthDay <= to;
}

export function isBusinessDay(calendar: BusinessCalendar, day: Day): boolean {
  return closedReason(calendar, day) === undefined;
}

/** day より後の最初の営業日。 */
export function nextBusinessDay(calendar: BusinessCalendar, day: Day): Day {
  return seek(calendar, addDays(day, 1), 1);
}

/** day より前の最後の営業日。 */
export function previousBusinessDay(calendar: BusinessCalendar, day: Day): Day {
  return seek(calendar, addDays(day, -1), -1);
}

/** day が営業日ならその日、休みなら次の営業日。 */
export function businessDayOnOrAfter(calendar: BusinessCalendar, day: Day): Day {
  return seek(calendar, day, 1);
}

/** day が営業日ならその日、休みなら前の営業日。 */
export function businessDayOnOrBefore(calendar: BusinessCalendar, day: Day): Day {
  return seek(calendar, day, -1);
}

function seek(calendar: BusinessCalendar, start: Day, step: 1 | -1): Day {
  let day = start;
  for (let tries = 0; tries <= MAX_CLOSED_RUN; tries++) {
    if (isBusinessDay(calendar, day)) return day;
    day = addDays(day, step);
  }
  throw new AppError(
    "BAD_INPUT",
    `休みが${MAX_CLOSED_RUN}日より長く続き、営業日が見つかりません。契約の暦（休みの曜日と休業日）をご確認ください。`,
  );
}

/**
 * n 営業日後（負なら前）。翌営業日は 1、前営業日は -1。
 * 0 は、営業日ならその日、休みなら次の営業日。
 */
export function addBusinessDays(calendar: BusinessCalendar, day: Day, n: number): Day {
  if (!Number.isInteger(n) || Math.abs(n) > MAX_STEPS) {
    throw new AppError("BAD_INPUT", `営業日の数は、前後${MAX_STEPS}日までの整数でご指定ください。`);
  }
  let at = n === 0 ? businessDayOnOrAfter(calendar, day) : day;
  for (let left = Math.abs(n); left > 0; left--) {
    at = n > 0 ? nextBusinessDay(calendar, at) : previousBusinessDay(calendar, at);
  }
  return at;
}

/**
 * from の翌日から to まで（to を含む）の営業日の数。「あと3営業日」の 3。
 * to が from より前なら、向きを変えて数えた負の数。
 */
export function businessDaysBetween(calendar: BusinessCalendar, from: Day, to: Day): number {
  if (to < from) return -businessDaysBetween(calendar, to, from);
  const span = daysBetween(from, to);
  checkSpan(span);
  let count = 0;
  for (let i = 1; i <= span; i++) if (isBusinessDay(calendar, addDays(from, i))) count++;
  return count;
}

/** from から to まで（両端を含む）の毎日。日付の誤り、逆の期間、長すぎる期間は BAD_INPUT。 */
export function calendarDays(calendar: BusinessCalendar, from: Day, to: Day): CalendarDay[] {
  for (const [field, day] of [
    ["from", from],
    ["to", to],
  ] as const) {
    if (!isDay(day)) {
      const message = `${field === "from" ? "始まり" : "終わり"}の日は「2025-09-17」の形で、暦にある日をご指定ください。`;
      throw new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
    }
  }
  if (to < from) {
    const message = "終わりの日が始まりの日より前です。二つの日を入れ替えてください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "to", message }] });
  }
  const span = daysBetween(from, to);
  checkSpan(span);
  return Array.from({ length: span + 1 }, (_, i) => describeDay(calendar, addDays(from, i)));
}

function describeDay(calendar: BusinessCalendar, date: Day): CalendarDay {
  const closed = closedReason(calendar, date);
  const reason = closed ?? calendar.openDays.find((open) => open.day === date)?.reason;
  return {
    date,
    weekday: weekdayName(date),
    business: closed === undefined,
    ...(reason === undefined ? {} : { reason }),
  };
}

function checkSpan(span: number): void {
  if (span < MAX_CALENDAR_DAYS) return;
  throw new AppError(
    "BAD_INPUT",
    `期間は${MAX_CALENDAR_DAYS}日（約十年）までです。期間を分けてご指定ください。`,
  );
}

/** 設定された暦が使えるものか。使えなければ、どこが悪いかを並べた BAD_INPUT。 */
export function checkCalendar(calendar: BusinessCalendar): void {
  const faults = [
    ...(new Set(calendar.closedWeekdays).size >= weekdayNames.length
      ? [
          {
            field: "closedWeekdays",
            message: "すべての曜日が休みになっています。営業する曜日を一つは残してください。",
          },
        ]
      : []),
    ...calendar.yearlyClosures
      .filter(({ from, to }) => !isMonthDay(from) || !isMonthDay(to))
      .map(() => ({
        field: "yearlyClosures",
        message: "毎年の休みは「12-29」のように月と日でご指定ください。",
      })),
    ...[...calendar.closedDays, ...calendar.openDays]
      .filter(({ day }) => !isDay(day))
      .map(() => ({
        field: "days",
        message: "休業日・営業日は「2025-09-17」の形で、暦にある日をご指定ください。",
      })),
    ...calendar.openDays
      .filter(({ day }) => calendar.closedDays.some((closed) => closed.day === day))
      .map(({ day }) => ({
        field: "openDays",
        message: `${day} が休業日と営業日の両方にあります。どちらかを消してください。`,
      })),
  ];
  if (faults.length > 0) throw new AppError("BAD_INPUT", "営業日の暦に直すところがあります。", { faults });
}

function isMonthDay(text: string): boolean {
  // うるう年を借りて、2月29日も毎年の休みに書けるようにする。
  return isDay(`2024-${text}`) && dayParts(`2024-${text}`).year === 2024;
}
