import type { Day } from "../base/time.ts";
import type { BusinessCalendar } from "../japan/business-day.ts";
import { businessDaysBetween } from "../japan/business-day.ts";
import { addDays, daysBetween } from "../japan/day.ts";
import { blankTask, COMMENT_DAYS, isCommentPeriod, type PlanTask } from "./plan-task.ts";

/** 読めなかったます目。 */
export interface CellFault {
  sheet: string;
  ref: string;
  message: string;
}

/** 表の一枚から読んだこと。 */
export interface PlanSheet {
  sheet: string;
  /** list=一行に始まりと終わり、bars=期間の列に線。 */
  shape: "list" | "bars";
  tasks: PlanTask[];
  faults: CellFault[];
  /** 推し量ったこと（人が確かめる）。 */
  notes: string[];
}

export interface PlanWorld {
  calendar: BusinessCalendar;
  within: { from: Day; to: Day };
}

/** 表の言葉の比べ方: 全角と空白をならす。 */
export function plain(text: string): string {
  return text.normalize("NFKC").replace(/\s+/g, "");
}

/** 始まりと終わりの日から、作業の形。意見を募る期間は暦の日で数える。 */
export function taskBetween(
  code: string,
  name: string,
  from: Day,
  to: Day,
  calendar: BusinessCalendar,
): PlanTask {
  const blank = blankTask(code, name);
  if (isCommentPeriod(name)) {
    const days = Math.max(COMMENT_DAYS, daysBetween(from, to) + 1);
    return { ...blank, from, days, calendar: true };
  }
  const days = Math.max(1, businessDaysBetween(calendar, addDays(from, -1), to));
  return { ...blank, from, days };
}

/** 一日の節目。 */
export function milestoneOn(code: string, name: string, day: Day): PlanTask {
  return { ...blankTask(code, name), milestone: true, days: 0, from: day, by: day };
}

/** 「T01」から順に。 */
export function codeAt(at: number): string {
  return `T${String(at).padStart(2, "0")}`;
}
