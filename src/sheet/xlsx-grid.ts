import { AppError } from "../base/error.ts";
import { positionOf } from "../office/table.ts";
import { type Area, areaName, cellName, contains, LAST_COLUMN, LAST_ROW, parseArea } from "./xlsx-area.ts";
import { tree, type XlsxBook, type XlsxSheet } from "./xlsx-book.ts";
import { copyFormula } from "./xlsx-formula.ts";
import { richText, type SharedStrings, stringAt } from "./xlsx-text.ts";
import {
  attribute,
  childOf,
  childrenOf,
  newElement,
  parseXml,
  setAttribute,
  setText,
  sibling,
  textOf,
  type XmlElement,
} from "./xlsx-xml.ts";

/** 木として開いたシート。行と列は 1 から数える。 */
export interface Grid {
  sheet: XlsxSheet;
  root: XmlElement;
  data: XmlElement;
  /** 行の番号 → 行。 */
  rows: Map<number, GridRow>;
  merges: Area[];
  columns: { from: number; to: number; style: number }[];
}
export interface GridRow {
  element: XmlElement;
  /** 列の番号 → セル。 */
  cells: Map<number, XmlElement>;
}

/** シートを開く。番号の省かれた行とセルには番号を補い、共有された数式は一つずつに戻す。 */
export function openGrid(book: XlsxBook, sheet: XlsxSheet): Grid {
  const root = tree(book, sheet.path).root;
  const data = childOf(root, "sheetData");
  if (!data)
    throw new AppError(
      "BAD_INPUT",
      `様式のシート「${sheet.name}」の中身が読めません。Excel で開き、保存し直してからお試しください。`,
    );
  const grid: Grid = {
    sheet,
    root,
    data,
    rows: new Map(),
    merges: readMerges(root),
    columns: readColumns(root),
  };
  let number = 0;
  for (const element of childrenOf(data, "row")) {
    number = Number(attribute(element, "r") ?? number + 1);
    if (!(number >= 1 && number <= LAST_ROW))
      throw new AppError("BAD_INPUT", `様式のシート「${sheet.name}」の行の番号が正しくありません。`);
    setAttribute(element, "r", String(number));
    grid.rows.set(number, { element, cells: readCells(element, number) });
  }
  unshareFormulas(grid);
  return grid;
}

function readCells(row: XmlElement, number: number): Map<number, XmlElement> {
  const cells = new Map<number, XmlElement>();
  let column = 0;
  for (const cell of childrenOf(row, "c")) {
    const place = positionOf(attribute(cell, "r") ?? "");
    column = place ? place.column + 1 : column + 1;
    if (column > LAST_COLUMN) break;
    const name = cellName(number, column);
    if (attribute(cell, "r") !== name) setAttribute(cell, "r", name);
    cells.set(column, cell);
  }
  return cells;
}

function readMerges(root: XmlElement): Area[] {
  const list = childOf(root, "mergeCells");
  return (list ? childrenOf(list, "mergeCell") : []).flatMap(
    (element) => parseArea(attribute(element, "ref") ?? "") ?? [],
  );
}

function readColumns(root: XmlElement): Grid["columns"] {
  return childrenOf(root, "cols")
    .flatMap((list) => childrenOf(list, "col"))
    .map((element) => ({
      from: Number(attribute(element, "min")),
      to: Number(attribute(element, "max")),
      style: Number(attribute(element, "style") ?? 0),
    }));
}

/** 共有された数式は、挿入や写しのたびに親の位置に縛られる。先に一つずつの数式に戻す。 */
function unshareFormulas(grid: Grid): void {
  const masters = new Map<string, { formula: string; row: number; column: number }>();
  for (const [row, { cells }] of grid.rows) {
    for (const [column, cell] of cells) {
      const formula = childOf(cell, "f");
      if (!formula || attribute(formula, "t") !== "shared") continue;
      const id = attribute(formula, "si") ?? "";
      const text = textOf(formula);
      if (text !== "") masters.set(id, { formula: text, row, column });
      const master = masters.get(id);
      for (const name of ["t", "si", "ref"]) setAttribute(formula, name, undefined);
      if (master && text === "")
        setText(formula, copyFormula(master.formula, row - master.row, column - master.column));
    }
  }
}

/** セル。なければ undefined。 */
export function cellOf(grid: Grid, row: number, column: number): XmlElement | undefined {
  return grid.rows.get(row)?.cells.get(column);
}

