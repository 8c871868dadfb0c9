import { tree } from "./xlsx-book.ts";
import { cellOf, type Grid, putCell, styleOf, textAt } from "./xlsx-grid.ts";
import { relationshipsOf } from "./xlsx-link.ts";
import type { BookTools, ListLayout } from "./xlsx-list.ts";
import { outside } from "./xlsx-list.ts";
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

/** 一枚ごとの欄の値。undefined はその欄を知らない（様式のまま残す）。 */
export type TitleLookup = (field: string) => FillValue | undefined;

export function write(tools: BookTools, grid: Grid, row: number, column: number, value: FillValue): void {
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

export function fillMarks(tools: BookTools, grid: Grid, layout: ListLayout, lookup: TitleLookup): void {
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
  if (filled !== undefined) putCell(grid, row, column, stringXml(grid.root, filled));
}

/** 文字列の番号を指すセルの中身。 */
export function stringXml(near: XmlElement, index: number): { type: string; inner: string } {
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
export function fillAround(tools: BookTools, grid: Grid, lookup: TitleLookup): void {
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
