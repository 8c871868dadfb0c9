import { AppError } from "../base/error.ts";
import { parseXml, writeXml, type XmlDocument, type XmlElement } from "./xlsx-xml.ts";

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
  /** 部品の名。外部や、部品でない行き先なら、書かれていたとおり。 */
  target: string;
  external: boolean;
}

export function refuse(message: string): AppError {
  return new AppError("BAD_INPUT", message);
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

/** 部品を足す。 */
export function addPart(book: XlsxBook, path: string, bytes: Uint8Array): void {
  book.parts.set(path, bytes);
  book.index.set(path.toLowerCase(), path);
}

/** まだ使われていない部品の名（xl/worksheets/sheet3.xml → 次の空いた番号）。 */
export function freePath(book: XlsxBook, like: string, from = 1): string {
  const [, stem = like, extension = ""] = /^(.*?)[0-9]*(\.[^./]*)$/.exec(like) ?? [];
  let number = from;
  while (book.index.has(`${stem}${number}${extension}`.toLowerCase())) number++;
  return `${stem}${number}${extension}`;
}
