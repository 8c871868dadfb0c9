import { type Grid, mergeAt, textAt } from "./xlsx-grid.ts";
import type { BookTools, ListColumn } from "./xlsx-list.ts";
import { placeholdersOf } from "./xlsx-placeholder.ts";
import { rangesOn } from "./xlsx-range.ts";

const HEADER_WITHIN = 200;

const WIDEST = 500;

/** 見出しとしての文字: 自身か、上から縦に結合されてきたもの。 */
function headerText(tools: BookTools, grid: Grid, row: number, column: number): string {
  const own = textAt(grid, tools.strings, row, column);
  if (own !== "") return own;
  const merge = mergeAt(grid, row, column);
  return merge && merge.left === column && merge.top < row
    ? textAt(grid, tools.strings, merge.top, column)
    : "";
}

/** 上の段の見出し（横に結合されていれば、その文字）。 */
function parentText(tools: BookTools, grid: Grid, row: number, column: number): string {
  const merge = mergeAt(grid, row - 1, column);
  return row < 2 ? "" : textAt(grid, tools.strings, merge?.top ?? row - 1, merge?.left ?? column);
}

function widthOf(grid: Grid, row: number): number {
  let width = 0;
  for (const near of [row - 1, row])
    for (const column of grid.rows.get(near)?.cells.keys() ?? []) width = Math.max(width, column);
  return Math.min(width, WIDEST);
}

/** 見出しの行: 知っている欄がいちばん多く並ぶ行。 */
export function findHeader(tools: BookTools, grid: Grid): number | undefined {
  const hinted = new Set(rangesOn(tools, grid, ["table", "autoFilter"]).map((area) => area.top));
  let best: { row: number; score: number } | undefined;
  for (const row of [...grid.rows.keys()].sort((a, b) => a - b)) {
    if (row > HEADER_WITHIN) break;
    const score = scoreHeader(tools, grid, row) + (hinted.has(row) ? 2 : 0);
    // 二段の見出しでは、縦の結合のため下の段も上の段と同じだけ当たる。下の段が本当の見出し。
    if (score >= 2 && (!best || score > best.score || (score === best.score && row === best.row + 1)))
      best = { row, score };
  }
  return best?.row;
}

function scoreHeader(tools: BookTools, grid: Grid, row: number): number {
  const fields = new Set<string>();
  let own = false;
  for (let column = 1; column <= widthOf(grid, row); column++) {
    const field = tools.finder.column(
      headerText(tools, grid, row, column),
      parentText(tools, grid, row, column),
    );
    if (field === undefined) continue;
    fields.add(field);
    if (textAt(grid, tools.strings, row, column) !== "") own = true;
  }
  const person = [...fields].some((field) => tools.finder.person(field));
  return !own || (fields.size < 2 && !person) ? 0 : fields.size + (person ? 3 : 0);
}

export function readColumns(tools: BookTools, grid: Grid, row: number): ListColumn[] {
  const columns: ListColumn[] = [];
  for (let column = 1; column <= widthOf(grid, row); column++) {
    const merge = mergeAt(grid, row, column);
    if (merge && merge.left !== column) continue;
    const parent = parentText(tools, grid, row, column);
    const above = textAt(grid, tools.strings, row - 1, column);
    const header =
      headerText(tools, grid, row, column) || (upperField(tools, above) === undefined ? "" : above);
    if (header.trim() === "" || placeholdersOf(header).length > 0) continue;
    const serial = tools.finder.serial(header);
    columns.push({ column, offset: 0, header, field: tools.finder.column(header, parent), serial, lane: 0 });
  }
  return intoLanes(tools, columns);
}

/** 上の段の文字が、列の見出しとして指す欄。「会場」のような一枚ごとの札は、すぐ上にあっても見出しではない。 */
export function upperField(tools: BookTools, text: string): string | undefined {
  return tools.finder.title(text) === undefined ? tools.finder.column(text, "") : undefined;
}

/** 同じ見出しの並びが横に二度（三度）あれば、組に分ける。 */
function intoLanes(tools: BookTools, columns: ListColumn[]): ListColumn[] {
  const key = ({ field, header }: ListColumn) => field ?? header.replace(/\s+/g, "");
  for (const lanes of [3, 2]) {
    const width = columns.length / lanes;
    const repeats =
      Number.isInteger(width) &&
      columns.every((column, at) => at < width || key(column) === key(columns[at - width] ?? column));
    const named = columns
      .slice(0, width)
      .some(({ field }) => field !== undefined && tools.finder.person(field));
    if (width >= 2 && repeats && named)
      return columns.map((column, at) => ({ ...column, lane: Math.floor(at / width) }));
  }
  return columns;
}
