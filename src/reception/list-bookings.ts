import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { findPersons, openPerson, type Person } from "../platform/person-store.ts";
import { type BookingFilter, listSealedBookings, openBooking, type StoredBooking } from "./booking-store.ts";
import { listClasses, type StoredClass } from "./class-store.ts";
import { listVenues, type Venue } from "./venue-store.ts";

/** 予約と、その人・講習会・会場。個人情報を開いたもの。 */
export interface BookingDetail {
  booking: StoredBooking;
  person: Person;
  cls: StoredClass;
  venue: Venue;
}

/**
 * 条件に合う予約を、受付番号の順に開いて返す。
 * 個人情報を読むだけで、見せたことの記録（person.revealed や list.made）は見せる側の動詞が残す。
 */
export async function listBookings(
  office: Office,
  actor: Pick<Actor, "contract">,
  filter: BookingFilter,
): Promise<BookingDetail[]> {
  const { contract } = actor;
  if (
    filter.ids?.length === 0 ||
    filter.classIds?.length === 0 ||
    filter.persons?.length === 0 ||
    filter.numbers?.length === 0
  )
    return [];
  const rows = await listSealedBookings(office.read, contract, filter);
  const ids = rows.map((row) => row.person_id);
  const [persons, keys, classes, venues] = await Promise.all([
    findPersons(office.read, contract, ids),
    office.keys.get(contract, ids),
    listClasses(office.read, contract),
    listVenues(office.read, contract),
  ]);
  const personOf = new Map(persons.map((p) => [p.id, p]));
  const classOf = new Map(classes.map((c) => [c.id, c]));
  const venueOf = new Map(venues.map((v) => [v.id, v]));
  return rows.flatMap((row) => {
    const person = personOf.get(row.person_id);
    const cls = classOf.get(row.class_id);
    const venue = cls && venueOf.get(cls.venue_id);
    if (!person || !cls || !venue) return [];
    const key = keys.get(row.person_id);
    return [{ booking: openBooking(key, row), person: openPerson(key, person), cls, venue }];
  });
}
