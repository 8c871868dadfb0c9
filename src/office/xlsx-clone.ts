import { AppError } from "../platform/error.ts";
import {
  addLink,
  addPart,
  addRelationship,
  contentTypeOf,
  freePath,
  type Relationship,
  relationshipsOf,
  setContentType,
  settle,
  sheetElements,
  tree,
  type XlsxBook,
  type XlsxSheet,
} from "./xlsx-book.ts";
import { renameSheets, renameTables, sameSheet } from "./xlsx-formula.ts";
import { mapFormulas, mapText, mapVml, mentions, nameElements, partsOf } from "./xlsx-part.ts";
import {
  attribute,
  attributes,
  childOf,
  childrenOf,
  localName,
  newElement,
  relationId,
  setAttribute,
  sibling,
  textOf,
  walk,
  type XmlElement,
} from "./xlsx-xml.ts";

/** 写しを作るあいだの番号と名の控え。 */
interface CopyDesk {
  book: XlsxBook;
  /** シートの旧名 → 写しの名。 */
  sheets: ReadonlyMap<string, string>;
  tables: Map<string, string>;
  ids: CopyIds;
}
interface CopyIds {
  tableId: number;
  tableNames: Set<string>;
  shapeBlock: number;
}

/** 写しどうしで分け合ってよい部品（写真など、シートの名も番号も持たないもの）。 */
const SHARED = /^(image|hdphoto|theme|person|pivotCacheDefinition|vbaProject)$/;
/** ブックに一つの名を持ち、写すと Excel が壊れていると言うもの。 */
const DROPPED = /^(slicer|timeline|customProperty|queryTable|tableSingleCells)$/;

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

const known = new WeakMap<XlsxBook, CopyIds>();

