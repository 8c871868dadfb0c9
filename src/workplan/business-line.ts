import type { Day } from "../base/time.ts";
import { type BusinessCalendar, isBusinessDay } from "../japan/business-day.ts";
import { addDays, daysBetween } from "../japan/day.ts";

/**
 * 営業日を 0 から数える目盛り。作業は [始, 終) の目盛りを占め、節目は始＝終。
 * 目盛りの外は、両端の先を順に数えていくので、どの日でも引ける。
 */
export interface BusinessLine {
  /** その日から始められる、いちばん早い目盛り（休みの日は次の営業日）。 */
  startAt(day: Day): number;
  /** その日までに終えるときの終わりの目盛り（その日までの営業日の数）。休みの日は前の営業日まで。 */
  endAt(day: Day): number;
  /** 目盛りの日。 */
  dayAt(index: number): Day;
}

/** origin の日（またはその次の営業日）を 0 とする目盛り。 */
export function businessLine(calendar: BusinessCalendar, origin: Day): BusinessLine {
  const ahead: Day[] = [];
  const behind: Day[] = [];
  /** ahead を数え終えた日の次、behind を数え終えた日の前。 */
  let next = origin;
  let before = addDays(origin, -1);
  const grow = () => {
    if (isBusinessDay(calendar, next)) ahead.push(next);
    next = addDays(next, 1);
  };
  const shrink = () => {
    if (isBusinessDay(calendar, before)) behind.push(before);
    before = addDays(before, -1);
  };
  /** その日より前の営業日の数（目盛り）。 */
  const countBefore = (day: Day): number => {
    if (daysBetween(origin, day) >= 0) {
      while (next < day) grow();
      return lower(ahead, day);
    }
    while (before >= day) shrink();
    return -behind.filter((one) => one >= day).length;
  };
  return {
    startAt: countBefore,
    endAt: (day) => countBefore(addDays(day, 1)),
    dayAt(index) {
      if (index >= 0) {
        while (ahead.length <= index) grow();
        return ahead[index] ?? origin;
      }
      while (behind.length < -index) shrink();
      return behind[-index - 1] ?? origin;
    },
  };
}

/** day 以上の最初の位置。 */
function lower(days: readonly Day[], day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] ?? "") < day) low = middle + 1;
    else high = middle;
  }
  return low;
}
