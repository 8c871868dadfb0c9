import type { Cell } from "../office/table.ts";
import { fieldOf, fieldOfPath, foldLabel, type ScheduleField } from "./schedule-field.ts";
import { distinctCells, type HeadingRows, whenKind } from "./schedule-heading.ts";

/** 表の一列（見出しが結合された隣の列を含む）。 */
export interface ScheduleColumn {
  indexes: number[];
  /** cross は、見出しに日付・時間・会場などの値がある列（縦横の表）。 */
  field: ScheduleField | "cross";
  label: string;
  ref: string;
  /** 「午前の部」など、同じ意味の列を分ける言葉。分けないときは空。 */
  variant: string;
  /** 見出しの中の値。順に日付・時間・その他の文字。 */
  fixed: { date?: Cell; time?: Cell; word?: Cell; about?: ScheduleField };
}

/** 名前が入るはずの列。 */
const named = new Set<string>(["venue", "course", "kind", "room", "content"]);

/** 横に並んだ表の一つ分。 */
export interface ScheduleLayout {
  heading: HeadingRows;
  columns: ScheduleColumn[];
  /** 意味の分からない見出し。 */
  unknown: { label: string; ref: string }[];
}

const sessionFields = new Set<string>([
  "date",
  "time",
  "start",
  "end",
  "capacity",
  "course",
  "kind",
  "room",
  "cross",
  "venue",
]);

/** 見出しの行から列の意味を決める。同じ表が横に二つ並んでいれば二つ返す。 */
export function layoutsOf(rows: Cell[][], heading: HeadingRows): ScheduleLayout[] {
  const unknown: { label: string; ref: string }[] = [];
  const raw = rawColumns(rows, heading);
  const columns = raw.flatMap((column) => classify(column, rows, heading, unknown));
  return splitRepeats(columns).map((group) => ({
    heading,
    columns: nameVariants(withCourse(soleWhen(group, rows, heading))),
    unknown,
  }));
}

interface RawColumn {
  indexes: number[];
  path: Cell[];
  key: string;
}

function rawColumns(rows: Cell[][], heading: HeadingRows): RawColumn[] {
  const width = Math.max(
    ...rows.slice(heading.top, heading.bottom + 1).map((row) => row.length),
    bodyWidth(rows, heading),
  );
  const columns: RawColumn[] = [];
  for (let index = 0; index < width; index++) {
    const path = pathAt(rows, heading, index);
    const key = path.map((cell) => cell.mergedFrom ?? cell.ref).join(" ");
    const before = columns.at(-1);
    const inherits =
      path.length === 0 && before && before.indexes.at(-1) === index - 1 && hasBody(rows, heading, index);
    if (before && (inherits || (key !== "" && key === before.key))) before.indexes.push(index);
    else if (path.length > 0 || hasBody(rows, heading, index)) columns.push({ indexes: [index], path, key });
  }
  return columns;
}

/** 知らない見出しの列が一つだけで、中身が日付（時間）なら、それが日付（時間）の列。 */
function soleWhen(columns: ScheduleColumn[], rows: Cell[][], heading: HeadingRows): ScheduleColumn[] {
  const cross = columns.filter((column) => column.field === "cross");
  const [only] = cross;
  if (cross.length !== 1 || !only?.fixed.word || only.fixed.about) return columns;
  const body = rows
    .slice(heading.bottom + 1, heading.bottom + 60)
    .flatMap((row) => row[only.indexes[0] ?? 0] ?? []);
  for (const field of ["date", "time"] as const) {
    const taken = columns.some(
      (column) => column.field === field || (field === "time" && column.field === "start"),
    );
    const hits = body.filter((cell) => whenKind(cell) === field).length;
    const filled = body.filter((cell) => !isBlank(cell)).length;
    if (taken || hits * 2 < filled) continue;
    return columns.map((column) => (column === only ? { ...column, field, variant: "", fixed: {} } : column));
  }
  return columns;
}

/** 講座名の列がなければ、内容の列が講座の名前。 */
function withCourse(columns: ScheduleColumn[]): ScheduleColumn[] {
  if (columns.some((column) => column.field === "course")) return columns;
  return columns.map((column) => (column.field === "content" ? { ...column, field: "course" } : column));
}

