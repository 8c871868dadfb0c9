import { type Area, parseArea } from "./xlsx-area.ts";
import { relationshipsOf, tree, type XlsxBook, type XlsxSheet } from "./xlsx-book.ts";
import { formulaOf, type Grid, lastRowOf, mergeAt, openGrid, styleOf, textAt } from "./xlsx-grid.ts";
import { nameElements } from "./xlsx-part.ts";
import { placeholdersOf } from "./xlsx-placeholder.ts";
import { formatCode, isDrawn, type Styles } from "./xlsx-style.ts";
import type { SharedStrings } from "./xlsx-text.ts";
import { attribute, localName, textOf, walk } from "./xlsx-xml.ts";

/** 欄の名を知っている者。様式の見出しや札の文字を、渡された欄に結びつける。 */
export interface FieldFinder {
  /** 見出し（parent は上の段の見出し）に当たる、一人ごとの欄。 */
  column(header: string, parent: string): string | undefined;
  /** 表題の札（会場、日時 …）に当たる、一枚ごとの欄。 */
  title(label: string): string | undefined;
  /** 人を表す欄（氏名、電話 …）。見出しの行を見分ける手がかりで、見本に残った値を消してよい。 */
  person(field: string): boolean;
  /** 通し番号の見出し。 */
  serial(header: string): boolean;
}
/** 開いたブックと、共に使う表。 */
export interface BookTools {
  book: XlsxBook;
  strings: SharedStrings;
  styles: Styles;
  finder: FieldFinder;
}
export interface ListColumn {
  column: number;
  /** 一人が何行も使う様式で、その人の何行目か（0 から）。 */
  offset: number;
  header: string;
  field: string | undefined;
  serial: boolean;
}
/** 一枚の名簿の形。行はすべて 1 から。 */
export interface ListLayout {
  sheet: XlsxSheet;
  headerTop: number;
  headerRow: number;
  columns: ListColumn[];
  /** 本体の最初の行、一人の行数、見本が何人分あるか（0 なら見本の行がない）。 */
  first: number;
  height: number;
  blocks: number;
}

