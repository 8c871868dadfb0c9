import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { changePlanBlock } from "./change-block.ts";
import { refusePlanRole } from "./plan-right.ts";
import { closeAside, listOpenAsides } from "./plan-store.ts";
import { noBlock, openPlan } from "./read-plan.ts";

/**
 * 脇に残した文を、使う（いまの文と替える）か、捨てるか。捨てた文も、記録には残る。
 * @throws AppError NOT_FOUND、FORBIDDEN、CONFLICT（決める間に、また直された）
 */
export async function settleAside(
  office: Office,
  actor: Actor,
  planId: string,
  asideId: string,
  act: "use" | "drop",
): Promise<void> {
  refusePlanRole("write", actor);
  const { key, blocks } = await openPlan(office, actor, planId);
  const aside = (await listOpenAsides(office.read, key, planId)).find(({ id }) => id === asideId);
  if (!aside) throw new AppError("NOT_FOUND", "その文は、もう決まっているか、ありません。");
  if (act === "use") {
    const block = blocks.find(({ id }) => id === aside.block);
    if (!block) throw noBlock();
    await changePlanBlock(office, actor, planId, aside.block, {
      ...{ text: aside.body, expectedVersion: block.version, reason: aside.reason || "脇に残した文を使う" },
      tracked: block.trackedFrom !== null,
    });
  }
  await office.act(actor, async (tx) => {
    if (!(await closeAside(tx, planId, asideId, act === "use" ? "used" : "dropped"))) tx.nothingHappened();
    else
      await tx.record({
        kind: "plan.aside-closed",
        about: planId,
        payload: { aside: asideId, block: aside.block, act },
      });
  });
}
