import type { Actor } from "../base/actor.ts";
import { type Day, dayOf, type Minute } from "../base/time.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { callDefinitions, isOffered } from "../telephony/call-definition.ts";
import { openContract } from "../terms/open-contract.ts";
import type { CallState } from "./call.ts";
import {
  type CallCount,
  countCalls,
  countDesks,
  countLinkedCalls,
  type DeskCount,
  listBusy,
} from "./call-store.ts";

/** 数の一組。 */
export interface CallFigure {
  offered: number;
  answered: number;
  abandoned: number;
  /** 放棄でないが、つながらなかったもの（待ち時間切れ、席なしなど）。 */
  missed: number;
  closed: number;
  /** まだ終わっていない。 */
  live: number;
}

export interface CallFigures {
  from: Day;
  to: Day;
  total: CallFigure;
  byDay: (CallFigure & { day: Day; busy: number | undefined })[];
  byHalfHour: (CallFigure & { slot: Minute })[];
  /** 日 × 一時間。熱の図のもと。 */
  byDesk: DeskCount[];
  byTerm: (CallFigure & { id: string; label: string; days: number; most: number })[];
  /** 電話会社の話中。入れた日の和。一日も入れていなければ undefined。 */
  busy: number | undefined;
  reconcile: Reconcile;
  definitions: typeof callDefinitions;
}

/** 応答の数と、残した記録の数の突き合わせ（期間の和）。 */
export interface Reconcile {
  answered: number;
  bookings: number;
  changes: number;
  cancellations: number;
  waits: number;
  inquiries: number;
  complaints: number;
  /** 応答 − 記録の和。負なら、電話の記録のない受付がある。 */
  difference: number;
  /** 応答のうち、そこで残したものと一件ずつつながった電話。受付デスクの通話のキーを使った受付が、つながる。 */
  linked: number;
  byDay: { day: Day; answered: number; records: number; difference: number; linked: number }[];
}

/**
 * 期間の入電・応答・放棄・時間外・話中を、日・半時間・席・期で。完了報告（９(1)）もこれを使う。
 * 両端の日を含む。個人情報は含まない。
 */
export async function callFigures(
  office: Office,
  contract: string,
  range: { from: Day; to: Day },
): Promise<CallFigures> {
  const { from, to } = range;
  const { blueprint } = await openContract(office, contract);
  const [counts, desks, busy, linked, reconcileCounts] = await Promise.all([
    countCalls(office.read, contract, from, to),
    countDesks(office.read, contract, from, to),
    listBusy(office.read, contract, from, to),
    countLinkedCalls(office.read, contract, range),
    countRecords(office, contract, from, to),
  ]);
  const busyOf = new Map(busy.map((row) => [row.day, row.count]));
  const days = [...new Set([...counts.map(({ day }) => day), ...busyOf.keys()])].sort();
  const byDay = days.map((day) => ({
    day,
    ...figureOf(counts.filter((one) => one.day === day)),
    busy: busyOf.get(day),
  }));
  const slots = [...new Set(counts.filter(({ state }) => state !== "closed").map(({ slot }) => slot))].sort();
  const byTerm = await Promise.all(
    blueprint.terms.map(async ({ id, label, deskFrom, deskTo }) => {
      const own = await countCalls(office.read, contract, deskFrom, deskTo);
      const each = [...new Set(own.map(({ day }) => day))].map(
        (day) => figureOf(own.filter((one) => one.day === day)).offered,
      );
      const open = each.filter((n) => n > 0);
      return { id, label, ...figureOf(own), days: open.length, most: Math.max(0, ...each) };
    }),
  );
  return {
    ...range,
    total: figureOf(counts),
    byDay,
    byHalfHour: slots.map((slot) => ({ slot, ...figureOf(counts.filter((one) => one.slot === slot)) })),
    byDesk: desks,
    byTerm,
    busy: busy.length === 0 ? undefined : busy.reduce((sum, row) => sum + row.count, 0),
    reconcile: reconcileOf(byDay, reconcileCounts, linked),
    definitions: callDefinitions,
  };
}

