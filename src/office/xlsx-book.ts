import { AppError } from "../platform/error.ts";
import {
  attribute,
  childOf,
  childrenOf,
  newElement,
  parseXml,
  relationId,
  setAttribute,
  sibling,
  writeXml,
  type XmlDocument,
  type XmlElement,
} from "./xlsx-xml.ts";
import { openZip, writeZip } from "./zip.ts";

/** ブックの中の一枚のシート。並びは XlsxBook.sheets の順。 */
export interface XlsxSheet {
  name: string;
  /** 部品の名（先頭の / なし）。 */
  path: string;
  hidden: boolean;
  /** グラフだけのシートなど、セルを持たないもの。 */
  cells: boolean;
}
/** 開いたブック。触れた部品だけが木になり、触れない部品はバイト列のまま書き戻される。 */
export interface XlsxBook {
  parts: Map<string, Uint8Array>;
  trees: Map<string, XmlDocument>;
  /** 小文字にした部品の名 → 実際の名（部品の名は大文字と小文字を区別しない）。 */
  index: Map<string, string>;
  /** 部品の種類（小文字の名 → Override の要素）。 */
  types: Map<string, XmlElement>;
  links: Map<string, Relationship[]>;
  workbook: string;
  sheets: XlsxSheet[];
  /** 1904年から数える日付。 */
  date1904: boolean;
  /** マクロを含む（拡張子は .xlsm でなければ Excel が開かない）。 */
  macros: boolean;
}
export interface Relationship {
  id: string;
  /** 種類の URI の最後の一語（worksheet、comments …）。 */
  kind: string;
  type: string;
  /** 部品の名。外部なら書かれていたとおり。 */
  target: string;
  external: boolean;
}

const TYPES = "[Content_Types].xml";
const MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const MACRO_MAIN = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";

function refuse(message: string): AppError {
  return new AppError("BAD_INPUT", message);
}

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
    if (!link || !book.parts.has(link.target))
      throw refuse(
        "様式のシートの一部が失われていて開けません。Excel で開き、保存し直してからお試しください。",
      );
    const state = attribute(element, "state") ?? "visible";
    book.sheets.push({
      name: attribute(element, "name") ?? "",
      path: link.target,
      hidden: state !== "visible",
      cells: link.kind === "worksheet",
    });
  }
  if (book.sheets.length === 0) throw refuse("様式のブックにシートがありません。");
}

/** workbook.xml の `<sheet>` を並びの順に。 */
export function sheetElements(book: XlsxBook): XmlElement[] {
  const sheets = childOf(tree(book, book.workbook).root, "sheets");
  return sheets ? childrenOf(sheets, "sheet") : [];
}

/** 部品の文字。UTF-8 と UTF-16（先頭の印つき）を読む。 */
export function partText(book: XlsxBook, path: string): string {
  const bytes = book.parts.get(path) ?? new Uint8Array();
  const wide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return new TextDecoder(wide ? (bytes[0] === 0xff ? "utf-16le" : "utf-16be") : "utf-8").decode(bytes);
}

