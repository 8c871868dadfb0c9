import { cellName, LAST_ROW, type RowInsertion, shiftAreas, shiftSpan } from "./xlsx-area.ts";
import { tree, type XlsxBook, type XlsxSheet } from "./xlsx-book.ts";
import { sameSheet, shiftFormula } from "./xlsx-formula.ts";
import { relationshipsOf } from "./xlsx-link.ts";
import { mapAttribute, mapFormulas, mapText, mapVml, mentions, nameElements, partsOf } from "./xlsx-part.ts";
import {
  attribute,
  childOf,
  childrenOf,
  localName,
  setAttribute,
  setText,
  textOf,
  walk,
  type XmlElement,
} from "./xlsx-xml.ts";

/**
 * target に行を挿入し、その行より下にあるもの、その行を含む範囲、それらを指す数式を、すべて合わせる:
 * 結合、入力規則（x14 も）、条件付き書式、絞り込み、印刷範囲、改ページ、表、コメント、図、リンク、名前、グラフ、
 * ほかのシートの数式。scope は、target を指す数式がありうるシート（自身は含めなくてよい）。
 */
export function insertRows(
  book: XlsxBook,
  target: XlsxSheet,
  insertion: RowInsertion,
  scope: readonly XlsxSheet[],
): void {
  if (insertion.count < 1) return;
  shiftSheet(tree(book, target.path).root, target.name, insertion);
  for (const path of partsOf(book, target)) {
    if (path.endsWith(".vml")) mapVml(book, path, (text) => shiftVml(text, insertion));
    else shiftElement(tree(book, path).root, target.name, insertion);
  }
  for (const sheet of scope) {
    if (sheet.path === target.path) continue;
    for (const path of [sheet.path, ...partsOf(book, sheet)]) {
      if (!mentions(book, path, target.name)) continue;
      mapFormulas(tree(book, path).root, (formula) =>
        shiftFormula(formula, sheet.name, target.name, insertion),
      );
    }
  }
  shiftNames(book, target.name, insertion);
  shiftPivotSources(book, target.name, insertion);
}

function fixed(insertion: RowInsertion): RowInsertion {
  return { at: insertion.at, count: insertion.count };
}

function shiftSheet(root: XmlElement, home: string, insertion: RowInsertion): void {
  for (const node of root.children) {
    if (typeof node === "string") continue;
    if (localName(node.name) !== "sheetData") shiftElement(node, home, insertion);
    else
      node.children = node.children.filter(
        (row) => typeof row === "string" || shiftRow(row, home, insertion),
      );
  }
}

/** 一行をずらす。シートの外へ出る行は false。 */
function shiftRow(row: XmlElement, home: string, insertion: RowInsertion): boolean {
  const number = Number(attribute(row, "r"));
  const moved = number >= insertion.at ? number + insertion.count : number;
  if (moved > LAST_ROW) return false;
  const inBody = insertion.growing !== undefined && number >= insertion.growing && number < insertion.at;
  if (moved !== number) setAttribute(row, "r", String(moved));
  for (const cell of childrenOf(row, "c")) {
    if (moved !== number) mapAttribute(cell, "r", (name) => name.replace(/[0-9]+$/, String(moved)));
    const formula = childOf(cell, "f");
    if (!formula) continue;
    // 見本の行の数式は、その人の行だけを見る。一行きりの見本を複製するとき、範囲を伸ばしてはいけない。
    const how = inBody ? fixed(insertion) : insertion;
    mapText(formula, (text) => shiftFormula(text, home, home, how));
    mapAttribute(formula, "ref", (area) => shiftAreas(area, fixed(insertion)));
  }
  return true;
}

/** 一つのセルや結合に属し、その行が表の全部でも伸びないもの。 */
const FIXED = new Set([
  "mergeCell",
  "hyperlink",
  "selection",
  "sheetView",
  "pane",
  "comment",
  "threadedComment",
  "location",
  "inputCells",
]);
const AREAS = ["ref", "sqref", "activeCell", "topLeftCell", "sourceRef"];

