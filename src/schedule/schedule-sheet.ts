import { readDate } from "../japan/written-date.ts";
import { type Cell, emptyCell, type Table } from "../office/table.ts";
import { type ClassRow, foldText } from "./class.ts";
import { BlockReader } from "./schedule-block.ts";
import {
  courseFromTitle,
  defaultsOf,
  isFootnote,
  type ScheduleDefaults,
  type SheetContext,
} from "./schedule-context.ts";
import type { ScheduleField } from "./schedule-field.ts";
import {
  crossKind,
  extendHeading,
  headingScore,
  isNamedCross,
  LEAST_SCORE,
  whenKind,
} from "./schedule-heading.ts";
import { layoutsOf, type ScheduleLayout } from "./schedule-layout.ts";
import { readWhen } from "./schedule-when.ts";
import { hintFromDay, type YearHint, yearHintOf } from "./schedule-year.ts";

/** 列の名前から見出しと言い切れる点。 */
const CLEAR_SCORE = 2;

/** 一枚のシートから講習会を読む。日程表がなければ undefined。 */
export function readScheduleSheet(table: Table, context: SheetContext): ClassRow[] | undefined {
  const rows = orient(table.rows, context);
  const headings = headingRows(rows);
  const [first] = headings;
  if (first === undefined) return undefined;
  const heading = extendHeading(rows, first, 0);
  const defaults = sheetDefaults(table, rows, heading.top, context);
  if (table.hiddenRows?.some((row) => row > heading.bottom + 1)) {
    context.note(`隠れた行も読みました（${table.hiddenRows.length} 行）`, "");
  }
  const classes: ClassRow[] = [];
  let section: ScheduleDefaults = defaults;
  let floor = 0;
  for (const [at, row] of headings.entries()) {
    const head = extendHeading(rows, row, floor);
    const next = headings[at + 1];
    const end = next === undefined ? rows.length : extendHeading(rows, next, head.bottom + 1).top;
    for (const layout of layoutsOf(rows, head)) {
      tellUnknown(layout, context);
      const block = new BlockReader(rows, layout, section, context);
      if (at === 0) block.takeTitle(rows.slice(0, head.top));
      classes.push(...block.read(end));
      section = { ...section, ...block.carried() };
    }
    floor = end;
  }
  return classes;
}

/** 見出しの行の番号。上から順に。続きの段は含まない。 */
function headingRows(rows: Cell[][]): number[] {
  const scores = rows.map(headingScore);
  // 行番号だけが大きいファイルでは百万行になるので、引数に並べない。
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  if (best < CLEAR_SCORE) {
    const named = rows.findIndex((_, at) => isNamedCross(rows, at));
    const first = named >= 0 ? named : scores.findIndex((score) => score >= LEAST_SCORE);
    return first < 0 ? [] : [first];
  }
  const clear = scores.flatMap((score, at) => (score >= Math.max(CLEAR_SCORE, best * 0.6) ? [at] : []));
  const kind = crossKind(rows[clear[0] ?? 0]);
  const found: number[] = [];
  for (const at of clear) {
    // 時間帯の並ぶ本文を、日付の並ぶ見出しと取り違えない。
    if (crossKind(rows[at]) !== undefined && crossKind(rows[at]) !== kind) continue;
    const before = found.at(-1);
    if (before === undefined || extendHeading(rows, before, before).bottom < at) found.push(at);
  }
  return found;
}

/** 見出しが左の列に縦に並ぶ表は、行と列を入れ替えて読む。 */
function orient(rows: Cell[][], context: SheetContext): Cell[][] {
  const filled = rows.filter((row) => row.length > 0);
  const width = Math.max(0, ...filled.map((row) => row.length));
  if (rows.length > 2000 || width > 1000 || rows.length * width > 400_000) return rows;
  const turned = Array.from({ length: width }, (_, column) =>
    rows.map((row, at) => row[column] ?? emptyCell(at, column)),
  );
  const labels = (row: Cell[]) => (crossKind(row) === undefined ? headingScore(row) : 0);
  const straight = Math.max(0, ...rows.map(headingScore));
  const across = Math.max(0, ...turned.slice(0, 20).map(labels));
  if (across < 3 || across <= straight) return rows;
  context.note("見出しが縦に並ぶ表として読みました", "");
  return turned;
}

function sheetDefaults(table: Table, rows: Cell[][], top: number, context: SheetContext): ScheduleDefaults {
  const title = rows.slice(0, top);
  const footer = rows.filter((row, at) => at > top && isFootnote(row));
  const named = yearHintOf(table.name);
  const fromTitle = defaultsOf([...title, ...footer], { cells: {}, hint: undefined, month: undefined });
  const hint = fromTitle.hint ? { ...fromTitle.hint, why: `表題の${fromTitle.hint.why}` } : undefined;
  const sheetHint = named
    ? { ...named, why: `${context.sheet === undefined ? "ファイル名" : "シート名"}の${named.why}` }
    : undefined;
  const month =
    fromTitle.month ??
    named?.month ??
    (Number(/^(\d{1,2})月/.exec(table.name.normalize("NFKC"))?.[1]) || undefined);
  const course = courseFromTitle(title);
  const cells = { ...fromTitle.cells };
  if (course) cells.course ??= course;
  return {
    cells: { ...cells, ...sheetNameCells(table, cells) },
    hint: hint ?? sheetHint ?? context.hint ?? hintFromBody(rows) ?? context.fallback,
    month,
  };
}

/** 表の中で最初に見つかる、年まで書かれた日付。 */
function _hintFromBody(rows: Cell[][]): YearHint | undefined {
  for (const cell of rows.flat()) {
    if (whenKind(cell) !== "date") continue;
    const part = cell.iso?.slice(0, 10) ?? cell.text;
    const when = readWhen(part);
    const read = "error" in when ? undefined : readDate(when.parts[0]?.dateText ?? "");
    if (read && "day" in read) return hintFromDay(read.day);
  }
  return undefined;
}

/** 表の中で最初に見つかる、年まで書かれた日付。 */
function hintFromBody(rows: Cell[][]): YearHint | undefined {
  for (const cell of rows.flat()) {
    if (whenKind(cell) !== "date") continue;
    const when = readWhen(cell.iso?.slice(0, 10) ?? cell.text);
    const read = "error" in when ? undefined : readDate(when.parts[0]?.dateText ?? "");
    if (read && "day" in read) return hintFromDay(read.day);
  }
  return undefined;
}

/** シート名が区や会場の名前のとき。Sheet1 や「日程表」は名前ではない。 */
function sheetNameCells(
  table: Table,
  known: Partial<Record<ScheduleField, Cell>>,
): Partial<Record<ScheduleField, Cell>> {
  const name = table.name.trim();
  const cell: Cell = { text: name, kind: "text", ref: "シート名" };
  if (/^[^\s\d]{1,5}区$/.test(name)) return known.ward ? {} : { ward: cell };
  if (/センター|会館|プラザ|ホール|図書館|公民館|役所$/.test(name) && !/別|一覧|日程/.test(name))
    return known.venue ? {} : { venue: cell };
  return {};
}

function tellUnknown(layout: ScheduleLayout, context: SheetContext): void {
  for (const { label, ref } of layout.unknown)
    context.note(`見出し「${foldText(label).slice(0, 20)}」の列は読みませんでした`, ref);
}
