import { daysBetween } from "../japan/day.ts";
import type { SeatBoard, SeatClass } from "./list-seats.ts";

/** 移る先として勧める回。空席があり、始まっていない同じ講座を、同じ会場 → 同じ区 → 日の近い順に。 */
export function alternativesOf(
  board: Pick<SeatBoard, "classes">,
  from: { id: string; course: string; venueId: string; ward: string; day: string },
): SeatClass[] {
  const rank = ({ cls, venue }: SeatClass) =>
    (venue.id === from.venueId ? 0 : venue.ward === from.ward ? 1 : 2) * 1000 +
    Math.min(999, Math.abs(daysBetween(from.day, cls.day)));
  return board.classes
    .filter(
      ({ cls, free, started }) => cls.id !== from.id && cls.course === from.course && free > 0 && !started,
    )
    .sort((a, b) => rank(a) - rank(b) || (a.cls.day + a.cls.start < b.cls.day + b.cls.start ? -1 : 1));
}
