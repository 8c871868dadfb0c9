import { parseArea } from "./xlsx-area.ts";
import { formulaOf, type Grid, lastRowOf, styleOf, textAt } from "./xlsx-grid.ts";
import type { BookTools, ListLayout } from "./xlsx-list.ts";
import { rangesOn, tablesOn } from "./xlsx-range.ts";
import { formatCode, isDrawn } from "./xlsx-style.ts";

const STOP = /^\s*[（(【［]?\s*(合\s*計|小\s*計|総\s*計|計\s*$|※|＊|\*|注|備考\s*[:：]|以上|■|●|◆)/;

/** 本体に見本が何人分あるか。marked は、差込みの印のある見本の数。 */
export function countBlocks(tools: BookTools, grid: Grid, layout: ListLayout, marked: number): number {
  const { first, height, headerRow } = layout;
  const table = tablesOn(tools, grid)
    .map(({ ref, totals }) => ({ area: parseArea(ref), totals }))
    .find(({ area }) => area && area.top <= headerRow && area.bottom >= first);
  if (table?.area) return Math.max(1, Math.floor((table.area.bottom - table.totals - first + 1) / height));
  const body = bodyProbe(tools, grid, layout);
  if (marked === 0 && !body.starts()) return 0;
  const last = lastRowOf(grid);
  let blocks = Math.max(1, marked);
  if (body.drawn) {
    while (first + (blocks + 1) * height - 1 <= last && body.continues(first + blocks * height)) blocks++;
    return blocks;
  }
  // 枠のない様式: 次に何かが書かれた行の手前まで。何もなければ、規則や印刷範囲の届く所まで。
  const next = [...grid.rows.keys()]
    .sort((a, b) => a - b)
    .find((row) => row >= first + blocks * height && !body.blank(row));
  const reach = rangesOn(tools, grid, ["autoFilter", "print", "sqref"]).filter(
    (area) => area.top <= first && area.bottom < first + 5000,
  );
  const end =
    next === undefined
      ? Math.max(first + blocks * height - 1, ...reach.map((area) => area.bottom))
      : next - 1;
  return Math.max(1, Math.floor((end - first + 1) / height));
}

/** 本体の行を、最初の一人分と比べる。 */
function bodyProbe(tools: BookTools, grid: Grid, layout: ListLayout) {
  const { first, height } = layout;
  const listed = layout.columns.map(({ column }) => column);
  const columns = [...new Set(listed.length > 0 ? listed : (grid.rows.get(first)?.cells.keys() ?? []))];
  const rows = Array.from({ length: height }, (_, at) => at);
  const drawnAt = (row: number, column: number) => isDrawn(tools.styles, styleOf(grid, row, column));
  const cells = rows.flatMap((at) =>
    columns.map((column) => ({ at, column, drawn: drawnAt(first + at, column) })),
  );
  const framed = cells.filter(({ drawn }) => drawn);
  const tops = Map.groupBy(grid.merges, (area) => area.top);
  const shapes = (from: number) =>
    rows
      .flatMap((at) => tops.get(from + at) ?? [])
      .map((area) => `${area.left}-${area.right},${area.top - from}-${area.bottom - from}`);
  const pattern = new Set(shapes(first));
  const texts = (row: number) => columns.map((column) => textAt(grid, tools.strings, row, column));
  const stops = (from: number) => rows.some((at) => texts(from + at).some((text) => STOP.test(text)));
  const wide = (from: number) =>
    grid.merges.some(
      (area) =>
        area.top <= from &&
        area.bottom >= from &&
        columns.filter((column) => column >= area.left && column <= area.right).length >=
          Math.max(3, columns.length * 0.6),
    );
  return {
    drawn: framed.length > 0,
    starts: () => !stops(first) && !wide(first),
    continues(from: number): boolean {
      if (stops(from) || shapes(from).some((shape) => !pattern.has(shape))) return false;
      const same = framed.filter(
        ({ at, column }) =>
          drawnAt(from + at, column) &&
          formatCode(tools.styles, styleOf(grid, from + at, column)) ===
            formatCode(tools.styles, styleOf(grid, first + at, column)),
      );
      return same.length * 2 > framed.length;
    },
    blank: (row: number) =>
      [...(grid.rows.get(row)?.cells.keys() ?? [])].every(
        (column) =>
          textAt(grid, tools.strings, row, column) === "" && formulaOf(grid, row, column) === undefined,
      ),
  };
}
