import { AppError } from "../base/error.ts";
import { type Day, dayOf, type Instant, instantFromMs, instantOf, type Minute } from "../base/time.ts";
import { addBusinessDays, type BusinessCalendar, isBusinessDay, nextBusinessDay } from "./business-day.ts";

/** 一日のうち、仕事の時間。close は open より後。 */
export interface BusinessHours {
  open: Minute;
  close: Minute;
}

const MINUTE_MS = 60_000;
/** 一度に進める上限（約十年の営業時間）。 */
const MAX_MINUTES = 1_000_000;

/**
 * 営業時間だけ進む時計で minutes 分後。営業時間の外から始めれば、次に開く時から数える。
 * ちょうど閉じる時に終われば、その日の閉じる時（翌日の開く時ではない）。
 */
export function addBusinessMinutes(
  calendar: BusinessCalendar,
  hours: BusinessHours,
  from: Instant,
  minutes: number,
): Instant {
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > MAX_MINUTES)
    throw new AppError("BAD_INPUT", `営業時間の長さは、0から${MAX_MINUTES}分までの整数でご指定ください。`);
  let { day, at } = firstOpen(calendar, hours, from);
  let left = minutes * MINUTE_MS;
  for (;;) {
    const close = Date.parse(instantOf(day, hours.close));
    if (at + left <= close) return instantFromMs(at + left);
    left -= close - at;
    day = nextBusinessDay(calendar, day);
    at = Date.parse(instantOf(day, hours.open));
  }
}

/** n 営業日後の、仕事の終わる時。「翌営業日中」は 1、「本日中」は 0（休みの日なら次の営業日）。 */
export function endOfBusinessDay(
  calendar: BusinessCalendar,
  hours: BusinessHours,
  from: Instant,
  n: number,
): Instant {
  return instantOf(addBusinessDays(calendar, dayOf(from), n), hours.close);
}

/** from が仕事の時間ならその時、そうでなければ次に開く時。 */
function firstOpen(
  calendar: BusinessCalendar,
  hours: BusinessHours,
  from: Instant,
): { day: Day; at: number } {
  const today = dayOf(from);
  const open = isBusinessDay(calendar, today);
  if (open && from <= instantOf(today, hours.close)) {
    const start = Date.parse(instantOf(today, hours.open));
    return { day: today, at: Math.max(start, Date.parse(from)) };
  }
  const day = nextBusinessDay(calendar, today);
  return { day, at: Date.parse(instantOf(day, hours.open)) };
}
