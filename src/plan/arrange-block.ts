import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office, Tx } from "../platform/office.ts";
import { freshBlockId } from "./import-plan.ts";
import { type BlockContent, POSITION_STEP, type ReviewState } from "./plan-block.ts";
import { refusePlanRole } from "./plan-right.ts";
import {
  type BlockRow,
  findBlockRow,
  listBlockRows,
  listChangeRows,
  setReview,
  setTrackedFrom,
  takeSequence,
} from "./plan-store.ts";
import { noBlock, type OpenPlan, openPlan } from "./read-plan.ts";
import { type Changed, type NextBlock, writeChange } from "./write-change.ts";

/** どこに置くか。after のすぐ後（なければ parent の先頭）。 */
export interface PlaceOf {
  after: string | null;
  /** after が囲み（施策・コラム）のとき、その中の先頭に置く。 */
  inside?: boolean;
}

/** 部分を足す。content を省けば、その種類の空のもの。 */
export async function insertPlanBlock(
  office: Office,
  actor: Actor,
  planId: string,
  given: PlaceOf & { content: BlockContent; id?: string; reason?: string; tracked?: boolean },
): Promise<Changed> {
  refusePlanRole("write", actor);
  const plan = await openPlan(office, actor, planId);
  return office.act(actor, async (tx) => {
    const spot = await makeRoom(tx, plan, given);
    const block = given.id ?? freshBlockId(given.content.kind);
    const number = await takeSequence(tx, tx.contract, planId);
    return writeChange(
      tx,
      { plan: planId, key: plan.key },
      number,
      undefined,
      {
        ...{ block, content: given.content, ...spot, state: "live" },
        ...{ trackedFrom: given.tracked ? 0 : null, review: "draft" },
      },
      { act: "insert", reason: given.reason ?? "" },
    );
  });
}

/** 部分を動かす（見出しは、見出しだけが動く）。 */
export async function movePlanBlock(
  office: Office,
  actor: Actor,
  planId: string,
  blockId: string,
  to: PlaceOf,
): Promise<Changed> {
  refusePlanRole("write", actor);
  if (to.after === blockId) throw new AppError("BAD_INPUT", "自分のすぐ後には動かせません。");
  const plan = await openPlan(office, actor, planId);
  if (isInside(plan, to.after, blockId))
    throw new AppError("BAD_INPUT", "囲みを、自分の中へは動かせません。");
  return office.act(actor, async (tx) => {
    const spot = await makeRoom(tx, plan, to);
    return rewrite(tx, plan, blockId, "move", "", () => spot);
  });
}

function isInside(plan: OpenPlan, block: string | null, outer: string): boolean {
  let at = plan.blocks.find(({ id }) => id === block);
  while (at) {
    if (at.parent === outer) return true;
    const parent = at.parent;
    at = plan.blocks.find(({ id }) => id === parent);
  }
  return false;
}

/** 部分を消す（経過に残り、戻せる）。 */
export async function removePlanBlock(
  office: Office,
  actor: Actor,
  planId: string,
  blockId: string,
  reason = "",
): Promise<Changed> {
  refusePlanRole("write", actor);
  const plan = await openPlan(office, actor, planId);
  return office.act(actor, (tx) =>
    rewrite(tx, plan, blockId, "remove", reason, () => ({ state: "removed" })),
  );
}

/** 消した部分を戻す。 */
export async function restorePlanBlock(
  office: Office,
  actor: Actor,
  planId: string,
  blockId: string,
): Promise<Changed> {
  refusePlanRole("write", actor);
  const plan = await openPlan(office, actor, planId);
  return office.act(actor, (tx) => rewrite(tx, plan, blockId, "restore", "", () => ({ state: "live" })));
}

