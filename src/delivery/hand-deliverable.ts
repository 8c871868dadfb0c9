import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { changeDeliverable, noDeliverable } from "./change-deliverable.ts";
import { afterAct } from "./deliverable.ts";
import { type DeliverableRow, findDeliverable } from "./deliverable-store.ts";
import type { Blocker, DeliveryHand } from "./delivery-hand.ts";
import { rightKinds } from "./right.ts";
import { listRightRows } from "./right-store.ts";

type Hand = Pick<DeliveryHand, "blockers">;

/** 引渡しを止めるもの。遅れている義務と、未確認の権利。 */
export async function findBlockers(
  office: Office,
  contract: string,
  row: DeliverableRow,
  hand: Hand,
): Promise<Blocker[]> {
  const [owed, rights] = await Promise.all([
    hand.blockers(office, contract, { clause: row.clause, obligation: row.obligation }),
    listRightRows(office.read, contract, row.id),
  ]);
  return [...owed, ...rightBlockers(rights)];
}

function rightBlockers(rights: readonly { kind: keyof typeof rightKinds; state: string }[]): Blocker[] {
  if (rights.length === 0) return [{ text: "権利が一つも載っていません。", href: "/rights" }];
  return rights
    .filter((right) => right.state === "open")
    .map((right) => ({ text: `${rightKinds[right.kind].label}の確認が済んでいません。`, href: "/rights" }));
}

/**
 * 引き渡す（責任者）。条項の義務が遅れているか、権利が一つでも未確認なら引き渡せない。
 * @throws AppError REFUSED（止めるものを message に）、FORBIDDEN
 */
export async function handDeliverable(office: Office, actor: Actor, id: string, hand: Hand): Promise<void> {
  const before = await findDeliverable(office.read, actor.contract, id);
  if (!before) throw noDeliverable();
  const owed = await hand.blockers(office, actor.contract, {
    clause: before.clause,
    obligation: before.obligation,
  });
  await changeDeliverable(office, actor, id, "hand", async (row, tx) => {
    // 権利は、同じ取引の中でもう一度見る（確認を外す道はないが、加える道はある）。
    const rights = await listRightRows(tx, tx.contract, id);
    const blockers = [...owed, ...rightBlockers(rights)];
    if (blockers.length > 0)
      throw new AppError(
        "REFUSED",
        `まだ引き渡せません。${blockers.map((one) => one.text).join("")}済ませてから、もう一度お試しください。`,
        { detail: { blockers: blockers.map((one) => one.text) } },
      );
    return {
      change: { state: afterAct("hand", row.state), handed_by: actor.id, handed_at: tx.now },
      kind: "deliverable.handed",
      payload: { receipt: row.receipt, rights: rights.length },
    };
  });
}
