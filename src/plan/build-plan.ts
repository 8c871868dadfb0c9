import type { Actor } from "../base/actor.ts";
import { buildPlanFile, type PlanFormat } from "../manuscript/build-plan-file.ts";
import type { ManuscriptWarning } from "../manuscript/manuscript.ts";
import { writeZip } from "../office/zip.ts";
import type { Office } from "../platform/office.ts";
import { exportPlan } from "./export-plan.ts";
import { openPlan } from "./read-plan.ts";
import { readPlanVersion } from "./take-version.ts";

export const planMedia: Readonly<Record<PlanFormat, string>> = {
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  html: "text/html; charset=utf-8",
  pdf: "application/pdf",
};

/** 版（省けば、いま）の原稿のフォルダー。 */
async function folderOf(
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
  return { files, name: `第${version.number}稿_${version.name}` };
}

/**
 * 版（省けば、いま）を一つの形にする。書き込み・変更の記録・作った人の名は入らない（原稿の文字だけから作る）。
 * @throws AppError NOT_FOUND、FORBIDDEN、UNAVAILABLE（PDF に LibreOffice がない）
 */
export async function buildPlan(
  office: Office,
  actor: Actor,
  planId: string,
  format: PlanFormat,
  versionId?: string,
): Promise<{ fileName: string; media: string; bytes: Uint8Array; warnings: ManuscriptWarning[] }> {
  const { files, name } = await folderOf(office, actor, planId, versionId);
  const built = await buildPlanFile(files, [format], office.clock.officeNow(actor.contract));
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
