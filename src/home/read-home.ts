import { nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import { dayOf, type Instant, instantOf, minuteOf } from "../base/time.ts";
import type { Coverage } from "../contract/coverage.ts";
import { readCoverage } from "../contract/read-coverage.ts";
import { readOwed } from "../contract/read-owed.ts";
import { enqueueReminder } from "../contract/remind-owed.ts";
import { type ListedDeliverable, listDeliverables } from "../delivery/list-deliverables.ts";
import { listFilings } from "../filings/list-filings.ts";
import { listUnsent } from "../notices/list-unsent.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { type BookingMark, type ClassTally, tallyBookings } from "../reception/tally-bookings.ts";
import { listTasks } from "../tasks/list-tasks.ts";
import type { Blueprint, Term } from "../terms/blueprint.ts";
import { type Contract, openContract } from "../terms/open-contract.ts";
import { deskState, termOn } from "../terms/term.ts";
import type { StripDay } from "./business-strip.ts";
import { type Deadline, listDeadlines, type TermList, tallyDeadlines } from "./list-deadlines.ts";
import { type SeatHeat, seatHeat } from "./seat-heat.ts";
import { stripDays } from "./strip-day.ts";

/** 一時間ごとの予約。state は、過ぎた・いまの・これからの時間。 */
export interface HourTally {
  hour: number;
  booked: number;
  state: "past" | "now" | "coming";
}

/** 業務ホームに要ることの全部。個人情報は含まない。 */
export interface Home {
  now: Instant;
  /** 期のない契約では undefined。 */
  term: Term | undefined;
  /** 「第二期 開設4日目」。 */
  termText: string;
  deadlines: Deadline[];
  tally: { late: number; today: number; total: number };
  strip: StripDay[];
  booking: {
    today: number;
    inTerm: number;
    free: number;
    capacity: number;
    /** 承認を待っている受講通知書の通。 */
    waiting: number;
    hours: HourTally[];
  };
  heat: SeatHeat;
  /** 成果品の台帳。期限の早い順。 */
  deliverables: ListedDeliverable[];
  /** 受付のある契約か。 */
  desk: boolean;
  /** 条項ごとの証跡。義務のない設計図では undefined。 */
  evidence: Coverage | undefined;
  /** 日程が一つも取り込まれていない。 */
  empty: boolean;
}

/** いまの事務所を、一目で見るために集める。 */
export async function readHome(office: Office, actor: Actor): Promise<Home> {
  const contract = await openContract(office, actor.contract);
  const { blueprint } = contract;
  const now = office.clock.officeNow(actor.contract);
  const inside = isInside(actor);
  const tallied = await tallyBookings(office, actor.contract);
  const desk = blueprint.services.includes("desk") && blueprint.terms.length > 0;
  const coverage = await readCoverage(office, actor.contract);
  if (blueprint.obligations.length > 0) await enqueueReminder(office, actor.contract);
  const [unsent, tasks, filings, names, lists, board, deliverables] = await Promise.all([
    listUnsent(office, actor, tallied),
    inside ? listTasks(office, actor, blueprint) : [],
    // 提出の期限に遅れていることは、出す前でも委託者に見える（下書きの中身は見えない）。
    listFilings(office, { contract: actor.contract, roles: ["system"] }),
    nameHandlers(office, actor.contract),
    termLists(office, actor, contract, tallied),
    readOwed(office, actor.contract, { states: ["late", "due"] }),
    listDeliverables(office, actor),
  ]);
  const { days, batches } = unsent;
  const deadlines = listDeadlines({
    now,
    blueprint,
    unsent: days,
    batches,
    lists,
    tasks,
    filings,
    names,
    inside,
    owed: board.lines,
  });
  const term = desk ? termOn(blueprint, dayOf(now)) : undefined;
  const own = tallied.classes.filter((cls) => cls.term === term?.id);
  const heat = seatHeat(own, dayOf(now));
  return {
    now,
    term,
    termText: termText(blueprint, now),
    deadlines,
    tally: tallyDeadlines(deadlines),
    strip: stripDays({
      now,
      calendar: blueprint.calendar,
      terms: blueprint.terms,
      rows: deadlines,
      classDays: tallied.classes.filter((cls) => cls.open).map((cls) => cls.day),
    }),
    booking: {
      ...countBookings(tallied.bookings, own, now, blueprint),
      free: heat.free,
      capacity: heat.capacity,
      waiting: batches.reduce((sum, batch) => sum + batch.waiting, 0),
    },
    heat,
    deliverables,
    desk,
    evidence: coverage.obligations === 0 ? undefined : coverage,
    empty: desk && tallied.classes.length === 0,
  };
}

/** 受託者の中の人（監査を含む）。委託者には、中の仕事は見せない。 */
function isInside(actor: Actor): boolean {
  return actor.roles.some((role) => role !== "client");
}

function termText(blueprint: Blueprint, now: Instant): string {
  const { term, openDayNumber, open, reason } = deskState(blueprint, now);
  if (term === undefined) return blueprint.shortTitle;
  if (openDayNumber !== undefined) return `${term.label} 開設${openDayNumber}日目`;
  return open || reason === undefined ? term.label : `${term.label} 開設期間外`;
}

function countBookings(
  bookings: readonly BookingMark[],
  own: readonly ClassTally[],
  now: Instant,
  { hours }: Blueprint,
): { today: number; inTerm: number; hours: HourTally[] } {
  const ids = new Set(own.map((cls) => cls.id));
  const midnight = instantOf(dayOf(now), "00:00");
  const today = bookings.filter((one) => one.takenAt >= midnight && one.takenAt <= now);
  const hourNow = Number(minuteOf(now).slice(0, 2));
  const first = Number(hours.open.slice(0, 2));
  const last = Math.ceil(Number(hours.close.slice(0, 2)) + Number(hours.close.slice(3)) / 60);
  const taken = Map.groupBy(today, (one) => Number(minuteOf(one.takenAt).slice(0, 2)));
  const range = Array.from({ length: Math.max(0, last - first) }, (_, at) => first + at);
  return {
    today: today.length,
    inTerm: bookings.filter((one) => ids.has(one.classId)).length,
    hours: range.map((hour) => ({
      hour,
      booked: taken.get(hour)?.length ?? 0,
      state: hour < hourNow ? "past" : hour === hourNow ? "now" : "coming",
    })),
  };
}

/** 始まった期の予約者リストが、開設期間の終わりから後に出されたか。 */
async function termLists(
  office: Office,
  actor: Actor,
  { blueprint }: Contract,
  { classes, bookings }: { classes: readonly ClassTally[]; bookings: readonly BookingMark[] },
): Promise<TermList[]> {
  const today = dayOf(office.clock.officeNow(actor.contract));
  const started = blueprint.terms.filter((term) => term.deskFrom <= today);
  const [made, filings] = await Promise.all([
    listEvents(office.read, { contract: actor.contract, kinds: ["list.made"], limit: 2_000 }),
    listFilings(office, { contract: actor.contract, roles: ["system"] }),
  ]);
  const termOf = new Map(classes.map((cls) => [cls.id, cls.term]));
  return started.map((term) => {
    const after = made.filter(({ at, payload }) => {
      const named = Array.isArray(payload.classes) ? payload.classes : [];
      const own = named.some((id) => typeof id === "string" && termOf.get(id) === term.id);
      return payload.purpose === "deliver" && dayOf(at) >= term.deskTo && own;
    });
    const reported = filings.some(
      ({ kind, about, state }) =>
        kind === "report" &&
        about?.room === "terms" &&
        about.kind === "booking-list" &&
        about.id === term.id &&
        ["submitted", "received"].includes(state),
    );
    return {
      term,
      bookings: bookings.filter((one) => termOf.get(one.classId) === term.id).length,
      delivered: after.length > 0 || reported,
    };
  });
}
