import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import type { PlanBook } from "./plan-book.ts";
import { planSlides } from "./plan-slide-document.ts";
import { planWord } from "./plan-word-document.ts";
import { planWorkbook } from "./plan-workbook-document.ts";
import { noWorkplan, readWorkplan } from "./read-workplan.ts";

const formats = {
  xlsx: { media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", draw: planWorkbook },
  pptx: {
    media: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    draw: planSlides,
  },
  docx: {
    media: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    draw: planWord,
  },
} as const;
export type PlanFormat = keyof typeof formats;

export function isPlanFormat(text: string): text is PlanFormat {
  return Object.hasOwn(formats, text);
}

/** 工程表を書類にする（記録はしない）。工程表がなければ NOT_FOUND。 */
export async function drawWorkplan(
  office: Office,
  { contract }: Pick<Actor, "contract">,
  format: PlanFormat,
): Promise<{ fileName: string; media: string; bytes: Uint8Array; number: number; id: string }> {
  const { plan, version, baseline, blueprint, frame } = await readWorkplan(office, contract);
  if (plan === undefined || version === undefined) throw noWorkplan();
  const book: PlanBook = {
    ...{ contract: blueprint.title, contractor: blueprint.sender.name, client: blueprint.client },
    ...{ version: version.number, today: frame.today, created: office.clock.officeNow(contract) },
    ...{ plan, baseline },
  };
  const { media, draw } = formats[format];
  return {
    fileName: `工程表_第${version.number}版.${format}`,
    ...{ media, bytes: draw(book), number: version.number, id: version.id },
  };
}

/** 工程表を書き出す。書き出したことを記録する。 */
export async function exportWorkplan(
  office: Office,
  actor: Actor,
  format: PlanFormat,
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  const { id, number, ...file } = await drawWorkplan(office, actor, format);
  await office.act(actor, (tx) =>
    tx.record({ kind: "workplan.exported", about: id, payload: { format, number } }),
  );
  return file;
}
