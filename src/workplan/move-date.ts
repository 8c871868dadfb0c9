import { AppError } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { addBusinessDays, businessDaysBetween } from "../japan/business-day.ts";
import { isDay } from "../japan/day.ts";
import { computePlan, type Plan, type PlanFrame, type PlannedTask } from "./compute-plan.ts";
import { COMMENT_DAYS, isCommentPeriod, type PlanTask } from "./plan-task.ts";

/** 動かし方。linked=先行でつながる後ろだけ、later=つながりがなくても、その日より後に始まるものすべて。 */
export interface DateMove {
  code: string;
  /** 新しい日。節目はその日、作業は始まりの日。 */
  day: Day;
  behind: "linked" | "later";
}

/** 新旧の一行。 */
export interface MovedLine {
  code: string;
  name: string;
  before: { start: Day; end: Day; by: Day | null };
  after: { start: Day; end: Day; by: Day | null };
  /** 終わりの動き（営業日。負は早まる）。 */
  days: number;
  /** 動いたわけ。 */
  note: string;
}

export interface MovedPlan {
  tasks: PlanTask[];
  before: Plan;
  after: Plan;
  lines: MovedLine[];
}

/**
 * 一つの日を動かし、後ろの日と期限をすべて数え直す。終わった作業は動かさず、firm の期限（履行期間の終わりなど）も動かさない。
 * 意見を募る期間は、動いても30日を切らない。
 * @throws AppError BAD_INPUT（知らない作業、日付）、REFUSED（終わった作業）
 */
export function moveDate(tasks: readonly PlanTask[], move: DateMove, frame: PlanFrame): MovedPlan {
  const before = computePlan(tasks, frame);
  const target = before.tasks.find(({ task }) => task.code === move.code);
  if (target === undefined) throw badMove("code", "その作業は、工程表にありません。選び直してください。");
  if (!isDay(move.day)) throw badMove("day", "日付は「2025-09-17」の形で、暦にある日をご指定ください。");
  if (target.task.started !== null || target.task.finished !== null)
    throw new AppError("REFUSED", "もう始まった作業の日は動かせません。後ろの作業を選んでください。");
  const delta = businessDaysBetween(frame.calendar, target.start, move.day);
  const behind = behindOf(before, target, move);
  const moved = tasks.map((task) => {
    if (task.code === move.code) return { ...shifted(task, delta, frame, true), from: move.day };
    return behind.has(task.code) ? shifted(task, delta, frame, false) : task;
  });
  const after = computePlan(moved, frame);
  return { tasks: moved, before, after, lines: compareTasks(before, after, move.code, frame) };
}

function badMove(field: string, message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
}

/** つながる後ろ（間接も）。later なら、その日より後に始まるものも。 */
function behindOf(plan: Plan, target: PlannedTask, { code, behind }: DateMove): Set<string> {
  const found = new Set([code]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const { task } of plan.tasks) {
      if (found.has(task.code) || !task.links.some(({ of }) => found.has(of))) continue;
      found.add(task.code);
      grown = true;
    }
  }
  if (behind === "later")
    for (const { task, start } of plan.tasks) if (start > target.start) found.add(task.code);
  found.delete(code);
  return found;
}

/** 始めてよい日と期限を、同じ営業日だけ動かす。 */
function shifted(task: PlanTask, delta: number, { calendar }: PlanFrame, own: boolean): PlanTask {
  if (task.finished !== null || delta === 0) return task;
  const shift = (day: Day | null) => (day === null ? null : addBusinessDays(calendar, day, delta));
  const from = task.started === null ? shift(task.from) : task.from;
  return { ...task, from, by: task.firm && !own ? task.by : shift(task.by) };
}

/** 日か期限の変わった作業の新旧。 */
function compareTasks(before: Plan, after: Plan, moved: string, { calendar }: PlanFrame): MovedLine[] {
  const old = new Map(before.tasks.map((one) => [one.task.code, one]));
  return after.tasks.flatMap((now) => {
    const was = old.get(now.task.code);
    if (was === undefined) return [];
    const same = was.start === now.start && was.end === now.end && was.task.by === now.task.by;
    const stuck = now.task.by !== null && now.end > now.task.by;
    if (same && !stuck) return [];
    return [
      {
        ...{ code: now.task.code, name: now.task.name },
        before: { start: was.start, end: was.end, by: was.task.by },
        after: { start: now.start, end: now.end, by: now.task.by },
        days: businessDaysBetween(calendar, was.end, now.end),
        note: noteOf(now, moved),
      },
    ];
  });
}

function noteOf({ task, end, room }: PlannedTask, moved: string): string {
  const notes = [
    task.code === moved ? "動かした日" : "",
    isCommentPeriod(task.name) && task.calendar ? `${task.days}日間（${COMMENT_DAYS}日以上）` : "",
    task.by !== null && end > task.by ? "期限に間に合いません" : "",
    task.by !== null && task.firm && end <= task.by && room !== null
      ? `動かせない期限（あと${room}営業日）`
      : "",
  ];
  return notes.filter((note) => note !== "").join("、");
}