function copyIds(book: XlsxBook): CopyIds {
  const ready = known.get(book);
  if (ready) return ready;
  const ids: CopyIds = { tableId: 0, tableNames: new Set(), shapeBlock: 0 };
  for (const path of book.sheets.flatMap((sheet) => partsOf(book, sheet))) {
    if (path.endsWith(".vml")) {
      mapVml(book, path, (text) => {
        for (const [, block] of text.matchAll(/idmap[^>]*\bdata=["'](\d+)/g))
          ids.shapeBlock = Math.max(ids.shapeBlock, Number(block));
        return text;
      });
    } else if (localName(tree(book, path).root.name) === "table") {
      const root = tree(book, path).root;
      ids.tableId = Math.max(ids.tableId, Number(attribute(root, "id")));
      ids.tableNames.add((attribute(root, "displayName") ?? "").toLowerCase());
    }
  }
  for (const name of nameElements(book)) ids.tableNames.add((attribute(name, "name") ?? "").toLowerCase());
  known.set(book, ids);
  return ids;
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

/** 部品の中身と種類を、空いている名へ写す。 */
function copyBytes(book: XlsxBook, from: string): string {
  settle(book, from);
  const path = freePath(book, from);
  addPart(book, path, book.parts.get(from) ?? new Uint8Array());
  const type = contentTypeOf(book, from);
  if (type !== undefined) setContentType(book, path, type);
  return path;
}

/** 部品の指すものを、写すか分け合う。コメントの枠の番号をずらした量を返す。 */
function copyLinks(desk: CopyDesk, from: string, to: string): ShapeMove | undefined {
  let shapes: ShapeMove | undefined;
  const done = new Map<string, string>();
  for (const link of relationshipsOf(desk.book, from)) {
    if (DROPPED.test(link.kind)) continue;
    if (link.external || SHARED.test(link.kind) || !desk.book.parts.has(link.target)) {
      addLink(desk.book, to, link);
      continue;
    }
    const target = done.get(link.target) ?? copyPart(desk, link);
    done.set(link.target, target);
    if (link.kind === "vmlDrawing") shapes = moveShapes(desk, target) ?? shapes;
    addLink(desk.book, to, { ...link, target });
  }
  return shapes;
}

function copyPart(desk: CopyDesk, link: Relationship): string {
  const path = copyBytes(desk.book, link.target);
  if (link.kind === "table") renumberTable(desk, path);
  copyLinks(desk, link.target, path);
  return path;
}

function renumberTable(desk: CopyDesk, path: string): void {
  const { root } = tree(desk.book, path);
  const old = attribute(root, "displayName") ?? attribute(root, "name") ?? "Table";
  const { ids } = desk;
  let number = 2;
  while (ids.tableNames.has(`${old}_${number}`.toLowerCase())) number++;
  const fresh = `${old}_${number}`;
  ids.tableNames.add(fresh.toLowerCase());
  ids.tableId++;
  desk.tables.set(old, fresh);
  setAttribute(root, "id", String(ids.tableId));
  setAttribute(root, "name", fresh);
  setAttribute(root, "displayName", fresh);
  // 外部データとのつながりは写さない。
  if (attribute(root, "tableType") === "queryTable") setAttribute(root, "tableType", undefined);
  walk(root, (element) => {
    dropUid(element);
    setAttribute(element, "queryTableFieldId", undefined);
    return undefined;
  });
}

/** 版の管理のための一意な番号（xr:uid）。写しでは重なるので除く。 */
function dropUid(element: XmlElement): void {
  if (!element.head.includes("uid=")) return;
  for (const { name } of [...attributes(element.head)])
    if (/:uid$/.test(name)) setAttribute(element, name, undefined);
}

interface ShapeMove {
  from: number;
  to: number;
}

/** コメントの枠の番号は、シートごとに 1024 ずつの区画を使う決まり。写しには新しい区画を与える。 */
function moveShapes(desk: CopyDesk, path: string): ShapeMove | undefined {
  let move: ShapeMove | undefined;
  mapVml(desk.book, path, (text) => {
    const block = /idmap[^>]*\bdata=["'](\d+)["']/.exec(text)?.[1];
    if (block === undefined) return text;
    desk.ids.shapeBlock++;
    const [from, to] = [Number(block) * 1024, desk.ids.shapeBlock * 1024];
    move = { from, to };
    return text
      .replace(/(idmap[^>]*\bdata=["'])\d+(["'])/g, (_, open, close) => `${open}${to / 1024}${close}`)
      .replace(/_x0000_s(\d+)/g, (whole, id) =>
        Number(id) >= from && Number(id) < from + 1024 ? `_x0000_s${Number(id) - from + to}` : whole,
      );
  });
  return move;
}

/** 一枚にしか許されないもの（選ばれた状態、マクロの名、一意な番号）を写しから除く。 */
function tidyCopy(root: XmlElement, shapes: ShapeMove | undefined): void {
  dropUid(root);
  walk(root, (element) => {
    const name = localName(element.name);
    if (name === "sheetData") return false;
    if (name === "sheetPr") setAttribute(element, "codeName", undefined);
    if (name === "sheetView") setAttribute(element, "tabSelected", undefined);
    const shape = element.head.includes("shapeId") ? Number(attribute(element, "shapeId")) : Number.NaN;
    if (shapes && shape >= shapes.from && shape < shapes.from + 1024)
      setAttribute(element, "shapeId", String(shape - shapes.from + shapes.to));
    return undefined;
  });
}

/** 指す先を写さなかった要素（スライサーなど）を除く。 */
function dropExtensions(root: XmlElement, ids: ReadonlySet<string>): void {
  const broken = (element: XmlElement): boolean => {
    const id = relationId(element);
    return (
      (id !== undefined && !ids.has(id)) ||
      element.children.some((node) => typeof node !== "string" && broken(node))
    );
  };
  for (const list of [...childrenOf(root, "extLst")]) {
    list.children = list.children.filter((node) => typeof node === "string" || !broken(node));
    if (childrenOf(list, "ext").length === 0) root.children = root.children.filter((node) => node !== list);
  }
  root.children = root.children.filter(
    (node) => typeof node === "string" || !/^customProperties$/.test(localName(node.name)) || !broken(node),
  );
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

/** シートの名を変え、ブックの中の、その名を使う数式・名前・グラフ・ピボットをすべて合わせる。 */
export function renameSheet(
  book: XlsxBook,
  sheet: XlsxSheet,
  name: string,
  scope: readonly XlsxSheet[],
): void {
  const old = sheet.name;
  if (old === name) return;
  const names = new Map([[old, name]]);
  const element = sheetElements(book)[book.sheets.indexOf(sheet)];
  if (element) setAttribute(element, "name", name);
  for (const other of scope) {
    for (const path of [other.path, ...partsOf(book, other)]) {
      if (mentions(book, path, old))
        mapFormulas(tree(book, path).root, (formula) => renameSheets(formula, names));
    }
  }
  for (const defined of nameElements(book)) mapText(defined, (formula) => renameSheets(formula, names));
  for (const link of relationshipsOf(book, book.workbook)) {
    if (link.kind !== "pivotCacheDefinition" || !book.parts.has(link.target)) continue;
    walk(tree(book, link.target).root, (source) => {
      if (localName(source.name) === "worksheetSource" && sameSheet(attribute(source, "sheet") ?? "", old))
        setAttribute(source, "sheet", name);
      return undefined;
    });
  }
  sheet.name = name;
}
