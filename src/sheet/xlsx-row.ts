import { cellName } from "./xlsx-area.ts";
import { copyFormula } from "./xlsx-formula.ts";
import { cellOf, formulaOf, type Grid, styleOf, textAt } from "./xlsx-grid.ts";
import type { BookTools, ListColumn } from "./xlsx-list.ts";
import { cellXml, filledString, markText, stringXml, type TitleLookup } from "./xlsx-mark.ts";
import { onlyPlaceholder, placeholdersOf } from "./xlsx-placeholder.ts";
import { type BlockModel, type BodyModel, modelStyle } from "./xlsx-stripe.ts";
import { formatKind, withBorders } from "./xlsx-style.ts";
import { contentFor, type FillValue } from "./xlsx-value.ts";
import {
  attribute,
  childOf,
  escapeText,
  setAttribute,
  setText,
  sibling,
  textOf,
  writeElement,
  type XmlElement,
} from "./xlsx-xml.ts";

/** 一人の値。undefined はその欄を知らない。 */
export type RowLookup = (field: string) => FillValue | undefined;

/** 書く一行分。index は上から何番目か（0 から）、people は横の組ごとの人、total は全部の行の数。 */
export interface BodyLine {
  index: number;
  people: readonly (RowLookup | undefined)[];
  total: number;
}
/** 一つのセルを書く手続き。row は書く行。 */
type CellWriter = (row: number, line: BodyLine, title: TitleLookup) => string;

interface RowPlan {
  head: string;
  cells: CellWriter[];
}

interface Body {
  /** 一行分（一人が何行も使う様式では、その行の全部）の XML。 */
  write(line: BodyLine, title: TitleLookup): string;
}

/** 見本を一度だけ読み、何人分でも文字列として書けるようにする。 */
export function compileBody(tools: BookTools, body: BodyModel, plan: readonly BlockModel[]): Body {
  const { grid, layout } = body;
  const cache = new Map<string, RowPlan[]>();
  const rowName = sibling(grid.data, "row");
  const compiled = (model: BlockModel): RowPlan[] => {
    const key = `${model.source},${model.top},${model.bottom}`;
    const rows =
      cache.get(key) ??
      Array.from({ length: layout.height }, (_, offset) => compileRow(tools, body, model, offset));
    cache.set(key, rows);
    return rows;
  };
  return {
    write: (line, title) =>
      compiled(plan[line.index] ?? { source: line.index })
        .map(({ head, cells }, offset) => {
          const row = layout.first + line.index * layout.height + offset;
          return `<${rowName} r="${row}"${head}>${cells.map((cell) => cell(row, line, title)).join("")}</${rowName}>`;
        })
        .join(""),
  };
}

function compileRow(tools: BookTools, body: BodyModel, model: BlockModel, offset: number): RowPlan {
  const { grid, layout } = body;
  const source = body.rowOf(model.source) + offset;
  const line = layout.blocks === 0 ? undefined : grid.rows.get(source);
  const mine = layout.columns.filter((column) => column.offset === offset);
  const columns = [...new Set([...(line?.cells.keys() ?? []), ...mine.map(({ column }) => column)])].sort(
    (a, b) => a - b,
  );
  const head = { ...(line?.element ?? { name: "row", head: "", children: [], paired: true }) };
  // 絞り込みで隠れていた行に人を入れるなら、見えなければならない。
  for (const name of ["r", "hidden", "collapsed"]) setAttribute(head, name, undefined);
  const cells = columns.map((column) => {
    const style =
      layout.blocks === 0
        ? withBorders(tools.styles, styleOf(grid, 0, column), styleOf(grid, layout.headerRow, column))
        : modelStyle(body, tools.styles, model, { offset, column });
    const listed = mine.find((other) => other.column === column);
    return compileCell(tools, body, { block: model.source, source, column, offset, style, listed });
  });
  return { head: head.head, cells };
}

/** 書くセルの手本。source は手本の行。 */
interface CellPlace {
  block: number;
  source: number;
  column: number;
  offset: number;
  style: number;
  listed: ListColumn | undefined;
}
interface CellInner {
  type: string | undefined;
  inner: string;
}
const EMPTY: CellInner = { type: undefined, inner: "" };
type PutCell = (row: number, xml: CellInner) => string;

function compileCell(tools: BookTools, body: BodyModel, place: CellPlace): CellWriter {
  const { grid } = body;
  const { column, listed } = place;
  const put = putter(sibling(grid.data, "c"), place);
  const from = body.layout.blocks === 0 ? 0 : contentRow(body, place);
  const cell = cellOf(grid, from, column);
  const formula = cell && childOf(cell, "f");
  if (formula) return compileFormula(formula, from, listed, put, grid.root);
  const text = cell ? textAt(grid, tools.strings, from, column) : "";
  const value = (found: FillValue | undefined) => found && valueXml(tools, grid.root, place, found);
  if (cell && placeholdersOf(text).length > 0) return compileMarks(tools, cell, text, put, value);
  const kept = cell && from === place.source ? innerOf(cell) : EMPTY;
  if (listed?.field !== undefined) return compileField(tools, listed.field, listed.lane, kept, put, value);
  if (listed?.serial && /^\d*$/.test(text)) {
    const block = from === place.source ? place.block : 0;
    return compileSerial(body, listed, text === "" ? undefined : Number(text) - block, (row, number) =>
      put(row, number === undefined ? kept : cellXml(tools, grid.root, { kind: "number", number })),
    );
  }
  return (row) => put(row, kept);
}

