import { AppError } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import type { BusinessCalendar } from "../japan/business-day.ts";
import { addDays } from "../japan/day.ts";
import { type BusinessLine, businessLine } from "./business-line.ts";
import { orderTasks, type PlanTask, planFaults } from "./plan-task.ts";

export interface PlanFrame {
  calendar: BusinessCalendar;
  /** 計画の始まり（履行期間の始まり）。 */
  from: Day;
  /** いま。まだ始めていない作業は、これより前に始まらない。省けば、当初の計画。 */
  today?: Day | undefined;
}

/** 計算した一つの作業。日はどれも営業日（実績の日を除く）。 */
export interface PlannedTask {
  task: PlanTask;
  start: Day;
  /** 終わりの日（含む）。節目ではその日。 */
  end: Day;
  /** いちばん遅く始められる日と、終えられる日（ほかの作業を遅らせない範囲）。 */
  latestStart: Day;
  latestEnd: Day;
  /** 余裕（営業日）。0 が、全体の長さを決める道。 */
  float: number;
  critical: boolean;
  /** 後ろの期限までの余裕（営業日）。負なら、間に合わない。後ろに期限がなければ null。 */
  room: number | null;
  /** 後ろの期限に間に合う、いちばん遅い始まり。後ろに期限がなければ null。 */
  dueStart: Day | null;
}

export interface Plan {
  /** 与えた順。 */
  tasks: PlannedTask[];
  from: Day;
  to: Day;
  /** 期限に間に合わない作業。 */
  misses: { code: string; name: string; by: Day; end: Day; days: number }[];
}

interface Span {
  start: number;
  end: number;
}

/**
 * 往きと復りの計算。先行・営業日・実績・期限から、日と余裕を決める。
 * @throws AppError BAD_INPUT（planFaults の誤り）
 */
export function computePlan(tasks: readonly PlanTask[], frame: PlanFrame): Plan {
  const faults = planFaults(tasks);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "工程表に直すところがあります。", { faults });
  const line = businessLine(frame.calendar, frame.from);
  const ordered = orderTasks(tasks);
  const spans = forward(ordered, frame, line);
  const finish = Math.max(...[...spans.values()].map(({ end }) => end));
  const free = backward(ordered, spans, line, () => ({ start: endless.start, end: finish }));
  const due = backward(ordered, spans, line, (task) => dueLimit(task, line));
  const planned = tasks.map((task) => plannedOf(task, spans, free, due, line));
  return {
    tasks: planned,
    from: least(planned.map(({ start }) => start)),
    to:
      planned
        .map(({ end }) => end)
        .toSorted()
        .at(-1) ?? frame.from,
    misses: planned.flatMap(({ task, end }) => {
      if (task.by === null || end <= task.by) return [];
      const days = Math.max(1, (spans.get(task.code)?.end ?? 0) - line.endAt(task.by));
      return [{ code: task.code, name: task.name, by: task.by, end, days }];
    }),
  };
}

function least(days: readonly Day[]): Day {
  return days.toSorted()[0] ?? "";
}

function plannedOf(
  task: PlanTask,
  spans: ReadonlyMap<string, Span>,
  free: ReadonlyMap<string, Span>,
  due: ReadonlyMap<string, Span>,
  line: BusinessLine,
): PlannedTask {
  const span = spans.get(task.code) ?? { start: 0, end: 0 };
  const done = task.finished !== null;
  const last = done ? span : (free.get(task.code) ?? span);
  const float = done ? 0 : gapOf(task, span, last);
  const dueLast = done ? undefined : due.get(task.code);
  const bound = dueLast !== undefined && dueLast.end !== Number.POSITIVE_INFINITY ? dueLast : undefined;
  return {
    task,
    ...daysOf(task, span, line),
    latestStart: task.started ?? shownDay(task, last.start, line),
    latestEnd: line.dayAt(Math.max(last.end - 1, task.milestone ? last.end - 1 : last.start)),
    float,
    critical: !done && float <= 0,
    room: bound === undefined ? null : gapOf(task, span, bound),
    dueStart: bound === undefined ? null : shownDay(task, bound.start, line),
  };
}

/** 遅れてよい営業日。始まりと終わりの、狭いほう。 */
function gapOf(task: PlanTask, span: Span, last: Span): number {
  const end = last.end - span.end;
  return task.started === null ? Math.min(end, last.start - span.start) : end;
}

/** 節目は、前の作業の終わりの日に置く（目盛りの一つ前）。 */
function shownDay(task: PlanTask, start: number, line: BusinessLine): Day {
  return line.dayAt(task.milestone ? start - 1 : start);
}

function daysOf(task: PlanTask, span: Span, line: BusinessLine): { start: Day; end: Day } {
  if (task.milestone) {
    const day = task.finished ?? line.dayAt(span.start - 1);
    return { start: day, end: day };
  }
  const start = task.started ?? line.dayAt(span.start);
  if (task.finished !== null) return { start, end: task.finished };
  if (task.calendar) {
    const end = addDays(start, task.days - 1);
    const last = line.dayAt(Math.max(span.start, span.end - 1));
    return { start, end: [end, last].toSorted()[1] ?? end };
  }
  return { start, end: line.dayAt(Math.max(span.start, span.end - 1)) };
}

