import { AppError } from "../base/error.ts";
import { xmlBytes } from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { openGrid } from "../sheet/xlsx-grid.ts";
import { placeholdersOf } from "../sheet/xlsx-placeholder.ts";
import { openStrings } from "../sheet/xlsx-text.ts";
import { openBook, saveBook } from "../sheet/xlsx-workbook.ts";
import { openDocx, partXml, saveDocx } from "../word/docx-package.ts";
import { compileTemplate } from "../word/docx-template.ts";
import { markSheetBlanks, sheetTexts } from "./mark-sheet-blank.ts";
import { markWordBlanks } from "./mark-word-blank.ts";
import { splitMonthName, TemplateNames } from "./template-name.ts";

/** 様式１のひな形。names は差し込む所の名。marks が偽なら、見出しの隣の空いた欄を名にした。 */
export interface MarkedMonthFile {
  bytes: Uint8Array;
  /** 値を当てる名（月が横に並ぶ表は、行に一つ）。 */
  names: string[];
  /** 差し込む所の全部。 */
  places: string[];
  extension: "docx" | "xlsx";
  marks: boolean;
}

const MOST_NAMES = 120;

/** 差し込む所を、値を当てる名にまとめる。 */
function namesOf(places: string[]): { names: string[]; places: string[] } {
  return { places, names: [...new Set(places.map((place) => splitMonthName(place)?.base ?? place))] };
}

/**
 * 委託者の様式の、差し込む所を数える。差込みの印（`{件数}`、差し込み項目）があれば、それだけを使う。
 * 印のない様式では、見出しの右（なければ下）の空いた欄・空の日付・「□有　□無」・内容コントロールに、見出しの名の印を入れたものを返す。
 * @throws AppError BAD_INPUT（Word でも Excel でもない、開けない、差し込む所がない）
 */
export function markMonthFile(bytes: Uint8Array): MarkedMonthFile {
  const marked = isWord(bytes) ? markWord(bytes) : markBook(bytes);
  if (marked.names.length === 0)
    throw new AppError(
      "BAD_INPUT",
      "この様式には、差し込む所が見つかりません。見出しの右か下に空いた欄のある表、「□有　□無」、「件数：　　　件」のような行にするか、{件数} のような印を入れて選び直してください。",
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
      "様式のファイルが開けません。Word（.docx）か Excel（.xlsx）を、パスワードを外して選んでください。古い形（.doc、.xls）や PDF は、Word か Excel で新しい形に保存し直してください。",
    );
  }
}

function markBook(bytes: Uint8Array): MarkedMonthFile {
  const book = openBook(bytes);
  const strings = openStrings(book);
  const grids = book.sheets.slice(0, 10).map((sheet) => openGrid(book, sheet));
  const marks = grids.flatMap((grid) => sheetTexts(grid, strings).flatMap(placeholdersOf));
  if (marks.length > 0) return { bytes, ...namesOf([...new Set(marks)]), extension: "xlsx", marks: true };
  const names = new TemplateNames();
  for (const grid of grids) markSheetBlanks(grid, strings, names);
  return { bytes: saveBook(book), ...namesOf(names.list), extension: "xlsx", marks: false };
}

function markWord(bytes: Uint8Array): MarkedMonthFile {
  const own = fieldsIn(bytes);
  if (own.length > 0) return { bytes, ...namesOf(own), extension: "docx", marks: true };
  const pkg = openDocx(bytes);
  const root = partXml(pkg, pkg.mainPart);
  if (root) markWordBlanks(root, new TemplateNames());
  if (root) pkg.parts.set(pkg.mainPart, xmlBytes(root));
  const marked = saveDocx(pkg);
  const found = fieldsIn(marked);
  return { bytes: marked, ...namesOf(found), extension: "docx", marks: false };
}

/** 差し込みの読み手が見つけた名。印がなければ空。 */
function fieldsIn(bytes: Uint8Array): string[] {
  try {
    return [...compileTemplate(bytes).inventory.fields.keys()];
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    return [];
  }
}
