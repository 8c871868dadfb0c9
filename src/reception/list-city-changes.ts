import type { Actor } from "../base/actor.ts";
import { formatTimeRange } from "../japan/clock-time.ts";
import { dueText, type Urgency, urgencyOf } from "../japan/deadline.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import { listTasks } from "../tasks/list-tasks.ts";
import { openContract } from "../terms/open-contract.ts";
import { alternativesOf } from "./alternative.ts";
import { type BookingSummary, summaryOf } from "./booking-summary.ts";
import { type ChangeKind, type ClassPlace, placeChanges } from "./city-change.ts";
import { listClassChanges, listTells } from "./class-change-store.ts";
import { listBookings } from "./list-bookings.ts";
import { listSeats, type SeatClass } from "./list-seats.ts";
import { listVenues } from "./venue-store.ts";

/** 市の変更・中止の一件。 */
export interface CityChangeLine {
  id: string;
  classId: string;
  kind: ChangeKind;
  reason: string;
  instructedOn: string;
  /** 変わる前の日時と会場。 */
  place: string;
  changes: string[];
  told: number;
  untold: number;
}

/** まだ伝えていない方の一行。 */
export interface UntoldLine {
  tellId: string;
  change: CityChangeLine;
  summary: BookingSummary;
  attempts: number;
  due: string;
  urgency: Urgency;
  /** 移る先に勧める回（よい順に五つまで）。 */
  alternatives: SeatClass[];
}

export interface CityChangeBoard {
  changes: CityChangeLine[];
  untold: UntoldLine[];
}

/** 市の変更・中止と、まだ伝えていない方。氏名と電話は伏せる。 */
export async function listCityChanges(office: Office, actor: Actor): Promise<CityChangeBoard> {
  const { contract } = actor;
  const [{ blueprint }, rows, tells, board, venues] = await Promise.all([
    openContract(office, contract),
    listClassChanges(office.read, contract),
    listTells(office.read, contract),
    listSeats(office, contract),
    listVenues(office.read, contract),
  ]);
  const tasks = new Map((await listTasks(office, actor, blueprint)).map((task) => [task.id, task]));
  const changes = rows.map((row): CityChangeLine => {
    const before = JSON.parse(row.before) as ClassPlace;
    const own = tells.filter((tell) => tell.change_id === row.id);
    return {
      id: row.id,
      classId: row.class_id,
      kind: row.kind,
      reason: row.reason,
      instructedOn: row.instructed_on,
      place: `${formatMonthDay(before.day, { weekday: true })} ${formatTimeRange(before.start, before.end)} ${before.venue}`,
      changes: placeChanges(before, JSON.parse(row.after) as ClassPlace),
      told: own.filter((tell) => tell.told_at !== null).length,
      untold: own.filter((tell) => tell.told_at === null).length,
    };
  });
  const changeOf = new Map(changes.map((one) => [one.id, one]));
  const waiting = tells.filter((tell) => tell.told_at === null);
  const details = await listBookings(office, actor, {
    ids: waiting.map((tell) => tell.booking_id),
  });
  const detailOf = new Map(details.map((one) => [one.booking.id, one]));
  const wardOf = new Map(venues.map((venue) => [venue.id, venue.ward]));
  const untold = waiting.flatMap((tell): UntoldLine[] => {
    const change = changeOf.get(tell.change_id);
    const detail = detailOf.get(tell.booking_id);
    if (!change || !detail) return [];
    const task = tasks.get(tell.task_id);
    const { cls } = detail;
    const from = {
      id: cls.id,
      course: cls.course,
      venueId: cls.venue_id,
      ward: wardOf.get(cls.venue_id) ?? "",
      day: cls.day,
    };
    return [
      {
        tellId: tell.id,
        change,
        summary: summaryOf(detail),
        attempts: task?.attempts ?? 0,
        due: task?.due ? dueText(task.due, board.now) : "－",
        urgency: task?.due ? urgencyOf(task.due, board.now) : "soon",
        alternatives: alternativesOf(board, from).slice(0, 5),
      },
    ];
  });
  return { changes, untold: untold.sort((a, b) => a.summary.number - b.summary.number) };
}

/** まだ伝えていない方の数（左のメニューに出す）。 */
export async function countUntold(office: Office, contract: string): Promise<number> {
  return (await listTells(office.read, contract, { untold: true })).length;
}
