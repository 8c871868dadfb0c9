import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { type BusinessCalendar, businessDaysBetween } from "./business-day.ts";
import { daysBetween } from "./day.ts";
import { formatMonthDay } from "./wareki.ts";

/** 期限の近さ。late=過ぎた、due=本日、soon=これから。 */
export type Urgency = "late" | "due" | "soon";

export function urgencyOf(due: Instant, now: Instant): Urgency {
  if (due < now) return "late";
  return dayOf(due) === dayOf(now) ? "due" : "soon";
}

/** 「1日遅れ」「20分遅れ」「本日」「あと3日」。日は営業日で数える。 */
export function urgencyText(calendar: BusinessCalendar, due: Instant, now: Instant): string {
  const [dueDay, today] = [dayOf(due), dayOf(now)];
  switch (urgencyOf(due, now)) {
    case "due":
      return "本日";
    case "soon":
      return `あと${Math.max(1, businessDays(calendar, today, dueDay))}日`;
    case "late": {
      if (dueDay !== today) return `${Math.max(1, businessDays(calendar, dueDay, today))}日遅れ`;
      const minutes = Math.max(1, Math.floor((Date.parse(now) - Date.parse(due)) / 60_000));
      return minutes < 60 ? `${minutes}分遅れ` : `${Math.floor(minutes / 60)}時間遅れ`;
    }
  }
}

// 十年より先の期限は、営業日でなく暦日で言う（数えられる長さに上限がある）。
function businessDays(calendar: BusinessCalendar, from: string, to: string): number {
  const span = daysBetween(from, to);
  return span > 3_000 ? span : businessDaysBetween(calendar, from, to);
}

/** 本日なら「17:00まで」、ほかの日は「9月22日（月）15:00」。 */
export function dueText(due: Instant, now: Instant): string {
  const time = minuteOf(due).replace(/^0/, "");
  return urgencyOf(due, now) === "due"
    ? `${time}まで`
    : `${formatMonthDay(dayOf(due), { weekday: true })}${time}`;
}
