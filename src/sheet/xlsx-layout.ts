import { countBlocks } from "./xlsx-body.ts";
import type { XlsxSheet } from "./xlsx-book.ts";
import { type Grid, mergeAt, openGrid, textAt } from "./xlsx-grid.ts";
import { findHeader, readColumns, upperField } from "./xlsx-header.ts";
import type { BookTools, ListColumn, ListLayout } from "./xlsx-list.ts";
import { placeholdersOf } from "./xlsx-placeholder.ts";

/** シートから名簿の形を読みとる。名簿でなければ undefined。 */
export function findLayout(tools: BookTools, sheet: XlsxSheet): ListLayout | undefined {
  const grid = openGrid(tools.book, sheet);
  const header = findHeader(tools, grid);
  const marked = markedRows(tools, grid);
  if (header === undefined && marked === undefined) return undefined;
  const headerRow =
    marked !== undefined && (header === undefined || header >= marked.first)
      ? marked.first - 1
      : (header ?? 0);
  const columns = headerRow > 0 ? readColumns(tools, grid, headerRow) : [];
  const first = marked?.first ?? skipExamples(tools, grid, headerRow + 1);
  const height = marked?.height ?? blockHeight(grid, columns, first);
  const placed = placeColumns(tools, grid, columns, { headerRow, first, height });
  const layout = {
    sheet,
    headerTop: headerTopOf(tools, grid, headerRow, columns),
    headerRow,
    columns: placed,
    first,
    height,
    blocks: 0,
  };
  layout.blocks = countBlocks(tools, grid, layout, marked?.blocks ?? 0);
  return layout;
}

function headerTopOf(
  tools: BookTools,
  grid: Grid,
  headerRow: number,
  columns: readonly ListColumn[],
): number {
  let top = headerRow;
  for (const { column } of columns) top = Math.min(top, mergeAt(grid, headerRow, column)?.top ?? top);
  // 上の段が、列をまとめる見出し（横の結合）や、重ねた見出し（フリガナの下に氏名）なら、そこからが見出し。
  const above = columns.filter(({ column }) => textAt(grid, tools.strings, top - 1, column) !== "");
  const stacked = above.some(
    ({ column }) => upperField(tools, textAt(grid, tools.strings, top - 1, column)) !== undefined,
  );
  return top > 1 && stacked && above.length >= 2 ? top - 1 : top;
}

/** 「記入例」の行は様式の持ち物なので、その次からが本体。 */
function skipExamples(tools: BookTools, grid: Grid, from: number): number {
  let row = from;
  while (
    row < from + 3 &&
    [...(grid.rows.get(row)?.cells.keys() ?? [])].some((column) =>
      /^[（(【［]?(例|記入例|記載例|見本|入力例|サンプル)[)）】］]?$/.test(
        textAt(grid, tools.strings, row, column).trim(),
      ),
    )
  )
    row++;
  return row;
}

/** 差込みの印が一人ごとの欄を指している行。 */
interface MarkedRows {
  first: number;
  height: number;
  /** 同じ印の行が繰り返されている数。 */
  blocks: number;
}

/** 差込みの印のある行を探す。二人目が始まるまでの行数が、一人の行数。 */
function markedRows(tools: BookTools, grid: Grid): MarkedRows | undefined {
  const first = [...grid.rows.keys()]
    .sort((a, b) => a - b)
    .find((row) => markedFields(tools, grid, row).length > 0);
  if (first === undefined) return undefined;
  const fields = (row: number) => markedFields(tools, grid, row);
  const seen = new Set(fields(first));
  let tall = 1;
  for (let row = first + 1; tall < 6; row++) {
    const more = fields(row);
    if (more.length === 0 || more.some((field) => seen.has(field))) break;
    for (const field of more) seen.add(field);
    tall++;
  }
  const height = Math.max(tall, blockHeight(grid, [], first));
  let blocks = 1;
  while (fields(first + blocks * height).join() === fields(first).join()) blocks++;
  return { first, height, blocks };
}

function markedFields(tools: BookTools, grid: Grid, row: number): string[] {
  const { finder, strings } = tools;
  const names = [...(grid.rows.get(row)?.cells.keys() ?? [])].flatMap((column) =>
    placeholdersOf(textAt(grid, strings, row, column)),
  );
  return names.flatMap((name) => {
    const field = finder.column(name, "");
    return field === undefined || (finder.title(name) !== undefined && !finder.person(field)) ? [] : [field];
  });
}

/** 一人の行数: 本体の最初の行から縦に結合された高さ。 */
function blockHeight(grid: Grid, columns: readonly ListColumn[], first: number): number {
  const heights = grid.merges
    .filter((area) => area.top === first && area.bottom > first && area.bottom - first < 6)
    .filter(
      (area) =>
        columns.length === 0 || columns.some(({ column }) => column >= area.left && column <= area.right),
    )
    .map((area) => area.bottom - area.top + 1);
  return heights.length === 0 ? 1 : Math.max(...heights);
}

interface BodyPlace {
  headerRow: number;
  first: number;
  height: number;
}

/** 見出しの列を、本体のセル（結合されていればその起点、重ねた見出しなら何行目か）に結びつける。 */
function placeColumns(tools: BookTools, grid: Grid, columns: ListColumn[], place: BodyPlace): ListColumn[] {
  const taken = new Set(columns.map(({ column }) => column));
  const placed: ListColumn[] = [];
  for (const column of columns) {
    const merge = mergeAt(grid, place.first, column.column);
    const left = merge && !taken.has(merge.left) ? merge.left : column.column;
    const above = textAt(grid, tools.strings, place.headerRow - 1, column.column);
    const upper = upperField(tools, above);
    const tall = merge !== undefined && merge.bottom > merge.top;
    if (place.height > 1 && !tall && upper !== undefined && upper !== column.field) {
      placed.push({ column: left, offset: 0, header: above, field: upper, serial: false, lane: column.lane });
      placed.push({ ...column, column: left, offset: place.height - 1 });
    } else placed.push({ ...column, column: left });
  }
  return placed;
}
