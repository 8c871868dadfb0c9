import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { canonicalJson } from "../base/canonical.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { writeManuscript } from "../manuscript/write-manuscript.ts";
import { openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import { readWholeManuscript, sourcesText } from "./export-plan.ts";
import { listFileRows } from "./plan-file-store.ts";
import { refusePlanRole } from "./plan-right.ts";
import type { PlanStage, PlanVersion } from "./plan-version.ts";
import { insertVersion, listVersionRows, type VersionRow } from "./plan-version-store.ts";
import { manuscriptOf, type OpenPlan, openPlan } from "./read-plan.ts";

/** 版の中身: 原稿の文字（名 → 文）と、データ・画像（名 → blob と SHA-256）。 */
interface VersionContent {
  texts: Record<string, string>;
  files: { name: string; blob: string; sha256: string }[];
}

/**
 * いまの原稿を、名のある版として残す（あとから変わらない）。同じ中身のハッシュが、版の身元になる。
 * @throws AppError NOT_FOUND、FORBIDDEN、BAD_INPUT（名がない）、CONFLICT（読んだあとに直された）
 */
export async function takePlanVersion(
  office: Office,
  actor: Actor,
  planId: string,
  given: { stage: PlanStage; name: string; note?: string },
): Promise<PlanVersion> {
  refusePlanRole("write", actor);
  const name = given.name.trim();
  if (name === "" || name.length > 60)
    throw new AppError("BAD_INPUT", "版の名を 1 字から 60 字で書いてください。", {
      faults: [{ field: "name", message: "1 字から 60 字で書いてください。" }],
    });
  const plan = await openPlan(office, actor, planId);
  const content = await contentOf(office, plan);
  const text = canonicalJson({
    ...content,
    files: content.files.map(({ name, sha256 }) => ({ name, sha256 })),
  });
  const sha256 = createHash("sha256").update(text).digest("hex");
  return office.act(actor, async (tx) => {
    const number = (await listVersionRows(tx, plan.key, planId)).length + 1;
    const row: VersionRow = {
      ...{ id: newId(), contract_id: tx.contract, plan_id: planId, stage: given.stage, name, number, sha256 },
      ...{ sequence: plan.sequence, content: JSON.stringify(content), note: given.note?.trim() ?? "" },
      ...{ made_by: tx.actor.id, made_at: tx.now },
    };
    await insertVersion(tx, plan.key, row);
    await tx.record({
      kind: "plan.version-taken",
      about: planId,
      payload: { version: row.id, stage: given.stage, number, sequence: plan.sequence, sha256 },
    });
    return versionOf(row);
  });
}

async function contentOf(office: Office, plan: OpenPlan): Promise<VersionContent> {
  const whole = await readWholeManuscript(office, plan.row.contract_id, plan);
  const written = writeManuscript(manuscriptOf({ ...plan, meta: whole.meta }));
  // 版は、取ったときの書誌を持つ（登録簿があとから直されても、版は変わらない）。
  const sources = sourcesText(whole);
  if (sources !== "") written.set("sources.yaml", new TextEncoder().encode(sources));
  const decoder = new TextDecoder();
  const rows = await listFileRows(office.read, plan.key, plan.row.id);
  return {
    texts: Object.fromEntries([...written].map(([name, bytes]) => [name, decoder.decode(bytes)])),
    files: rows
      .filter((row) => !written.has(row.name))
      .map(({ name, blob_id, sha256 }) => ({ name, blob: blob_id, sha256 })),
  };
}

function versionOf(row: VersionRow): PlanVersion {
  const { id, number, stage, name, sequence, sha256, note, made_by, made_at } = row;
  return { id, number, stage, name, sequence, sha256, note, by: made_by, at: made_at };
}

/** 名のある版（古い順）。 */
export async function listPlanVersions(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
): Promise<PlanVersion[]> {
  const { key } = await openPlan(office, actor, planId);
  return (await listVersionRows(office.read, key, planId)).map(versionOf);
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
  const { key } = await openPlan(office, actor, planId);
  const row = (await listVersionRows(office.read, key, planId)).find(({ id }) => id === versionId);
  if (!row) throw new AppError("NOT_FOUND", "その版はありません。版の一覧から選び直してください。");
  const content = JSON.parse(row.content) as VersionContent;
  const files = new Map<string, Uint8Array>();
  for (const [name, text] of Object.entries(content.texts)) files.set(name, new TextEncoder().encode(text));
  for (const { name, blob } of content.files)
    files.set(name, new Uint8Array((await openFile(office, actor.contract, blob)).bytes));
  return { version: versionOf(row), files };
}
