import type { Day } from "../base/time.ts";
import type { ClassTally } from "../reception/tally-bookings.ts";

/** 会場と日の一ます。同じ日に何回かあれば、合わせた数。 */
export interface HeatCell {
  day: Day;
  free: number;
  capacity: number;
  /** その講習会の id。 */
  classes: readonly string[];
}

export interface HeatRow {
  venueId: string;
  venue: string;
  ward: string;
  /** days と同じ順。講習会のない日は null。 */
  cells: readonly (HeatCell | null)[];
}

export interface SeatHeat {
  days: readonly Day[];
  rows: readonly HeatRow[];
  /** 表に入り切らなかった日と会場の数。 */
  moreDays: number;
  moreVenues: number;
  free: number;
  capacity: number;
}

/** 一つの期の、会場×日の残席。日は早い順に mostDays まで、会場は区と名の順に mostVenues まで。 */
export function seatHeat(
  classes: readonly ClassTally[],
  from: Day,
  most: { days: number; venues: number } = { days: 14, venues: 12 },
): SeatHeat {
  const open = classes.filter((cls) => cls.open && cls.day >= from);
  const allDays = [...new Set(open.map((cls) => cls.day))].sort();
  const days = allDays.slice(0, most.days);
  const venues = [...Map.groupBy(open, (cls) => cls.venueId).values()].sort((a, b) =>
    nameOf(a) < nameOf(b) ? -1 : 1,
  );
  return {
    days,
    rows: venues.slice(0, most.venues).map((own) => rowOf(own, days)),
    moreDays: allDays.length - days.length,
    moreVenues: Math.max(0, venues.length - most.venues),
    free: sum(open, freeOf),
    capacity: sum(open, (cls) => cls.capacity),
  };
}

function nameOf([first]: readonly ClassTally[]): string {
  return first === undefined ? "" : `${first.ward}|${first.venue}`;
}

function rowOf(own: readonly ClassTally[], days: readonly Day[]): HeatRow {
  const byDay = Map.groupBy(own, (cls) => cls.day);
  const cells = days.map((day) => {
    const here = byDay.get(day);
    return here === undefined
      ? null
      : {
          day,
          free: sum(here, freeOf),
          capacity: sum(here, (cls) => cls.capacity),
          classes: here.map((cls) => cls.id),
        };
  });
  const [first] = own;
  return { venueId: first?.venueId ?? "", venue: first?.venue ?? "", ward: first?.ward ?? "", cells };
}

function freeOf(cls: ClassTally): number {
  return Math.max(0, cls.capacity - cls.booked);
}

function sum(classes: readonly ClassTally[], of: (cls: ClassTally) => number): number {
  return classes.reduce((total, cls) => total + of(cls), 0);
}
