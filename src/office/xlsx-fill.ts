import { AppError } from "../platform/error.ts";
import { type Area, areaName, cellName, LAST_ROW, parseArea, shiftAreas } from "./xlsx-area.ts";
import { settle, type XlsxSheet } from "./xlsx-book.ts";
import { copyFormula } from "./xlsx-formula.ts";
import { addMerges, cellOf, type Grid, openGrid, styleOf, textAt } from "./xlsx-grid.ts";
import type { BookTools, ListColumn, ListLayout } from "./xlsx-layout.ts";
import { onlyPlaceholder, placeholdersOf } from "./xlsx-placeholder.ts";
import { insertRows, setDimension } from "./xlsx-shift.ts";
import { type BlockModel, modelStyle, planStripes } from "./xlsx-stripe.ts";
import { withBorders } from "./xlsx-style.ts";
import { cellXml, filledString, fillTitles, findTitles, markText, type TitleLookup } from "./xlsx-title.ts";
import { contentFor, type FillValue } from "./xlsx-value.ts";
import {
  attribute,
  childOf,
  escapeText,
  localName,
  setAttribute,
  setText,
  sibling,
  textOf,
  walk,
  writeElement,
  type XmlElement,
} from "./xlsx-xml.ts";

/** 一人の値。undefined はその欄を知らない。 */
export type RowLookup = (field: string) => FillValue | undefined;
/** 一枚に書くもの。 */
export interface SheetFill {
  title: TitleLookup;
  rows: readonly RowLookup[];
}

/**
 * layout のシートに名簿を書く。見本より人が多ければ行を挿入し、少なければ残りの見本を空のまま残す。
 * scope は、このシートを指す数式がありうるほかのシート。
 */
export function fillSheet(
  tools: BookTools,
  layout: ListLayout,
  fill: SheetFill,
  scope: readonly XlsxSheet[],
): void {
  const { book } = tools;
  const people = fill.rows.length;
  if (layout.first + people * layout.height - 1 > LAST_ROW)
    throw new AppError(
      "TOO_LARGE",
      "人数が多すぎて、Excel の一枚のシートに収まりません。名簿を分けてお試しください。",
    );
  const before = openGrid(book, layout.sheet);
  const slots = findTitles(tools, before, layout);
  const plan = planStripes(before, tools.styles, layout, people);
  const body = compileBody(tools, before, layout, plan);
  makeRoom(tools, layout, people, scope);
  const grid = openGrid(book, layout.sheet);
  const total = Math.max(people, layout.blocks);
  const after = { ...layout, blocks: total };
  dropCachedValues(grid);
  fillTitles(
    tools,
    grid,
    after,
    slots.map((slot) => moveSlot(slot, layout, people)),
    fill.title,
  );
  writeBody(grid, after, [
    ...fill.rows.map((row, at) => body.write(at, row, fill.title)),
    ...body.leftover(people),
  ]);
  repeatMerges(grid, before, layout, plan);
  repeatRules(grid, layout, plan);
  setDimension(grid.root, Math.max(after.first + total * layout.height - 1, ...grid.rows.keys()), body.width);
  settle(book, layout.sheet.path);
}

/** 数式の控えの値（前の計算結果）を捨てる。開いたときに計算し直され、古い人数が見えることがない。 */
export function dropCachedValues(grid: Grid): void {
  for (const { cells } of grid.rows.values()) {
    for (const cell of cells.values()) {
      if (!childOf(cell, "f")) continue;
      cell.children = cell.children.filter(
        (node) => typeof node === "string" || localName(node.name) !== "v",
      );
      setAttribute(cell, "t", undefined);
    }
  }
}

/** 足りない人の分の行を入れる。最後の見本の前に入れるので、本体を指す範囲はみな伸びる。 */
function makeRoom(tools: BookTools, layout: ListLayout, people: number, scope: readonly XlsxSheet[]): void {
  const { first, height, blocks } = layout;
  const count = (people - blocks) * height;
  if (count <= 0) return;
  const last = first + (blocks - 1) * height;
  const insertion =
    blocks >= 2
      ? { at: last, count }
      : { at: first + blocks * height, count, growing: blocks === 1 ? first : layout.headerRow };
  insertRows(tools.book, layout.sheet, insertion, scope);
}

