import { relationshipsOf, tree } from "./xlsx-book.ts";
import { cellOf, formulaOf, type Grid, mergeAt, putCell, styleOf, textAt } from "./xlsx-grid.ts";
import type { BookTools, ListLayout } from "./xlsx-layout.ts";
import { fillRuns, fillText, onlyPlaceholder, placeholdersOf } from "./xlsx-placeholder.ts";
import { addItem, addString, copyItem } from "./xlsx-text.ts";
import { type CellContent, cleanText, contentFor, type FillValue } from "./xlsx-value.ts";
import {
  attribute,
  childOf,
  childrenOf,
  localName,
  parseXml,
  setText,
  textOf,
  walk,
  type XmlElement,
} from "./xlsx-xml.ts";

/** 表題の一つの欄（札の右か下のセル、または札と同じセルの続き）。 */
export interface TitleSlot {
  row: number;
  column: number;
  field: string;
  label: string;
  /** 同じセルの中で、札のあとに続けて書く。 */
  inside: boolean;
}
/** 一枚ごとの欄の値。undefined はその欄を知らない（様式のまま残す）。 */
export type TitleLookup = (field: string) => FillValue | undefined;

const BLANK = /^[\s　＿_.…‥・〔〕［］[\]（）()]*$/;
const SAMPLE = /^\s*[〔［【(（]?[^〔［【]*[〕］】)）]\s*$/;

/** 札の飾り（【会場】、会場：、■会場）を除いた文字。〔会場〕は札でなく、書き込む所の見本なので除かない。 */
function bare(text: string): string {
  return text.replace(/^[\s　【■◆●○◎・]+|[\s　】:：]+$/g, "");
}

/** 名簿の上と下にある札から、値を書くセルを見つける。数式のセルには書かない。 */
export function findTitles(tools: BookTools, grid: Grid, layout: ListLayout): TitleSlot[] {
  const slots: TitleSlot[] = [];
  for (const [row, column, text] of textCells(tools, grid, layout)) {
    slots.push(
      ...slotsInside(tools, text).map((field) => ({
        row,
        column,
        field: field.field,
        label: field.label,
        inside: true,
      })),
    );
    const field = tools.finder.title(bare(text));
    if (field === undefined || slots.some((slot) => slot.row === row && slot.column === column)) continue;
    const place = valueCell(tools, grid, layout, row, column);
    if (place === "inside") slots.push({ row, column, field, label: bare(text), inside: true });
    else if (
      place !== undefined &&
      !slots.some((slot) => slot.row === place.row && slot.column === place.column)
    )
      slots.push({ ...place, field, label: bare(text), inside: false });
  }
  // 札の隣になくても、〔会場〕とだけ書かれたセルは書き込む所。
  for (const [row, column, text] of textCells(tools, grid, layout)) {
    const field = tools.finder.title(/^\s*[〔［]\s*(.*?)\s*[〕］]\s*$/.exec(text)?.[1] ?? "");
    if (field !== undefined && !slots.some((slot) => slot.row === row && slot.column === column))
      slots.push({ row, column, field, label: field, inside: false });
  }
  return slots;
}

function outside(layout: ListLayout, row: number): boolean {
  return row < layout.headerTop || row >= layout.first + layout.blocks * layout.height;
}

function textCells(tools: BookTools, grid: Grid, layout: ListLayout): [number, number, string][] {
  const found: [number, number, string][] = [];
  for (const [row, { cells }] of grid.rows) {
    if (!outside(layout, row)) continue;
    for (const column of cells.keys()) {
      const text = textAt(grid, tools.strings, row, column);
      if (text.trim() !== "" && placeholdersOf(text).length === 0) found.push([row, column, text]);
    }
  }
  return found;
}

/** 「会場：　　　　日時：〔日時〕」のように、札と空きが一つのセルに並ぶもの。 */
function slotsInside(tools: BookTools, text: string): { field: string; label: string }[] {
  return segments(text).flatMap(({ label, value }) => {
    const field = tools.finder.title(bare(label));
    return field !== undefined && value !== "" && isSample(value) ? [{ field, label: bare(label) }] : [];
  });
}

