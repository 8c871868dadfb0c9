import { addPart, freePath, type Relationship, settle, tree, type XlsxBook } from "./xlsx-book.ts";
import { addLink, contentTypeOf, relationshipsOf, setContentType } from "./xlsx-link.ts";
import { mapVml, nameElements, partsOf } from "./xlsx-part.ts";
import {
  attribute,
  attributes,
  childrenOf,
  localName,
  relationId,
  setAttribute,
  walk,
  type XmlElement,
} from "./xlsx-xml.ts";

/** 写しを作るあいだの番号と名の控え。 */
export interface CopyDesk {
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

const known = new WeakMap<XlsxBook, CopyIds>();

export function copyIds(book: XlsxBook): CopyIds {
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

/** 部品の中身と種類を、空いている名へ写す。 */
export function copyBytes(book: XlsxBook, from: string): string {
  settle(book, from);
  const path = freePath(book, from);
  addPart(book, path, book.parts.get(from) ?? new Uint8Array());
  const type = contentTypeOf(book, from);
  if (type !== undefined) setContentType(book, path, type);
  return path;
}

/** 部品の指すものを、写すか分け合う。コメントの枠の番号をずらした量を返す。 */
export function copyLinks(desk: CopyDesk, from: string, to: string): ShapeMove | undefined {
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
export function tidyCopy(root: XmlElement, shapes: ShapeMove | undefined): void {
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
export function dropExtensions(root: XmlElement, ids: ReadonlySet<string>): void {
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
