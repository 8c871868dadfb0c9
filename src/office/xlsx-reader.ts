import { AppError } from "../base/error.ts";
import { builtInFormats } from "./format-section.ts";
import { readSharedStrings } from "./shared-string.ts";
import { defaultTableLimits, type Table, type TableLimits } from "./table.ts";
import { openXlsx, type XlsxPackage } from "./workbook-package.ts";
import { isOn, readSheet, type SheetContext } from "./worksheet-reader.ts";
import { readXml } from "./xml-reader.ts";

/**
 * .xlsx / .xlsm のシートを順に読む。隠しシートは hidden が付く。グラフだけのシートは含まない。
 * @throws AppError BAD_INPUT（読めない）、TOO_LARGE（limits を超える）
 */
export function readXlsx(bytes: Uint8Array, limits: TableLimits = defaultTableLimits): Table[] {
  const book = openXlsx(bytes);
  const { sheets, date1904 } = readWorkbook(book.workbook);
  if (sheets.length > limits.tables) {
    throw new AppError(
      "TOO_LARGE",
      `シートが多すぎます（上限 ${limits.tables} 枚）。必要なシートだけを残して保存し直してください。`,
    );
  }
  const context: SheetContext = {
    strings: book.sharedStrings ? readSharedStrings(book.sharedStrings) : [],
    formats: book.styles ? readCellFormats(book.styles) : [],
    date1904,
    limits,
    budget: { cells: limits.cells },
  };
  const tables = sheets.flatMap((sheet) => readNamedSheet(sheet, book, context));
  if (tables.length === 0) {
    throw new AppError(
      "BAD_INPUT",
      "このブックには表のシートがありません。表のあるシートを含めて保存し直してください。",
    );
  }
  return tables;
}

interface SheetEntry {
  name: string;
  id: string;
  hidden: boolean;
}

function readWorkbook(part: Uint8Array): { sheets: SheetEntry[]; date1904: boolean } {
  const sheets: SheetEntry[] = [];
  let date1904 = false;
  readXml(part, {
    open(tag) {
      if (tag.name === "workbookPr") date1904 = isOn(tag.get("date1904"));
      if (tag.name !== "sheet") return;
      const state = tag.get("state");
      sheets.push({
        name: tag.get("name") ?? `シート${sheets.length + 1}`,
        id: tag.get("id") ?? "",
        hidden: state === "hidden" || state === "veryHidden",
      });
    },
  });
  return { sheets, date1904 };
}

function readNamedSheet(sheet: SheetEntry, book: XlsxPackage, context: SheetContext): Table[] {
  const part = book.sheets.get(sheet.id);
  if (!part) return [];
  const table = readSheet(part, sheet.name, context);
  return [sheet.hidden ? { ...table, hidden: true } : table];
}

/** ます目の書式（cellXfs の順）→ 表示の書式。 */
function readCellFormats(part: Uint8Array): string[] {
  const custom = new Map<number, string>();
  const ids: number[] = [];
  let inCells = false;
  readXml(part, {
    open(tag) {
      if (tag.name === "numFmt") custom.set(Number(tag.get("numFmtId")), tag.get("formatCode") ?? "General");
      else if (tag.name === "cellXfs") inCells = true;
      else if (tag.name === "xf" && inCells) ids.push(Number(tag.get("numFmtId") ?? 0));
    },
    close(name) {
      if (name === "cellXfs") inCells = false;
    },
  });
  return ids.map((id) => custom.get(id) ?? builtInFormats[id] ?? "General");
}