function bodyWidth(rows: Cell[][], heading: HeadingRows): number {
  return Math.max(0, ...rows.slice(heading.bottom + 1, heading.bottom + 30).map((row) => row.length));
}

function hasBody(rows: Cell[][], heading: HeadingRows, index: number): boolean {
  return rows.slice(heading.bottom + 1, heading.bottom + 30).some((row) => {
    const cell = row[index];
    return cell !== undefined && cell.kind !== "empty" && cell.mergedFrom === undefined;
  });
}

/** 上から下への見出し。同じ言葉の重なりと、縦の結合のくり返しは一つにする。 */
function pathAt(rows: Cell[][], heading: HeadingRows, index: number): Cell[] {
  const path: Cell[] = [];
  const bottomCell = rows[heading.bottom]?.[index];
  for (let row = heading.top; row <= heading.bottom; row++) {
    let cell = rows[row]?.[index];
    if (row < heading.bottom && isBlank(cell) && !isBlank(bottomCell))
      cell = headOfGroup(rows, row, heading.bottom, index);
    if (!cell || isBlank(cell)) continue;
    const key = cell.mergedFrom ?? cell.ref;
    if (
      path.some((one) => (one.mergedFrom ?? one.ref) === key || foldLabel(one.text) === foldLabel(cell.text))
    )
      continue;
    path.push(cell);
  }
  return path;
}

/** 結合の消えた CSV の上段（日時,,,会場,）で、空欄を左の見出しの続きとみなす。 */
function headOfGroup(rows: Cell[][], row: number, bottom: number, index: number): Cell | undefined {
  for (let at = index - 1; at >= 0; at--) {
    if (isBlank(rows[bottom]?.[at])) return undefined;
    const cell = rows[row]?.[at];
    if (!isBlank(cell)) return cell?.mergedFrom === undefined ? cell : undefined;
  }
  return undefined;
}

function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || cell.kind === "empty" || cell.text.trim() === "";
}

function classify(
  raw: RawColumn,
  rows: Cell[][],
  heading: HeadingRows,
  unknown: { label: string; ref: string }[],
): ScheduleColumn[] {
  const fixed: ScheduleColumn["fixed"] = {};
  const words: Cell[] = [];
  for (const cell of raw.path) {
    const kind = whenKind(cell);
    if (kind && !fieldOf(cell.text)) fixed[kind] = cell;
    else words.push(cell);
  }
  const label = raw.path.map((cell) => cell.text.replace(/\s+/g, "")).join("・");
  const ref = raw.path.at(-1)?.ref ?? "";
  const meaning = fieldOfPath(words.map((cell) => cell.text));
  const rest = words.filter((cell) => meaning.rest.includes(cell.text));
  const variant = [...rest, fixed.date, fixed.time].flatMap((cell) => cell?.text.trim() ?? []).join(" ");
  const column = { indexes: raw.indexes, label, ref, variant, fixed };
  const across = fixed.date !== undefined || fixed.time !== undefined;
  if (
    across &&
    (meaning.field === undefined || !["capacity", "course", "kind", "room", "venue"].includes(meaning.field))
  ) {
    return [{ ...column, field: "cross" }];
  }
  // 「講座①スマホ入門」「会場」の下の「中央」: 名前の列に見えて、中身が日時や ○ なら、見出しそのものが講座や会場の名前。
  if (named.has(meaning.field ?? "") && looksCrossed(rows, heading, raw.indexes)) {
    const own = rest[0] ?? words.at(-1);
    const about = rest[0] === undefined ? undefined : meaning.field;
    return [
      {
        ...column,
        variant: variant || label,
        field: "cross",
        fixed: { ...(own ? { word: own } : {}), ...(about ? { about } : {}) },
      },
    ];
  }
  if (meaning.field) return [{ ...column, field: meaning.field }];
  const word = rest[0];
  if (raw.path.length === 0) return headless(column, rows, heading);
  if (word && looksCrossed(rows, heading, raw.indexes))
    return [{ ...column, field: "cross", fixed: { word } }];
  unknown.push({ label, ref });
  return [];
}

