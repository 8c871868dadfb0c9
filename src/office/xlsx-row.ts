import { cellName } from "./xlsx-area.ts";
import { copyFormula } from "./xlsx-formula.ts";
import { cellOf, type Grid, styleOf, textAt } from "./xlsx-grid.ts";
import type { BookTools, ListColumn, ListLayout } from "./xlsx-list.ts";
import { cellXml, filledString, markText, type TitleLookup } from "./xlsx-mark.ts";
import { onlyPlaceholder, placeholdersOf } from "./xlsx-placeholder.ts";
import { type BlockModel, modelStyle } from "./xlsx-stripe.ts";
import { withBorders } from "./xlsx-style.ts";
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

/** 一つのセルを書く手続き。row は書く行、index は何人目か（0 から）。 */
type CellWriter = (row: number, index: number, person: RowLookup | undefined, title: TitleLookup) => string;

interface RowPlan {
  head: string;
  cells: CellWriter[];
}

interface Body {
  /** index 人目の行の XML。 */
  write(index: number, person: RowLookup, title: TitleLookup): string;
  /** 人のいない見本の行の XML。 */
  leftover(people: number): string[];
  width: number;
}

/** 見本を一度だけ読み、何人分でも文字列として書けるようにする。 */
export function compileBody(
  tools: BookTools,
  grid: Grid,
  layout: ListLayout,
  plan: readonly BlockModel[],
): Body {
  const width = Math.max(
    1,
    ...layout.columns.map(({ column }) => column),
    ...[...grid.rows.values()].flatMap(({ cells }) => [...cells.keys()]),
  );
  const cache = new Map<string, RowPlan[]>();
  const rowName = sibling(grid.data, "row");
  const compiled = (model: BlockModel): RowPlan[] => {
    const key = `${model.source},${model.top},${model.bottom}`;
    const known =
      cache.get(key) ??
      Array.from({ length: layout.height }, (_, offset) => compileRow(tools, grid, layout, model, offset));
    cache.set(key, known);
    return known;
  };
  const emit = (
    model: BlockModel,
    index: number,
    person: RowLookup | undefined,
    title: TitleLookup,
  ): string =>
    compiled(model)
      .map(({ head, cells }, offset) => {
        const row = layout.first + index * layout.height + offset;
        return `<${rowName} r="${row}"${head}>${cells.map((cell) => cell(row, index, person, title)).join("")}</${rowName}>`;
      })
      .join("");
  return {
    write: (index, person, title) => emit(plan[index] ?? { source: 0 }, index, person, title),
    leftover: (people) =>
      Array.from({ length: Math.max(0, layout.blocks - people) }, (_, at) =>
        emit({ source: people + at }, people + at, undefined, () => undefined),
      ),
    width,
  };
}

function compileRow(
  tools: BookTools,
  grid: Grid,
  layout: ListLayout,
  model: BlockModel,
  offset: number,
): RowPlan {
  const source = layout.first + model.source * layout.height + offset;
  const line = layout.blocks === 0 ? undefined : grid.rows.get(source);
  const mine = layout.columns.filter((column) => column.offset === offset);
  const columns = [...new Set([...(line?.cells.keys() ?? []), ...mine.map(({ column }) => column)])].sort(
    (a, b) => a - b,
  );
  const head = { ...(line?.element ?? { name: "row", head: "", children: [], paired: true }) };
  // 絞り込みで隠れていた行に人を入れるなら、見えなければならない。
  for (const name of ["r", "hidden", "collapsed"]) setAttribute(head, name, undefined);
  const cells = columns.map((column) => {
    const own = {
      grid,
      source,
      column,
      offset,
      style: 0,
      listed: mine.find((other) => other.column === column),
    };
    own.style =
      layout.blocks === 0
        ? withBorders(tools.styles, styleOf(grid, 0, column), styleOf(grid, layout.headerRow, column))
        : modelStyle(grid, tools.styles, layout, model, { offset, column });
    return compileCell(tools, layout, own);
  });
  return { head: head.head, cells };
}

interface CellPlace {
  grid: Grid;
  source: number;
  column: number;
  offset: number;
  style: number;
  listed: ListColumn | undefined;
}

function compileCell(tools: BookTools, layout: ListLayout, place: CellPlace): CellWriter {
  const { grid, source, column, listed } = place;
  const name = sibling(grid.data, "c");
  const open = (row: number, style = place.style) =>
    `<${name} r="${cellName(row, column)}"${style === 0 ? "" : ` s="${style}"`}`;
  const put = (row: number, xml: { type: string | undefined; inner: string }) =>
    xml.inner === ""
      ? `${open(row)}/>`
      : `${open(row)}${xml.type === undefined ? "" : ` t="${xml.type}"`}>${xml.inner}</${name}>`;
  // 最初の見本だけに印や数式があり、続く行は枠だけの様式では、最初の見本の中身を使う。
  const content = hasContent(grid, source, column) ? source : layout.first + place.offset;
  const cell = layout.blocks === 0 ? undefined : cellOf(grid, content, column);
  const formula = cell && childOf(cell, "f");
  const value = (found: FillValue | undefined) =>
    found
      ? cellXml(
          tools,
          grid.root,
          contentFor(found, tools.styles, place.style, tools.book.date1904),
          found.kana,
        )
      : undefined;
  if (formula) return compileFormula(formula, content, listed, put, grid.root);
  const text = cell ? textAt(grid, tools.strings, content, column) : "";
  if (cell && placeholdersOf(text).length > 0) return compileMarks(tools, cell, text, put, value);
  const kept =
    cell && content === source
      ? {
          type: attribute(cell, "t"),
          inner: cell.children.map((node) => (typeof node === "string" ? node : writeElement(node))).join(""),
        }
      : { type: undefined, inner: "" };
  const { field } = listed ?? {};
  if (field !== undefined) {
    const empty = tools.finder.person(field) ? { type: undefined, inner: "" } : kept;
    return (row, _index, person, title) => {
      if (!person) return put(row, empty);
      return put(row, value(person(field) ?? title(field)) ?? empty);
    };
  }
  if (listed?.serial) {
    const numbered = /^\d*$/.test(text);
    const start = /^\d+$/.test(text)
      ? Number(text) - Math.floor((content - layout.first) / layout.height)
      : 1;
    if (numbered)
      return (row, index, person) =>
        person || text !== ""
          ? put(row, cellXml(tools, grid.root, { kind: "number", number: start + index }))
          : put(row, kept);
  }
  return (row) => put(row, kept);
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

type PutCell = (row: number, xml: { type: string | undefined; inner: string }) => string;

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
  return (row, _index, person) => {
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
  value: (found: FillValue | undefined) => { type: string | undefined; inner: string } | undefined,
): CellWriter {
  const empty = { type: undefined, inner: "" };
  const only = onlyPlaceholder(text);
  const field = only === undefined ? undefined : (tools.finder.column(only, "") ?? tools.finder.title(only));
  return (row, _index, person, title) => {
    if (!person) return put(row, empty);
    const look = (name: string) => person(name) ?? title(name);
    if (field !== undefined) return put(row, value(look(field)) ?? empty);
    const index = filledString(tools, cell, (name) => markText(tools, look)(name) ?? "");
    return put(
      row,
      index === undefined
        ? empty
        : cellXml(tools, cell, { kind: "text", text: tools.strings.texts[index] ?? "" }),
    );
  };
}