/** セルの書式の番号。セルがなければ行、列の書式。 */
export function styleOf(grid: Grid, row: number, column: number): number {
  const cell = cellOf(grid, row, column);
  if (cell) return Number(attribute(cell, "s") ?? 0);
  const line = grid.rows.get(row)?.element;
  if (line && attribute(line, "customFormat")) return Number(attribute(line, "s") ?? 0);
  return grid.columns.find(({ from, to }) => column >= from && column <= to)?.style ?? 0;
}

/** セルの数式。なければ undefined。 */
export function formulaOf(grid: Grid, row: number, column: number): string | undefined {
  const cell = cellOf(grid, row, column);
  const formula = cell && childOf(cell, "f");
  return formula && textOf(formula);
}

/** セルの文字（ふりがなは読まない）。数式のセルは空として扱う。 */
export function textAt(grid: Grid, strings: SharedStrings, row: number, column: number): string {
  const cell = cellOf(grid, row, column);
  if (!cell || childOf(cell, "f")) return "";
  const inline = childOf(cell, "is");
  if (inline) return richText(inline);
  const value = childOf(cell, "v");
  if (!value) return "";
  const text = textOf(value);
  return attribute(cell, "t") === "s" ? stringAt(strings, Number(text)) : text;
}

/** セルを含む結合。 */
export function mergeAt(grid: Grid, row: number, column: number): Area | undefined {
  return grid.merges.find((area) => contains(area, row, column));
}

/** 使われている最後の行。 */
export function lastRowOf(grid: Grid): number {
  let last = 0;
  for (const row of grid.rows.keys()) if (row > last) last = row;
  return last;
}

/** 使われている最後の列。 */
export function lastColumnOf(grid: Grid): number {
  let last = 0;
  for (const { cells } of grid.rows.values())
    for (const column of cells.keys()) if (column > last) last = column;
  return last;
}

/** セルの中身（`<c>` の属性 t と子の XML）。 */
export interface CellXml {
  type: string | undefined;
  inner: string;
}

/** セルに値を書く。書式は保ち、なければセルを列の順の所に作る。 */
export function putCell(grid: Grid, row: number, column: number, xml: CellXml): void {
  const known = cellOf(grid, row, column);
  const cell = known ?? newCell(grid, row, column);
  setAttribute(cell, "t", xml.type);
  cell.children = xml.inner === "" ? [] : [parseXml(xml.inner, grid.sheet.path).root];
  // 動的配列や値の付帯情報（cm、vm）は、もとの値のもの。
  setAttribute(cell, "cm", undefined);
  setAttribute(cell, "vm", undefined);
}

function newCell(grid: Grid, row: number, column: number): XmlElement {
  const style = styleOf(grid, row, column);
  const line = grid.rows.get(row) ?? newRow(grid, row);
  const cell = newElement(sibling(grid.data, "c"), {
    r: cellName(row, column),
    ...(style === 0 ? {} : { s: String(style) }),
  });
  const after = [...line.cells].find(([other]) => other > column)?.[1];
  const at = after ? line.element.children.indexOf(after) : line.element.children.length;
  line.element.children.splice(at, 0, cell);
  line.cells = new Map([...line.cells, [column, cell] as const].sort(([a], [b]) => a - b));
  return cell;
}

function newRow(grid: Grid, row: number): GridRow {
  const element = newElement(sibling(grid.data, "row"), { r: String(row) });
  const after = [...grid.rows].filter(([other]) => other > row).sort(([a], [b]) => a - b)[0]?.[1].element;
  const at = after ? grid.data.children.indexOf(after) : grid.data.children.length;
  grid.data.children.splice(at, 0, element);
  const line: GridRow = { element, cells: new Map() };
  grid.rows.set(row, line);
  return line;
}

/** 結合を書き戻す。 */
export function addMerges(grid: Grid, areas: Area[]): void {
  const list = childOf(grid.root, "mergeCells");
  if (!list || areas.length === 0) return;
  const name = sibling(list, "mergeCell");
  // 数万の要素を木に積まず、文字のまま足す。
  list.children.push(areas.map((area) => `<${name} ref="${areaName(area)}"/>`).join(""));
  list.paired = true;
  grid.merges.push(...areas);
  setAttribute(list, "count", String(grid.merges.length));
}
