import { AppError } from "../base/error.ts";
import { canConvertToPdf, withPdfConverter } from "../office/pdf-converter.ts";
import { writeSlides } from "../office/slide-document.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { TextBinder } from "./bound-text.ts";
import { checkManuscript, upperMatrix } from "./check-manuscript.ts";
import { compareManuscripts, type PlanChange } from "./compare-manuscript.ts";
import { comparisonDocument } from "./comparison-document.ts";
import type { ManuscriptWarning } from "./manuscript.ts";
import { readManuscript } from "./manuscript-reader.ts";
import { planDocument } from "./plan-document.ts";
import { planSlides } from "./plan-slides.ts";
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

/** 一つの原稿を、求められた形の全部にする。同じ参照・番号・数が、どの形にも入る。事務所を開かない。 */
export async function buildPlanFile(
  files: ReadonlyMap<string, Uint8Array>,
  formats: readonly PlanFormat[],
  created: string,
): Promise<BuiltPlan> {
  const manuscript = readManuscript(files);
  const binder = new TextBinder(manuscript);
  const docx = writeWordDocument(planDocument(manuscript, binder, created));
  const made: BuiltPlan["files"] = [];
  for (const format of formats) {
    if (format === "docx") made.push({ format, bytes: docx });
    if (format === "pptx") made.push({ format, bytes: writeSlides(planSlides(manuscript, binder, created)) });
    if (format === "html")
      made.push({ format, bytes: new TextEncoder().encode(planWeb(manuscript, binder)) });
    if (format === "pdf") made.push({ format, bytes: await pdfOf(docx) });
  }
  return {
    title: manuscript.meta.title,
    files: made,
    warnings: [...manuscript.warnings, ...checkManuscript(manuscript), ...binder.warnings],
    matrix: upperMatrix(manuscript),
  };
}

async function pdfOf(docx: Uint8Array): Promise<Uint8Array> {
  if (!canConvertToPdf())
    throw new AppError(
      "UNAVAILABLE",
      "PDF を作るには LibreOffice が要ります。入れてから、もう一度お試しください。",
    );
  return withPdfConverter({}, async (converter) => (await converter.convert({ docx })).pdf);
}

/** 二つの版の違いと、新旧対照表（Word）。 */
export function comparePlanFiles(
  before: ReadonlyMap<string, Uint8Array>,
  after: ReadonlyMap<string, Uint8Array>,
  options: { created: string; newFirst?: boolean; remarks?: boolean },
): { changes: PlanChange[]; docx: Uint8Array } {
  const [old, now] = [readManuscript(before), readManuscript(after)];
  const changes = compareManuscripts(old, now);
  const { title, author } = now.meta;
  return {
    changes,
    docx: writeWordDocument(
      comparisonDocument(changes, { title: `${title}　新旧対照表`, author, ...options }),
    ),
  };
}
