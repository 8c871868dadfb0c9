import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { insertTemplate } from "../platform/client-template-store.ts";
import { keepFile, openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import type { Edition } from "./notice-card.ts";
import { openNoticeTemplate, templateFields } from "./notice-document.ts";
import { type NoticeFieldKey, noticeFields, resolveField } from "./notice-field.ts";
import { knowsField } from "./notice-record.ts";

/** 様式を読んで分かったこと。登録する前に見せる。 */
export interface TemplateReport {
  fields: string[];
  /** 様式にあるが、事務所が中身を知らない項目。空で印字される。 */
  unknown: string[];
  /** はがきに要るのに、様式にない項目。 */
  absent: string[];
  pagesPerSheet: number;
  peoplePerSheet: number;
  warnings: string[];
}

const docxMedia = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/** 宛先として、また受講する方に伝えるために、はがきにあるはずの項目。 */
const expected: readonly NoticeFieldKey[] = [
  "postalCode",
  "addressLine1",
  "addressLine2",
  "name",
  "day",
  "start",
  "venue",
  "number",
];

/** 様式を読む。Word でない、差し込み項目がないなどは BAD_INPUT。 */
export function inspectTemplate(bytes: Uint8Array): TemplateReport {
  const template = openNoticeTemplate(bytes);
  const fields = templateFields(template);
  const used = new Set(fields.map((name) => resolveField(name)?.key));
  // 「住所」一つで二行分を兼ねる様式もある。
  if (used.has("address")) for (const key of ["addressLine1", "addressLine2"] as const) used.add(key);
  if (used.has("dayAndTime")) for (const key of ["day", "start"] as const) used.add(key);
  if (used.has("time")) used.add("start");
  const nameOf = new Map(noticeFields.map((one) => [one.key, one.name]));
  return {
    fields,
    unknown: fields.filter((name) => !knowsField(name)),
    absent: expected.filter((key) => !used.has(key)).map((key) => nameOf.get(key) ?? key),
    pagesPerSheet: template.pagesPerSheet,
    peoplePerSheet: template.peoplePerSheet,
    warnings: [...template.inventory.warnings],
  };
}

/** 様式を読み、登録する前の控えとして封じて残す。id は registerTemplate に渡す。 */
export async function keepTemplateDraft(
  office: Office,
  actor: Actor,
  file: { fileName: string; bytes: Uint8Array },
): Promise<{ id: string; report: TemplateReport }> {
  refuseActor(actor);
  const report = inspectTemplate(file.bytes);
  const key = await office.keys.fresh(actor.contract);
  await office.act(actor, async (tx) => {
    const kept = await keepFile(tx, key, {
      kind: "notice-template",
      fileName: safeName(file.fileName),
      media: docxMedia,
      bytes: file.bytes,
    });
    await tx.record({
      kind: "template.checked",
      about: key.id,
      payload: { sha256: kept.sha256, fields: report.fields.length },
    });
  });
  return { id: key.id, report };
}

/** 控えを、受講通知書の様式として登録する。新しいものが使われ、前のものも残る。 */
export async function registerTemplate(
  office: Office,
  actor: Actor,
  draftId: string,
  kind: Edition,
): Promise<TemplateReport> {
  refuseActor(actor);
  const file = await openFile(office, actor.contract, draftId);
  const report = inspectTemplate(file.bytes);
  const id = newId();
  await office.act(actor, async (tx) => {
    await insertTemplate(tx, {
      id,
      contract_id: tx.contract,
      kind,
      blob_id: file.id,
      file_name: file.fileName,
      fields: JSON.stringify(report.fields),
      created_at: tx.now,
      created_by: actor.id,
    });
    await tx.record({
      kind: "template.registered",
      about: id,
      payload: { kind, sha256: file.sha256, fields: report.fields.length },
    });
  });
  return report;
}

function refuseActor(actor: Actor): void {
  if (actor.roles.some((role) => role === "operator" || role === "supervisor" || role === "manager")) return;
  throw new AppError("FORBIDDEN", "様式の登録は、OP・SV・責任者の役割です。");
}

/** 画面と記録に出る名。道の区切りや制御文字を除き、長すぎれば切る。 */
function safeName(name: string): string {
  const bare = name.replace(/^.*[\\/]/, "").replace(/[\p{Cc}<>:"|?*]/gu, "");
  const named = bare.slice(-80) || "notice";
  return /\.\w{2,5}$/.test(named) ? named : `${named}.docx`;
}
