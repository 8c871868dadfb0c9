import type { Day } from "../base/time.ts";
import { addDays, addMonths, daysBetween, daysInMonth, toDay } from "../japan/day.ts";
import { fiscalYearRange } from "../japan/wareki.ts";
import { withBareMonths, withWrittenDays, yearWithin } from "./date-head.ts";
import { parseFiscalYearOf } from "./fiscal-label.ts";

/** 期間を表す一つの列。 */
export interface TimeColumn {
  /** 列（0 から）。 */
  column: number;
  from: Day;
  to: Day;
}

/** 見出しの一行。文字は NFKC でならしたもの。 */
export interface HeadCell {
  column: number;
  text: string;
  /** 日付のます目なら、その日。 */
  day?: Day | undefined;
}

export interface TimeHead {
  columns: TimeColumn[];
  /** 作業の行が始まる行（0 から）。 */
  body: number;
}

/**
 * 見出しの行から、期間の列を見つける。月（6月、2024/6）、旬（上旬・中・下）、週、日、日付の並びのどれでも。
 * 月に列が幾つもあれば、月を等しく分ける。within は履行期間（年のない月の年を決める）。見つからなければ undefined。
 */
export function findTimeHead(
  rows: readonly (readonly HeadCell[])[],
  within: { from: Day; to: Day },
): TimeHead | undefined {
  for (const [at, given] of rows.slice(0, 20).entries()) {
    const years = yearsAbove(rows, at);
    const row = withWrittenDays(
      withBareMonths(given, years.length > 0),
      (month, column) => yearOf(month, column, years) ?? yearWithin(month, within),
    );
    const dated = row.filter((cell) => cell.day !== undefined);
    if (dated.length >= 3 && rising(dated)) return { columns: datedColumns(dated), body: at + 1 };
    const below = rows[at + 1] ?? [];
    const months = readMonths(row, years, within, below.at(-1)?.column ?? 0);
    const parts = partsBelow(months, below);
    // 月が一つだけの表は、下に旬・週・日の列が並ぶときだけ。
    if (months.length === 0 || (months.length === 1 && (parts[0] ?? []).length < 3)) continue;
    const columns = months.flatMap((month, i) => splitMonth(month, parts[i] ?? []));
    return { columns, body: parts.some((list) => list.some((part) => part !== undefined)) ? at + 2 : at + 1 };
  }
  return undefined;
}

function rising(cells: readonly HeadCell[]): boolean {
  return cells.every((cell, at) => at === 0 || (cells[at - 1]?.day ?? "") < (cell.day ?? ""));
}

function datedColumns(cells: readonly HeadCell[]): TimeColumn[] {
  const days = cells.map(({ day }) => day ?? "");
  const step = daysBetween(days[0] ?? "", days[1] ?? "");
  const last = days.at(-1) ?? "";
  const monthly = step >= 28;
  return cells.map(({ column }, at) => {
    const from = days[at] ?? "";
    const next = days[at + 1] ?? (monthly ? addMonths(last, 1) : addDays(last, step));
    return { column, from, to: addDays(next, -1) };
  });
}

interface Month {
  year: number;
  month: number;
  /** この月に当たる列。 */
  columns: number[];
}

/** 上の行に書かれた年度・年（列 → 年度の始まりの年、または年）。 */
function yearsAbove(
  rows: readonly (readonly HeadCell[])[],
  at: number,
): { column: number; fiscal?: number; year?: number }[] {
  return rows.slice(Math.max(0, at - 3), at).flatMap((row) =>
    row.flatMap(({ column, text }) => {
      // 「令和7年度 年間スケジュール」のように、題の中に年度があることもある。
      const titled = /(?:(?:令和|R)(?:元|\d{1,2})|\d{4})年度/.exec(text)?.[0];
      const found = parseFiscalYearOf(text) ?? (titled === undefined ? undefined : parseFiscalYearOf(titled));
      return found === undefined ? [] : [{ column, ...found }];
    }),
  );
}

const monthPattern = /^(?:(\d{4})[年/.-]|(?:令和|R)(元|\d{1,2})[年/.-])?(\d{1,2})月?(?:分)?(?:\(.*\))?$/i;

function readMonths(
  row: readonly HeadCell[],
  years: { column: number; fiscal?: number; year?: number }[],
  within: { from: Day; to: Day },
  lastColumn: number,
): Month[] {
  const months: (Month & { given: boolean })[] = [];
  for (const { column, text } of row) {
    const found = monthPattern.exec(text);
    const month = Number(found?.[3]);
    // 「6」だけの見出しは、連番と紛れるので月と見ない。
    if (!found || !(month >= 1 && month <= 12) || !/[月/.-]/.test(text)) continue;
    const before = months.at(-1);
    const reiwa = found[2] === "元" ? 1 : Number(found[2]);
    const written = found[1] ? Number(found[1]) : found[2] ? 2018 + reiwa : undefined;
    const year = written ?? yearOf(month, column, years) ?? 0;
    if (before && before.month === month && (before.columns.at(-1) ?? -2) === column - 1) {
      before.columns.push(column);
      continue;
    }
    months.push({ year, month, columns: [column], given: year !== 0 });
  }
  if (months.length === 0) return [];
  settleYears(months, within);
  stretch(months, row, lastColumn);
  return months;
}

