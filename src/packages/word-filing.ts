import type { Actor } from "../base/actor.ts";
import { dayOf } from "../base/time.ts";
import { kindInfo } from "../filings/filing.ts";
import { filingDocument, writtenNumber } from "../filings/filing-document.ts";
import { findForm, showFields } from "../filings/filing-form.ts";
import type { Parties } from "../filings/filing-hand.ts";
import { type OpenFiling, openFiling, readFields } from "../filings/list-filings.ts";
import { formatWareki } from "../japan/wareki.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { mergeFieldNames } from "./filing-template.ts";
import { clientMedia, fillClientFile } from "./fill-client-file.ts";
import { usedTemplate } from "./keep-filing-template.ts";
import { paperFacts } from "./make-package.ts";

/** 作った書類。template は、委託者のひな形（Word か Excel）に差し込んだか。 */
export interface FilingWord {
  fileName: string;
  media: string;
  bytes: Uint8Array;
  template: boolean;
}

/**
 * 協議・届出の Word を作る。委託者の様式（.docx か .xlsx）が登録されていれば、それに差し込む。
 * @throws AppError NOT_FOUND
 */
export async function wordFiling(
  office: Office,
  actor: Actor,
  id: string,
  parties: Parties,
): Promise<FilingWord> {
  const open = await openFiling(office, actor, id);
  const { filing } = open;
  const now = office.clock.officeNow(actor.contract);
  const facts = paperFacts(open, parties, filing.submitted_at ?? now);
  const title = findForm(filing.form)?.title ?? kindInfo(filing.kind).paper;
  const kept = filing.form === null ? undefined : await usedTemplate(office, actor.contract, filing.form);
  const made = kept
    ? fillClientFile(
        (await openFile(office, actor.contract, kept.blob_id)).bytes,
        mergeValues(open, parties, now),
        now,
      )
    : {
        bytes: writeWordDocument(filingDocument({ ...facts, today: dayOf(now) })),
        extension: "docx" as const,
      };
  await office.act(actor, (tx) =>
    tx.record({
      kind: "filing.word-made",
      about: id,
      payload: { number: filing.number, version: filing.version, template: kept?.id ?? null },
    }),
  );
  return {
    fileName: `${title}_第${filing.number}号.${made.extension}`,
    ...{ media: clientMedia[made.extension], bytes: made.bytes, template: kept !== undefined },
  };
}

function mergeValues(open: OpenFiling, parties: Parties, now: string): Map<string, string> {
  const { filing } = open;
  const form = findForm(filing.form);
  const day = dayOf(filing.submitted_at ?? now);
  return new Map([
    ...mergeFieldNames(filing.form).map((name): [string, string] => [name, ""]),
    ...(form ? showFields(form, readFields(filing)) : []).map(({ label, value }): [string, string] => [
      label,
      value,
    ]),
    ["文書番号", writtenNumber(filing)],
    ["日付", formatWareki(day)],
    ["業務名", parties.title],
    ["委託者", parties.client],
    ["担当部署", parties.clientUnit],
    ["受託者", parties.contractor],
    ["表題", form?.title ?? kindInfo(filing.kind).paper],
    ["件名", filing.title],
    ["条項", filing.clause],
    ["内容", filing.body],
  ]);
}
