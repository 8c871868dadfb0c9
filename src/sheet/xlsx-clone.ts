import { AppError } from "../base/error.ts";
import { settle, tree, type XlsxBook, type XlsxSheet } from "./xlsx-book.ts";
import { type CopyDesk, copyBytes, copyIds, copyLinks, dropExtensions, tidyCopy } from "./xlsx-copy.ts";
import { renameSheets, renameTables } from "./xlsx-formula.ts";
import { addRelationship, relationshipsOf } from "./xlsx-link.ts";
import { mapFormulas, mapText, mentions, nameElements, partsOf } from "./xlsx-part.ts";
import { sheetElements } from "./xlsx-workbook.ts";
import {
  attribute,
  attributes,
  childOf,
  childrenOf,
  localName,
  newElement,
  setAttribute,
  sibling,
  textOf,
  type XmlElement,
} from "./xlsx-xml.ts";

/**
 * sources の写しを一組作る。names は sources と同じ順の、写しの名。
 * コメント、図、表、印刷の設定、シートの名前（印刷範囲・印刷タイトル）、種類の登録まで写し、番号と名は新しくする。
 * 写しの中の、sources を名指しした数式は、同じ組の写しを指すようになる。
 */
export function cloneSheets(
  book: XlsxBook,
  sources: readonly XlsxSheet[],
  names: readonly string[],
  after: readonly XlsxSheet[],
): XlsxSheet[] {
  const sheets = new Map(sources.map((source, at) => [source.name, names[at] ?? source.name]));
  const desk: CopyDesk = { book, sheets, tables: new Map(), ids: copyIds(book) };
  const copies = sources.map((source, at) =>
    cloneSheet(desk, source, names[at] ?? source.name, after[at] ?? source),
  );
  // 表の名は、全部の写しができてから付け替える（別のシートの表を指す数式があるため）。
  for (const copy of copies) for (const path of [copy.path, ...partsOf(book, copy)]) renameIn(desk, path);
  copyNames(desk, sources, copies);
  for (const copy of copies) settle(book, copy.path);
  return copies;
}

function cloneSheet(desk: CopyDesk, source: XlsxSheet, name: string, after: XlsxSheet): XlsxSheet {
  const { book } = desk;
  const path = copyBytes(book, source.path);
  const shapes = copyLinks(desk, source.path, path);
  const root = tree(book, path).root;
  tidyCopy(root, shapes);
  dropExtensions(root, new Set(relationshipsOf(book, path).map((link) => link.id)));
  const copy: XlsxSheet = { name, path, hidden: false, cells: true };
  register(book, source, copy, after);
  return copy;
}

/** ブックにシートを登録する（after の直後）。 */
function register(book: XlsxBook, source: XlsxSheet, copy: XlsxSheet, after: XlsxSheet): void {
  const elements = sheetElements(book);
  const at = book.sheets.indexOf(after);
  const model = elements[at];
  const list = childOf(tree(book, book.workbook).root, "sheets");
  const link = relationshipsOf(book, book.workbook).find(({ target }) => target === source.path);
  if (!model || !list || !link)
    throw new AppError(
      "BAD_INPUT",
      "様式のシートの並びが読めません。Excel で開き、保存し直してからお試しください。",
    );
  const id = addRelationship(book, book.workbook, link.type, copy.path);
  const sheetId = 1 + Math.max(...elements.map((element) => Number(attribute(element, "sheetId") ?? 0)));
  const element: XmlElement = {
    ...newElement(sibling(list, "sheet"), {}),
    head: elements[book.sheets.indexOf(source)]?.head ?? model.head,
  };
  setAttribute(element, "name", copy.name);
  setAttribute(element, "sheetId", String(sheetId));
  setAttribute(element, "state", undefined);
  for (const { name, value } of attributes(element.head))
    if (value === link.id && localName(name) === "id") setAttribute(element, name, id);
  list.children.splice(list.children.indexOf(model) + 1, 0, element);
  moveLocalIds(book, at + 1);
  book.sheets.splice(at + 1, 0, copy);
}

/** 途中に一枚入ると、後ろのシートの番号（localSheetId、選ばれているシート）が一つずつずれる。 */
function moveLocalIds(book: XlsxBook, from: number): void {
  const bump = (element: XmlElement, key: string) => {
    const value = attribute(element, key);
    if (value !== undefined && Number(value) >= from) setAttribute(element, key, String(Number(value) + 1));
  };
  for (const name of nameElements(book)) bump(name, "localSheetId");
  const views = childOf(tree(book, book.workbook).root, "bookViews");
  for (const view of views ? childrenOf(views, "workbookView") : [])
    for (const key of ["activeTab", "firstSheet"]) bump(view, key);
}

function renameIn(desk: CopyDesk, path: string): void {
  const names = [...desk.sheets.keys()];
  if (
    path.endsWith(".vml") ||
    (desk.tables.size === 0 && !names.some((name) => mentions(desk.book, path, name)))
  )
    return;
  mapFormulas(tree(desk.book, path).root, (formula) =>
    renameTables(renameSheets(formula, desk.sheets), desk.tables),
  );
}

/** シートの名前を写す。ブック全体の名前でもシートを指していれば、写しでは写しを指す同じ名前を置く（Excel と同じ）。 */
function copyNames(desk: CopyDesk, sources: readonly XlsxSheet[], copies: readonly XlsxSheet[]): void {
  const { book } = desk;
  const list = childOf(tree(book, book.workbook).root, "definedNames");
  if (!list) return;
  const originals = nameElements(book).map((element) => ({
    element,
    local: attribute(element, "localSheetId"),
    formula: textOf(element),
  }));
  for (const [at, copy] of copies.entries()) {
    const source = sources[at];
    if (!source) continue;
    const own = String(book.sheets.indexOf(source));
    const localNames = new Set(
      originals.filter(({ local }) => local === own).map(({ element }) => attribute(element, "name")),
    );
    for (const { element, local, formula } of originals) {
      const wide =
        local === undefined && !localNames.has(attribute(element, "name")) && pointsTo(formula, source.name);
      if (local !== own && !wide) continue;
      const twin: XmlElement = { ...element, children: [...element.children] };
      setAttribute(twin, "localSheetId", String(book.sheets.indexOf(copy)));
      mapText(twin, (text) => renameTables(renameSheets(text, desk.sheets), desk.tables));
      list.children.push(twin);
    }
  }
}

function pointsTo(formula: string, sheet: string): boolean {
  return (
    formula.toLowerCase().includes(sheet.replaceAll("'", "''").toLowerCase()) &&
    renameSheets(formula, new Map([[sheet, "\u0001"]])) !== formula
  );
}