/** シート自身の要素: 範囲と数式。 */
function shiftElement(root: XmlElement, home: string, insertion: RowInsertion): void {
  mapFormulas(root, (formula) => shiftFormula(formula, home, home, insertion));
  walk(root, (element) => {
    const name = localName(element.name);
    const how = FIXED.has(name) ? fixed(insertion) : insertion;
    for (const key of AREAS) mapAttribute(element, key, (area) => shiftAreas(area, how));
    if (name === "cellWatch" || name === "inputCells")
      mapAttribute(element, "r", (area) => shiftAreas(area, how));
    if (name === "sqref") mapText(element, (areas) => shiftAreas(areas, how));
    if (name === "rowBreaks") shiftBreaks(element, insertion);
    if (name === "row" && element.children.length > 0) shiftIndex(element, insertion);
    if (!/^(two|one)CellAnchor$/.test(name)) return undefined;
    shiftAnchor(element, insertion);
    return false;
  });
}

function shiftBreaks(element: XmlElement, insertion: RowInsertion): void {
  for (const line of childrenOf(element, "brk")) {
    const id = Number(attribute(line, "id"));
    if (id >= insertion.at) setAttribute(line, "id", String(Math.min(id + insertion.count, LAST_ROW)));
  }
}

/** 0 から数えた行の番号を書いた要素。 */
function shiftIndex(element: XmlElement, insertion: RowInsertion): void {
  const row = Number(textOf(element)) + 1;
  const span = Number.isInteger(row) ? shiftSpan(row, row, fixed(insertion)) : undefined;
  if (span && span[0] !== row) setText(element, String(span[0] - 1));
}

/** 図の位置。「セルに合わせて移動やサイズ変更をしない」図は動かさない。 */
function shiftAnchor(anchor: XmlElement, insertion: RowInsertion): void {
  const how =
    attribute(anchor, "editAs") ?? (localName(anchor.name) === "twoCellAnchor" ? "twoCell" : "oneCell");
  if (how === "absolute") return;
  const corner = (name: string) => {
    const element = childOf(anchor, name);
    return element && childOf(element, "row");
  };
  const [from, to] = [corner("from"), corner("to")];
  const moves = from !== undefined && Number(textOf(from)) + 1 >= insertion.at;
  if (from) shiftIndex(from, insertion);
  if (to && (how === "twoCell" || moves)) shiftIndex(to, insertion);
}

/** コメントの枠の行と位置（左の列、ずれ、上の行、ずれ、右の列、ずれ、下の行、ずれ）。 */
function shiftVml(text: string, insertion: RowInsertion): string {
  const move = (row: number) => (row + 1 >= insertion.at ? row + insertion.count : row);
  return text
    .replace(
      /(<(?:\w+:)?Row>\s*)(\d+)(\s*<\/)/g,
      (_, open, row, close) => `${open}${move(Number(row))}${close}`,
    )
    .replace(/(<(?:\w+:)?Anchor>)([^<]*)(<\/)/g, (_, open, body: string, close) => {
      const parts = body.split(",");
      for (const at of [2, 6]) {
        const row = Number(parts[at]);
        if (parts[at] !== undefined && Number.isInteger(row)) parts[at] = ` ${move(row)}`;
      }
      return open + parts.join(",") + close;
    });
}

function shiftNames(book: XlsxBook, target: string, insertion: RowInsertion): void {
  const key = target.replaceAll("'", "''").toLowerCase();
  for (const name of nameElements(book)) {
    if (!textOf(name).toLowerCase().includes(key)) continue;
    // 印刷タイトルは見出しの行。見本の行がない様式では見出しの直後に入れるが、見出しは伸びない。
    const titles = attribute(name, "name") === "_xlnm.Print_Titles";
    mapText(name, (formula) => shiftFormula(formula, "", target, titles ? fixed(insertion) : insertion));
  }
}

function shiftPivotSources(book: XlsxBook, target: string, insertion: RowInsertion): void {
  for (const link of relationshipsOf(book, book.workbook)) {
    if (link.kind !== "pivotCacheDefinition" || link.external || !book.parts.has(link.target)) continue;
    walk(tree(book, link.target).root, (element) => {
      if (localName(element.name) !== "worksheetSource") return undefined;
      if (sameSheet(attribute(element, "sheet") ?? "", target))
        mapAttribute(element, "ref", (area) => shiftAreas(area, insertion));
      return false;
    });
  }
}

/** 使われている範囲の控え（dimension）を合わせる。 */
export function setDimension(root: XmlElement, row: number, column: number): void {
  const element = childOf(root, "dimension");
  if (element) setAttribute(element, "ref", `A1:${cellName(Math.max(row, 1), Math.max(column, 1))}`);
}