const HEADER_WITHIN = 200;
const WIDEST = 500;

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
  layout.blocks = countBlocks(tools, grid, layout, marked !== undefined);
  return layout;
}

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
function findHeader(tools: BookTools, grid: Grid): number | undefined {
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

function readColumns(tools: BookTools, grid: Grid, row: number): ListColumn[] {
  const columns: ListColumn[] = [];
  for (let column = 1; column <= widthOf(grid, row); column++) {
    const merge = mergeAt(grid, row, column);
    if (merge && merge.left !== column) continue;
    const parent = parentText(tools, grid, row, column);
    const above = textAt(grid, tools.strings, row - 1, column);
    const header =
      headerText(tools, grid, row, column) || (tools.finder.column(above, "") === undefined ? "" : above);
    if (header.trim() === "" || placeholdersOf(header).length > 0) continue;
    const serial = tools.finder.serial(header);
    columns.push({ column, offset: 0, header, field: tools.finder.column(header, parent), serial });
  }
  return columns;
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
    ({ column }) => tools.finder.column(textAt(grid, tools.strings, top - 1, column), "") !== undefined,
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

/** 差込みの印が一人ごとの欄を指している行。二人目が始まるまでの行数が、一人の行数。 */
function markedRows(tools: BookTools, grid: Grid): { first: number; height: number } | undefined {
  const fieldsOf = (row: number): string[] =>
    [...(grid.rows.get(row)?.cells.keys() ?? [])].flatMap((column) =>
      placeholdersOf(textAt(grid, tools.strings, row, column)).flatMap((name) => {
        const field = tools.finder.column(name, "");
        return field === undefined || (tools.finder.title(name) !== undefined && !tools.finder.person(field))
          ? []
          : [field];
      }),
    );
  const first = [...grid.rows.keys()].sort((a, b) => a - b).find((row) => fieldsOf(row).length > 0);
  if (first === undefined) return undefined;
  const seen = new Set(fieldsOf(first));
  let height = 1;
  for (let row = first + 1; height < 6; row++) {
    const fields = fieldsOf(row);
    if (fields.length === 0 || fields.some((field) => seen.has(field))) break;
    for (const field of fields) seen.add(field);
    height++;
  }
  return { first, height: Math.max(height, blockHeight(grid, [], first)) };
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
    const upper = tools.finder.column(above, "");
    const tall = merge !== undefined && merge.bottom > merge.top;
    if (place.height > 1 && !tall && upper !== undefined && upper !== column.field) {
      placed.push({ column: left, offset: 0, header: above, field: upper, serial: false });
      placed.push({ ...column, column: left, offset: place.height - 1 });
    } else placed.push({ ...column, column: left });
  }
  return placed;
}

/** シートにある範囲（表、絞り込み、印刷範囲、入力規則、条件付き書式）。 */
export function rangesOn(tools: BookTools, grid: Grid, kinds: readonly string[]): Area[] {
  const found: string[] = [];
  const wanted = new Set(kinds);
  walk(grid.root, (element) => {
    const name = localName(element.name);
    if (name === "sheetData") return false;
    if (name === "autoFilter" && wanted.has(name)) found.push(attribute(element, "ref") ?? "");
    if (name === "sqref" && wanted.has("sqref")) found.push(...textOf(element).split(/\s+/));
    if (/^(dataValidation|conditionalFormatting)$/.test(name) && wanted.has("sqref"))
      found.push(...(attribute(element, "sqref") ?? "").split(/\s+/));
    return undefined;
  });
  if (wanted.has("table")) found.push(...tablesOn(tools, grid).map(({ ref }) => ref));
  if (wanted.has("print")) found.push(...printAreas(tools, grid));
  return found.flatMap((text) => parseArea(text) ?? []);
}

function tablesOn(tools: BookTools, grid: Grid): { ref: string; totals: number }[] {
  return relationshipsOf(tools.book, grid.sheet.path)
    .filter((link) => link.kind === "table" && tools.book.parts.has(link.target))
    .map((link) => tree(tools.book, link.target).root)
    .map((root) => ({
      ref: attribute(root, "ref") ?? "",
      totals: Number(attribute(root, "totalsRowCount") ?? 0),
    }));
}

function printAreas(tools: BookTools, grid: Grid): string[] {
  const at = String(tools.book.sheets.indexOf(grid.sheet));
  return nameElements(tools.book)
    .filter(
      (name) => attribute(name, "name") === "_xlnm.Print_Area" && attribute(name, "localSheetId") === at,
    )
    .flatMap((name) =>
      textOf(name)
        .split(",")
        .map((part) => part.slice(part.lastIndexOf("!") + 1)),
    );
}

const STOP = /^\s*[（(【［]?\s*(合\s*計|小\s*計|総\s*計|計\s*$|※|＊|\*|注|備考\s*[:：]|以上|■|●|◆)/;

/** 本体に見本が何人分あるか。 */
function countBlocks(tools: BookTools, grid: Grid, layout: ListLayout, marked: boolean): number {
  const { first, height, headerRow } = layout;
  const table = tablesOn(tools, grid)
    .map(({ ref, totals }) => ({ area: parseArea(ref), totals }))
    .find(({ area }) => area && area.top <= headerRow && area.bottom >= first);
  if (table?.area) return Math.max(1, Math.floor((table.area.bottom - table.totals - first + 1) / height));
  const body = bodyProbe(tools, grid, layout);
  if (!marked && !body.starts()) return 0;
  const last = lastRowOf(grid);
  let blocks = 1;
  if (body.drawn) {
    while (first + (blocks + 1) * height - 1 <= last && body.continues(first + blocks * height)) blocks++;
    return blocks;
  }
  // 枠のない様式: 次に何かが書かれた行の手前まで。何もなければ、規則や印刷範囲の届く所まで。
  const next = [...grid.rows.keys()]
    .sort((a, b) => a - b)
    .find((row) => row >= first + height && !body.blank(row));
  const reach = rangesOn(tools, grid, ["autoFilter", "print", "sqref"]).filter(
    (area) => area.top <= first && area.bottom < first + 5000,
  );
  const end =
    next === undefined ? Math.max(first + height - 1, ...reach.map((area) => area.bottom)) : next - 1;
  return Math.max(1, Math.floor((end - first + 1) / height));
}

/** 本体の行を、最初の一人分と比べる。 */
function bodyProbe(tools: BookTools, grid: Grid, layout: ListLayout) {
  const { first, height } = layout;
  const columns = [...new Set(layout.columns.map(({ column }) => column))];
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
