import { type Actor, systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { type Instant, instantFromMs, localMinuteOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { openContract } from "../terms/open-contract.ts";
import { moveSeats } from "./class-store.ts";
import { extendHold, insertHold, removeDraftHolds, removeExpiredHolds, removeHold } from "./hold-store.ts";
import { offerSeats } from "./offer-seats.ts";
import { takeSeat } from "./take-seat.ts";

export interface HeldSeat {
  id: string;
  classId: string;
  expiresAt: Instant;
}

/**
 * 席を仮に押さえる。一つの受付（draft）が押さえる席は一つで、新しい席を取ってから前の席を放す
 * （満席なら前の席はそのまま残る）。仮押さえは話している間だけのもので、行為としては記録しない。
 */
export async function holdSeat(
  office: Office,
  actor: Actor,
  input: { classId: string; draftId: string },
): Promise<HeldSeat> {
  const until = await holdUntil(office, actor);
  return office.keepFor(actor, async (tx) => {
    const cls = await takeSeat(tx, input.classId, "held");
    if (`${cls.day}T${cls.start}` <= localMinuteOf(tx.now))
      throw new AppError("REFUSED", "その講習会はもう始まっています。ほかの日をご案内ください。");
    for (const old of await removeDraftHolds(tx, tx.contract, input.draftId))
      await moveSeats(tx, tx.contract, old.class_id, { booked: 0, held: -1 }, tx.now);
    const hold = { id: newId(), classId: input.classId, expiresAt: until };
    await insertHold(tx, {
      id: hold.id,
      contract_id: tx.contract,
      class_id: input.classId,
      account_id: actor.id,
      desk: actor.desk ?? "",
      draft_id: input.draftId,
      expires_at: until,
      created_at: tx.systemNow,
    });
    return hold;
  });
}

/** 仮押さえを放す。もうなければ何もしない。空いた席は、待つ方に案内する。 */
export async function releaseHold(office: Office, actor: Actor, id: string): Promise<void> {
  const freed = await office.keepFor(actor, async (tx) => {
    const hold = await removeHold(tx, tx.contract, id, actor.id);
    if (hold) await moveSeats(tx, tx.contract, hold.class_id, { booked: 0, held: -1 }, tx.now);
    return hold !== undefined;
  });
  if (freed) await offerSeats(office, actor.contract);
}

/** 話が続いている間、期限を延ばす。切れていれば REFUSED（席をもう一度選ぶ）。 */
export async function keepHold(office: Office, actor: Actor, id: string): Promise<{ expiresAt: Instant }> {
  const until = await holdUntil(office, actor);
  const kept = await office.keep((read) => extendHold(read, actor.contract, id, actor.id, until));
  if (!kept) throw new AppError("REFUSED", "仮押さえの時間が過ぎました。席をもう一度お選びください。");
  return { expiresAt: until };
}

/** 期限の切れた仮押さえをすべて片づけ、放した席の数を返す（毎分の掃除）。 */
export async function sweepHolds(office: Office): Promise<number> {
  let freed = 0;
  for (const contract of await listContracts(office)) {
    const swept = await office.keepFor(systemActor(contract.id), async (tx) => {
      const gone = await removeExpiredHolds(tx, tx.contract, tx.systemNow);
      for (const [classId, n] of gone)
        await moveSeats(tx, tx.contract, classId, { booked: 0, held: -n }, tx.now);
      return [...gone.values()].reduce((a, b) => a + b, 0);
    });
    if (swept > 0) await offerSeats(office, contract.id);
    freed += swept;
  }
  return freed;
}

async function holdUntil(office: Office, actor: Actor): Promise<Instant> {
  const { blueprint } = await openContract(office, actor.contract);
  return instantFromMs(office.clock.systemMs() + blueprint.desk.holdMinutes * 60_000);
}
