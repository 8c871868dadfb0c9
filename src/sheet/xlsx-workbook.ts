import { openZip, writeZip } from "../office/zip.ts";
import { refuse, settle, tree, type XlsxBook } from "./xlsx-book.ts";
import {
  contentTypeOf,
  relationshipPath,
  relationshipsOf,
  removePart,
  setContentType,
  TYPES,
} from "./xlsx-link.ts";
import {
  attribute,
  childOf,
  childrenOf,
  newElement,
  relationId,
  setAttribute,
  sibling,
  type XmlElement,
} from "./xlsx-xml.ts";

const MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";

const MACRO_MAIN = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";

/** ZIP でない物が渡されたとき、それが何かを見分けて断る。 */
function refuseOther(bytes: Uint8Array): void {
  const head = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
  if (!head.every((byte, at) => bytes[at] === byte)) return;
  const text = new TextDecoder("latin1").decode(bytes.subarray(0, 1 << 20));
  if (text.includes("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e")) {
    throw refuse(
      "様式のファイルにパスワードがかかっているため開けません。Excel で「ファイル」→「情報」→「ブックの保護」からパスワードを外して保存し、もう一度お選びください。",
    );
  }
  throw refuse(
    "様式が古い形式（.xls）のため使えません。Excel で開き、「名前を付けて保存」で .xlsx を選んで保存し直してください。",
  );
}

/** .xlsx / .xlsm を開く。使えないファイルは、直し方を添えた AppError で断る。 */
export function openBook(bytes: Uint8Array): XlsxBook {
  refuseOther(bytes);
  const parts = openZip(bytes);
  const index = new Map([...parts.keys()].map((name) => [name.toLowerCase(), name]));
  const book: XlsxBook = {
    parts,
    trees: new Map(),
    index,
    types: new Map(),
    links: new Map(),
    workbook: "",
    sheets: [],
    date1904: false,
    macros: false,
  };
  const main = parts.has("_rels/.rels")
    ? relationshipsOf(book, "").find((link) => link.kind === "officeDocument")
    : undefined;
  if (!parts.has(TYPES) || !main || main.external || !parts.has(main.target)) {
    throw refuse("様式が Excel のブック（.xlsx または .xlsm）ではありません。ファイルをお確かめください。");
  }
  if (/\.bin$/i.test(main.target)) {
    throw refuse(
      "様式がバイナリ形式（.xlsb）のため使えません。Excel で開き、「名前を付けて保存」で .xlsx を選んで保存し直してください。",
    );
  }
  for (const element of childrenOf(tree(book, TYPES).root, "Override")) {
    book.types.set((attribute(element, "PartName") ?? "").slice(1).toLowerCase(), element);
  }
  book.workbook = main.target;
  const type = contentTypeOf(book, main.target) ?? "";
  if (!/spreadsheetml|ms-excel/.test(type))
    throw refuse("様式が Excel のブックではありません。ファイルをお確かめください。");
  book.macros = /macroEnabled/i.test(type);
  // ひな形（.xltx / .xltm）のままでは、できた名簿を開くたびに新しいブックになってしまう。
  if (/template/i.test(type)) setContentType(book, main.target, book.macros ? MACRO_MAIN : MAIN);
  readSheets(book);
  return book;
}

function readSheets(book: XlsxBook): void {
  const root = tree(book, book.workbook).root;
  book.date1904 = /^(1|true)$/.test(attribute(childOf(root, "workbookPr") ?? root, "date1904") ?? "");
  const links = new Map(relationshipsOf(book, book.workbook).map((link) => [link.id, link]));
  for (const element of sheetElements(book)) {
    const link = links.get(relationId(element) ?? "");
    // 消されたダイアログのシートなど、中身のない登録が残っていることがある。並びの番号のために数えはする。
    const there = link !== undefined && book.parts.has(link.target);
    const state = attribute(element, "state") ?? "visible";
    book.sheets.push({
      name: attribute(element, "name") ?? "",
      path: there ? link.target : "",
      hidden: state !== "visible",
      cells: there && link.kind === "worksheet",
    });
  }
  if (!book.sheets.some((sheet) => sheet.cells)) {
    throw refuse("様式のブックに、読めるシートがありません。Excel で開き、保存し直してからお試しください。");
  }
}

/** workbook.xml の `<sheet>` を並びの順に。 */
export function sheetElements(book: XlsxBook): XmlElement[] {
  const sheets = childOf(tree(book, book.workbook).root, "sheets");
  return sheets ? childrenOf(sheets, "sheet") : [];
}

/** ブックを書き出す。 */
export function saveBook(book: XlsxBook): Uint8Array {
  for (const path of [...book.trees.keys()]) settle(book, path);
  return writeZip(book.parts);
}

/** マクロを除いて、ふつうの .xlsx にする。 */
export function dropMacros(book: XlsxBook): void {
  for (const link of relationshipsOf(book, book.workbook)) {
    if (link.kind !== "vbaProject" || link.external) continue;
    for (const inner of relationshipsOf(book, link.target)) removePart(book, link.target, inner.target);
    book.parts.delete(relationshipPath(link.target));
    book.trees.delete(relationshipPath(link.target));
    removePart(book, book.workbook, link.target);
  }
  setContentType(book, book.workbook, MAIN);
  book.macros = false;
}

/** 計算の順の記録を捨て、開いたときに全部を計算し直させる。 */
export function recalculateOnLoad(book: XlsxBook): void {
  for (const link of relationshipsOf(book, book.workbook)) {
    if (link.kind === "calcChain") removePart(book, book.workbook, link.target);
  }
  const root = tree(book, book.workbook).root;
  const known = childOf(root, "calcPr");
  if (known) {
    setAttribute(known, "fullCalcOnLoad", "1");
    return;
  }
  // スキーマの順: definedNames までのあと、oleSize などの前。
  const before = new Set([
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
    "AlternateContent",
    "revisionPtr",
    "absPath",
  ]);
  const at = root.children.findLastIndex(
    (node) => typeof node !== "string" && before.has(node.name.slice(node.name.indexOf(":") + 1)),
  );
  root.children.splice(
    at + 1,
    0,
    newElement(sibling(root, "calcPr"), { calcId: "191029", fullCalcOnLoad: "1" }),
  );
}
