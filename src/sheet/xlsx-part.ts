import { partText, tree, type XlsxBook, type XlsxSheet } from "./xlsx-book.ts";
import { relationshipsOf } from "./xlsx-link.ts";
import {
  attribute,
  childOf,
  escapeXml,
  localName,
  setAttribute,
  setText,
  textOf,
  walk,
  type XmlElement,
} from "./xlsx-xml.ts";

const OWNED = /^(comments|threadedComment|vmlDrawing|drawing|table|pivotTable|ctrlProp)$/;

/** シートが持つ部品（コメント、図とそのグラフ、表など）。 */
export function partsOf(book: XlsxBook, sheet: XlsxSheet): string[] {
  const found: string[] = [];
  for (const link of relationshipsOf(book, sheet.path)) {
    if (link.external || !OWNED.test(link.kind) || !book.parts.has(link.target)) continue;
    found.push(link.target);
    if (link.kind !== "drawing") continue;
    for (const inner of relationshipsOf(book, link.target)) {
      if (!inner.external && /^chart(Ex)?$/.test(inner.kind) && book.parts.has(inner.target))
        found.push(inner.target);
    }
  }
  return found;
}

/** 部品がシートの名を含むか（数式にあるかもしれないか）。木にする前に見る。VML は数式を持たない。 */
export function mentions(book: XlsxBook, path: string, name: string): boolean {
  if (path.endsWith(".vml")) return false;
  if (book.trees.has(path)) return true;
  return partText(book, path)
    .toLowerCase()
    .includes(escapeXml(name.replaceAll("'", "''")).toLowerCase());
}

const ELEMENTS = new Set([
  "f",
  "formula",
  "formula1",
  "formula2",
  "calculatedColumnFormula",
  "totalsRowFormula",
]);
const ATTRIBUTES = ["location", "fmlaLink", "fmlaRange", "fmlaGroup", "linkedCell", "listFillRange"];

/** 部品の中の数式をすべて書き替える: セル、入力規則、条件付き書式、拡張、表、グラフ、部品のリンク先。 */
export function mapFormulas(root: XmlElement, change: (formula: string) => string): void {
  walk(root, (element) => {
    const name = localName(element.name);
    if (ELEMENTS.has(name) && element.children.every((node) => typeof node === "string")) {
      mapText(element, change);
    } else if (name === "cfvo" && attribute(element, "type") === "formula") {
      mapAttribute(element, "val", change);
    } else {
      for (const key of ATTRIBUTES) mapAttribute(element, key, change);
    }
    return undefined;
  });
}

/** 要素の文字を書き替える。変わらなければ原文のまま残す。 */
export function mapText(element: XmlElement, change: (text: string) => string): void {
  const before = textOf(element);
  const after = change(before);
  if (after !== before) setText(element, after);
}

/** 属性を書き替える。変わらなければ原文のまま残す。 */
export function mapAttribute(element: XmlElement, key: string, change: (text: string) => string): void {
  if (!element.head.includes(key)) return;
  const before = attribute(element, key);
  const after = before === undefined ? undefined : change(before);
  if (after !== before) setAttribute(element, key, after);
}

/** ブックの名前（definedName）の要素。 */
export function nameElements(book: XlsxBook): XmlElement[] {
  const list = childOf(tree(book, book.workbook).root, "definedNames");
  return (list?.children ?? []).filter((node) => typeof node !== "string");
}

/** VML は XML として正しくないことがあるので、1 バイト 1 文字で扱い、番号だけを書き替える。 */
export function mapVml(book: XlsxBook, path: string, change: (text: string) => string): void {
  const before = Buffer.from(book.parts.get(path) ?? []).toString("latin1");
  const after = change(before);
  if (after !== before) book.parts.set(path, new Uint8Array(Buffer.from(after, "latin1")));
}