/** 画面と JSON の扉から。数は全ての役割が見てよい。 */
export function showFigures(
  office: Office,
  actor: Actor,
  range: { from: Day; to: Day },
): Promise<CallFigures> {
  return callFigures(office, actor.contract, range);
}

export function figureOf(counts: readonly Pick<CallCount, "state" | "n">[]): CallFigure {
  const sum = (test: (state: CallState) => boolean) =>
    counts.reduce((all, { state, n }) => all + (test(state) ? n : 0), 0);
  const isLive = (state: CallState) => state === "waiting" || state === "talking";
  const offered = sum(
    (state) => isLive(state) || isOffered(state as Exclude<CallState, "waiting" | "talking">),
  );
  const answered = sum((state) => state === "answered" || state === "talking");
  const abandoned = sum((state) => state === "abandoned");
  const waiting = sum((state) => state === "waiting");
  return {
    offered,
    answered,
    abandoned,
    missed: offered - answered - abandoned - waiting,
    closed: sum((state) => state === "closed"),
    live: sum(isLive),
  };
}

type Recorded = "bookings" | "changes" | "cancellations" | "waits" | "inquiries" | "complaints";
const recordKinds: Readonly<Record<string, Recorded>> = {
  "booking.taken": "bookings",
  "booking.changed": "changes",
  "booking.cancelled": "cancellations",
  "wait.opened": "waits",
  "inquiry.tallied": "inquiries",
  "inquiry.recorded": "inquiries",
  "complaint.recorded": "complaints",
};

type Records = Map<Day, Map<Recorded, number>>;

async function countRecords(office: Office, contract: string, from: Day, to: Day): Promise<Records> {
  const events = await listEvents(office.read, {
    contract,
    kinds: [...Object.keys(recordKinds), "inquiry.untallied"],
    from: new Date(`${from}T00:00:00+09:00`).toISOString(),
    to: new Date(Date.parse(`${to}T00:00:00+09:00`) + 86_400_000).toISOString(),
    limit: 200_000,
  });
  const days: Records = new Map();
  for (const { kind, at } of events) {
    const day = dayOf(at);
    const counts = days.get(day) ?? new Map<Recorded, number>();
    days.set(day, counts);
    const name = recordKinds[kind] ?? "inquiries";
    counts.set(name, (counts.get(name) ?? 0) + (kind === "inquiry.untallied" ? -1 : 1));
  }
  return days;
}

function reconcileOf(
  byDay: readonly (CallFigure & { day: Day })[],
  records: Records,
  linked: ReadonlyMap<Day, number>,
): Reconcile {
  const of = (name: Recorded) => [...records.values()].reduce((sum, day) => sum + (day.get(name) ?? 0), 0);
  const all = (day: Day) => [...(records.get(day)?.values() ?? [])].reduce((sum, n) => sum + n, 0);
  const answeredOn = new Map(byDay.map(({ day, answered }) => [day, answered]));
  const days = [...new Set([...answeredOn.keys(), ...records.keys()])].sort();
  const answered = byDay.reduce((sum, one) => sum + one.answered, 0);
  const list = days.map((day) => {
    const [calls, kept] = [answeredOn.get(day) ?? 0, all(day)];
    return { day, answered: calls, records: kept, difference: calls - kept, linked: linked.get(day) ?? 0 };
  });
  return {
    answered,
    bookings: of("bookings"),
    changes: of("changes"),
    cancellations: of("cancellations"),
    waits: of("waits"),
    inquiries: of("inquiries"),
    complaints: of("complaints"),
    difference: answered - list.reduce((sum, one) => sum + one.records, 0),
    linked: list.reduce((sum, one) => sum + one.linked, 0),
    byDay: list,
  };
}
