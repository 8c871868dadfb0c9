import type { Actor } from "../base/actor.ts";
import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import type { Term } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { termOn } from "../terms/term.ts";
import { listClasses, type StoredClass } from "./class-store.ts";
import { listVenues } from "./venue-store.ts";

/** 講習会の一行。個人情報を含まない。 */
export interface ClassLine {
  id: string;
  term: string;
  day: string;
  start: string;
  end: string;
  venueId: string;
  venue: string;
  ward: string;
  room: string;
  course: string;
  kind: string;
  capacity: number;
  booked: number;
  held: number;
  free: number;
  state: StoredClass["state"];
}

export interface ClassBoard {
  terms: readonly Term[];
  /** 見ている期。 */
  term: Term;
  /** その期の講習会、日の順。 */
  lines: ClassLine[];
}

/** その期の講習会。term を省くか知らない期なら、いま受け付けている期。 */
export async function openClassBoard(
  office: Office,
  actor: Pick<Actor, "contract">,
  wanted?: string,
): Promise<ClassBoard> {
  const { blueprint } = await openContract(office, actor.contract);
  const today = dayOf(office.clock.officeNow(actor.contract));
  const term = blueprint.terms.find((each) => each.id === wanted) ?? termOn(blueprint, today);
  const [classes, venues] = await Promise.all([
    listClasses(office.read, actor.contract, term.id),
    listVenues(office.read, actor.contract),
  ]);
  const venueOf = new Map(venues.map((venue) => [venue.id, venue]));
  const lines = classes.map((cls): ClassLine => {
    const venue = venueOf.get(cls.venue_id);
    const { id, day, start, end, room, course, kind, capacity, booked, held, state } = cls;
    return {
      ...{ id, term: cls.term, day, start, end, room, course, kind, capacity, booked, held, state },
      venueId: cls.venue_id,
      venue: venue?.name ?? "",
      ward: venue?.ward ?? "",
      free: Math.max(0, capacity - booked - held),
    };
  });
  return { terms: blueprint.terms, term, lines };
}

export interface ClassFilter {
  ward: string;
  course: string;
  state: "" | "free" | "full" | "closed";
}

export function filterClasses(lines: readonly ClassLine[], filter: ClassFilter): ClassLine[] {
  return lines.filter(
    (line) =>
      (filter.ward === "" || line.ward === filter.ward) &&
      (filter.course === "" || line.course === filter.course) &&
      (filter.state === "" || stateOf(line) === filter.state),
  );
}

/** 空きあり、満席、受付終了。 */
export function stateOf(line: Pick<ClassLine, "state" | "free">): "free" | "full" | "closed" {
  if (line.state === "closed") return "closed";
  return line.free > 0 ? "free" : "full";
}

/** 重ならない値を、はじめに出た順に。 */
export function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value !== "");
}
