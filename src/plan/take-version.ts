import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Office } from "../platform/office.ts";
import { refuseUnexplained } from "./explain-change.ts";
import { refusePlanRole } from "./plan-right.ts";
import type { PlanStage, PlanVersion } from "./plan-version.ts";
import { insertVersion, listVersionHeads, type VersionRow } from "./plan-version-store.ts";
import { contentHash, contentOf } from "./read-content.ts";
import { openPlan } from "./read-plan.ts";
import { versionOf } from "./read-version.ts";

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
  const sha256 = contentHash(content);
  return office.act(actor, async (tx) => {
    const number = (await listVersionHeads(tx, plan.key, planId)).length + 1;
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
