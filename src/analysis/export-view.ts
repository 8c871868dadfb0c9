import type { Actor } from "../base/actor.ts";
import { writeSlides } from "../office/slide-document.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import type { Office } from "../platform/office.ts";
import type { CrossAsk } from "../tabulation/cross-ask.ts";
import { openContract } from "../terms/open-contract.ts";
import { draftFinding } from "./draft-finding.ts";
import { readCross } from "./open-people.ts";
import { viewSlide } from "./view-slide-document.ts";
import { viewSheet } from "./view-workbook-document.ts";

const formats = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
} as const;
export type ViewFormat = keyof typeof formats;

export function isViewFormat(text: string): text is ViewFormat {
  return Object.hasOwn(formats, text);
}

/** いま見ている集計を書き出し、書き出したことを記録する。 */
export async function exportView(
  office: Office,
  actor: Actor,
  survey: string,
  ask: Partial<CrossAsk>,
  format: ViewFormat,
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  const { analysis, view } = await readCross(office, actor, survey, ask);
  const { blueprint } = await openContract(office, actor.contract);
  const { title } = analysis.set.survey;
  const bytes =
    format === "xlsx"
      ? writeTableWorkbook([viewSheet(view, title)])
      : writeSlides({
          ...{ title, author: blueprint.sender.name, created: office.clock.officeNow(actor.contract) },
          ...{ footer: title, slides: [viewSlide(view, view.title, draftFinding(view).text)] },
        });
  await office.act(actor, (tx) =>
    tx.record({ kind: "analysis.exported", about: survey, payload: { format, question: view.ask.column } }),
  );
  return { fileName: `集計_${view.ask.column}.${format}`, media: formats[format], bytes };
}
