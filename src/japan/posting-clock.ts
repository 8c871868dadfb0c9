import { AppError } from "../base/error.ts";
import { type Day, dayOf, type Instant, instantOf, type Minute } from "../base/time.ts";
import {
  addBusinessDays,
  type BusinessCalendar,
  businessDayOnOrAfter,
  businessDayOnOrBefore,
  isBusinessDay,
  nextBusinessDay,
  previousBusinessDay,
} from "./business-day.ts";
import { addDays, daysBetween, type Weekday, weekdayOf } from "./day.ts";
import { holidayName } from "./holiday.ts";

/**
 * 投函の規則。「受講日の約１週間前までに予約者に届く」（仕様書 ６(2)オ）の「約１週間」を、
 * 契約で決める数として持つ。
 */
export interface PostingRule {
  /** 受講日の何日前までに届くか（暦日）。 */
  arriveDaysBefore: number;
  /** 投函日から届くまでの日数（暦日）。届く日が配達のない日なら、次に配達のある日。 */
  deliveryDays: number;
  /** 普通郵便の配達がない曜日。2021年10月から土曜も配達がない。 */
  noDeliveryWeekdays: readonly Weekday[];
  /** 祝日に配達がないか。 */
  noDeliveryOnHolidays: boolean;
  /** 毎年配達がない日（月-日）。 */
  noDeliveryDates: readonly string[];
  /** 集荷の時刻。これを過ぎた投函は次の営業日の扱い。 */
  collectionTime: Minute;
}

/**
 * 既定の規則。数え方は「投函日 + 2 暦日、その日に配達がなければ次の配達日」。
 * 確かめた値：
 *   受講 2025-10-01 → 9/24 必着 → 9/22（月）投函は +2 = 24日。23日は秋分の日で投函なし、24日の投函は26日着。
 *   受講 2026-01-13 → 1/6 必着 → 12/26（金）投函は +2 = 28日（日）→ 29日着。
 *     次の営業日 1/5 の投函は 7日着で間に合わない（12/29–1/3 は年末年始）。
 *   受講 2025-08-01 → 7/25 必着 → 7/23（水）投函は 25日着。24日の投函は 26日（土）→ 28日着。
 * 営業日で2日と数えると 9/22 の投函が 25日着になり、実際より遅い期限を出してしまう。
 */
export const standardPostingRule: PostingRule = {
  arriveDaysBefore: 7,
  deliveryDays: 2,
  noDeliveryWeekdays: [0, 6],
  noDeliveryOnHolidays: true,
  noDeliveryDates: ["01-01", "01-02"],
  collectionTime: "15:00",
};

/** ある日に投函したとき、いつ届き、受講日の何日前か。 */
export interface Posting {
  postedOn: Day;
  arrivesOn: Day;
  /** 受講日の何日前に届くか。0 は当日、負は受講日より後。 */
  daysBeforeClass: number;
  /** 必着日までに届くか。 */
  onTime: boolean;
}

export interface PostingClock {
  classDay: Day;
  /** この日までに届いていなければならない。 */
  mustArriveBy: Day;
  /** 最後の投函日と集荷の時刻。 */
  postBy: { day: Day; time: Minute; at: Instant };
  /** 期限どおりに投函したとき。 */
  onDeadline: Posting;
  /** 期限の次の営業日に投函したとき（間に合わないときの見込み）。 */
  oneLater: Posting;
}

const MAX_DAYS_BEFORE = 90;
const MAX_DELIVERY_DAYS = 30;
const MAX_UNDELIVERED_RUN = 60;

/** 受講日から投函期限を逆算する。投函は契約の営業日だけ。 */
export function postingClock(
  classDay: Day,
  calendar: BusinessCalendar,
  rule: PostingRule = standardPostingRule,
): PostingClock {
  checkPostingRule(rule);
  const mustArriveBy = addDays(classDay, -rule.arriveDaysBefore);
  // 着く日は投函日について後戻りしないので、届きうる最後の日から前へ、間に合う最初の営業日を探せばよい。
  let day = businessDayOnOrBefore(calendar, addDays(mustArriveBy, -rule.deliveryDays));
  while (arrivalDay(day, rule) > mustArriveBy) day = previousBusinessDay(calendar, day);
  return {
    classDay,
    mustArriveBy,
    postBy: { day, time: rule.collectionTime, at: instantOf(day, rule.collectionTime) },
    onDeadline: postingOn(day, classDay, rule),
    oneLater: postingOn(nextBusinessDay(calendar, day), classDay, rule),
  };
}

