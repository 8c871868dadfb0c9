import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { closeCommentRow, insertComment, listCommentRows } from "./plan-comment-store.ts";
import { refusePlanRole } from "./plan-right.ts";
import { noBlock, openPlan, openPlanRow } from "./read-plan.ts";

export interface PlanComment {
  id: string;
  block: string;
  text: string;
  open: boolean;
  by: string;
  at: Instant;
}

/** 部分に書き込む（委託者も書ける）。原稿は変わらない。 */
export async function commentPlanBlock(
  office: Office,
  actor: Actor,
  planId: string,
  blockId: string,
  text: string,
): Promise<{ id: string }> {
  refusePlanRole("comment", actor);
  const message = "書き込みを 1 字から 1,000 字で書いてください。";
  if (text.trim() === "" || text.length > 1000)
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "comment", message }] });
  const { key, blocks } = await openPlan(office, actor, planId);
  if (!blocks.some(({ id }) => id === blockId)) throw noBlock();
  const id = newId();
  await office.act(actor, async (tx) => {
    await insertComment(tx, key, {
      ...{ id, contract_id: tx.contract, plan_id: planId, block: blockId, body: text.trim(), state: "open" },
      ...{ made_by: tx.actor.id, made_at: tx.now, closed_by: null, closed_at: null },
    });
    await tx.record({ kind: "plan.commented", about: planId, payload: { comment: id, block: blockId } });
  });
  return { id };
}

/** 書き込みを済みにする。 */
export async function closePlanComment(
  office: Office,
  actor: Actor,
  planId: string,
  commentId: string,
): Promise<void> {
  refusePlanRole("write", actor);
  await openPlan(office, actor, planId);
  await office.act(actor, async (tx) => {
    const done = await closeCommentRow(tx, { plan: planId, id: commentId, by: tx.actor.id, at: tx.now });
    if (!done) throw new AppError("NOT_FOUND", "その書き込みはないか、もう済みになっています。");
    await tx.record({ kind: "plan.comment-closed", about: planId, payload: { comment: commentId } });
  });
}

/** 書き込み（古い順）。 */
export async function listPlanComments(
  office: Office,
  actor: Pick<Actor, "contract" | "roles">,
  planId: string,
): Promise<PlanComment[]> {
  const { key } = await openPlanRow(office, actor, planId);
  return (await listCommentRows(office.read, key, planId)).map((row) => ({
    ...{ id: row.id, block: row.block, text: row.body, open: row.state === "open" },
    ...{ by: row.made_by, at: row.made_at },
  }));
}
