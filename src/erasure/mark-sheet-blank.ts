import { escapeXml } from "../office/xml-tree.ts";
import { cellOf, type Grid, lastColumnOf, lastRowOf, mergeAt, putCell, textAt } from "../sheet/xlsx-grid.ts";
import type { SharedStrings } from "../sheet/xlsx-text.ts";
import { markGrid } from "./mark-grid.ts";
import {
  blankUnit,
  boxesIn,
  circlesIn,
  hasBox,
  isBlankDate,
  isLabel,
  type TemplateNames,
} from "./template-name.ts";

const MOST_ROWS = 400;
const MOST_COLUMNS = 60;

function* spots(grid: Grid): Generator<{ row: number; column: number }> {
  const rows = Math.min(lastRowOf(grid), MOST_ROWS);
  const columns = Math.min(lastColumnOf(grid), MOST_COLUMNS);
  for (let row = 1; row <= rows; row += 1)
    for (let column = 1; column <= columns; column += 1) if (cellOf(grid, row, column)) yield { row, column };
}

/** セルの文字の全部（行の順）。 */
export function sheetTexts(grid: Grid, strings: SharedStrings): string[] {
  return [...spots(grid)].map(({ row, column }) => textAt(grid, strings, row, column));
}

/**
 * 印のないシートの、見出しの右隣（結合を越えて）の空いた欄・空の日付・選ぶ印に、見出しの名の印を入れる。
 * 右に一つもなければ、見出しの下の空いた欄に入れる。
 */
export function markSheetBlanks(grid: Grid, strings: SharedStrings, names: TemplateNames): void {
  const text = (row: number, column: number) => textAt(grid, strings, row, column).trim();
  const labels = [...spots(grid)]
    .map((spot) => ({ ...spot, label: text(spot.row, spot.column) }))
    .filter(({ label }) => isLabel(label));
  let found = markGrid(gridTexts(grid, text), names, (row, column) =>
    isOpen(grid, row + 1, column + 1, text(row + 1, column + 1)) || hasBox(text(row + 1, column + 1))
      ? (mark) => put(grid, row + 1, column + 1, mark)
      : undefined,
  );
  for (const { row, column, label } of labels) {
    const next = (mergeAt(grid, row, column)?.right ?? column) + 1;
    const said = text(row, next);
    if (said.includes("{")) continue;
    if (hasBox(said)) {
      found += 1;
      put(grid, row, next, boxed(said, label, names));
    } else if (circlesIn(said).length > 0) {
      found += 1;
      put(grid, row, next, circled(said, label, names));
    } else if (isOpen(grid, row, next, said)) {
      found += 1;
      put(grid, row, next, marked(grid, strings, { row, column: next }, label, names));
    }
  }
  if (found > 0) return;
  for (const { row, column, label } of labels) {
    const next = (mergeAt(grid, row, column)?.bottom ?? row) + 1;
    if (isOpen(grid, next, column, text(next, column)))
      put(grid, next, column, marked(grid, strings, { row: next, column }, label, names));
  }
}

/** 月と選ぶ言葉の並びを探すための、行ごとの文字（列はどの行も同じ数）。 */
function gridTexts(grid: Grid, text: (row: number, column: number) => string): string[][] {
  const rows = Math.min(lastRowOf(grid), MOST_ROWS);
  const columns = Math.min(lastColumnOf(grid), MOST_COLUMNS);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: columns }, (__, column) => text(row + 1, column + 1)),
  );
}

/** 空いた欄の印。「　　　件」の欄と、右隣が単位だけの欄には、数だけが入る。 */
function marked(
  grid: Grid,
  strings: SharedStrings,
  { row, column }: { row: number; column: number },
  label: string,
  names: TemplateNames,
): string {
  const own = blankUnit(textAt(grid, strings, row, column));
  if (own !== undefined) return `{${names.addCount(label, own)}}${own}`;
  const beside = (mergeAt(grid, row, column)?.right ?? column) + 1;
  const unit = /^(件|人|名|回|部|枚|冊|点)$/.exec(textAt(grid, strings, row, beside).trim())?.[1];
  return unit === undefined ? `{${names.add(label)}}` : `{${names.addCount(label, unit)}}`;
}

function circled(text: string, label: string, names: TemplateNames): string {
  return circlesIn(text)
    .toReversed()
    .reduce(
      (said, { at, option }) => `${said.slice(0, at)}{${names.addCircle(label, option)}}${said.slice(at)}`,
      text,
    );
}

/** 書式のある、何もない（か空の日付の）欄。結合の中なら、その左上だけ。 */
function isOpen(grid: Grid, row: number, column: number, text: string): boolean {
  const cell = cellOf(grid, row, column);
  const own = mergeAt(grid, row, column);
  const isFirst = own === undefined || (own.left === column && own.top === row);
  return (
    cell !== undefined &&
    isFirst &&
    (cell.children.length === 0 || text === "" || isBlankDate(text) || blankUnit(text) !== undefined)
  );
}

function boxed(text: string, label: string, names: TemplateNames): string {
  return boxesIn(text)
    .toReversed()
    .reduce(
      (said, { at, option }) => `${said.slice(0, at)}{${names.addBox(label, option)}}${said.slice(at + 1)}`,
      text,
    );
}

function put(grid: Grid, row: number, column: number, text: string): void {
  putCell(grid, row, column, {
    type: "inlineStr",
    inner: `<is><t xml:space="preserve">${escapeXml(text)}</t></is>`,
  });
}