/** 見出しのない左端の列（縦横の表の行の名前）。日付か、会場か。 */
function headless(
  column: Omit<ScheduleColumn, "field">,
  rows: Cell[][],
  heading: HeadingRows,
): ScheduleColumn[] {
  const index = column.indexes[0] ?? 0;
  const cells = rows
    .slice(heading.bottom + 1, heading.bottom + 60)
    .filter((row) => distinctCells(row).length >= 2)
    .flatMap((row) => (isBlank(row[index]) ? [] : [row[index] as Cell]));
  const first = (rows[heading.bottom] ?? []).findIndex((cell) => !isBlank(cell));
  if (cells.length === 0 || index > first) return [];
  const dated = cells.filter((cell) => whenKind(cell) === "date").length;
  const timed = cells.filter((cell) => whenKind(cell) === "time").length;
  const field = dated * 2 >= cells.length ? "date" : timed * 2 >= cells.length ? "time" : "venue";
  return [{ ...column, field, ref: cells[0]?.ref ?? "" }];
}

/** 列の中身がほとんど日付・時間・印・人数なら、見出しは会場や講座の名前。 */
function looksCrossed(rows: Cell[][], heading: HeadingRows, indexes: number[]): boolean {
  let filled = 0;
  let hits = 0;
  for (const row of rows.slice(heading.bottom + 1, heading.bottom + 60)) {
    if (distinctCells(row).length < 2) continue;
    for (const index of indexes) {
      const cell = row[index];
      if (!cell || isBlank(cell)) continue;
      filled++;
      if (whenKind(cell) || isMark(cell.text) || /^[(（]?[×✕✖ー－―—‐-]+[)）]?$/.test(cell.text.trim()))
        hits++;
    }
  }
  return filled > 0 && hits >= filled * 0.6;
}

/** 開催することを示す印。 */
export function isMark(text: string): boolean {
  return /^[○◯〇●◎✓✔レ]$/.test(text.trim());
}

/** 「No. 日付 会場 ｜ No. 日付 会場」のように、同じ見出しの並びがくり返されたら分ける。 */
function splitRepeats(columns: ScheduleColumn[]): ScheduleColumn[][] {
  const keys = columns.map((column) => foldLabel(column.label));
  const period = keys.findIndex((key, at) => at > 1 && key === keys[0] && keys[at + 1] === keys[1]);
  if (period < 0 || columns.some((column) => column.field === "cross")) return [columns];
  const groups: ScheduleColumn[][] = [];
  for (const [at, column] of columns.entries()) {
    if (at === 0 || keys[at] === keys[0]) groups.push([]);
    groups.at(-1)?.push(column);
  }
  return groups;
}

/** 同じ意味の列が二つ以上あるときだけ、分ける言葉を残す。会場や講座の名前は、分けずに合わせて読む。 */
function nameVariants(columns: ScheduleColumn[]): ScheduleColumn[] {
  const byField = Map.groupBy(columns, (column) => column.field);
  return columns.map((column) => {
    const same = byField.get(column.field) ?? [];
    if (column.field === "cross") return column;
    if (same.length < 2 || !sessionFields.has(column.field)) return { ...column, variant: "" };
    const words = same.map((one) => one.variant || ordinalOf(one.label));
    const own = words[same.indexOf(column)] ?? "";
    if (own !== "" && new Set(words).size === words.length) return { ...column, variant: own };
    if (!["time", "start", "end", "capacity"].includes(column.field)) {
      const second = column.field === "venue" && same.indexOf(column) > 0;
      return { ...column, variant: "", field: second ? "room" : column.field };
    }
    const clash = same.filter((_, at) => words[at] === own);
    return { ...column, variant: clash.length < 2 ? own : `${own}#${clash.indexOf(column) + 1}` };
  });
}

/** 「時間①」「第2回日程」「午後開始」の、何番目かを言う部分。 */
function ordinalOf(label: string): string {
  const folded = foldLabel(label);
  return /午前|午後|夜間?|第?\d+(回|部|講|期|コマ|時限)|\d+$/.exec(folded)?.[0] ?? "";
}
