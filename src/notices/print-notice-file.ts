import {
  type ConvertedPdf,
  canJoinPdf,
  type PdfConverter,
  type PdfOptions,
  withPdfConverter,
} from "../office/pdf-converter.ts";
import { readTables } from "../office/table-reader.ts";
import type { Merged } from "../word/docx-merge.ts";
import {
  type FilledNotice,
  type FillNoticeInput,
  mergePrepared,
  type PreparedNotice,
  prepareNotice,
  runWarnings,
} from "./fill-notice-file.ts";

/** LibreOffice は長い文書で急に遅くなるので、この組数ごとに変換する。 */
const SHEETS_PER_BATCH = 100;

export interface PrintedNotice extends FilledNotice {
  pdf: Uint8Array;
  /** ほかの人とページ数が違った人（あふれた、足りない）。場所は一覧のシートと行。 */
  uneven: { place: string; pages: number }[];
}

export interface PrintOptions extends Omit<PdfOptions, "onProgress"> {
  /** 変換し終えた人数。 */
  onProgress?(done: number, all: number): void;
}

/**
 * 全員を差し込んだ .docx と、それを刷るための PDF を作る（madoguchi notices fill --pdf）。
 * PDF は、人ごとのページ数が同じかを確かめ、違う人を知らせる。表裏で一組のひな形では、あふれた人の次も紙の表から始める。
 * @throws AppError BAD_INPUT, TOO_LARGE, UNAVAILABLE（LibreOffice がない、時間切れ）
 */
export async function printNoticeFile(
  input: FillNoticeInput,
  options: PrintOptions = {},
): Promise<PrintedNotice> {
  const prepared = prepareNotice(input.template, readTables(input.list, input.listName), input.sheet);
  const whole = mergePrepared(prepared, { now: input.now });
  const printed = await printPrepared(prepared, input.now, options);
  const warnings = [...prepared.report.warnings, ...runWarnings(prepared, whole), ...printed.warnings];
  return { docx: whole.docx, people: whole.people, report: prepared.report, ...printed, warnings };
}

/** 照らし合わせた結果から、刷るための PDF を作る。 */
async function printPrepared(
  prepared: PreparedNotice,
  now: string,
  options: PrintOptions = {},
): Promise<Pick<PrintedNotice, "pdf" | "pages" | "uneven" | "warnings">> {
  const { onProgress, ...rest } = options;
  return withPdfConverter(rest, async (converter) => {
    const pdfs: Uint8Array[] = [];
    const counts: { place: string; pages: number }[] = [];
    let pages = 0;
    let place = { from: 0, merged: 0 };
    const all = prepared.list.rows.length;
    while (place.from < all) {
      const { batch, made } = await convertBatch(prepared, now, converter, place);
      pdfs.push(made.pdf);
      pages += made.pages;
      counts.push(...pagesByPerson(prepared, batch, made));
      place = { from: batch.next, merged: place.merged + batch.people };
      onProgress?.(batch.next, all);
    }
    const uneven = unevenPeople(counts);
    return { pdf: await converter.join(pdfs), pages, uneven, warnings: unevenWarnings(uneven, counts) };
  });
}

function landmark(sheet: number): string {
  return `sheet${sheet}`;
}

/**
 * 一束を変換する。表裏で一組のひな形で、だれかがあふれて次の人が裏から始まってしまったときは、
 * 白いページを挟んで紙の表から始まるように作り直す。
 */
async function convertBatch(
  prepared: PreparedNotice,
  now: string,
  converter: PdfConverter,
  place: { from: number; merged: number },
): Promise<{ batch: Merged; made: ConvertedPdf }> {
  // つなぐ道具がない機械では、分けられない。続けて並べるひな形は、分けると紙が改まってしまう。
  const limit = canJoinPdf() && !prepared.template.catalog ? SHEETS_PER_BATCH : Number.POSITIVE_INFINITY;
  const attempt = async (sheets: number, oddStart: boolean) => {
    const batch = mergePrepared(prepared, { now, ...place, sheets, landmark, oddStart });
    return { batch, made: await converter.convert({ docx: batch.docx, keepBlankPages: oddStart }) };
  };
  let tried = await attempt(limit, false);
  const shifted = [...(tried.made.marks?.values() ?? [])].some((page) => page % 2 === 0);
  if (prepared.template.pagesPerSheet % 2 !== 0 || (!shifted && tried.made.pages % 2 === 0)) return tried;
  tried = await attempt(limit, true);
  // 束の最後の人があふれると、次の束が裏から始まる。その人は次の束の先頭に回す。
  while (
    tried.made.pages % 2 !== 0 &&
    tried.batch.sheets > 1 &&
    tried.batch.next < prepared.list.rows.length
  ) {
    tried = await attempt(tried.batch.sheets - 1, true);
  }
  return tried;
}

function pagesByPerson(
  prepared: PreparedNotice,
  batch: Merged,
  made: ConvertedPdf,
): { place: string; pages: number }[] {
  const starts = batch.starts.map((_, sheet) => made.marks?.get(landmark(sheet)));
  return batch.starts.flatMap((row, sheet) => {
    const start = starts[sheet];
    const end = sheet + 1 < starts.length ? starts[sheet + 1] : made.pages + 1;
    if (start === undefined || end === undefined) return [];
    return [{ place: prepared.list.places[row] ?? "", pages: end - start }];
  });
}

function unevenPeople(counts: { place: string; pages: number }[]): { place: string; pages: number }[] {
  const usual = usualPages(counts);
  return counts.filter((one) => one.pages !== usual);
}

/** 最も多いページ数。 */
function usualPages(counts: { pages: number }[]): number | undefined {
  const tally = new Map<number, number>();
  for (const { pages } of counts) tally.set(pages, (tally.get(pages) ?? 0) + 1);
  return [...tally].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0];
}

function unevenWarnings(uneven: { place: string; pages: number }[], counts: { pages: number }[]): string[] {
  if (uneven.length === 0) return [];
  const some = uneven.slice(0, 10).map((one) => `${one.place} は ${one.pages} ページ`);
  const more = uneven.length > 10 ? ` ほか ${uneven.length - 10} 人` : "";
  return [
    `ほかの人は ${usualPages(counts)} ページですが、ページ数の違う人がいます（${some.join("、")}${more}）。文字があふれていないか、その人の分を確かめてください。`,
  ];
}
