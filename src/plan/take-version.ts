import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { canonicalJson } from "../base/canonical.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { writeManuscript } from "../manuscript/write-manuscript.ts";
import type { Office } from "../platform/office.ts";
import { refuseUnexplained } from "./explain-change.ts";
import { readWholeManuscript, sourcesText } from "./export-plan.ts";
import { listFileRows } from "./plan-file-store.ts";
import { refusePlanRole } from "./plan-right.ts";
import type { PlanStage, PlanVersion } from "./plan-version.ts";
import { insertVersion, listVersionRows, type VersionRow } from "./plan-version-store.ts";
import { manuscriptOf, type OpenPlan, openPlan } from "./read-plan.ts";
import { type VersionContent, versionOf } from "./read-version.ts";

/**
 * いまの原稿を、名のある版として残す（あとから変わらない）。同じ中身のハッシュが、版の身元になる。
 * 最終原稿は、パブリックコメント用の版のあとの変更の全てに、理由か意見がなければ残せない（業務仕様書 3(1)(ｳ)）。
 * @throws AppError NOT_FOUND、FORBIDDEN、BAD_INPUT（名がない）、REFUSED（理由のない変更がある。detail.unexplained）、
 *   CONFLICT（読んだあとに直された）
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
  if (given.stage === "final") await refuseUnexplained(office, actor, planId, plan.sequence);
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
