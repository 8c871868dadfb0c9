import { mergeDocx } from "../office/docx-merge.ts";
import { compileTemplate, type DocxTemplate } from "../office/docx-template.ts";
import type { MergeValue } from "../office/field-format.ts";
import type { PdfConverter } from "../office/pdf-converter.ts";
import { AppError } from "../platform/error.ts";
import { bookingNumber } from "../reception/booking.ts";
import { type RecordSource, recordValue } from "./notice-record.ts";

/** 一度に PDF にする人数。LibreOffice はページが増えると急に遅くなる。 */
export const pdfChunk = 100;

/** 様式に、渡した通を順に差し込んだもの。 */
export interface FilledNotices {
  docx: Uint8Array;
  people: number;
  /** あるはずのページの数。 */
  pages: number;
  warnings: string[];
}

/** 読み取った様式。何度でも使える。 */
export function openNoticeTemplate(bytes: Uint8Array): DocxTemplate {
  return compileTemplate(bytes);
}

/** 様式が使う項目の名（文字として残す波括弧を除く）。 */
export function templateFields(template: DocxTemplate): string[] {
  return [...template.inventory.fields.values()].filter((use) => !use.literal).map((use) => use.name);
}

/** 差し込む。now は日本時間の「2025-09-22T11:20」。 */
export function fillNotices(
  template: DocxTemplate,
  sources: readonly RecordSource[],
  now: string,
): FilledNotices {
  const columns = templateFields(template);
  const empty: MergeValue = { text: "" };
  const rows = sources.map((source) => columns.map((name) => recordValue(name, source) ?? empty));
  const place = new Map(columns.map((name, at) => [name, at]));
  const merged = mergeDocx(
    template,
    { columns, rows },
    {
      now,
      columnOf: (name) => place.get(name),
      landmark: (sheet) => `madoguchi_${sheet}`,
    },
  );
  const warnings = [...template.inventory.warnings];
  for (const misfit of merged.misfits)
    warnings.push(
      `${misfit.field}を${misfit.kind === "date" ? "日付" : "数"}の書式で印字できないものが${misfit.count}通あります。`,
    );
  return {
    docx: merged.docx,
    people: merged.people,
    pages: merged.sheets * template.pagesPerSheet,
    warnings,
  };
}

/** PDF にして、一人分ずつのページの始まりを確かめる。 */
export interface PrintedPart {
  pdf: Uint8Array;
  pages: number;
  /** 各組が始まるページ（0 から）。 */
  starts: number[];
}

export async function convertNotices(
  converter: PdfConverter,
  template: DocxTemplate,
  sources: readonly RecordSource[],
  now: string,
): Promise<PrintedPart> {
  const filled = fillNotices(template, sources, now);
  const made = await converter.convert({ docx: filled.docx, keepBlankPages: true });
  const sheets = Math.ceil(sources.length / template.peoplePerSheet);
  const even = made.pages === sheets * template.pagesPerSheet;
  const starts = Array.from({ length: sheets }, (_, sheet) => {
    const marked = made.marks?.get(`madoguchi_${sheet}`);
    return marked === undefined || even ? sheet * template.pagesPerSheet : marked - 1;
  });
  return { pdf: made.pdf, pages: made.pages, starts };
}

/** ページの数が合わない通の受付番号。合えば空。 */
export function oversizedNumbers(
  template: DocxTemplate,
  part: PrintedPart,
  sources: readonly RecordSource[],
): string[] {
  if (template.peoplePerSheet > 1) return [];
  return part.starts.flatMap((start, at) => {
    const next = part.starts[at + 1] ?? part.pages;
    const number = sources[at]?.detail.booking.number;
    return next - start !== template.pagesPerSheet && number !== undefined ? [bookingNumber(number)] : [];
  });
}

/** 合わないときに断る。番号は受付番号で、個人名ではない。 */
export function refusePages(numbers: readonly string[], part: PrintedPart, expected: number): void {
  if (part.pages === expected) return;
  const which =
    numbers.length > 0
      ? `受付番号 ${numbers.slice(0, 10).join("、")} の内容が入りきっていません。`
      : "どの通かは分かりませんでした。";
  throw new AppError(
    "REFUSED",
    `はがきのページの数が合いません（${expected}ページのはずが${part.pages}ページ）。${which}承認を取り消し、その通の住所を直すか束から外して、もう一度印刷してください。`,
  );
}
