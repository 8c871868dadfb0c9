import type { Day, Instant, Minute } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { listBookingMarks } from "./booking-store.ts";
import { listClasses } from "./class-store.ts";
import { listVenues } from "./venue-store.ts";

/** 予約の、個人情報でないところだけ。 */
export interface BookingMark {
  id: string;
  /** 受付番号。 */
  number: number;
  classId: string;
  takenAt: Instant;
}

/** 講習会の、席の埋まり方。 */
export interface ClassTally {
  id: string;
  term: string;
  day: Day;
  start: Minute;
  venueId: string;
  venue: string;
  ward: string;
  course: string;
  capacity: number;
  booked: number;
  /** 受け付けているか。 */
  open: boolean;
}

/** 講習会と、生きている予約を数えるための素。氏名や電話は開かない。 */
export async function tallyBookings(
  office: Office,
  contract: string,
): Promise<{ classes: ClassTally[]; bookings: BookingMark[] }> {
  const [classes, venues, rows] = await Promise.all([
    listClasses(office.read, contract),
    listVenues(office.read, contract),
    listBookingMarks(office.read, contract),
  ]);
  const venueOf = new Map(venues.map((venue) => [venue.id, venue]));
  return {
    bookings: rows.map((row) => ({
      id: row.id,
      number: row.number,
      classId: row.class_id,
      takenAt: row.taken_at,
    })),
    classes: classes.map((cls) => ({
      id: cls.id,
      term: cls.term,
      day: cls.day,
      start: cls.start,
      venueId: cls.venue_id,
      venue: venueOf.get(cls.venue_id)?.name ?? "会場未定",
      ward: venueOf.get(cls.venue_id)?.ward ?? "",
      course: cls.course,
      capacity: cls.capacity,
      booked: cls.booked,
      open: cls.state === "open",
    })),
  };
}