/** 前の版の中身に戻す（新しい版になる）。 */
export async function revertPlanBlock(
  office: Office,
  actor: Actor,
  planId: string,
  blockId: string,
  version: number,
): Promise<Changed> {
  refusePlanRole("write", actor);
  const plan = await openPlan(office, actor, planId);
  return office.act(actor, async (tx) => {
    const rows = await listChangeRows(tx, plan.key, planId, { block: blockId });
    const found = rows.find((row) => row.version === version);
    if (version === 0 && rows.length > 0)
      return rewrite(tx, plan, blockId, "remove", "足した部分を元に戻す", () => ({ state: "removed" }));
    if (!found) throw new AppError("NOT_FOUND", "その版は、この部分の経過にありません。");
    const content = JSON.parse(found.body) as BlockContent;
    return rewrite(tx, plan, blockId, "change", `第${version}版に戻す`, () => ({
      content,
      trackedFrom: null,
    }));
  });
}

/** 記録していた変更を取り消し、記録し始める前の文に戻す（足した部分なら、消す）。 */
export async function unrecordPlanBlock(
  office: Office,
  actor: Actor,
  planId: string,
  blockId: string,
): Promise<Changed> {
  const { blocks } = await openPlan(office, actor, planId);
  const from = blocks.find(({ id }) => id === blockId)?.trackedFrom;
  if (from === undefined) throw noBlock();
  if (from === null)
    throw new AppError("CONFLICT", "記録している変更はありません。もう反映されたか、戻されています。");
  return revertPlanBlock(office, actor, planId, blockId, from);
}

/** 記録していた変更を、地の文にする（反映）。 */
export async function settlePlanBlock(
  office: Office,
  actor: Actor,
  planId: string,
  blockId: string,
): Promise<void> {
  refusePlanRole("write", actor);
  await openPlan(office, actor, planId);
  await office.act(actor, async (tx) => {
    if (!(await setTrackedFrom(tx, planId, blockId, null))) throw noBlock();
    await tx.record({ kind: "plan.settled", about: planId, payload: { block: blockId } });
  });
}

/** 見終えたかどうか。 */
export async function reviewPlanBlock(
  office: Office,
  actor: Actor,
  planId: string,
  blockId: string,
  review: ReviewState,
): Promise<void> {
  refusePlanRole("comment", actor);
  await openPlan(office, actor, planId);
  await office.act(actor, async (tx) => {
    if (!(await setReview(tx, planId, blockId, review))) throw noBlock();
    await tx.record({ kind: "plan.reviewed", about: planId, payload: { block: blockId, review } });
  });
}

type Rewrite = (before: BlockRow) => Partial<NextBlock>;

async function rewrite(
  tx: Tx,
  { row: { id: plan }, key }: OpenPlan,
  blockId: string,
  act: "move" | "remove" | "restore" | "change",
  reason: string,
  change: Rewrite,
): Promise<Changed> {
  const number = await takeSequence(tx, tx.contract, plan);
  const before = await findBlockRow(tx, key, plan, blockId);
  if (!before || (before.state === "removed") !== (act === "restore")) throw noBlock();
  const now: NextBlock = {
    ...{ block: blockId, content: JSON.parse(before.body) as BlockContent, parent: before.parent },
    ...{ position: before.position, state: before.state, review: before.review },
    trackedFrom: before.tracked_from,
  };
  return writeChange(tx, { plan, key }, number, before, { ...now, ...change(before) }, { act, reason });
}

/** 置くところの親と並び。間がなければ、後ろを送って空ける（送ったことも経過に残る）。 */
async function makeRoom(
  tx: Tx,
  plan: OpenPlan,
  { after, inside }: PlaceOf,
): Promise<{ parent: string | null; position: number }> {
  const rows = (await listBlockRows(tx, plan.key, plan.row.id)).filter(({ state }) => state === "live");
  const anchor = after === null ? undefined : rows.find(({ block }) => block === after);
  if (after !== null && !anchor) throw noBlock();
  const parent = inside && anchor ? anchor.block : (anchor?.parent ?? null);
  const from = inside || !anchor ? 0 : anchor.position;
  const later = rows
    .filter((row) => row.parent === parent && row.kind !== "footnote" && row.position > from)
    .sort((a, b) => a.position - b.position);
  const next = later[0]?.position ?? from + 2 * POSITION_STEP;
  if (next - from >= 2) return { parent, position: Math.floor((from + next) / 2) };
  for (const [at, row] of later.entries())
    await rewrite(tx, plan, row.block, "move", "", () => ({ position: from + (at + 2) * POSITION_STEP }));
  return { parent, position: from + POSITION_STEP };
}
