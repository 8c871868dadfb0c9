import type { Cell } from "../office/table.ts";
import { fieldOf, foldLabel, type ScheduleField } from "./schedule-field.ts";
import { readWhen } from "./schedule-when.ts";

/** 見出しの行の並び（0 から）。 */
export interface HeadingRows {
  top: number;
  bottom: number;
}

const variantWord =
  /^(午前|午後|夜間?|昼|am|pm)(の部)?$|^第?[\d一二三四五六七八九十]+(部|回目?|講|期|コマ|時限|班|組|クラス)$|^[a-e](班|組|日程|クラス)?$|^(講習会?|相談会?|体験会|入門|基礎|応用|初級|中級)(の部|編)?$|^[(]?[月火水木金土日](曜日?)?[)]?$/;
const core = new Set<ScheduleField>([
  "date",
  "month",
  "day",
  "time",
  "start",
  "end",
  "venue",
  "course",
  "capacity",
  "kind",
]);

/** 結合をたどって同じます目を一度だけ数えた、値のあるます目。 */
export function distinctCells(row: Cell[] | undefined): Cell[] {
  const seen = new Set<string>();
  return (row ?? []).filter((cell) => {
    const key = cell.mergedFrom ?? cell.ref;
    if (cell.kind === "empty" || cell.text.trim() === "" || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** 日付か時間帯か。見出しに並べば、それぞれが縦横の表の一列になる。 */
export function whenKind(cell: Cell): "date" | "time" | undefined {
  if (cell.kind === "date" || cell.kind === "datetime") return "date";
  if (cell.kind === "time") return "time";
  if (cell.kind !== "text" || cell.text.length > 60) return undefined;
  const read = readWhen(cell.text);
  if ("error" in read || read.parts.length === 0 || read.rest.length > 4) return undefined;
  return read.parts.some((part) => part.dateText) ? "date" : "time";
}

/** 列名と、並んだ日付か時間帯のある見出し。 */
const CROSS = 3;
/** 日付か時間帯だけが並ぶ見出し。列名のある見出しが一つでもあれば、見出しとみなさない。 */
const BARE_CROSS = 1.5;
/** 見出しとみなす最低の点。 */
export const LEAST_SCORE = 1.5;

/**
 * 左端に日付が縦に並び、右の列に時間帯や印が入る表の、会場や講座の名前だけが並ぶ見出し。
 * 名前からは見出しと分からないので、下の行を見て決める。
 */
export function isNamedCross(rows: Cell[][], at: number): boolean {
  const heads = distinctCells(rows[at]);
  if (
    heads.length < 2 ||
    heads.some((cell) => cell.kind !== "text" || cell.text.length > 30 || whenKind(cell))
  )
    return false;
  const body = rows
    .slice(at + 1, at + 40)
    .map(distinctCells)
    .filter((cells) => cells.length >= 2);
  if (body.length === 0) return false;
  const dated = body.filter(([first]) => first && whenKind(first) === "date").length;
  const values = body.flatMap((cells) => cells.slice(1));
  const hits = values.filter((cell) => whenKind(cell) || /^[○◯〇●◎×✕ー－―—-]$/.test(cell.text.trim())).length;
  return dated >= body.length * 0.6 && hits >= values.length * 0.6;
}

/** 縦横の表の見出しに並ぶのが日付か時間帯か。 */
export function crossKind(row: Cell[] | undefined): "date" | "time" | undefined {
  const kinds = distinctCells(row).map(whenKind);
  const count = (kind: "date" | "time") => kinds.filter((one) => one === kind).length;
  if (Math.max(count("date"), count("time")) < 2) return undefined;
  return count("date") >= count("time") ? "date" : "time";
}

/** 見出しらしさ。知っている列名の種類の数。見出しでなければ 0。 */
export function headingScore(row: Cell[] | undefined): number {
  const cells = distinctCells(row);
  if (cells.length < 2 || cells.length > 400) return 0;
  const fields = new Set<ScheduleField>();
  let labels = 0;
  let data = 0;
  const kinds = { date: 0, time: 0 };
  for (const cell of cells) {
    const kind = whenKind(cell);
    if (kind) kinds[kind]++;
    else if (cell.kind === "text") {
      const field = fieldOf(cell.text);
      if (field) {
        labels++;
        fields.add(field);
      }
    } else data++;
  }
  const across = Math.max(kinds.date, kinds.time);
  if (across >= 2 && data === 0 && cells.length - across <= 3) {
    return [...fields].some((field) => core.has(field)) ? CROSS : BARE_CROSS;
  }
  if (across > 0 || labels * 2 < cells.length || data * 3 > cells.length) return 0;
  const cores = [...fields].filter((field) => core.has(field)).length;
  return cores === 0 || fields.size < 2 ? 0 : cores + (fields.size - cores) / 2;
}

/** 見出しの行の上下に続く見出し（複数段、結合）を加える。 */
export function extendHeading(rows: Cell[][], row: number, floor: number): HeadingRows {
  let top = row;
  let bottom = row;
  while (top - 1 >= floor && row - top < 2 && isUpperHeading(rows[top - 1], rows[top])) top--;
  while (bottom + 1 < rows.length && bottom - row < 3 && isLowerHeading(rows, bottom + 1, top)) bottom++;
  return { top, bottom };
}

function isUpperHeading(upper: Cell[] | undefined, lower: Cell[] | undefined): boolean {
  const cells = distinctCells(upper);
  if (cells.length === 0) return false;
  const across = cells.filter((cell) => whenKind(cell)).length;
  if (cells.length === 1) {
    // 一つだけなら、表の幅いっぱいの表題ではなく、一部の列を束ねる見出しのときだけ。
    const cell = cells[0] as Cell;
    const span = (upper ?? []).filter((one) => (one.mergedFrom ?? one.ref) === cell.ref).length;
    return isHeadingWord(cell) && span >= 2 && span < distinctCells(lower).length;
  }
  return cells.every((cell) => isHeadingWord(cell) || (across >= 2 && whenKind(cell)));
}

function isLowerHeading(rows: Cell[][], at: number, top: number): boolean {
  const own = distinctCells(rows[at]).filter((cell) => !startsAbove(cell, at));
  if (own.length === 0) return false;
  const dated = own.filter((cell) => whenKind(cell));
  if (dated.length === 0) return own.every(isHeadingWord) || isGroupNames(rows, own, at);
  return (
    dated.length >= 2 &&
    own.every((cell) => isHeadingWord(cell) || whenKind(cell)) &&
    dated.every((cell) => isGrouped(rows, cell, at, top))
  );
}

/** 「講座名」が横に束ねた「入門｜LINE｜カメラ」のような、知らない名前だけの段か。 */
function isGroupNames(rows: Cell[][], own: Cell[], at: number): boolean {
  const above = rows[at - 1] ?? [];
  const isBlank = (cell: Cell | undefined) => cell === undefined || cell.kind === "empty";
  if (own.length < 2 || own.some((cell) => cell.kind !== "text" || cell.text.length > 30)) return false;
  return own.every((cell) => {
    const column = rows[at]?.indexOf(cell) ?? -1;
    const head = above[column];
    if (isBlank(head)) return !isBlank(above.slice(0, column).findLast((one) => !isBlank(one)));
    const key = head?.mergedFrom ?? head?.ref;
    const span = above.filter((one) => (one.mergedFrom ?? one.ref) === key).length;
    return (
      span >= 2 || (isBlank(above[column + 1]) && own.some((one) => rows[at]?.indexOf(one) === column + 1))
    );
  });
}

/** 上の行から続く結合か。 */
function startsAbove(cell: Cell, row: number): boolean {
  return cell.mergedFrom !== undefined && Number(/\d+$/.exec(cell.mergedFrom)?.[0]) <= row;
}

/** 上の見出しが横に束ねられている（結合、空欄、または日付）か。 */
function isGrouped(rows: Cell[][], cell: Cell, at: number, top: number): boolean {
  const column = rows[at]?.indexOf(cell) ?? -1;
  const above = rows[at - 1]?.[column];
  if (at - 1 < top || !above || above.kind === "empty" || whenKind(above)) return true;
  const key = above.mergedFrom ?? above.ref;
  return (rows[at - 1] ?? []).filter((one) => (one.mergedFrom ?? one.ref) === key).length >= 2;
}

function isHeadingWord(cell: Cell): boolean {
  if (cell.kind !== "text") return false;
  const folded = foldLabel(cell.text);
  return fieldOf(cell.text) !== undefined || variantWord.test(folded) || /^(名|名称|名前)$/.test(folded);
}
