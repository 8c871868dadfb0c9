import { AppError } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import type { Table } from "../office/table.ts";
import { type ClassFault, type ClassRow, type ClassSchedule, fullClassKey } from "./class.ts";
import { ScheduleNotes } from "./schedule-note.ts";
import { readScheduleSheet } from "./schedule-sheet.ts";
import { hintFromToday, type YearHint, yearHintOf } from "./schedule-year.ts";

export interface ScheduleOptions {
  /** 今日。年がどこにも書かれていないときだけ使い、使ったことを notes に言う。 */
  today?: Day;
  /** 取り込む期間。外の日は誤りになる。 */
  term?: { from: Day; to: Day };
  /** 年の手がかりにする（「R7_日程表.xlsx」）。 */
  fileName?: string;
}

const MAX_ROWS = 20_000;

/**
 * 市の講習会日程表を読む。列の順・名前、結合、複数のシート、縦横の表、和暦を問わない。
 * 読めない・合わない行は classes に入れず、ます目を指して errors に言う。補ったことはすべて notes に言う。
 * @throws AppError BAD_INPUT（日程表が見つからない）、TOO_LARGE
 */
export function readClassSchedule(tables: Table[], options: ScheduleOptions = {}): ClassSchedule {
  const notes = new ScheduleNotes();
  const errors: ClassFault[] = [];
  const rows: ClassRow[] = [];
  const hint = commonHint(options);
  const fallback = options.today ? hintFromToday(options.today) : undefined;
  const several = tables.length > 1;
  let found = 0;
  for (const table of tables) {
    const sheet = isCsv(table) ? undefined : table.name;
    const name = several ? table.name : undefined;
    if (table.hidden) {
      notes.add(undefined, `隠れたシート「${table.name}」は読みませんでした`, "");
      continue;
    }
    refuseHuge(table);
    const read = readScheduleSheet(table, {
      hint,
      fallback,
      note: (message, ref) => notes.add(name, message, ref),
      fault: (cell, message) => errors.push({ ...(sheet === undefined ? {} : { sheet }), cell, message }),
      sheet,
    });
    if (!read) {
      if (table.rows.some((row) => row.length > 0))
        notes.add(undefined, `シート「${table.name}」には日程表が見つからないため、読みませんでした`, "");
      continue;
    }
    found++;
    rows.push(...read);
  }
  if (found === 0) throw noTable();
  const classes = refuseRepeats(withinTerm(rows, options.term, errors), errors);
  return { classes, errors: inOrder(errors), notes: notes.list() };
}

/** CSV の表には文字コードが付いている。 */
function isCsv(table: Table): boolean {
  return "encoding" in table;
}

function commonHint(options: ScheduleOptions): YearHint | undefined {
  const { term, fileName } = options;
  if (term) return { rank: 3, defaults: { within: term }, why: `取り込む期間（${term.from}～${term.to}）` };
  const named = fileName ? yearHintOf(fileName.replaceAll("_", " ")) : undefined;
  return named ? { ...named, why: `ファイル名の${named.why}` } : undefined;
}

function refuseHuge(table: Table): void {
  const filled = table.rows.reduce((sum, row) => sum + (row.length > 0 ? 1 : 0), 0);
  if (filled > MAX_ROWS) {
    throw new AppError(
      "TOO_LARGE",
      `日程表としては行が多すぎます（上限 ${MAX_ROWS} 行）。必要なシートだけを残して保存し直してください。`,
    );
  }
}

function withinTerm(rows: ClassRow[], term: ScheduleOptions["term"], errors: ClassFault[]): ClassRow[] {
  if (!term) return rows;
  return rows.filter((row) => {
    if (row.date >= term.from && row.date <= term.to) return true;
    errors.push({
      ...row.source,
      message: `${row.date} は取り込む期間（${term.from}～${term.to}）の外です。日付か期間をご確認ください。`,
    });
    return false;
  });
}

function refuseRepeats(rows: ClassRow[], errors: ClassFault[]): ClassRow[] {
  const seen = new Map<string, ClassRow>();
  return rows.filter((row) => {
    const key = fullClassKey(row);
    const first = seen.get(key);
    if (first) {
      const place = [first.source.sheet, first.source.cell].filter((part) => part !== undefined).join("!");
      errors.push({
        ...row.source,
        message: `同じ日時・会場・講座の枠が ${place} にもあります。どちらかを削除してください。`,
      });
      return false;
    }
    seen.set(key, row);
    return true;
  });
}

/** シートの順、行、列の順。 */
function inOrder(errors: ClassFault[]): ClassFault[] {
  const sheets = [...new Set(errors.map((error) => error.sheet))];
  const place = (error: ClassFault) => {
    const [, letters = "", row = "0"] = /^([A-Z]+)(\d+)$/.exec(error.cell) ?? [];
    return [sheets.indexOf(error.sheet), Number(row), letters.length, letters] as const;
  };
  return [...errors].sort((a, b) => {
    const [x, y] = [place(a), place(b)];
    return x[0] - y[0] || x[1] - y[1] || x[2] - y[2] || (x[3] < y[3] ? -1 : x[3] > y[3] ? 1 : 0);
  });
}

function noTable(): AppError {
  return new AppError(
    "BAD_INPUT",
    "講習会の日程表が見つかりません。「開催日・時間・会場・講座名・定員」のような見出しの行がある表のファイルを選び直してください。",
  );
}
