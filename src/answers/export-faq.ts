import type { Actor } from "../base/actor.ts";
import { dayOf } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { validOn } from "./faq.ts";
import { type FaqBook, faqWord, faqWorkbook } from "./faq-document.ts";
import { listFaqEntries } from "./list-faqs.ts";

export type FaqFormat = "docx" | "xlsx";
const media: Record<FaqFormat, string> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** ＦＡＱ（最新版）を成果品の形で書き出す（９(3)）。承認され、いま使えるものだけ。 */
export async function exportFaq(
  office: Office,
  actor: Actor,
  format: FaqFormat,
): Promise<{ fileName: string; media: string; bytes: Uint8Array; count: number }> {
  const { blueprint } = await openContract(office, actor.contract);
  const now = office.clock.officeNow(actor.contract);
  const entries = await listFaqEntries(office, actor, { group: "live" });
  const book: FaqBook = {
    contract: blueprint.title,
    client: `${blueprint.client}${blueprint.clientUnit}`,
    contractor: blueprint.sender.name,
    day: formatWareki(dayOf(now)),
    created: now,
    lines: entries
      .filter((one) => validOn(one.content, dayOf(now)))
      .map(({ number, live, content, answer, decidedAt }) => ({
        ...{ number, version: live ?? 1, category: content.category, question: content.question, answer },
        ...{ reading: content.reading, synonyms: content.synonyms },
        ...{ validFrom: content.validFrom ?? "", validUntil: content.validUntil ?? "" },
        approvedOn: decidedAt === null ? "" : formatWareki(dayOf(decidedAt)),
      })),
  };
  const bytes = format === "docx" ? faqWord(book) : faqWorkbook(book);
  await office.act(actor, (tx) =>
    tx.record({
      kind: "faq.exported",
      about: "answers/faq/all",
      payload: { format, count: book.lines.length },
    }),
  );
  return { fileName: `FAQ_${dayOf(now)}.${format}`, media: media[format], bytes, count: book.lines.length };
}