function valueXml(
  tools: BookTools,
  near: XmlElement,
  { style, listed }: CellPlace,
  found: FillValue,
): CellInner {
  const content = contentFor(found, tools.styles, style, tools.book.date1904);
  if (
    content.kind === "text" &&
    listed &&
    !found.plain &&
    /^(date|time)$/.test(formatKind(tools.styles, style))
  ) {
    const header = listed.header.replace(/\s+/g, "");
    tools.misfits.set(header, (tools.misfits.get(header) ?? 0) + 1);
  }
  return cellXml(tools, near, content, found.kana);
}

/** 通し番号。start は見本の一人目の番号で、様式に番号が書かれていなければ、人のいる行にだけ 1 から付ける。 */
function compileSerial(
  body: BodyModel,
  { lane }: ListColumn,
  start: number | undefined,
  put: (row: number, number: number | undefined) => string,
): CellWriter {
  // 行を足すと、右の組の番号は、左の組が伸びた分だけ後ろへずれる。
  const fresh = start === undefined || (body.grown && lane > 0);
  return (row, { index, people, total }) => {
    const number = fresh ? 1 + lane * total + index : start + index;
    return put(row, start !== undefined || people[lane] ? number : undefined);
  };
}

function putter(name: string, { column, style }: CellPlace): PutCell {
  const rest = style === 0 ? "" : ` s="${style}"`;
  return (row, { type, inner }) => {
    const open = `<${name} r="${cellName(row, column)}"${rest}`;
    return inner === ""
      ? `${open}/>`
      : `${open}${type === undefined ? "" : ` t="${type}"`}>${inner}</${name}>`;
  };
}

function innerOf(cell: XmlElement): CellInner {
  const inner = cell.children.map((node) => (typeof node === "string" ? node : writeElement(node))).join("");
  return { type: attribute(cell, "t"), inner };
}

/**
 * 中身の手本にする行。最初の見本だけに印や数式があり、続く行は枠だけの様式では、最初の見本。
 * 下へ動いた最後の見本の数式は、動く前のつながり（一つ上の行の番号 + 1）を引きずるので、その前の見本から写す。
 */
function contentRow({ grid, layout, rowOf, grown }: BodyModel, place: CellPlace): number {
  if (grown && layout.blocks >= 2 && place.block === layout.blocks - 1) {
    const before = rowOf(layout.blocks - 2) + place.offset;
    if (formulaOf(grid, before, place.column) !== undefined) return before;
  }
  return hasContent(grid, place.source, place.column) ? place.source : rowOf(0) + place.offset;
}

function compileField(
  tools: BookTools,
  field: string,
  lane: number,
  kept: CellInner,
  put: PutCell,
  value: (found: FillValue | undefined) => CellInner | undefined,
): CellWriter {
  // 見本に残った人の値は、前の期の人かもしれない。値がなければ空にする。
  const empty = tools.finder.person(field) ? EMPTY : kept;
  return (row, { people }, title) => {
    const person = people[lane];
    return put(row, (person && value(person(field) ?? title(field))) ?? empty);
  };
}

function hasContent(grid: Grid, row: number, column: number): boolean {
  const cell = cellOf(grid, row, column);
  return (
    cell !== undefined &&
    (childOf(cell, "f") !== undefined ||
      childOf(cell, "v") !== undefined ||
      childOf(cell, "is") !== undefined)
  );
}

/** 数式のセル: 下の行へ写した形にする。控えの値は捨て、開いたときに計算させる。 */
function compileFormula(
  formula: XmlElement,
  from: number,
  listed: ListColumn | undefined,
  put: PutCell,
  root: XmlElement,
): CellWriter {
  const text = textOf(formula);
  const area = attribute(formula, "ref");
  const phonetic = /PHONETIC\(/i.test(text);
  return (row, { people }) => {
    const person = people[listed?.lane ?? 0];
    const copy: XmlElement = { ...formula, children: [] };
    setText(copy, copyFormula(text, row - from));
    if (area !== undefined) setAttribute(copy, "ref", copyFormula(area, row - from));
    const inner = writeElement(copy);
    // PHONETIC を計算しないソフトのために、読みを控えの値として添える。
    const kana = phonetic && listed?.field !== undefined ? person?.(listed.field)?.text : undefined;
    const v = sibling(root, "v");
    return put(
      row,
      kana ? { type: "str", inner: `${inner}<${v}>${escapeText(kana)}</${v}>` } : { type: undefined, inner },
    );
  };
}

/** 差込みの印のあるセル。 */
function compileMarks(
  tools: BookTools,
  cell: XmlElement,
  text: string,
  put: PutCell,
  value: (found: FillValue | undefined) => CellInner | undefined,
): CellWriter {
  const only = onlyPlaceholder(text);
  const field = only === undefined ? undefined : (tools.finder.column(only, "") ?? tools.finder.title(only));
  return (row, { people }, title) => {
    const [person] = people;
    if (!person) return put(row, EMPTY);
    const look = (name: string) => person(name) ?? title(name);
    if (field !== undefined) return put(row, value(look(field)) ?? EMPTY);
    const index = filledString(tools, cell, (name) => markText(tools, look)(name) ?? "");
    return put(row, index === undefined ? EMPTY : stringXml(cell, index));
  };
}
