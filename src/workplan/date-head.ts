import { dayParts, isCalendarDate, toDay } from "../japan/day.ts";
import type { HeadCell } from "./time-column.ts";

const monthDay =
  /^(?:(\d{4})[/.年-])?(\d{1,2})[/月](\d{1,2})日?(?:\([月火水木金土日]\))?(?:[~〜～-].*|の週)?$/;

/**
 * 「4/7」「4月7日～」のように文字で書かれた日の見出しに、日を入れる。年は、書かれていれば、なければ first（最初の列の年）から、
 * 月が戻るたびに一つ進める。三つより少なければ、見出しとは見ない。
 */
export function withWrittenDays(
  row: readonly HeadCell[],
  firstYear: (month: number, column: number) => number,
): readonly HeadCell[] {
  const found = row.flatMap((cell) => {
    const match = cell.day === undefined ? monthDay.exec(cell.text) : null;
    if (!match) return [];
    const [year, month, date] = [Number(match[1] ?? 0), Number(match[2]), Number(match[3])];
    return isCalendarDate(2024, month, date) ? [{ cell, year, month, date }] : [];
  });
  if (found.length < 3) return row;
  const days = new Map<number, string>();
  let before: { year: number; month: number } | undefined;
  for (const { cell, year, month, date } of found) {
    const own =
      year ||
      (before === undefined ? firstYear(month, cell.column) : before.year + (month < before.month ? 1 : 0));
    if (!isCalendarDate(own, month, date)) return row;
    days.set(cell.column, toDay(own, month, date));
    before = { year: own, month };
  }
  return row.map((cell) => (days.has(cell.column) ? { ...cell, day: days.get(cell.column) } : cell));
}

/**
 * 「4 5 6 … 12 1 2 3」と数だけで書かれた月の見出しに「月」をつける。続いた月が六つより多く、年をまたぐか、
 * 上に年度のあるときだけ（連番の見出しと紛れるので）。
 */
export function withBareMonths(row: readonly HeadCell[], underYear: boolean): readonly HeadCell[] {
  const numbers = row.filter(({ text }) => /^\d{1,2}$/.test(text));
  const run = numbers.filter(
    ({ text }, at) =>
      Number(text) >= 1 &&
      Number(text) <= 12 &&
      (at === 0 || Number(text) === (Number(numbers[at - 1]?.text) % 12) + 1),
  );
  const wraps = run.some(({ text }, at) => at > 0 && text === "1");
  if (run.length < 6 || run.length !== numbers.length || !(wraps || underYear)) return row;
  const columns = new Set(run.map(({ column }) => column));
  return row.map((cell) => (columns.has(cell.column) ? { ...cell, text: `${cell.text}月` } : cell));
}

/** 履行期間に入る年（なければ始まりの年）。 */
export function yearWithin(month: number, within: { from: string; to: string }): number {
  const [first, last] = [dayParts(within.from).year, dayParts(within.to).year];
  for (let year = first; year <= last; year++)
    if (toDay(year, month, 28) >= within.from && toDay(year, month, 1) <= within.to) return year;
  return first;
}
