import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office, Tx } from "../platform/office.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { type SealedBooking, setBookingState } from "./booking-store.ts";
import { type CancelReason, isCancelReason } from "./cancel-reason.ts";
import { type ChangedBooking, isLate, liveBooking, refuseLate } from "./change-booking.ts";
import { moveSeats, type StoredClass } from "./class-store.ts";
import { offerFreedSeat } from "./offer-seat.ts";
import { requirePeople } from "./reception-right.ts";
import { settleTells } from "./told-booking.ts";

/**
 * 予約を取り消す（６(2)ウ）。席は空き、まず待機の方のために押さえられる。予約の記録は残る。
 * @throws AppError BAD_INPUT（理由がない）、REFUSED（もう取り消された、始まった）、FORBIDDEN（受付が終わった後の OP）
 */
export async function cancelBooking(
  office: Office,
  actor: Actor,
  id: string,
  given: { reason: string; version?: number | undefined },
): Promise<ChangedBooking> {
  requirePeople(actor);
  const { reason } = given;
  if (!isCancelReason(reason))
    throw new AppError("BAD_INPUT", "取り消す理由を選んでください。", {
      faults: [{ field: "reason", message: "取り消す理由を選んでください。" }],
    });
  const { blueprint } = await openContract(office, actor.contract);
  return office.act(actor, async (tx) => {
    const { booking, cls } = await liveBooking(tx, id, given.version);
    refuseLate(tx, blueprint, cls);
    const cancelled = await dropBooking(tx, blueprint, booking, cls, reason);
    await settleTells(tx, id, "cancels");
    return cancelled;
  });
}

/** 取引の中で、予約を取り消して席を空ける。 */
export async function dropBooking(
  tx: Tx,
  blueprint: Blueprint,
  booking: SealedBooking,
  cls: StoredClass,
  reason: CancelReason,
): Promise<ChangedBooking> {
  const dropped = await setBookingState(tx, tx.contract, booking.id, "booked", "cancelled", tx.now);
  // 読んでから書くまでの間に、ほかの方が別の回へ移していれば、空けるのはこの回の席ではない。
  if (dropped?.class_id !== cls.id)
    throw new AppError("CONFLICT", "ほかの方が先にこの予約を変えました。画面を開き直してください。");
  await moveSeats(tx, tx.contract, cls.id, { booked: -1, held: 0 }, tx.now);
  await tx.record({
    kind: "booking.cancelled",
    subject: booking.person_id,
    about: booking.id,
    payload: {
      number: booking.number,
      class: cls.id,
      cancel: reason,
      desk: tx.actor.desk ?? "",
      late: isLate(tx, blueprint, cls),
    },
  });
  return { number: booking.number, seat: await offerFreedSeat(tx, blueprint, cls.id) };
}
