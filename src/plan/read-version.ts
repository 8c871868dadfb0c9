import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import type { PlanVersion } from "./plan-version.ts";
import { findVersionRow, listVersionHeads, type VersionHead } from "./plan-version-store.ts";
import { type OpenPlan, openPlanRow } from "./read-plan.ts";

/** 版の中身: 原稿の文字（名 → 文）と、データ・画像（名 → blob と SHA-256）。 */
export interface VersionContent {
  texts: Record<string, string>;
  files: { name: string; blob: string; sha256: string }[];
}

/** 版の行を、画面と JSON の形に。 */
export function versionOf(row: VersionHead): PlanVersion {
  const { id, number, stage, name, sequence, sha256, note, made_by, made_at } = row;
  return { id, number, stage, name, sequence, sha256, note, by: made_by, at: made_at };
}

/** 名のある版（古い順）。 */
export async function listPlanVersions(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
): Promise<PlanVersion[]> {
  const { key } = await openPlanRow(office, actor, planId);
  return (await listVersionHeads(office.read, key, planId)).map(versionOf);
}

/**
 * 版の原稿のフォルダー（名 → 中身）。
 * @throws AppError NOT_FOUND、FORBIDDEN
 */
export async function readPlanVersion(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
  versionId: string,
): Promise<{ version: PlanVersion; files: Map<string, Uint8Array> }> {
  return openVersion(office, actor.contract, await openPlanRow(office, actor, planId), versionId);
}

/** 開いた計画の、一つの版（計画を開き直さない）。なければ NOT_FOUND。 */
export async function openVersion(
  office: Office,
  contract: string,
  { row: plan, key }: Pick<OpenPlan, "row" | "key">,
  versionId: string,
): Promise<{ version: PlanVersion; files: Map<string, Uint8Array> }> {
  const row = await findVersionRow(office.read, key, plan.id, versionId);
  if (!row) throw new AppError("NOT_FOUND", "その版はありません。版の一覧から選び直してください。");
  const content = JSON.parse(row.content) as VersionContent;
  const files = new Map<string, Uint8Array>();
  for (const [name, text] of Object.entries(content.texts)) files.set(name, new TextEncoder().encode(text));
  for (const { name, blob } of content.files)
    files.set(name, new Uint8Array((await openFile(office, contract, blob)).bytes));
  return { version: versionOf(row), files };
}
