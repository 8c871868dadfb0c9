import type { Actor } from "../base/actor.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";

/** 満席の回の希望に、ほかの回を案内したことを数える（６(2)ア）。同じ受付・同じ回なら一度だけ。 */
export async function guideSeat(
  office: Office,
  actor: Actor,
  given: { draftId: string; classId: string },
): Promise<void> {
  await office.act(actor, async (tx) => {
    const before = await listEvents(tx, {
      contract: tx.contract,
      about: given.draftId,
      kinds: ["seat.guided"],
      limit: 50,
    });
    if (before.some(({ payload }) => payload.class === given.classId)) return tx.nothingHappened();
    await tx.record({ kind: "seat.guided", about: given.draftId, payload: { class: given.classId } });
  });
}
