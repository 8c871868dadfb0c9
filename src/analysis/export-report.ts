import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { refillCharts } from "../office/chart-refill.ts";
import { canConvertToPdf, withPdfConverter } from "../office/pdf-converter.ts";
import { writeSlides } from "../office/slide-document.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { headingPages } from "../office/word-heading.ts";
import type { Office } from "../platform/office.ts";
import { openReport } from "./open-report.ts";
import type { ReportBook } from "./report-book.ts";
import { chartName, reportDocument } from "./report-document.ts";
import { reportSlides } from "./report-slide-document.ts";
import { reportHtml } from "./report-web-page.tsx";
import { reportSheets } from "./report-workbook-document.ts";
import { viewChart } from "./view-chart.ts";

const office = "application/vnd.openxmlformats-officedocument.";
const formats = {
  docx: { media: `${office}wordprocessingml.document`, label: "調査報告書" },
  xlsx: { media: `${office}spreadsheetml.sheet`, label: "集計表" },
  pptx: { media: `${office}presentationml.presentation`, label: "調査報告書" },
  html: { media: "text/html; charset=utf-8", label: "調査報告書" },
  pdf: { media: "application/pdf", label: "調査報告書" },
} as const;
export type ReportFormat = keyof typeof formats;

export function isReportFormat(text: string): text is ReportFormat {
  return Object.hasOwn(formats, text);
}

/** 報告書を一つの形に描く。pdf は LibreOffice が要る（UNAVAILABLE）。 */
export async function drawReport(book: ReportBook, format: ReportFormat): Promise<Uint8Array> {
  if (format === "docx") return writeWordDocument(reportDocument(book));
  if (format === "xlsx") return writeTableWorkbook(reportSheets(book));
  if (format === "pptx") return writeSlides(reportSlides(book));
  if (format === "html") return new TextEncoder().encode(reportHtml(book));
  return drawPdf(book);
}

export const NO_OFFICE_SUITE = "PDF を作るには LibreOffice が要ります。Word の報告書は、なくても作れます。";

/** 一度刷って見出しのページを知り、目次にページを入れて刷り直す。 */
export async function drawPdf(
  book: ReportBook,
  progress: (done: number, message: string) => Promise<void> = async () => {},
): Promise<Uint8Array> {
  if (!canConvertToPdf()) throw new AppError("UNAVAILABLE", NO_OFFICE_SUITE);
  await progress(1, "一度刷って、ページを数えています");
  return withPdfConverter({}, async (converter) => {
    const document = reportDocument(book);
    const once = (pages?: readonly number[]) =>
      converter.convert({ docx: writeWordDocument(pages ? { ...document, pages } : document) });
    const first = await once();
    const pages = headingPages(document, first.marks);
    if (!pages) return first.pdf;
    await progress(2, "目次にページを入れて、刷り直しています");
    return (await once(pages)).pdf;
  });
}

/** 報告書を書き出し、書き出したことを記録する。 */
export async function exportReport(
  from: Office,
  actor: Actor,
  survey: string,
  format: ReportFormat,
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  const bytes = await drawReport(await openReport(from, actor, survey), format);
  await from.act(actor, (tx) =>
    tx.record({ kind: "analysis.exported", about: survey, payload: { format, what: "report" } }),
  );
  return { fileName: `${formats[format].label}.${format}`, media: formats[format].media, bytes };
}

/**
 * デザイナーが様式を直した Word の報告書の、図の値だけを、いまの集計に入れ替える。色・書体・大きさは残る。
 * @throws AppError BAD_INPUT（Word でない、この報告書の図が一つもない）
 */
export async function restyleReport(
  from: Office,
  actor: Actor,
  survey: string,
  docx: Uint8Array,
): Promise<{ fileName: string; media: string; bytes: Uint8Array; filled: number; missing: number }> {
  const book = await openReport(from, actor, survey);
  const charts = new Map(
    book.sections.flatMap((section) =>
      [section, ...section.crosses].map(({ key, view }) => [chartName(key), viewChart(view)] as const),
    ),
  );
  const { bytes, filled, missing } = refillCharts(docx, charts);
  if (filled.length === 0)
    throw new AppError(
      "BAD_INPUT",
      "この Word の中に、この調査の報告書の図が見つかりません。書き出した報告書をもとにした Word を選んでください。",
      { faults: [{ field: "file", message: "この調査の報告書の図がありません。" }] },
    );
  await from.act(actor, (tx) =>
    tx.record({
      kind: "analysis.exported",
      about: survey,
      payload: { format: "docx", what: "restyled", figures: filled.length },
    }),
  );
  return {
    ...{ fileName: "調査報告書_図の入れ替え.docx", media: formats.docx.media, bytes },
    ...{ filled: filled.length, missing: missing.length },
  };
}
