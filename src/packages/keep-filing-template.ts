import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { filingForms } from "../filings/filing-form.ts";
import { type ClientTemplate, insertTemplate, latestTemplate } from "../platform/client-template-store.ts";
import { keepFile, openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import {
  mergeFieldNames,
  readTemplateFields,
  type TemplateReading,
  templateKind,
} from "./filing-template.ts";
import { clientMedia, type FilledClientFile, fillClientFile } from "./fill-client-file.ts";
import { refusePackage } from "./package-right.ts";

/** 様式一つの、委託者のひな形。 */
export interface FilingTemplate {
  id: string;
  fileName: string;
  at: string;
  reading: TemplateReading;
}

/** いま使っているものと、読み込んで確かめているもの。 */
export interface FilingTemplates {
  current: FilingTemplate | undefined;
  draft: FilingTemplate | undefined;
}

/** その様式のひな形。 */
export async function readFilingTemplates(
  office: Pick<Office, "read">,
  contract: string,
  form: string,
): Promise<FilingTemplates> {
  const [used, draft] = await Promise.all([
    usedTemplate(office, contract, form),
    latestTemplate(office.read, contract, templateKind(form, "draft")),
  ]);
  const newest = await latestTemplate(office.read, contract, templateKind(form));
  const waiting = draft !== undefined && draft.created_at > (newest?.created_at ?? "");
  return { current: used && shown(used), draft: waiting ? shown(draft) : undefined };
}

/** いま差し込むひな形。使うのをやめていれば undefined。 */
export async function usedTemplate(
  office: Pick<Office, "read">,
  contract: string,
  form: string,
): Promise<ClientTemplate | undefined> {
  const found = await latestTemplate(office.read, contract, templateKind(form));
  return found?.blob_id ? found : undefined;
}

function shown({ id, file_name, created_at, fields }: ClientTemplate): FilingTemplate {
  return { id, fileName: file_name, at: created_at, reading: readTemplateFields(fields) };
}

/**
 * 委託者のひな形（差込みの印のある .docx か .xlsx）を読み込む。一度差し込んでみて、使う項目を調べる。use なら、すぐ使い始める。
 * @throws AppError BAD_INPUT（Word でも Excel でもない、差し込めない、印が一つもない、知らない様式）、FORBIDDEN
 */
export async function keepFilingTemplate(
  office: Office,
  actor: Actor,
  form: string,
  given: { bytes: Uint8Array; use: boolean },
): Promise<{ id: string } & TemplateReading> {
  refusePackage("make", actor);
  knownForm(form);
  const { extension, used, unknown } = sample(office, actor.contract, form, given.bytes);
  if (used.length === 0)
    throw refused(
      `差込みの印が見つかりません。様式の中に {${mergeFieldNames(form).slice(0, 2).join("} {")}} のように書いてください。`,
    );
  const key = await office.keys.fresh(actor.contract);
  const id = newId();
  const fileName = `${form}.${extension}`;
  await office.act(actor, async (tx) => {
    const media = clientMedia[extension];
    const kept = await keepFile(tx, key, { kind: "filing-template", fileName, media, bytes: given.bytes });
    await insertTemplate(tx, {
      ...{ id, contract_id: tx.contract, kind: templateKind(form, given.use ? "used" : "draft") },
      ...{ blob_id: kept.id, file_name: fileName, fields: JSON.stringify({ used, unknown }) },
      ...{ created_at: tx.now, created_by: actor.id },
    });
    const kind = given.use ? "filing.template-kept" : "filing.template-read";
    await tx.record({ kind, about: id, payload: { form, sha256: kept.sha256 } });
  });
  return { id, used, unknown };
}

/**
 * 確かめたひな形を使い始める。
 * @throws AppError NOT_FOUND（確かめているものがない）、FORBIDDEN
 */
export async function useFilingTemplate(office: Office, actor: Actor, form: string): Promise<void> {
  refusePackage("make", actor);
  const { draft } = await readFilingTemplates(office, actor.contract, knownForm(form));
  const row = draft && (await latestTemplate(office.read, actor.contract, templateKind(form, "draft")));
  if (row === undefined)
    throw new AppError("NOT_FOUND", "確かめている様式がありません。もう一度読み込んでください。");
  await putTemplate(office, actor, form, row, "filing.template-kept");
}

/** ひな形を使うのをやめる。これからは、まどぐちの紙面で作る。 */
export async function stopFilingTemplate(office: Office, actor: Actor, form: string): Promise<void> {
  refusePackage("make", actor);
  const row = await usedTemplate(office, actor.contract, knownForm(form));
  if (row === undefined) throw new AppError("NOT_FOUND", "使っている様式がありません。");
  await putTemplate(office, actor, form, { ...row, blob_id: "" }, "filing.template-stopped");
}

async function putTemplate(
  office: Office,
  actor: Actor,
  form: string,
  row: ClientTemplate,
  kind: "filing.template-kept" | "filing.template-stopped",
): Promise<void> {
  const id = newId();
  await office.act(actor, async (tx) => {
    await insertTemplate(tx, {
      ...{ ...row, id, kind: templateKind(form), created_at: tx.now, created_by: actor.id },
    });
    await tx.record({ kind, about: id, payload: { form, of: row.id } });
  });
}

/** 確かめているもの（なければ使っているもの）に、見本の値を入れた写し。 */
export async function trialFilingTemplate(
  office: Office,
  actor: Actor,
  form: string,
): Promise<FilledClientFile> {
  const { draft, current } = await readFilingTemplates(office, actor.contract, knownForm(form));
  const state = draft === undefined ? "used" : "draft";
  const row = await latestTemplate(office.read, actor.contract, templateKind(form, state));
  if ((draft ?? current) === undefined || row === undefined)
    throw new AppError("NOT_FOUND", "この様式には、委託者のひな形がありません。");
  return sample(office, actor.contract, form, (await openFile(office, actor.contract, row.blob_id)).bytes);
}

function sample(office: Office, contract: string, form: string, bytes: Uint8Array): FilledClientFile {
  const values = new Map(mergeFieldNames(form).map((name) => [name, `（${name}）`]));
  return fillClientFile(bytes, values, office.clock.officeNow(contract));
}

function knownForm(form: string): string {
  if (!filingForms.some((one) => one.code === form))
    throw new AppError("NOT_FOUND", "その様式はありません。様式の一覧から選んでください。");
  return form;
}

function refused(message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field: "file", message }] });
}
