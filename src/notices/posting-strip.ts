import { type Day, dayOf, type Instant, instantFromMs, instantOf } from "../base/time.ts";
import { isBusinessDay } from "../japan/business-day.ts";
import { addDays, dayParts, daysBetween, weekdayName } from "../japan/day.ts";
import { holidayName } from "../japan/holiday.ts";
import {
  isDeliveryDay,
  nextPostingDay,
  type Posting,
  type PostingClock,
  postingClock,
  postingNow,
} from "../japan/posting-clock.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { termOn } from "../terms/term.ts";

/** 投函の時計の一日。 */
export interface StripCell {
  day: Day;
  /** 「22」。月の変わり目と最後の日は「10/1」。 */
  label: string;
  /** 「月」「火・祝」。 */
  weekday: string;
  /** post=次の集荷、arr=到着の目安、cls=受講日、off=配達も集荷もない日。 */
  kind: "post" | "arr" | "cls" | "off" | "plain";
  words: string;
}

export interface PostingStrip {
  /** 「集荷まで 3時間40分」。 */
  title: string;
  /** 「次は24日、到着は受講日の5日前」。 */
  sub: string;
  /** 投函の期限（約１週間前に届く最後の集荷）を過ぎたか。 */
  late: boolean;
  cells: StripCell[];
}

const CELLS = 10;

/** 受講日から逆算した、投函の時計（仕様書６(2)オ）。いちばん早い受講日で作る。 */
export function postingStrip(blueprint: Blueprint, classDay: Day, now: Instant): PostingStrip {
  const { calendar, posting: rule } = blueprint;
  const clock = postingClock(classDay, calendar, rule);
  const next = nextPostingDay(now, calendar, rule);
  const posting = postingNow(now, classDay, calendar, rule);
  const after = postingNow(
    instantFromMs(Date.parse(instantOf(next, rule.collectionTime)) + 60_000),
    classDay,
    calendar,
    rule,
  );
  const late = now > clock.postBy.at;
  const start = dayOf(now) < next && !isBusinessDay(calendar, dayOf(now)) ? next : dayOf(now);
  return {
    ...words({ blueprint, clock, now, next, posting, after, late }),
    late,
    cells: stripDays(start, classDay).map((day, at, all) =>
      cell(blueprint, { day, classDay, next, posting, clock, before: all[at - 1] }),
    ),
  };
}

function stripDays(start: Day, classDay: Day): Day[] {
  const days = Array.from({ length: CELLS }, (_, at) => addDays(start, at));
  const last = days.at(-1);
  return last !== undefined && last < classDay ? [...days.slice(0, -1), classDay] : days;
}

function words(given: {
  blueprint: Blueprint;
  clock: PostingClock;
  now: Instant;
  next: Day;
  posting: Posting;
  after: Posting;
  late: boolean;
}): { title: string; sub: string } {
  const { clock, now, next, posting, after, late, blueprint } = given;
  const collection = blueprint.posting.collectionTime;
  if (posting.daysBeforeClass <= 0)
    return { title: "はがきでは間に合いません", sub: "受講する方へ、お電話でお知らせください" };
  if (late)
    return {
      title: "投函の期限を過ぎています",
      sub: `いま出すと${shortDay(posting.arrivesOn)}着、受講日の${posting.daysBeforeClass}日前`,
    };
  const title =
    next === dayOf(now)
      ? `集荷まで ${remaining(Date.parse(instantOf(next, collection)) - Date.parse(now))}`
      : `次の集荷は${shortDay(next)} ${collection}`;
  if (next !== clock.postBy.day)
    return {
      title,
      sub: `投函の期限は${formatMonthDay(clock.postBy.day, { weekday: true })} ${collection}`,
    };
  return {
    title,
    sub:
      after.daysBeforeClass > 0
        ? `次は${shortDay(after.postedOn)}、到着は受講日の${after.daysBeforeClass}日前`
        : `次は${shortDay(after.postedOn)}、受講日に間に合いません`,
  };
}

function remaining(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours}時間${minutes % 60}分` : `${minutes}分`;
}

function shortDay(day: Day): string {
  return `${dayParts(day).date}日`;
}

function cell(
  blueprint: Blueprint,
  at: {
    day: Day;
    classDay: Day;
    next: Day;
    posting: Posting;
    clock: PostingClock;
    before: Day | undefined;
  },
): StripCell {
  const { day, classDay, next, posting, clock, before } = at;
  const { month, date } = dayParts(day);
  const jump = before !== undefined && (dayParts(before).month !== month || daysBetween(before, day) > 1);
  const common = {
    day,
    label: jump ? `${month}/${date}` : String(date),
    weekday: holidayName(day) ? `${weekdayName(day)}・祝` : weekdayName(day),
  };
  if (day === classDay) return { ...common, kind: "cls", words: "受講日" };
  if (day === next) return { ...common, kind: "post", words: `${blueprint.posting.collectionTime}集荷` };
  if (day === posting.arrivesOn)
    return { ...common, kind: "arr", words: day === clock.postBy.day ? "着・投函期限" : "到着目安" };
  if (!isDeliveryDay(day, blueprint.posting)) {
    const inTransit = next < day && day < posting.arrivesOn;
    return { ...common, kind: "off", words: inTransit ? "配達なし" : "" };
  }
  return { ...common, kind: "plain", words: marks(blueprint, day, clock) };
}

function marks(blueprint: Blueprint, day: Day, clock: PostingClock): string {
  if (day === clock.postBy.day) return "投函期限";
  if (day === termOn(blueprint, day).deskTo) return "受付終了";
  return isBusinessDay(blueprint.calendar, day) ? "" : "休業";
}
