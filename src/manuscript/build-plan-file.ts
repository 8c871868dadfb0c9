import { AppError } from "../base/error.ts";
import { canConvertToPdf, withPdfConverter } from "../office/pdf-converter.ts";
import { addFigureAlts, figureAlts } from "../office/pdf-figure.ts";
import { writeSlides } from "../office/slide-document.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { headingPages } from "../office/word-heading.ts";
import type { WordDocument } from "../office/word-model.ts";
import { TextBinder } from "./bound-text.ts";
import { checkManuscript, upperMatrix } from "./check-manuscript.ts";
import type { Manuscript, ManuscriptWarning } from "./manuscript.ts";
import { readManuscript } from "./manuscript-reader.ts";
import { planDocument } from "./plan-document.ts";
import { planSlides } from "./plan-slides.ts";
import { themeOf } from "./plan-theme.ts";
import { planWeb } from "./plan-web.ts";

export const planFormats = ["docx", "pptx", "html", "pdf"] as const;
export type PlanFormat = (typeof planFormats)[number];

export interface BuiltPlan {
  title: string;
  files: { format: PlanFormat; bytes: Uint8Array }[];
  warnings: ManuscriptWarning[];
  /** 施策 × 上位計画。 */
  matrix: { item: string; label: string; measures: string[] }[];
}

/**
 * 一つの原稿を、求められた形の全部にする。同じ参照・番号・数・見た目が、どの形にも入る。事務所を開かない。
 * Word の目次のページは、LibreOffice で組んで数える（ない機械では、ページのない目次になり、知らせる）。
 */
export async function buildPlanFile(
  files: ReadonlyMap<string, Uint8Array>,
  formats: readonly PlanFormat[],
  created: string,
  options: BuildOptions = {},
): Promise<BuiltPlan> {
  return buildPlan(readManuscript(files, options), formats, created, options);
}

export interface BuildOptions {
  /** 調べた資料（ID → 書誌の一文）。省けば、フォルダーの sources.yaml。 */
  sources?: ReadonlyMap<string, string>;
  /** 目次のページを数えない（速さが要るとき）。 */
  noPages?: boolean;
  /** いま何をしているかを知らせる。投げれば、そこで抜ける。 */
  progress?: (doing: string) => Promise<void>;
  /** 走っている LibreOffice を止める。 */
  signal?: AbortSignal;
}

/** 読んだ原稿を、求められた形の全部にする。 */
export async function buildPlan(
  manuscript: Manuscript,
  formats: readonly PlanFormat[],
  created: string,
  options: BuildOptions = {},
): Promise<BuiltPlan> {
  const binder = new TextBinder(manuscript);
  const made: BuiltPlan["files"] = [];
  const wanted = new Set(formats);
  const word = wanted.has("docx") || wanted.has("pdf");
  const paper = word ? await paperOf(manuscript, binder, created, wanted.has("pdf"), options) : undefined;
  for (const format of formats) {
    if (format === "pptx") await options.progress?.("スライドを組んでいます");
    if (format === "html") await options.progress?.("HTML を組んでいます");
    if (format === "docx" && paper) made.push({ format, bytes: paper.docx });
    if (format === "pptx") made.push({ format, bytes: writeSlides(planSlides(manuscript, binder, created)) });
    if (format === "html")
      made.push({ format, bytes: new TextEncoder().encode(planWeb(manuscript, binder)) });
    if (format === "pdf" && paper?.pdf) made.push({ format, bytes: paper.pdf });
  }
  return {
    title: manuscript.meta.title,
    files: made,
    warnings: onceEach([
      ...manuscript.warnings,
      ...themeOf(manuscript).warnings,
      ...checkManuscript(manuscript),
      ...binder.warnings,
    ]),
    matrix: upperMatrix(manuscript),
  };
}

/** 同じ所の同じ注意は、一度だけ（形ごとに同じ図を描くので）。 */
function onceEach(warnings: readonly ManuscriptWarning[]): ManuscriptWarning[] {
  return [
    ...new Map(
      warnings.map((one) => [`${one.place.file}:${one.place.line} ${one.message}`, one] as const),
    ).values(),
  ];
}

/** Word と PDF。一度組んでページを数え、目次に入れてもう一度書く。 */
async function paperOf(
  manuscript: Manuscript,
  binder: TextBinder,
  created: string,
  pdf: boolean,
  options: BuildOptions,
): Promise<{ docx: Uint8Array; pdf?: Uint8Array }> {
  await options.progress?.("文と図を組んでいます");
  const plain = planDocument(manuscript, binder, created);
  const docx = writeWordDocument(plain);
  if (!canConvertToPdf()) {
    if (pdf)
      throw new AppError(
        "UNAVAILABLE",
        "PDF を作るには LibreOffice が要ります。入れてから、もう一度お試しください。",
      );
    return { docx };
  }
  if (options.noPages && !pdf) return { docx };
  const { progress, signal } = options;
  return withPdfConverter(signal ? { signal } : {}, async (converter) => {
    await progress?.("一度刷って、目次のページを数えています");
    const first = await converter.convert({ docx });
    const pages = shownPages(plain, first.marks);
    if (!pages && !pdf) return { docx };
    const paged = pages ? writeWordDocument({ ...plain, pages }) : docx;
    if (!pdf) return { docx: paged };
    await progress?.("目次にページを入れて、PDF にしています");
    const { pdf: made } = await converter.convert({ docx: paged, tagged: true });
    return { docx: paged, pdf: addFigureAlts(made, figureAlts(paged)) };
  });
}

/** 見出しごとの、刷られるページの番号。本文の最初の見出しのページが 1。 */
function shownPages(
  plain: WordDocument,
  marks: ReadonlyMap<string, number> | undefined,
): number[] | undefined {
  const found = headingPages(plain, marks);
  return found?.map((page) => page - (found[0] ?? page) + 1);
}