/** day の集荷に間に合った郵便が届く日。 */
export function arrivalDay(day: Day, rule: PostingRule = standardPostingRule): Day {
  let at = addDays(day, rule.deliveryDays);
  for (let tries = 0; tries <= MAX_UNDELIVERED_RUN; tries++) {
    if (isDeliveryDay(at, rule)) return at;
    at = addDays(at, 1);
  }
  throw new AppError(
    "BAD_INPUT",
    "配達のある日が見つかりません。投函の規則の、配達がない曜日をご確認ください。",
  );
}

/** 普通郵便の配達がある日か。 */
export function isDeliveryDay(day: Day, rule: PostingRule = standardPostingRule): boolean {
  if (rule.noDeliveryWeekdays.includes(weekdayOf(day))) return false;
  if (rule.noDeliveryDates.includes(day.slice(5))) return false;
  return !(rule.noDeliveryOnHolidays && holidayName(day) !== undefined);
}

function postingOn(postedOn: Day, classDay: Day, rule: PostingRule): Posting {
  const arrivesOn = arrivalDay(postedOn, rule);
  const daysBeforeClass = daysBetween(arrivesOn, classDay);
  return { postedOn, arrivesOn, daysBeforeClass, onTime: daysBeforeClass >= rule.arriveDaysBefore };
}

/** 今できあがった郵便が集荷される日：営業日の集荷前ならその日、そうでなければ次の営業日。 */
export function nextPostingDay(
  now: Instant,
  calendar: BusinessCalendar,
  rule: PostingRule = standardPostingRule,
): Day {
  const today = dayOf(now);
  const caught = isBusinessDay(calendar, today) && now <= instantOf(today, rule.collectionTime);
  return caught ? today : businessDayOnOrAfter(calendar, addDays(today, 1));
}

/** 今から投函して間に合うか。間に合わないとき、いつ届くか。 */
export function postingNow(
  now: Instant,
  classDay: Day,
  calendar: BusinessCalendar,
  rule: PostingRule = standardPostingRule,
): Posting {
  checkPostingRule(rule);
  return postingOn(nextPostingDay(now, calendar, rule), classDay, rule);
}

/** 今から投函して、必着日までに届くか。 */
export function inTime(clock: PostingClock, now: Instant): boolean {
  return now <= clock.postBy.at;
}

/**
 * 余裕を営業日で取った投函予定日（SV の確認に一日置く、など）。
 * 期限より後にはならない。
 */
export function plannedPostingDay(
  clock: PostingClock,
  calendar: BusinessCalendar,
  spareBusinessDays: number,
): Day {
  return addBusinessDays(calendar, clock.postBy.day, -Math.max(0, spareBusinessDays));
}

/** 規則の値が使えるものか。 */
export function checkPostingRule(rule: PostingRule): void {
  const faults = [
    ...(isCount(rule.arriveDaysBefore, MAX_DAYS_BEFORE)
      ? []
      : [
          {
            field: "arriveDaysBefore",
            message: `何日前に届けるかは0から${MAX_DAYS_BEFORE}の整数でご指定ください。`,
          },
        ]),
    ...(isCount(rule.deliveryDays, MAX_DELIVERY_DAYS)
      ? []
      : [
          {
            field: "deliveryDays",
            message: `配達にかかる日数は0から${MAX_DELIVERY_DAYS}の整数でご指定ください。`,
          },
        ]),
    ...(new Set(rule.noDeliveryWeekdays).size < 7
      ? []
      : [
          {
            field: "noDeliveryWeekdays",
            message: "すべての曜日が配達なしになっています。配達のある曜日を残してください。",
          },
        ]),
    ...(/^([01]\d|2[0-3]):[0-5]\d$/.test(rule.collectionTime)
      ? []
      : [{ field: "collectionTime", message: "集荷の時刻は「15:00」の形でご指定ください。" }]),
  ];
  if (faults.length > 0) throw new AppError("BAD_INPUT", "投函の規則に直すところがあります。", { faults });
}

function isCount(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}
