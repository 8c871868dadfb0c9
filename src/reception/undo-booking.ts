import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office, Tx } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { setBookingState } from "./booking-store.ts";
import { moveSeats } from "./class-store.ts";
import { offerFreedSeat } from "./offer-seat.ts";
import { findWaitOfBooking, setWaitState } from "./wait-store.ts";

/** 受けたばかりの予約を元に戻し、席を空ける。blueprint の undoMinutes を過ぎたら断る。 */
export async function undoBooking(office: Office, actor: Actor, id: string): Promise<void> {
  const { blueprint } = await openContract(office, actor.contract);
  await office.act(actor, async (tx) => {
    const booking = await setBookingState(tx, tx.contract, id, "booked", "undone", tx.now);
    if (!booking) throw new AppError("NOT_FOUND", "その予約はないか、もう取り消されています。");
    const minutes = (Date.parse(tx.now) - Date.parse(booking.taken_at)) / 60_000;
    if (minutes > blueprint.desk.undoMinutes)
      throw new AppError(
        "REFUSED",
        `受けてから${blueprint.desk.undoMinutes}分を過ぎたので、元に戻せません。予約の取消として受け付けてください。`,
      );
    if (booking.taken_by !== actor.id && !actor.roles.includes("supervisor"))
      throw new AppError("FORBIDDEN", "ほかの席で受けた予約です。受けた方か SV が元に戻せます。");
    await moveSeats(tx, tx.contract, booking.class_id, { booked: -1, held: 0 }, tx.now);
    const wait = await restoreWait(tx, id);
    await tx.record({
      kind: "booking.undone",
      subject: booking.person_id,
      about: id,
      payload: { number: booking.number, class: booking.class_id },
    });
    // 空いた席は、まず待っている方へ（元に戻したこの方の待機は、すぐには案内し直さない）。
    await offerFreedSeat(tx, blueprint, booking.class_id, wait ? [wait] : []);
  });
}

/** 待機から受けた予約を元に戻したら、待機も元に戻す（待っていた方を失わない）。戻した待機の id。 */
async function restoreWait(tx: Tx, bookingId: string): Promise<string | undefined> {
  const wait = await findWaitOfBooking(tx, tx.contract, bookingId);
  if (!wait) return undefined;
  const back = { state: "waiting", booking_id: null } as const;
  if (!(await setWaitState(tx, tx.contract, wait.id, "booked", back, tx.now))) return undefined;
  await tx.record({ kind: "wait.returned", subject: wait.person_id, about: wait.id, payload: {} });
  return wait.id;
}
