import type { Actor } from "../platform/actor.ts";
import { AppError } from "../platform/error.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { setBookingState } from "./booking-store.ts";
import { moveSeats } from "./class-store.ts";

/** 受けたばかりの予約を元に戻し、席を空ける。blueprint の undoMinutes を過ぎたら断る。 */
export async function undoBooking(office: Office, actor: Actor, id: string): Promise<void> {
  const { blueprint } = await openContract(office, actor.contract);
  await office.act(actor, async (tx) => {
    const booking = await setBookingState(tx, tx.contract, id, "booked", "undone", tx.now);
    if (!booking) throw new AppError("NOT_FOUND", "その予約はないか、もう取り消されています。");
    const minutes = (Date.parse(tx.now) - Date.parse(booking.taken_at)) / 60_000;
    if (minutes > blueprint.desk.undoMinutes)
      throw new AppError("REFUSED", `受けてから${blueprint.desk.undoMinutes}分を過ぎたので、元に戻せません。予約の取消として受け付けてください。`);
    if (booking.taken_by !== actor.id && !actor.roles.includes("supervisor"))
      throw new AppError("FORBIDDEN", "ほかの席で受けた予約です。受けた方か SV が元に戻せます。");
    await moveSeats(tx, tx.contract, booking.class_id, { booked: -1, held: 0 }, tx.now);
    await tx.record({ kind: "booking.undone", subject: booking.person_id, about: id, payload: { number: booking.number, class: booking.class_id } });
  });
}
