import { AppError } from "../base/error.ts";
import { headText } from "./csv-encoding.ts";
import { readCsv } from "./csv-reader.ts";
import { refusePacked } from "./packed-kind.ts";
import { defaultTableLimits, type Table, type TableLimits } from "./table.ts";
import { readXlsx } from "./xlsx-reader.ts";

/**
 * 表のファイル（.xlsx .xlsm .csv .tsv .txt）を読む。形式は拡張子でなく中身で決める。
 * @throws AppError BAD_INPUT（読めない形式、壊れている）、TOO_LARGE（limits を超える）。直し方を言う。
 */
export function readTables(
  bytes: Uint8Array,
  fileName: string,
  limits: TableLimits = defaultTableLimits,
): Table[] {
  if (startsWith(bytes, "PK") || startsWith(bytes, "\u00d0\u00cf\u0011\u00e0"))
    return readXlsx(bytes, limits);
  refusePacked(bytes);
  if (startsWith(bytes, "%PDF")) throw other("PDF");
  if (startsWith(bytes, "{\\rtf")) throw other("リッチテキスト");
  if (["\u0089PNG", "\u00ff\u00d8\u00ff", "GIF8"].some((mark) => startsWith(bytes, mark)))
    throw other("画像");
  const head = headText(bytes, 1024).trimStart();
  if (/^<(\?xml|!doctype|html|table|meta|head)/i.test(head)) throw other("ウェブページや XML");
  return [readCsv(bytes, fileName.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "") || "CSV", limits)];
}

function startsWith(bytes: Uint8Array, mark: string): boolean {
  return [...mark].every((letter, at) => bytes[at] === letter.charCodeAt(0));
}

function other(kind: string): AppError {
  return new AppError(
    "BAD_INPUT",
    `${kind}の形のファイルで、表として読めません。元のソフトで開き、Excel（.xlsx）か CSV で保存し直してからお試しください。`,
  );
}
