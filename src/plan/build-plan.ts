import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import {
  type BuildOptions,
  buildPlan as buildManuscript,
  buildPlanFile,
  type PlanFormat,
} from "../manuscript/build-plan-file.ts";
import type { ManuscriptWarning } from "../manuscript/manuscript.ts";
import { writeZip } from "../office/zip.ts";
import type { Office } from "../platform/office.ts";
import { exportPlan, readWholeManuscript } from "./export-plan.ts";
import { refuseMissingRights } from "./list-assets.ts";
import { listDesigns } from "./list-designs.ts";
import { openPlan } from "./read-plan.ts";
import { readPlanVersion } from "./read-version.ts";

export const planMedia: Readonly<Record<PlanFormat, string>> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  html: "text/html; charset=utf-8",
  pdf: "application/pdf",
};

/**
 * 版（省けば、いま）の原稿のフォルダーと、書き出すときの名。
 * @throws AppError NOT_FOUND、FORBIDDEN、REFUSED（公開する版なのに、画像の権利が足りない）
 */
export async function folderOf(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  versionId: string | undefined,
): Promise<{ files: Map<string, Uint8Array>; name: string }> {
  if (versionId === undefined) {
    const { row } = await openPlan(office, actor, planId);
    return { files: await exportPlan(office, actor, planId), name: row.title };
  }
  const { version, files } = await readPlanVersion(office, actor, planId, versionId);
  // 意見募集に出す版と最終の版は、公開する。画像の権利が一つでも足りなければ、書き出さない。
  if (version.stage === "comment" || version.stage === "final")
    await refuseMissingRights(office, actor, planId);
  return { files, name: `第${version.number}稿_${version.name}` };
}

/**
 * 版（省けば、いま）を、その場で一つの形にする（命令のため。画面と JSON は plan-output-job）。書き込み・変更の記録・作った人の名は入らない（原稿の文字だけから作る）。
 * @throws AppError NOT_FOUND、FORBIDDEN、UNAVAILABLE（PDF に LibreOffice がない）、
 *   REFUSED（公開する版なのに、画像の権利が足りない）
 */
export async function buildPlan(
  office: Office,
  actor: Actor,
  planId: string,
  format: PlanFormat,
  versionId?: string,
  options: Pick<BuildOptions, "progress" | "signal"> = {},
): Promise<{ fileName: string; media: string; bytes: Uint8Array; warnings: ManuscriptWarning[] }> {
  const { files, name } = await folderOf(office, actor, planId, versionId);
  const built = await buildPlanFile(files, [format], office.clock.officeNow(actor.contract), options);
  const bytes = built.files[0]?.bytes ?? new Uint8Array();
  await office.act(actor, (tx) =>
    tx.record({ kind: "plan.exported", about: planId, payload: { format, version: versionId ?? null } }),
  );
  return { fileName: `${name}.${format}`, media: planMedia[format], bytes, warnings: built.warnings };
}

/** 原稿の一式（zip）。取り込み直すと、同じ計画になる。 */
export async function zipPlan(
  office: Office,
  actor: Actor,
  planId: string,
  versionId?: string,
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  const { files } = await folderOf(office, actor, planId, versionId);
  await office.act(actor, (tx) =>
    tx.record({
      kind: "plan.exported",
      about: planId,
      payload: { format: "folder", version: versionId ?? null },
    }),
  );
  return { fileName: "原稿の一式.zip", media: "application/zip", bytes: writeZip(files) };
}

/** いまの原稿を、デザインの案の見た目で（選ぶ前に見るため）。 */
export async function buildDesign(
  office: Office,
  actor: Actor,
  planId: string,
  number: number,
  format: PlanFormat,
): Promise<{ fileName: string; media: string; bytes: Uint8Array }> {
  const { designs } = await listDesigns(office, actor, planId);
  const design = designs.find((one) => one.number === number);
  if (!design) throw new AppError("NOT_FOUND", "その案はありません。案の一覧から選び直してください。");
  const manuscript = await readWholeManuscript(office, actor.contract, await openPlan(office, actor, planId));
  const meta = { ...manuscript.meta, theme: design.theme };
  const built = await buildManuscript(
    { ...manuscript, meta },
    [format],
    office.clock.officeNow(actor.contract),
    { noPages: true },
  );
  await office.act(actor, (tx) =>
    tx.record({ kind: "plan.exported", about: planId, payload: { format, design: number } }),
  );
  const bytes = built.files[0]?.bytes ?? new Uint8Array();
  return { fileName: `${design.label}_${design.title}.${format}`, media: planMedia[format], bytes };
}