function moveSlot<T extends { row: number }>(slot: T, layout: ListLayout, people: number): T {
  const count = Math.max(0, people - layout.blocks) * layout.height;
  return slot.row >= layout.first + layout.blocks * layout.height ? { ...slot, row: slot.row + count } : slot;
}

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
function compileBody(tools: BookTools, grid: Grid, layout: ListLayout, plan: readonly BlockModel[]): Body {
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

/** 本体の行を、書き上げた XML に置き換える。 */
function writeBody(grid: Grid, layout: ListLayout, rows: readonly string[]): void {
  const end = layout.first + layout.blocks * layout.height;
  const above: (XmlElement | string)[] = [];
  const below: (XmlElement | string)[] = [];
  for (const node of grid.data.children) {
    if (typeof node === "string") continue;
    const row = Number(attribute(node, "r"));
    if (row < layout.first) above.push(node);
    else if (row >= end) below.push(node);
  }
  grid.data.children = [...above, ...rows, ...below];
  grid.data.paired = true;
}

/** 足した行に、手本の見本の中の結合（一人の行の中で閉じるもの）を繰り返す。 */
function repeatMerges(grid: Grid, before: Grid, layout: ListLayout, plan: readonly BlockModel[]): void {
  const { first, height, blocks } = layout;
  const added: Area[] = [];
  for (let at = Math.max(blocks - 1, 0); at < plan.length - (blocks >= 2 ? 1 : 0); at++) {
    if (blocks === 0 || at < blocks - (blocks >= 2 ? 1 : 0)) continue;
    const from = first + (plan[at]?.source ?? 0) * height;
    const move = (at - (plan[at]?.source ?? 0)) * height;
    for (const area of before.merges) {
      if (area.top >= from && area.bottom < from + height)
        added.push({ ...area, top: area.top + move, bottom: area.bottom + move });
    }
  }
  addMerges(grid, added);
}

/** 一行ずつに分けて置かれた入力規則や条件付き書式を、足した行にも及ぼす。 */
function repeatRules(grid: Grid, layout: ListLayout, plan: readonly BlockModel[]): void {
  const { first, height, blocks } = layout;
  if (blocks < 2 || plan.length <= blocks) return;
  const added = plan
    .slice(blocks - 1, -1)
    .map((model, at) => ({ source: model.source, block: blocks - 1 + at }));
  const sources = [...new Set(added.map(({ source }) => source))];
  const extend = (text: string): string => {
    const tokens = text.split(/\s+/);
    const inside = tokens.flatMap((token) => {
      const area = parseArea(token);
      const source =
        area &&
        sources.find(
          (block) => area.top >= first + block * height && area.bottom < first + (block + 1) * height,
        );
      return area && source !== undefined ? [{ area, source }] : [];
    });
    if (inside.length === 0) return text;
    return [...tokens, ...repeated(inside, added, layout)].join(" ");
  };
  walk(grid.root, (element) => {
    const name = localName(element.name);
    if (name === "sheetData") return false;
    if (name === "sqref") setText(element, extend(textOf(element)));
    const area = /^(dataValidation|conditionalFormatting|protectedRange|ignoredError)$/.test(name)
      ? attribute(element, "sqref")
      : undefined;
    if (area !== undefined && extend(area) !== area) setAttribute(element, "sqref", extend(area));
    return undefined;
  });
}

/** 縞のどの見本にも同じ列の規則があれば、足した行の全部を一つの範囲にまとめる。 */
function repeated(
  inside: { area: Area; source: number }[],
  added: { source: number; block: number }[],
  layout: ListLayout,
): string[] {
  const { first, height } = layout;
  const [start, end] = [added[0]?.block ?? 0, added.at(-1)?.block ?? 0];
  const out = new Set<string>();
  for (const { area, source } of inside) {
    const same = new Set(
      inside
        .filter((other) => other.area.left === area.left && other.area.right === area.right)
        .map((other) => other.source),
    );
    if (height === 1 && added.every((one) => same.has(one.source))) {
      out.add(areaName({ ...area, top: first + start, bottom: first + end }));
      continue;
    }
    for (const one of added)
      if (one.source === source)
        out.add(shiftAreas(areaName(area), { at: 1, count: (one.block - source) * height }));
  }
  return [...out];
}