/** 部品の木。返した木を変えれば、そのまま保存される。 */
export function tree(book: XlsxBook, path: string): XmlDocument {
  const known = book.trees.get(path);
  if (known) return known;
  if (!book.parts.has(path))
    throw refuse(`様式のファイルの中に ${path} がありません。Excel で開き、保存し直してからお試しください。`);
  const source = partText(book, path);
  const parsed = parseXml(source, path);
  // UTF-16 で書かれていた宣言を残すと、UTF-8 で書き戻したときに読めなくなる。
  parsed.prolog = parsed.prolog.replace(/encoding=(["'])utf-16\1/i, 'encoding="UTF-8"');
  book.trees.set(path, parsed);
  return parsed;
}

/** 木をバイト列に戻して忘れる（何百枚も作るとき、記憶を使い続けないため）。 */
export function settle(book: XlsxBook, path: string): void {
  const parsed = book.trees.get(path);
  if (!parsed) return;
  book.parts.set(path, new TextEncoder().encode(writeXml(parsed)));
  book.trees.delete(path);
}

/** ブックを書き出す。 */
export function saveBook(book: XlsxBook): Uint8Array {
  for (const path of [...book.trees.keys()]) settle(book, path);
  return writeZip(book.parts);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/** 部品の関係を書いた部品の名。"" はパッケージそのもの。 */
export function relationshipPath(path: string): string {
  const folder = folderOf(path);
  return path === "" ? "_rels/.rels" : `${folder}_rels/${path.slice(folder.length)}.rels`;
}

/** 相対の行き先を部品の名にする。大文字と小文字の違いは実在する部品に合わせる。 */
function resolve(book: XlsxBook, from: string, target: string): string {
  const steps = target.startsWith("/")
    ? []
    : folderOf(from)
        .split("/")
        .filter((step) => step !== "");
  for (const step of decodeTarget(target).split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "." && step !== "") steps.push(step);
  }
  const path = steps.join("/");
  return book.parts.has(path) ? path : (book.index.get(path.toLowerCase()) ?? path);
}

function decodeTarget(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

/** 部品が指しているもの。 */
export function relationshipsOf(book: XlsxBook, path: string): Relationship[] {
  const known = book.links.get(path);
  if (known) return known;
  const rels = relationshipPath(path);
  const links = book.parts.has(rels)
    ? childrenOf(tree(book, rels).root, "Relationship").map((element) => readLink(book, path, element))
    : [];
  book.links.set(path, links);
  return links;
}

function readLink(book: XlsxBook, path: string, element: XmlElement): Relationship {
  const type = attribute(element, "Type") ?? "";
  const target = attribute(element, "Target") ?? "";
  const external = attribute(element, "TargetMode") === "External";
  const kind = type.slice(type.lastIndexOf("/") + 1);
  return {
    id: attribute(element, "Id") ?? "",
    kind,
    type,
    target: external ? target : resolve(book, path, target),
    external,
  };
}

const EMPTY_RELS =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>';

/** 関係を足して、その id を返す。 */
export function addRelationship(book: XlsxBook, path: string, type: string, target: string): string {
  const links = relationshipsOf(book, path);
  const taken = new Set(links.map((link) => link.id));
  let number = taken.size + 1;
  while (taken.has(`rId${number}`)) number++;
  addLink(book, path, {
    id: `rId${number}`,
    kind: type.slice(type.lastIndexOf("/") + 1),
    type,
    target,
    external: false,
  });
  return `rId${number}`;
}

/** 関係を、id も決めて足す。 */
export function addLink(book: XlsxBook, path: string, link: Relationship): void {
  const rels = relationshipPath(path);
  if (!book.parts.has(rels)) addPart(book, rels, new TextEncoder().encode(EMPTY_RELS));
  const root = tree(book, rels).root;
  const attributes = {
    Id: link.id,
    Type: link.type,
    Target: link.external ? link.target : `/${link.target}`,
  };
  root.children.push(
    newElement(
      sibling(root, "Relationship"),
      link.external ? { ...attributes, TargetMode: "External" } : attributes,
    ),
  );
  const links = book.links.get(path);
  if (links) links.push(link);
  else book.links.set(path, [link]);
}

/** 部品の種類（Override、なければ拡張子の Default）。 */
export function contentTypeOf(book: XlsxBook, path: string): string | undefined {
  const own = book.types.get(path.toLowerCase());
  if (own) return attribute(own, "ContentType");
  const extension = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  const general = childrenOf(tree(book, TYPES).root, "Default").find(
    (element) => attribute(element, "Extension")?.toLowerCase() === extension,
  );
  return general && attribute(general, "ContentType");
}

/** 部品の種類を Override で定める。 */
export function setContentType(book: XlsxBook, path: string, type: string): void {
  const own = book.types.get(path.toLowerCase());
  if (own) return setAttribute(own, "ContentType", type);
  const root = tree(book, TYPES).root;
  const element = newElement(sibling(root, "Override"), { PartName: `/${path}`, ContentType: type });
  root.children.push(element);
  book.types.set(path.toLowerCase(), element);
}

/** 部品を足す。 */
export function addPart(book: XlsxBook, path: string, bytes: Uint8Array): void {
  book.parts.set(path, bytes);
  book.index.set(path.toLowerCase(), path);
}

/** 部品を、owner からの関係と種類ごと消す。 */
export function removePart(book: XlsxBook, owner: string, path: string): void {
  book.parts.delete(path);
  book.trees.delete(path);
  book.index.delete(path.toLowerCase());
  const drop = (root: XmlElement, gone: (element: XmlElement) => boolean) => {
    root.children = root.children.filter((node) => typeof node === "string" || !gone(node));
  };
  const type = book.types.get(path.toLowerCase());
  book.types.delete(path.toLowerCase());
  drop(tree(book, TYPES).root, (element) => element === type);
  const links = relationshipsOf(book, owner);
  const ids = new Set(links.filter((link) => !link.external && link.target === path).map((link) => link.id));
  book.links.set(
    owner,
    links.filter((link) => !ids.has(link.id)),
  );
  if (ids.size > 0)
    drop(tree(book, relationshipPath(owner)).root, (element) => ids.has(attribute(element, "Id") ?? ""));
}

/** まだ使われていない部品の名（xl/worksheets/sheet3.xml → 次の空いた番号）。 */
export function freePath(book: XlsxBook, like: string, from = 1): string {
  const [, stem = like, extension = ""] = /^(.*?)[0-9]*(\.[^./]*)$/.exec(like) ?? [];
  let number = from;
  while (book.index.has(`${stem}${number}${extension}`.toLowerCase())) number++;
  return `${stem}${number}${extension}`;
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