/** 始まりの目盛りから終わりの目盛り。暦で数えるものは、終わりの日までの営業日を占める。 */
function endFrom(task: PlanTask, start: number, line: BusinessLine): number {
  if (!task.calendar) return start + task.days;
  return Math.max(start + 1, line.endAt(addDays(line.dayAt(start), task.days - 1)));
}

/** end までに終わる、いちばん遅い始まり。 */
function latestStart(task: PlanTask, end: number, line: BusinessLine): number {
  if (!task.calendar) return end - task.days;
  let start = end - 1;
  while (endFrom(task, start, line) > end) start -= 1;
  return start;
}

/** いちばん早い始まり。実績のあるものは動かない。 */
function forward(ordered: readonly PlanTask[], frame: PlanFrame, line: BusinessLine): Map<string, Span> {
  const spans = new Map<string, Span>();
  const now = frame.today === undefined ? undefined : line.startAt(frame.today);
  for (const task of ordered) spans.set(task.code, spanOf(task, spans, now, line));
  return spans;
}

function spanOf(
  task: PlanTask,
  spans: ReadonlyMap<string, Span>,
  now: number | undefined,
  line: BusinessLine,
): Span {
  if (task.finished !== null) {
    const end = line.endAt(task.finished);
    return task.milestone ? { start: end, end } : { start: line.startAt(task.started ?? task.finished), end };
  }
  if (task.started !== null) return runningSpan(task, spans, line.startAt(task.started), now, line);
  const limits = task.links.flatMap(({ of, kind, lag }) => {
    const before = spans.get(of);
    if (before === undefined) return [];
    if (kind === "FS") return [before.end + lag];
    return kind === "SS" ? [before.start + lag] : [earliestFor(task, before.end + lag, line)];
  });
  const wanted = task.from === null ? [] : [task.milestone ? line.endAt(task.from) : line.startAt(task.from)];
  const floor = now === undefined ? [] : [now];
  const start = Math.max(0, ...limits, ...wanted, ...floor);
  return { start, end: endFrom(task, start, line) };
}

/** 始めた作業: 始まりは動かず、終わりは、残りの長さ（進みから）と先行（FF）で延びる。 */
function runningSpan(
  task: PlanTask,
  spans: ReadonlyMap<string, Span>,
  start: number,
  now: number | undefined,
  line: BusinessLine,
): Span {
  const planned = endFrom(task, start, line);
  const length = planned - start;
  const left = Math.max(1, Math.ceil((length * (100 - task.progress)) / 100));
  const ends = task.links.flatMap(({ of, kind, lag }) => {
    const before = spans.get(of);
    return kind === "FF" && before !== undefined ? [before.end + lag] : [];
  });
  const forecast = task.calendar || now === undefined ? [] : [now + left];
  return { start, end: Math.max(planned, ...ends, ...forecast) };
}

/** end 以上で終わる、いちばん早い始まり。 */
function earliestFor(task: PlanTask, end: number, line: BusinessLine): number {
  if (!task.calendar) return end - task.days;
  let start = end - 1;
  while (endFrom(task, start - 1, line) >= end) start -= 1;
  return start;
}

/** いちばん遅い始まりと終わり。limit は、その作業じしんの始まりと終わりの上限。 */
function backward(
  ordered: readonly PlanTask[],
  spans: ReadonlyMap<string, Span>,
  line: BusinessLine,
  limit: (task: PlanTask) => Span,
): Map<string, Span> {
  const latest = new Map<string, Span>(ordered.map((task) => [task.code, limit(task)]));
  const hold = (code: string, held: Partial<Span>) => {
    const now = latest.get(code);
    if (now === undefined) return;
    const { start = now.start, end = now.end } = held;
    latest.set(code, { start: Math.min(now.start, start), end: Math.min(now.end, end) });
  };
  for (const task of ordered.toReversed()) {
    const given = latest.get(task.code) ?? endless;
    if (task.finished !== null || (given.end === endless.end && given.start === endless.start)) continue;
    const own = settle(task, given, spans.get(task.code), line);
    latest.set(task.code, own);
    for (const { of, kind, lag } of task.links) {
      if (kind === "FF") hold(of, { end: own.end - lag });
      // 始めた作業は、もう先行を待たない。
      else if (task.started !== null) continue;
      else if (kind === "FS") hold(of, { end: own.start - lag });
      else hold(of, { start: own.start - lag });
    }
  }
  return latest;
}

const endless: Span = { start: Number.POSITIVE_INFINITY, end: Number.POSITIVE_INFINITY };

/** 始まりの上限と終わりの上限を、一つの作業の置き方に合わせる。 */
function settle(task: PlanTask, limit: Span, span: Span | undefined, line: BusinessLine): Span {
  if (task.started !== null) return { start: span?.start ?? limit.start, end: limit.end };
  const start =
    limit.end === endless.end ? limit.start : Math.min(limit.start, latestStart(task, limit.end, line));
  return { start, end: endFrom(task, start, line) };
}

/** 期限から決まる、始まりと終わりの上限。暦で数える作業は、終わりの日そのものが期限を越えない。 */
function dueLimit(task: PlanTask, line: BusinessLine): Span {
  if (task.by === null) return endless;
  const end = line.endAt(task.by);
  if (!task.calendar) return { start: endless.start, end };
  return { start: line.endAt(addDays(task.by, 1 - task.days)) - 1, end };
}
