import type { PdfConverter } from "../office/pdf-converter.ts";
import { bookingNumber } from "../reception/booking.ts";
import { mergeDocx } from "../word/docx-merge.ts";
import { compileTemplate, type DocxTemplate } from "../word/docx-template.ts";
import type { MergeValue } from "../word/field-format.ts";
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

/**
 * 差し込む。now は日本時間の「2025-09-22T11:20」。
 * oddStart は、前の人があふれても次の人を紙の表から始めるか（Word で刷るときは真。ページを数えるときは偽）。
 */
export function fillNotices(
  template: DocxTemplate,
  sources: readonly RecordSource[],
  now: string,
  oddStart = true,
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
      oddStart,
      columnOf: (name) => place.get(name),
      landmark: (sheet) => landmark(sheet),
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
  /** ページの数が合わない通の受付番号。 */
  uneven: string[];
}

export async function convertNotices(
  converter: PdfConverter,
  template: DocxTemplate,
  sources: readonly RecordSource[],
  now: string,
): Promise<PrintedPart> {
  const part = await attempt(converter, template, sources, now, false);
  const even = part.pages === part.starts.length * template.pagesPerSheet;
  // 表裏で一組の様式であふれた通があれば、次の通が紙の表から始まるように、白いページを挟んで作り直す。
  if (even || template.pagesPerSheet % 2 !== 0) return part;
  const uneven = oversizedNumbers(template, part, sources);
  return { ...(await attempt(converter, template, sources, now, true)), uneven };
}

async function attempt(
  converter: PdfConverter,
  template: DocxTemplate,
  sources: readonly RecordSource[],
  now: string,
  oddStart: boolean,
): Promise<PrintedPart> {
  const filled = fillNotices(template, sources, now, oddStart);
  const made = await converter.convert({ docx: filled.docx, keepBlankPages: oddStart });
  const sheets = Math.ceil(sources.length / template.peoplePerSheet);
  const starts = Array.from({ length: sheets }, (_, sheet) => {
    const marked = made.marks?.get(landmark(sheet));
    return marked === undefined ? sheet * template.pagesPerSheet : marked - 1;
  });
  const part = { pdf: made.pdf, pages: made.pages, starts, uneven: [] };
  return { ...part, uneven: oversizedNumbers(template, part, sources) };
}

/** ページの数が合わない通の受付番号。合えば空。 */
function oversizedNumbers(
  template: DocxTemplate,
  part: Pick<PrintedPart, "starts" | "pages">,
  sources: readonly RecordSource[],
): string[] {
  if (template.peoplePerSheet > 1) return [];
  return part.starts.flatMap((start, at) => {
    const next = part.starts[at + 1] ?? part.pages;
    const number = sources[at]?.detail.booking.number;
    return next - start !== template.pagesPerSheet && number !== undefined ? [bookingNumber(number)] : [];
  });
}

/** 合わないときの知らせ。番号は受付番号で、個人名ではない。合えば空。 */
export function unevenWarnings(numbers: readonly string[], template: DocxTemplate): string[] {
  if (numbers.length === 0) return [];
  const more = numbers.length > 10 ? ` ほか${numbers.length - 10}通` : "";
  return [
    `受付番号 ${numbers.slice(0, 10).join("、")}${more} は、${template.pagesPerSheet}ページに収まっていません。刷ったはがきを確かめ、切れているものは投函せずに抜いてください。`,
  ];
}

/** 各組の先頭の目印。PDF の中での名に記号は使えない。 */
function landmark(sheet: number): string {
  return `sheet${sheet}`;
}
