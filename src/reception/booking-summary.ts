import { maskPhone } from "../japan/phone.ts";
import type { BookingDetail } from "./list-bookings.ts";

/** 探した結果の一行。氏名と電話は伏せる。 */
export interface BookingSummary {
  id: string;
  number: number;
  state: "booked" | "cancelled" | "undone";
  /** 「検○　○○」。 */
  maskedName: string;
  maskedPhone: string;
  classId: string;
  day: string;
  start: string;
  end: string;
  venue: string;
  course: string;
}

const graphemes = new Intl.Segmenter("ja", { granularity: "grapheme" });

/** 最初の一字だけを残し、残りは字数が分からない形で伏せる。消去済みならそのまま。 */
export function maskName(name: string): string {
  if (name.startsWith("（")) return name;
  const [first = ""] = graphemes.segment(name.trim());
  return typeof first === "string" ? "" : `${first.segment}○○`;
}

export function summaryOf({ booking, person, cls, venue }: BookingDetail): BookingSummary {
  return {
    id: booking.id,
    number: booking.number,
    state: booking.state,
    maskedName: maskName(person.name),
    maskedPhone: person.phone.startsWith("（") ? person.phone : maskPhone(person.phone),
    classId: cls.id,
    day: cls.day,
    start: cls.start,
    end: cls.end,
    venue: venue.name,
    course: cls.course,
  };
}
