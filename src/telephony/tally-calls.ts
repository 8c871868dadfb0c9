import type { Day, Minute } from "../base/time.ts";
import type { ImportedCall } from "./assemble-calls.ts";
import { isOffered } from "./call-definition.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** 数えたもの。決めごとは call-definition.ts。 */
export interface CallTally {
  offered: number;
  answered: number;
  abandoned: number;
  outOfHours: number;
  exits: { timeout: number; empty: number; key: number; withdrawn: number; incompatible: number };
  refused: { total: number; full: number; joinEmpty: number; unknown: number };
  ivrHangup: number;
  unfinished: number;
  enteredQueue: number;
  transferred: number;
  anonymousCalls: number;
  uniqueCallers: { inHours: number; all: number };
  /** 入電を、着いた一時間ごと（「09:00」）、日ごと、半時間ごとに。 */
  byHour: Record<Minute, number>;
  byDay: Record<Day, number>;
  byHalfHour: Record<Minute, { offered: number; answered: number; abandoned: number }>;
  answeredByHour: Record<Minute, number>;
  answeredByDay: Record<Day, number>;
  outOfHoursByDay: Record<Day, number>;
}

export function tallyCalls(calls: readonly ImportedCall[], clock: ZoneClock): CallTally {
  const offered = calls.filter(({ outcome }) => isOffered(outcome));
  const count = (outcome: ImportedCall["outcome"]) => calls.filter((call) => call.outcome === outcome).length;
  const why = (reason: ImportedCall["refused"]) => calls.filter((call) => call.refused === reason).length;
  const hour = (call: ImportedCall) => `${clock.minuteOf(call.arrivedAt).slice(0, 2)}:00`;
  const day = (call: ImportedCall) => clock.dayOf(call.arrivedAt);
  const answered = offered.filter(({ outcome }) => outcome === "answered");
  const callers = (list: readonly ImportedCall[]) => {
    const own = new Set<string>();
    for (const { caller } of list) if (caller !== undefined) own.add(caller);
    return own.size;
  };
  return {
    offered: offered.length,
    answered: answered.length,
    abandoned: count("abandoned"),
    outOfHours: count("closed"),
    exits: {
      timeout: count("timeout"),
      empty: count("empty"),
      key: count("key"),
      withdrawn: count("withdrawn"),
      incompatible: count("incompatible"),
    },
    refused: {
      total: count("refused"),
      full: why("full"),
      joinEmpty: why("join-empty"),
      unknown: why("unknown"),
    },
    ivrHangup: count("ivr-hangup"),
    unfinished: count("unfinished"),
    enteredQueue: offered.filter(({ entered }) => entered).length,
    transferred: calls.filter(({ transferred }) => transferred).length,
    anonymousCalls: calls.filter(({ caller }) => caller === undefined).length,
    uniqueCallers: { inHours: callers(offered), all: callers(calls) },
    byHour: countBy(offered, hour),
    byDay: countBy(offered, day),
    byHalfHour: halfHours(offered, clock),
    answeredByHour: countBy(answered, hour),
    answeredByDay: countBy(answered, day),
    outOfHoursByDay: countBy(
      calls.filter(({ outcome }) => outcome === "closed"),
      day,
    ),
  };
}

function countBy(calls: readonly ImportedCall[], keyOf: (call: ImportedCall) => string) {
  const counts = new Map<string, number>();
  for (const call of calls) {
    const key = keyOf(call);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function halfHours(calls: readonly ImportedCall[], clock: ZoneClock): CallTally["byHalfHour"] {
  const counts = new Map<string, { offered: number; answered: number; abandoned: number }>();
  for (const call of calls) {
    const minute = clock.minuteOf(call.arrivedAt);
    const key = `${minute.slice(0, 2)}:${minute.slice(3) < "30" ? "00" : "30"}`;
    const slot = counts.get(key) ?? { offered: 0, answered: 0, abandoned: 0 };
    slot.offered += 1;
    if (call.outcome === "answered") slot.answered += 1;
    if (call.outcome === "abandoned") slot.abandoned += 1;
    counts.set(key, slot);
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
