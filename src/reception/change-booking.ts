import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf, localMinuteOf } from "../base/time.ts";
import type { Office, Tx } from "../platform/office.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { findBooking, type SealedBooking, setBookingClass } from "./booking-store.ts";
import { findClass, moveSeats, type StoredClass } from "./class-store.ts";
import { removeDraftHolds } from "./hold-store.ts";
import { offerFreedSeat, type SeatOutcome } from "./offer-seat.ts";
import { mayChangeClasses, requirePeople } from "./reception-right.ts";
import { takeSeat } from "./take-seat.ts";
import { settleTells } from "./told-booking.ts";

export interface BookingChange {
  classId: string;
  /** 見ていた予約の版。違えば CONFLICT。 */
  version?: number | undefined;
  /** 話している間に押さえた席があれば、その受付。 */
  draftId?: string | undefined;
}

export interface ChangedBooking {
  number: number;
  /** 空いた席に起きたこと。 */
  seat: SeatOutcome;
}

/**
 * 予約を別の回に変える（６(2)ウ）。新しい席を取ってから前の席を放す。同じ取引なので、途中で席をなくさない。
 * 期の受付が終わった後は、受講日まで SV と責任者だけが行える。
 * @throws AppError CLASS_FULL（前の席はそのまま）、REFUSED、CONFLICT、NOT_FOUND、FORBIDDEN
 */
export async function changeBooking(
  office: Office,
  actor: Actor,
  id: string,
  given: BookingChange,
): Promise<ChangedBooking> {
  requirePeople(actor);
  const { blueprint } = await openContract(office, actor.contract);
  return office.act(actor, async (tx) => {
    const { booking, cls } = await liveBooking(tx, id, given.version);
    refuseLate(tx, blueprint, cls);
    const changed = await moveBooking(tx, blueprint, booking, cls, given);
    await settleTells(tx, id, "changes");
    return changed;
  });
}

/** 取引の中で、予約を別の回に移す。 */
export async function moveBooking(
  tx: Tx,
  blueprint: Blueprint,
  booking: SealedBooking,
  from: StoredClass,
  given: BookingChange,
): Promise<ChangedBooking> {
  if (given.classId === booking.class_id)
    throw new AppError("BAD_INPUT", "いまと同じ回です。移る先の回を選んでください。", {
      faults: [{ field: "classId", message: "移る先の回を選んでください。" }],
    });
  for (const hold of given.draftId ? await removeDraftHolds(tx, tx.contract, given.draftId) : [])
    await moveSeats(tx, tx.contract, hold.class_id, { booked: 0, held: -1 }, tx.now);
  const to = await takeSeat(tx, given.classId, "booked");
  if (`${to.day}T${to.start}` <= localMinuteOf(tx.now))
    throw new AppError("REFUSED", "移る先の講習会はもう始まっています。ほかの回を選んでください。");
  if (!(await setBookingClass(tx, booking, to.id, tx.now))) throw changedMeanwhile();
  await moveSeats(tx, tx.contract, from.id, { booked: -1, held: 0 }, tx.now);
  await tx.record({
    kind: "booking.changed",
    subject: booking.person_id,
    about: booking.id,
    payload: {
      number: booking.number,
      from: from.id,
      to: to.id,
      desk: tx.actor.desk ?? "",
      late: isLate(tx, blueprint, from),
    },
  });
  return { number: booking.number, seat: await offerFreedSeat(tx, blueprint, from.id) };
}

/** 生きている予約とその回。講習会が始まっていれば REFUSED。 */
export async function liveBooking(
  tx: Tx,
  id: string,
  version: number | undefined,
): Promise<{ booking: SealedBooking; cls: StoredClass }> {
  const booking = await findBooking(tx, tx.contract, id);
  const cls = booking && (await findClass(tx, tx.contract, booking.class_id));
  if (!booking || !cls) throw new AppError("NOT_FOUND", "その予約はありません。探し直してください。");
  if (booking.state !== "booked")
    throw new AppError("REFUSED", "その予約は、もう取り消されています。予約を探し直してください。");
  if (version !== undefined && booking.version !== version) throw changedMeanwhile();
  if (`${cls.day}T${cls.start}` <= localMinuteOf(tx.now))
    throw new AppError("REFUSED", "その講習会はもう始まっているので、変更も取消もできません。");
  return { booking, cls };
}

/** 期の受付が終わったあとか。 */
export function isLate(tx: Pick<Tx, "now">, blueprint: Blueprint, cls: Pick<StoredClass, "term">): boolean {
  const term = blueprint.terms.find((one) => one.id === cls.term);
  return term !== undefined && dayOf(tx.now) > term.deskTo;
}

/** 受付が終わったあとは、SV と責任者だけ。 */
export function refuseLate(tx: Tx, blueprint: Blueprint, cls: StoredClass): void {
  if (!isLate(tx, blueprint, cls) || mayChangeClasses(tx.actor)) return;
  throw new AppError(
    "FORBIDDEN",
    "この期の受付は終わっています。受付が終わったあとの変更と取消は、SV か責任者が入力します。",
  );
}

function changedMeanwhile(): AppError {
  return new AppError("CONFLICT", "ほかの方が先にこの予約を変えました。画面を開き直してください。");
}
