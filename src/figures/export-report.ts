import type { Actor } from "../base/actor.ts";
import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { type ReportAsk, readReport } from "./read-report.ts";
import { reportWord, reportWorkbook } from "./report-document.ts";

export const reportFormats = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;
type ReportFormat = keyof typeof reportFormats;

/** 報告を Word か Excel に書き出す。図は、受け取った人が値を直せる。 */
export async function exportReport(
  office: Office,
  actor: Actor,
  { format, ...ask }: ReportAsk & { format: ReportFormat },
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  const [{ blueprint }, report] = await Promise.all([
    openContract(office, actor.contract),
    readReport(office, actor.contract, ask),
  ]);
  const now = office.clock.officeNow(actor.contract);
  const paper = {
    ...{ report, client: `${blueprint.client}${blueprint.clientUnit}`, contractor: blueprint.sender.name },
    ...{ day: formatWareki(dayOf(now)), created: now },
  };
  const bytes = format === "docx" ? reportWord(paper) : reportWorkbook(paper);
  await office.act(actor, (tx) =>
    tx.record({
      kind: "report.exported",
      about: `figures/${report.kind}/${report.about}`,
      payload: { kind: report.kind, about: report.about, format },
    }),
  );
  return { fileName: `${report.title}_${report.about}.${format}`, media: reportFormats[format], bytes };
}
