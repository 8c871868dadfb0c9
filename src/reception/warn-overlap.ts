import type { Actor } from "../base/actor.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import { findPersons, findPersonsByLookup } from "../platform/person-store.ts";
import { bookingNumber } from "./booking.ts";
import { findBooking, listSealedBookings } from "./booking-store.ts";
import { listClasses } from "./class-store.ts";
import { overlaps } from "./overlap.ts";

/**
 * 予約を classId の回に変えるときに伝える注意（６(2)ウ）。同じ方（電話とカナが同じ）のほかの予約と時間が重なれば、
 * 重なると言い、重ならなくても、ほかに予約のあることを言う。どれも止めない。だれかは示さず、受付番号と日だけを返す。
 */
export async function warnOverlap(
  office: Office,
  actor: Actor,
  bookingId: string,
  classId?: string,
): Promise<string[]> {
  const { contract } = actor;
  const booking = await findBooking(office.read, contract, bookingId);
  if (!booking) return [];
  const others = await listSealedBookings(office.read, contract, {
    persons: await samePersons(office, contract, booking.person_id),
    states: ["booked"],
  });
  if (others.length === 0) return [];
  const classes = new Map((await listClasses(office.read, contract)).map((cls) => [cls.id, cls]));
  const wanted = classId === undefined ? undefined : classes.get(classId);
  return others.flatMap((other) => {
    const cls = classes.get(other.class_id);
    if (other.id === bookingId || !cls) return [];
    const what = `受付番号${bookingNumber(other.number)}（${formatMonthDay(cls.day)} ${cls.start}）`;
    return wanted && overlaps(cls, wanted)
      ? [`同じ方の${what}と時間が重なります。`]
      : [`同じ方とみられる予約が、ほかにもあります。${what}`];
  });
}

/** 電話とカナの照合値が、どちらも同じ本人の id（その方を含む）。 */
async function samePersons(office: Office, contract: string, personId: string): Promise<string[]> {
  const [person] = await findPersons(office.read, contract, [personId]);
  if (!person?.phone_hmac || !person.kana_hmac) return [personId];
  const [phones, kanas] = await Promise.all([
    findPersonsByLookup(office.read, contract, "phone", person.phone_hmac),
    findPersonsByLookup(office.read, contract, "kana", person.kana_hmac),
  ]);
  return [...new Set([personId, ...phones.filter((id) => kanas.includes(id))])];
}
