import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { dayOf, localMinuteOf } from "../base/time.ts";
import { kindInfo } from "../filings/filing.ts";
import { filingDocument, writtenNumber } from "../filings/filing-document.ts";
import { filingForms, findForm, showFields } from "../filings/filing-form.ts";
import type { Parties } from "../filings/filing-hand.ts";
import { type OpenFiling, openFiling, readFields } from "../filings/list-filings.ts";
import { formatWareki } from "../japan/wareki.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { insertTemplate, latestTemplate } from "../platform/client-template-store.ts";
import { keepFile, openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { mergeDocx } from "../word/docx-merge.ts";
import { compileTemplate } from "../word/docx-template.ts";
import { paperFacts } from "./make-package.ts";
import { refusePackage } from "./package-right.ts";

export const wordMedia = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** 様式ごとの、委託者の Word のひな形の種類の名（client_template の kind）。 */
function templateKind(form: string): string {
  return `filing:${form}`;
}

/** 作った Word。template は、委託者のひな形に差し込んだか。 */
export interface FilingWord {
  fileName: string;
  bytes: Uint8Array;
  template: boolean;
}

/**
 * 協議・届出の Word を作る。委託者の様式（.docx）が登録されていれば、それに差し込む。
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
  const kept =
    filing.form === null
      ? undefined
      : await latestTemplate(office.read, actor.contract, templateKind(filing.form));
  const bytes = kept
    ? fill((await openFile(office, actor.contract, kept.blob_id)).bytes, mergeValues(open, parties, now), now)
    : writeWordDocument(filingDocument({ ...facts, today: dayOf(now) }));
  await office.act(actor, (tx) =>
    tx.record({
      kind: "filing.word-made",
      about: id,
      payload: { number: filing.number, version: filing.version, template: kept?.id ?? null },
    }),
  );
  return { fileName: `${title}_第${filing.number}号.docx`, bytes, template: kept !== undefined };
}

/** ひな形に差し込める項目: 決まった項目と、様式の欄の見出し。 */
export function mergeFieldNames(form: string | null): string[] {
  const own = findForm(form)?.fields.map(({ label }) => label) ?? [];
  return [...fixedNames, ...own, "備考"];
}
const fixedNames = [
  "文書番号",
  "日付",
  "業務名",
  "委託者",
  "担当部署",
  "受託者",
  "表題",
  "件名",
  "条項",
  "内容",
];

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

const flat = (name: string) => name.normalize("NFKC").replace(/[\s_]/g, "");

function fill(template: Uint8Array, values: ReadonlyMap<string, string>, now: string): Uint8Array {
  const columns = [...values.keys()];
  const at = new Map(columns.map((name, index) => [flat(name), index]));
  const data = { columns, rows: [[...values.values()].map((text) => ({ text }))] };
  const options = { now: localMinuteOf(now), columnOf: (name: string) => at.get(flat(name)) };
  return mergeDocx(compileTemplate(template), data, options).docx;
}

/**
 * 委託者の Word のひな形（差し込み項目つき .docx）を、様式に登録する。登録する前に一度差し込んでみる。
 * @throws AppError BAD_INPUT（Word でない、差し込めない、知らない様式）、FORBIDDEN
 */
export async function registerFilingTemplate(
  office: Office,
  actor: Actor,
  form: string,
  file: { bytes: Uint8Array },
): Promise<{ id: string }> {
  refusePackage("make", actor);
  if (!filingForms.some((one) => one.code === form))
    throw new AppError("BAD_INPUT", "その様式はありません。様式の一覧から選んでください。");
  const names = mergeFieldNames(form);
  const trial = new Map(names.map((name) => [name, "試し"]));
  fill(file.bytes, trial, office.clock.officeNow(actor.contract));
  const key = await office.keys.fresh(actor.contract);
  const id = newId();
  const fileName = `${form}.docx`;
  await office.act(actor, async (tx) => {
    const { bytes } = file;
    const kept = await keepFile(tx, key, { kind: "filing-template", fileName, media: wordMedia, bytes });
    await insertTemplate(tx, {
      ...{ id, contract_id: tx.contract, kind: templateKind(form), blob_id: kept.id, file_name: fileName },
      ...{ fields: JSON.stringify(names), created_at: tx.now, created_by: actor.id },
    });
    await tx.record({ kind: "filing.template-kept", about: id, payload: { form, sha256: kept.sha256 } });
  });
  return { id };
}
