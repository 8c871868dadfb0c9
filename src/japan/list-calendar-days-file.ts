import { type BusinessCalendar, type CalendarDay, calendarDays, standardCalendar } from "./business-day.ts";
import { readDate } from "./written-date.ts";

/**
 * `madoguchi calendar days --from D --to D` の中身。事務所も鍵も要らない。
 * D は ISO でも和暦でもよい（令和7年9月11日）。読めない日は BAD_INPUT のまま calendarDays が断る。
 */
export function listCalendarDays(
  from: string,
  to: string,
  calendar: BusinessCalendar = standardCalendar,
): { days: CalendarDay[] } {
  return { days: calendarDays(calendar, asDay(from), asDay(to)) };
}

function asDay(text: string): string {
  const read = readDate(text);
  return "day" in read ? read.day : text;
}