function isSample(text: string): boolean {
  return BLANK.test(text) || (SAMPLE.test(text) && /[〔［【(（]/.test(text));
}

interface Segment {
  label: string;
  value: string;
  from: number;
  to: number;
}

/** 文字を「札：値」の並びに分ける。 */
function segments(text: string): Segment[] {
  const marks = [...text.matchAll(/([^\s　:：〔［【(（]+)\s*[:：]/g)];
  return marks.map((match, at) => {
    const from = match.index + match[0].length;
    const to = marks[at + 1]?.index ?? text.length;
    return { label: match[1] ?? "", value: text.slice(from, to), from, to };
  });
}

function valueCell(
  tools: BookTools,
  grid: Grid,
  layout: ListLayout,
  row: number,
  column: number,
): { row: number; column: number } | "inside" | undefined {
  const label = mergeAt(grid, row, column);
  const right = originOf(grid, row, (label?.right ?? column) + 1);
  const below = originOf(grid, (label?.bottom ?? row) + 1, column);
  const text = (at: { row: number; column: number }) => textAt(grid, tools.strings, at.row, at.column);
  const isLabel = (at: { row: number; column: number }) =>
    tools.finder.title(bare(text(at))) !== undefined || slotsInside(tools, text(at)).length > 0;
  const open = (at: { row: number; column: number }) =>
    outside(layout, at.row) && formulaOf(grid, at.row, at.column) === undefined && !isLabel(at);
  if (formulaOf(grid, right.row, right.column) !== undefined) return undefined;
  // 幅いっぱいに結合された「会場：」は、そのセルに続けて書く。
  if (
    /[:：]\s*$/.test(textAt(grid, tools.strings, row, column)) &&
    label &&
    label.right - label.left >= 2 &&
    text(right) === ""
  )
    return "inside";
  if (isLabel(right)) return open(below) && cellOf(grid, below.row, below.column) ? below : undefined;
  return open(right) ? right : undefined;
}

function originOf(grid: Grid, row: number, column: number): { row: number; column: number } {
  const merge = mergeAt(grid, row, column);
  return merge ? { row: merge.top, column: merge.left } : { row, column };
}

/** 表題の欄と、本体の外の差込みの印を埋める。 */
export function fillTitles(
  tools: BookTools,
  grid: Grid,
  layout: ListLayout,
  slots: readonly TitleSlot[],
  lookup: TitleLookup,
): void {
  for (const slot of slots) {
    const value = lookup(slot.field);
    if (value === undefined) continue;
    if (slot.inside) fillInside(tools, grid, slot, value);
    else write(tools, grid, slot.row, slot.column, value);
  }
  fillMarks(tools, grid, layout, lookup);
  fillAround(tools, grid, lookup);
}

function fillInside(tools: BookTools, grid: Grid, slot: TitleSlot, value: FillValue): void {
  const text = textAt(grid, tools.strings, slot.row, slot.column);
  const hit = segments(text).find((segment) => bare(segment.label) === slot.label);
  if (!hit) return;
  const gap = /^[\s　]/.test(hit.value) && hit.value.trim() !== "" ? (hit.value[0] ?? "") : "";
  const tail = hit.to < text.length ? "　" : "";
  write(tools, grid, slot.row, slot.column, {
    text: text.slice(0, hit.from) + gap + value.text + tail + text.slice(hit.to),
    plain: true,
  });
}

function write(tools: BookTools, grid: Grid, row: number, column: number, value: FillValue): void {
  putCell(
    grid,
    row,
    column,
    cellXml(
      tools,
      grid.root,
      contentFor(value, tools.styles, styleOf(grid, row, column), tools.book.date1904),
      value.kana,
    ),
  );
}

/** セルの中身の XML（属性 t と子）。 */
export function cellXml(
  tools: BookTools,
  near: XmlElement,
  content: CellContent,
  kana?: string,
): { type: string | undefined; inner: string } {
  const colon = near.name.indexOf(":");
  const v = `${colon < 0 ? "" : near.name.slice(0, colon + 1)}v`;
  if (content.kind === "empty") return { type: undefined, inner: "" };
  if (content.kind === "number") return { type: undefined, inner: `<${v}>${content.number}</${v}>` };
  return { type: "s", inner: `<${v}>${addString(tools.strings, content.text, kana)}</${v}>` };
}

/** 差込みの名 → 書く文字。知らない名は undefined（印のまま残り、知らせる）。 */
export function markText(tools: BookTools, lookup: TitleLookup): (name: string) => string | undefined {
  return (name) => {
    const field = tools.finder.title(name) ?? tools.finder.column(name, "");
    const value = field === undefined ? undefined : lookup(field);
    return value && cleanText(value.text);
  };
}

function fillMarks(tools: BookTools, grid: Grid, layout: ListLayout, lookup: TitleLookup): void {
  for (const [row, { cells }] of grid.rows) {
    if (row >= layout.first && !outside(layout, row)) continue;
    for (const column of cells.keys()) fillMark(tools, grid, row, column, lookup);
  }
}

/** 一つのセルの差込みの印を埋める。全部が一つの印なら、日付や数として入れる。 */
function fillMark(tools: BookTools, grid: Grid, row: number, column: number, lookup: TitleLookup): void {
  const text = textAt(grid, tools.strings, row, column);
  if (placeholdersOf(text).length === 0) return;
  const name = onlyPlaceholder(text);
  const field = name === undefined ? undefined : (tools.finder.title(name) ?? tools.finder.column(name, ""));
  const value = field === undefined ? undefined : lookup(field);
  if (value) {
    write(tools, grid, row, column, value);
    return;
  }
  const cell = cellOf(grid, row, column);
  const filled = cell && filledString(tools, cell, markText(tools, lookup));
  if (filled !== undefined) putCell(grid, row, column, cellXmlOf(grid.root, filled));
}

function cellXmlOf(near: XmlElement, index: number): { type: string; inner: string } {
  const colon = near.name.indexOf(":");
  const v = `${colon < 0 ? "" : near.name.slice(0, colon + 1)}v`;
  return { type: "s", inner: `<${v}>${index}</${v}>` };
}

/** 書式つきの文字列を、書式を保って差し込み、新しい文字列の番号を返す。 */
export function filledString(
  tools: BookTools,
  cell: XmlElement,
  value: (name: string) => string | undefined,
): number | undefined {
  const inline = childOf(cell, "is");
  const source = inline ?? tools.strings.items[Number(textOf(childOf(cell, "v") ?? cell))];
  if (!source || (!inline && attribute(cell, "t") !== "s")) return undefined;
  const copy = parseXml(`<si>${copyItem(source)}</si>`, "sharedStrings").root;
  // 差し込んだあとの文字に、もとの文字のふりがなは合わない。
  copy.children = copy.children.filter(
    (node) => typeof node === "string" || !/^(rPh|phoneticPr)$/.test(localName(node.name)),
  );
  const runs = textElements(copy);
  fillRuns(runs, value);
  for (const run of runs) if (!run.head.includes("xml:space")) run.head += ' xml:space="preserve"';
  return addItem(tools.strings, copyItem(copy), runs.map(textOf).join(""));
}

function textElements(root: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  walk(root, (element) => {
    if (localName(element.name) === "t") found.push(element);
    return undefined;
  });
  return found;
}

/** セルの外の印: 印刷の見出しと足元、コメント、図の中の文字、グラフの題。 */
function fillAround(tools: BookTools, grid: Grid, lookup: TitleLookup): void {
  const value = markText(tools, lookup);
  for (const element of childrenOf(grid.root, "headerFooter").flatMap((list) => list.children)) {
    if (typeof element === "string") continue;
    const before = textOf(element);
    // 印刷の見出しでは & が記号なので、値の & は重ねる。
    const after = fillText(before, (name) => value(name)?.replaceAll("&", "&&"));
    if (after !== before) setText(element, after);
  }
  for (const link of relationshipsOf(tools.book, grid.sheet.path)) {
    if (
      !/^(comments|threadedComment|drawing)$/.test(link.kind) ||
      link.external ||
      !tools.book.parts.has(link.target)
    )
      continue;
    const inner = relationshipsOf(tools.book, link.target).filter(
      (other) => other.kind === "chart" && tools.book.parts.has(other.target),
    );
    for (const path of [link.target, ...inner.map((other) => other.target)]) {
      walk(tree(tools.book, path).root, (element) => {
        if (!/^(p|text|comment)$/.test(localName(element.name))) return undefined;
        fillRuns(textElements(element), value);
        return false;
      });
    }
  }
}
