import type { Day } from "../base/time.ts";
import { addDays, dayParts, toDay, weekdayOf } from "./day.ts";

/**
 * 国民の祝日に関する法律（昭和23年法律第178号）そのものから求める祝日と休日。
 * 表ではなく法の規則で求めるのは、表の期限に縛られず、なぜ休みかを名で言えるため。
 * 春分の日・秋分の日は前年2月の官報で決まるので、翌々年以降は近似式による予測である。
 * 違いが出たときは BusinessCalendar の closed / open で契約ごとに直せる。
 */

interface Rule {
  name: string;
  from: number;
  to?: number;
  /** その年の日。求められない年は undefined。 */
  on(year: number): Day | undefined;
}

function fixed(name: string, month: number, date: number, from: number, to?: number): Rule {
  return { name, from, ...(to === undefined ? {} : { to }), on: (year) => toDay(year, month, date) };
}

function monday(name: string, month: number, nth: number, from: number, to?: number): Rule {
  return { name, from, ...(to === undefined ? {} : { to }), on: (year) => nthMonday(year, month, nth) };
}

function nthMonday(year: number, month: number, nth: number): Day {
  const first = toDay(year, month, 1);
  return addDays(first, ((8 - weekdayOf(first)) % 7) + (nth - 1) * 7);
}

/** 春分・秋分の近似式。1900–2150年。その外では求めない。 */
function equinox(year: number, month: 3 | 9): Day | undefined {
  const base = equinoxBase(year, month);
  if (base === undefined) return undefined;
  const leaps = year < 1980 ? Math.trunc((year - 1983) / 4) : Math.floor((year - 1980) / 4);
  return toDay(year, month, Math.floor(base + 0.242194 * (year - 1980) - leaps));
}

function equinoxBase(year: number, month: 3 | 9): number | undefined {
  if (year < 1900 || year > 2150) return undefined;
  if (year < 1980) return month === 3 ? 20.8357 : 23.2588;
  if (year < 2100) return month === 3 ? 20.8431 : 23.2488;
  return month === 3 ? 21.851 : 24.2488;
}

const rules: Rule[] = [
  fixed("元日", 1, 1, 1949),
  fixed("成人の日", 1, 15, 1949, 1999),
  monday("成人の日", 1, 2, 2000),
  fixed("建国記念の日", 2, 11, 1967),
  fixed("天皇誕生日", 4, 29, 1949, 1988),
  fixed("天皇誕生日", 12, 23, 1989, 2018),
  fixed("天皇誕生日", 2, 23, 2020),
  { name: "春分の日", from: 1949, on: (year) => equinox(year, 3) },
  fixed("みどりの日", 4, 29, 1989, 2006),
  fixed("昭和の日", 4, 29, 2007),
  fixed("憲法記念日", 5, 3, 1949),
  fixed("みどりの日", 5, 4, 2007),
  fixed("こどもの日", 5, 5, 1949),
  fixed("海の日", 7, 20, 1996, 2002),
  monday("海の日", 7, 3, 2003, 2019),
  monday("海の日", 7, 3, 2022),
  fixed("山の日", 8, 11, 2016, 2019),
  fixed("山の日", 8, 11, 2022),
  fixed("敬老の日", 9, 15, 1966, 2002),
  monday("敬老の日", 9, 3, 2003),
  { name: "秋分の日", from: 1948, on: (year) => equinox(year, 9) },
  fixed("体育の日", 10, 10, 1966, 1999),
  monday("体育の日", 10, 2, 2000, 2019),
  monday("スポーツの日", 10, 2, 2022),
  fixed("文化の日", 11, 3, 1948),
  fixed("勤労感謝の日", 11, 23, 1948),
];

/** 特別の法律による休日と、令和三年の五輪にともなう移動（令和二年・三年）。 */
const once: Readonly<Record<Day, string>> = {
  "1959-04-10": "皇太子明仁親王の結婚の儀",
  "1989-02-24": "昭和天皇の大喪の礼",
  "1990-11-12": "即位礼正殿の儀",
  "1993-06-09": "皇太子徳仁親王の結婚の儀",
  "2019-05-01": "天皇の即位の日",
  "2019-10-22": "即位礼正殿の儀の行われる日",
  "2020-07-23": "海の日",
  "2020-07-24": "スポーツの日",
  "2020-08-10": "山の日",
  "2021-07-22": "海の日",
  "2021-07-23": "スポーツの日",
  "2021-08-08": "山の日",
};

const years = new Map<number, ReadonlyMap<Day, string>>();

/** 祝日・休日の名。そうでない日は undefined。例 "2026-09-22" → 「国民の休日」。 */
export function holidayName(day: Day): string | undefined {
  return holidaysOf(dayParts(day).year).get(day);
}

/** その年の祝日・休日（日付の順）。 */
export function holidaysOf(year: number): ReadonlyMap<Day, string> {
  const known = years.get(year);
  if (known) return known;
  const named = nationalDays(year);
  const all = new Map([...named, ...substituteDays(named), ...betweenDays(named)]);
  const sorted: ReadonlyMap<Day, string> = new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
  years.set(year, sorted);
  return sorted;
}

/** 法第2条の「国民の祝日」。同じ日に二つは重ならない。 */
function nationalDays(year: number): Map<Day, string> {
  const days = new Map<Day, string>();
  for (const rule of rules) {
    if (year < rule.from || (rule.to !== undefined && year > rule.to)) continue;
    const day = rule.on(year);
    // 法の施行は昭和23年7月20日。
    if (day && day >= "1948-07-20") days.set(day, rule.name);
  }
  for (const [day, name] of Object.entries(once)) {
    if (dayParts(day).year === year) days.set(day, name);
  }
  return days;
}

/** 第3条第2項（昭和48年4月12日から）。平成19年からは、その日の後で最も近い祝日でない日。 */
function substituteDays(named: ReadonlyMap<Day, string>): [Day, string][] {
  const found: [Day, string][] = [];
  for (const day of named.keys()) {
    if (day < "1973-04-12" || weekdayOf(day) !== 0) continue;
    let next = addDays(day, 1);
    while (named.has(next) && day >= "2007-01-01") next = addDays(next, 1);
    if (!named.has(next)) found.push([next, "振替休日"]);
  }
  return found;
}

/**
 * 第3条第3項（昭和60年12月27日から）：前日と翌日が祝日である、祝日でない日。
 * 平成18年までは日曜と振替休日を除いた。年をまたぐ並びは今の法にはないので、一年の中だけを見る。
 */
function betweenDays(named: ReadonlyMap<Day, string>): [Day, string][] {
  const found: [Day, string][] = [];
  for (const day of named.keys()) {
    const between = addDays(day, 1);
    if (between < "1985-12-27" || named.has(between) || !named.has(addDays(day, 2))) continue;
    if (between < "2007-01-01" && (weekdayOf(between) === 0 || weekdayOf(day) === 0)) continue;
    found.push([between, "国民の休日"]);
  }
  return found;
}
