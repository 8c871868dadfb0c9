import type { Day } from "../base/time.ts";
import { dayParts, toDay, weekdayName } from "./day.ts";

export interface Era {
  name: string;
  letter: string;
  /** この元号の最初の日。 */
  from: Day;
}

/**
 * 新しい順。改元の日は新しい元号の日とする（明治45年7月30日ではなく大正元年7月30日）。
 * 明治は太陽暦になった明治6年1月1日から扱う。それより前は旧暦で、日が一対一に対応しない。
 */
export const eras: readonly Era[] = [
  { name: "令和", letter: "R", from: "2019-05-01" },
  { name: "平成", letter: "H", from: "1989-01-08" },
  { name: "昭和", letter: "S", from: "1926-12-25" },
  { name: "大正", letter: "T", from: "1912-07-30" },
  { name: "明治", letter: "M", from: "1868-01-01" },
];
/** 太陽暦の最初の日。 */
export const SOLAR_FROM: Day = "1873-01-01";

export interface WarekiStyle {
  /** 「（水）」を付ける。 */
  weekday?: boolean;
  /** 「R7.9.17」。 */
  short?: boolean;
}

/** 「令和7年9月17日」。明治6年より前は西暦で書く。 */
export function formatWareki(day: Day, style: WarekiStyle = {}): string {
  const { year, month, date } = dayParts(day);
  const tail = style.weekday ? `（${weekdayName(day)}）` : "";
  const era = eraOf(day);
  if (!era) return `${year}年${month}月${date}日${tail}`;
  const eraYear = year - Number(era.from.slice(0, 4)) + 1;
  if (style.short) return `${era.letter}${eraYear}.${month}.${date}${tail}`;
  return `${era.name}${yearWord(eraYear)}年${month}月${date}日${tail}`;
}

/** 「令和7年」。改元のあった年は、その日の元号で言う。 */
export function formatWarekiYear(day: Day): string {
  return formatWareki(day).replace(/年.*$/, "年");
}

/** 「9月17日（水）」。年が明らかな表の中で使う。 */
export function formatMonthDay(day: Day, style: { weekday?: boolean } = {}): string {
  const { month, date } = dayParts(day);
  return `${month}月${date}日${style.weekday ? `（${weekdayName(day)}）` : ""}`;
}

/** その日の元号。明治6年より前は undefined。 */
export function eraOf(day: Day): Era | undefined {
  if (day < SOLAR_FROM) return undefined;
  return eras.find((era) => day >= era.from);
}

/** 1 → 「元」、7 → 「7」。 */
export function yearWord(eraYear: number): string {
  return eraYear === 1 ? "元" : String(eraYear);
}

/** 年度（4月始まり）。2026-02-28 → 2025。 */
export function fiscalYearOf(day: Day): number {
  const { year, month } = dayParts(day);
  return month >= 4 ? year : year - 1;
}

/** 年度の最初と最後の日。 */
export function fiscalYearRange(fiscalYear: number): { from: Day; to: Day } {
  return { from: toDay(fiscalYear, 4, 1), to: toDay(fiscalYear + 1, 3, 31) };
}

/** 「令和7年度」。年度の始まる年に改元があれば新しい元号で言う（2019 → 令和元年度）。 */
export function formatFiscalYear(fiscalYear: number): string {
  const era = eras.find((one) => Number(one.from.slice(0, 4)) <= fiscalYear);
  if (!era) return `${fiscalYear}年度`;
  return `${era.name}${yearWord(fiscalYear - Number(era.from.slice(0, 4)) + 1)}年度`;
}
