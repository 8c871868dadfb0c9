import { addPart, tree, type XlsxBook } from "./xlsx-book.ts";
import { addRelationship, relationshipsOf, setContentType } from "./xlsx-link.ts";
import {
  childrenOf,
  escapeText,
  localName,
  setAttribute,
  sibling,
  textOf,
  writeElement,
  type XmlElement,
} from "./xlsx-xml.ts";

/** ブックに一つの文字列の表。ふりがな（rPh）は本文と分けて扱う。 */
export interface SharedStrings {
  root: XmlElement;
  items: XmlElement[];
  texts: (string | undefined)[];
  added: Map<string, number>;
}

const EMPTY =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"></sst>';
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml";

/** 文字列の表を開く。なければ作る。 */
export function openStrings(book: XlsxBook): SharedStrings {
  const links = relationshipsOf(book, book.workbook);
  let path = links.find((link) => link.kind === "sharedStrings")?.target;
  if (path === undefined || !book.parts.has(path)) {
    path = "xl/sharedStrings.xml";
    addPart(book, path, new TextEncoder().encode(EMPTY));
    setContentType(book, path, TYPE);
    const sheet = links.find((link) => link.kind === "worksheet");
    addRelationship(
      book,
      book.workbook,
      (sheet?.type ?? "worksheet").replace(/worksheet$/, "sharedStrings"),
      path,
    );
  }
  const root = tree(book, path).root;
  const items = childrenOf(root, "si");
  return { root, items, texts: new Array(items.length), added: new Map() };
}

/** 書かれている文字（ふりがなを除く）。 */
export function stringAt(strings: SharedStrings, index: number): string {
  const known = strings.texts[index];
  if (known !== undefined) return known;
  const item = strings.items[index];
  const text = item ? richText(item) : "";
  if (item) strings.texts[index] = text;
  return text;
}

/** `<si>` や `<is>` の本文。`<rPh>` のふりがなは読まない。 */
export function richText(item: XmlElement): string {
  let text = "";
  for (const node of item.children) {
    if (typeof node === "string") continue;
    const name = localName(node.name);
    if (name === "t") text += unescapeExcel(textOf(node));
    else if (name === "r") for (const run of childrenOf(node, "t")) text += unescapeExcel(textOf(run));
  }
  return text;
}

/** 文字列を加えて番号を返す。kana があれば、ふりがなとして添える（PHONETIC 関数が読む）。 */
export function addString(strings: SharedStrings, text: string, kana?: string): number {
  const key = kana === undefined ? text : `${text}\u0000${kana}`;
  const known = strings.added.get(key);
  if (known !== undefined) return known;
  const t = sibling(strings.root, "t");
  const ruby = kana === undefined ? "" : rubyXml(strings, text, kana);
  const index = addItem(strings, `<${t} xml:space="preserve">${excelText(text)}</${t}>${ruby}`, text);
  strings.added.set(key, index);
  return index;
}

/** 書式つきの文字列（`<si>` の中身の XML）を加えて番号を返す。 */
export function addItem(strings: SharedStrings, inner: string, text: string): number {
  const item: XmlElement = { name: sibling(strings.root, "si"), head: "", children: [inner], paired: true };
  strings.root.children.push(item);
  strings.root.paired = true;
  strings.texts.push(text);
  return strings.items.push(item) - 1;
}

/** 数の控えを合わせる。 */
export function closeStrings(strings: SharedStrings): void {
  // count は使われている延べ数で、正しく数え直すより、無いほうがよい（任意の属性）。
  setAttribute(strings.root, "count", undefined);
  setAttribute(strings.root, "uniqueCount", String(strings.items.length));
}

function rubyXml(strings: SharedStrings, text: string, kana: string): string {
  const name = (local: string) => sibling(strings.root, local);
  return `<${name("rPh")} sb="0" eb="${text.length}"><${name("t")}>${excelText(kana)}</${name("t")}></${name("rPh")}><${name("phoneticPr")} fontId="0"/>`;
}

/** 新しい文字列の XML。Excel が `_x000D_` の形を文字の符号と読むので、その形そのものは逃がす。 */
export function excelText(text: string): string {
  const safe = text.includes("_x") ? text.replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_") : text;
  return escapeText(safe);
}

function unescapeExcel(text: string): string {
  return text.includes("_x")
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
}

/** 一つの項目を XML のまま写す（差込みで書き替えるため）。 */
export function copyItem(item: XmlElement): string {
  return item.children.map((node) => (typeof node === "string" ? node : writeElement(node))).join("");
}