function yearOf(
  month: number,
  column: number,
  years: readonly { column: number; fiscal?: number; year?: number }[],
): number | undefined {
  const above = years.findLast((one) => one.column <= column);
  if (above?.year !== undefined) return above.year;
  if (above?.fiscal === undefined) return undefined;
  return Number(fiscalYearRange(above.fiscal).from.slice(0, 4)) + (month <= 3 ? 1 : 0);
}

/** 年のない月: 最初の月は履行期間に入る年、続きは 12月→1月 で一つ進む。 */
function settleYears(months: (Month & { given: boolean })[], within: { from: Day; to: Day }): void {
  for (const [at, month] of months.entries()) {
    if (month.given) continue;
    const before = months[at - 1];
    month.year = before
      ? before.year + (month.month < before.month ? 1 : 0)
      : yearWithin(month.month, within);
  }
}

/** 結合が展開されない表（CSV）では、月の見出しのあとの空の列も、その月の列。 */
function stretch(months: Month[], row: readonly HeadCell[], lastColumn: number): void {
  const filled = new Set(row.filter(({ text }) => text !== "").map(({ column }) => column));
  for (const [at, month] of months.entries()) {
    const next = months[at + 1]?.columns[0];
    // 月が一つだけなら、下の行（日の列が並ぶ）の終わりまで。
    const alone = lastColumn - (month.columns[0] ?? 0) + 1;
    const width =
      next === undefined ? (months[at - 1]?.columns.length ?? alone) : next - (month.columns[0] ?? 0);
    for (let column = (month.columns.at(-1) ?? 0) + 1; month.columns.length < Math.min(width, 31); column++) {
      if (filled.has(column)) break;
      month.columns.push(column);
    }
  }
}

/** 月の下の行の言葉（列ごと）: 旬、週、日。読めない列は undefined。 */
function partsBelow(
  months: readonly Month[],
  below: readonly HeadCell[],
): ((month: { year: number; month: number }) => { from: number; to: number } | undefined)[][] {
  const texts = new Map(below.map(({ column, text }) => [column, text]));
  return months.map((month) => {
    const parts = month.columns.map((column) => readPart(texts.get(column) ?? ""));
    return parts.every((part) => part === undefined) ? [] : parts.map((part) => part ?? (() => undefined));
  });
}

type Part = (month: { year: number; month: number }) => { from: number; to: number } | undefined;

function readPart(text: string): Part | undefined {
  const jun = /^(上|中|下)旬?$/.exec(text)?.[1];
  if (jun === "上") return () => ({ from: 1, to: 10 });
  if (jun === "中") return () => ({ from: 11, to: 20 });
  if (jun === "下") return ({ year, month }) => ({ from: 21, to: daysInMonth(year, month) });
  const half = /^(前|後)半$/.exec(text)?.[1];
  if (half === "前") return () => ({ from: 1, to: 15 });
  if (half === "後") return ({ year, month }) => ({ from: 16, to: daysInMonth(year, month) });
  const week = /^(?:第?([1-6])(?:週|W)|W([1-6]))$/i.exec(text);
  if (week) {
    const at = Number(week[1] ?? week[2]);
    return ({ year, month }) => {
      const days = daysInMonth(year, month);
      const from = (at - 1) * 7 + 1;
      return from > days
        ? undefined
        : { from, to: at >= 4 && from + 13 > days ? days : Math.min(days, from + 6) };
    };
  }
  const date = /^(\d{1,2})日?$/.exec(text)?.[1];
  if (date === undefined) return undefined;
  return ({ year, month }) => {
    const at = Number(date);
    return at >= 1 && at <= daysInMonth(year, month) ? { from: at, to: at } : undefined;
  };
}

function splitMonth(month: Month, parts: readonly Part[]): TimeColumn[] {
  const { year, month: of, columns } = month;
  const length = daysInMonth(year, of);
  const ranges = columns.map((_, at) => {
    const read = parts[at]?.(month);
    if (read) return read;
    // 旬の見出しが読めない列は、月を列の数で等しく分ける。
    return {
      from: Math.floor((length * at) / columns.length) + 1,
      to: Math.floor((length * (at + 1)) / columns.length),
    };
  });
  return columns.map((column, at) => {
    const range = ranges[at] ?? { from: 1, to: length };
    const next = ranges[at + 1];
    // 日・週の始まりだけの見出し（1, 8, 15 …）は、次の列の前の日まで。
    const to = range.from === range.to && next && next.from > range.from + 1 ? next.from - 1 : range.to;
    return {
      column,
      from: toDay(year, of, Math.min(range.from, length)),
      to: toDay(year, of, Math.min(Math.max(to, range.from), length)),
    };
  });
}
