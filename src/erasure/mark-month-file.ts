import { AppError } from "../base/error.ts";
import {
  childrenOf as childrenIn,
  descendantsOf,
  escapeXml,
  textOf as textIn,
  type XmlElement,
  xmlBytes,
} from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import {
  cellOf,
  type Grid,
  lastColumnOf,
  lastRowOf,
  mergeAt,
  openGrid,
  putCell,
  textAt,
} from "../sheet/xlsx-grid.ts";
import { placeholdersOf } from "../sheet/xlsx-placeholder.ts";
import { openStrings, type SharedStrings } from "../sheet/xlsx-text.ts";
import { openBook, saveBook } from "../sheet/xlsx-workbook.ts";
import { openDocx, partXml, saveDocx } from "../word/docx-package.ts";
import { compileTemplate } from "../word/docx-template.ts";

/** 様式１のひな形。names は差し込む所の名。marks が偽なら、見出しの隣の空いた欄を名にした。 */
export interface MarkedMonthFile {
  bytes: Uint8Array;
  names: string[];
  extension: "docx" | "xlsx";
  marks: boolean;
}

const MOST_ROWS = 400;
const MOST_COLUMNS = 60;
const MOST_NAMES = 120;
const LABEL = 40;

/**
 * 委託者の様式の、差し込む所を数える。差込みの印（`{件数}`、差し込み項目）があれば、それだけを使う。
 * 印のない様式（見出しと空いた欄だけの表）では、見出しの右の空いた欄に、見出しの名の印を入れたものを返す。
 * @throws AppError BAD_INPUT（Word でも Excel でもない、開けない、差し込む所がない）
 */
export function markMonthFile(bytes: Uint8Array): MarkedMonthFile {
  const marked = isWord(bytes) ? markWord(bytes) : markBook(bytes);
  if (marked.names.length === 0)
    throw new AppError(
      "BAD_INPUT",
      "この様式には、差し込む所が見つかりません。見出しの右に空いた欄のある表にするか、{件数} のような印を入れて選び直してください。",
    );
  if (marked.names.length > MOST_NAMES)
    throw new AppError(
      "BAD_INPUT",
      `差し込む所が多すぎます（${MOST_NAMES}か所まで）。様式をご確認ください。`,
    );
  return marked;
}

function isWord(bytes: Uint8Array): boolean {
  try {
    return openZip(bytes, {}, (name) => name === "word/document.xml").size > 0;
  } catch {
    throw new AppError(
      "BAD_INPUT",
      "様式のファイルが開けません。Word（.docx）か Excel（.xlsx）を、パスワードを外して選んでください。",
    );
  }
}

/** 同じ見出しが二度あれば、二つめから番号を添える。 */
class Names {
  readonly list: string[] = [];
  add(label: string): string {
    const plain = [
      ...label
        .normalize("NFKC")
        .replace(/[\s{}｛｝#/^:：]+/g, " ")
        .trim(),
    ]
      .slice(0, LABEL)
      .join("");
    const again = this.list.filter((one) => one === plain || one.startsWith(`${plain} `)).length;
    const name = again === 0 ? plain : `${plain} ${again + 1}`;
    this.list.push(name);
    return name;
  }
}

function markBook(bytes: Uint8Array): MarkedMonthFile {
  const book = openBook(bytes);
  const strings = openStrings(book);
  const grids = book.sheets.slice(0, 10).map((sheet) => openGrid(book, sheet));
  const marks = grids.flatMap((grid) => textsOf(grid, strings).flatMap(placeholdersOf));
  if (marks.length > 0) return { bytes, names: [...new Set(marks)], extension: "xlsx", marks: true };
  const names = new Names();
  for (const grid of grids)
    for (const spot of blanksOf(grid, strings)) mark(grid, spot, names.add(spot.label));
  return { bytes: saveBook(book), names: names.list, extension: "xlsx", marks: false };
}

interface Spot {
  label: string;
  row: number;
  column: number;
}

function* spots(grid: Grid): Generator<{ row: number; column: number }> {
  const rows = Math.min(lastRowOf(grid), MOST_ROWS);
  const columns = Math.min(lastColumnOf(grid), MOST_COLUMNS);
  for (let row = 1; row <= rows; row += 1)
    for (let column = 1; column <= columns; column += 1) if (cellOf(grid, row, column)) yield { row, column };
}

function textsOf(grid: Grid, strings: SharedStrings): string[] {
  return [...spots(grid)].map(({ row, column }) => textAt(grid, strings, row, column));
}

/** 見出しのセルの、結合を越えた右隣の空いたセル。 */
function blanksOf(grid: Grid, strings: SharedStrings): Spot[] {
  const found: Spot[] = [];
  for (const { row, column } of spots(grid)) {
    const label = textAt(grid, strings, row, column).trim();
    if (label === "" || /^[\d.,]+$/.test(label)) continue;
    const next = (mergeAt(grid, row, column)?.right ?? column) + 1;
    const cell = cellOf(grid, row, next);
    const own = mergeAt(grid, row, next);
    const isFirst = own === undefined || (own.left === next && own.top === row);
    if (cell && isFirst && cell.children.length === 0) found.push({ label, row, column: next });
  }
  return found;
}

function mark(grid: Grid, { row, column }: Spot, name: string): void {
  putCell(grid, row, column, { type: "inlineStr", inner: `<is><t>${escapeXml(`{${name}}`)}</t></is>` });
}

function markWord(bytes: Uint8Array): MarkedMonthFile {
  const own = fieldsIn(bytes);
  if (own.names.length > 0) return { bytes, names: own.names, extension: "docx", marks: true };
  const pkg = openDocx(bytes);
  const root = partXml(pkg, pkg.mainPart);
  const names = new Names();
  for (const { label, cell } of root ? blankCells(root) : []) {
    const line = childrenIn(cell).findLast((one) => one.name === "w:p");
    line?.children.push(run(`{${names.add(label)}}`));
  }
  if (root) pkg.parts.set(pkg.mainPart, xmlBytes(root));
  const marked = saveDocx(pkg);
  const found = fieldsIn(marked);
  if (found.names.length === 0) throw found.cause;
  return { bytes: marked, names: found.names, extension: "docx", marks: false };
}

/** 差し込みの読み手が見つけた名。印がなければ空と、その断り。 */
function fieldsIn(bytes: Uint8Array): { names: string[]; cause?: unknown } {
  try {
    return { names: [...compileTemplate(bytes).inventory.fields.keys()] };
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    return { names: [], cause };
  }
}

/** 表の行の、文字のあるセルの右隣の、何もないセル。 */
function blankCells(root: XmlElement): { label: string; cell: XmlElement }[] {
  return descendantsOf(root, (one) => one.name === "w:tr").flatMap((row) => {
    const cells = childrenIn(row).filter((one) => one.name === "w:tc");
    return cells.flatMap((cell, at) => {
      const label = at === 0 ? "" : textIn(cells[at - 1] as XmlElement).trim();
      const full = textIn(cell).trim() !== "" || descendantsOf(cell, isThing).length > 0;
      return label === "" || full ? [] : [{ label, cell }];
    });
  });
}

function isThing({ name }: XmlElement): boolean {
  return ["w:tbl", "w:drawing", "w:pict", "w:object", "w:sdt"].includes(name);
}

function run(text: string): XmlElement {
  const inside: XmlElement = { name: "w:t", attrs: [], children: [escapeXml(text)] };
  return { name: "w:r", attrs: [], children: [inside] };
}
