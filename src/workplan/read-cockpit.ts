import type { Day } from "../base/time.ts";
import { blockedBy } from "../contract/read-owed.ts";
import { addBusinessDays, businessDayOnOrBefore, businessDaysBetween } from "../japan/business-day.ts";
import type { Office } from "../platform/office.ts";
import type { PlannedTask } from "./compute-plan.ts";
import { isCommentPeriod } from "./plan-task.ts";
import { noWorkplan, readWorkplan } from "./read-workplan.ts";

/** 納品を止めているもの。 */
export interface CockpitBlock {
  text: string;
  href: string;
}

export interface Cockpit {
  /** 意見募集の締切（工程表から）。なければ undefined。 */
  closes: Day | undefined;
  /** 納品の期限（動かない期限、なければ履行期間の終わり）。 */
  delivery: Day;
  /** 締切から納品までの営業日。締切がなければ、今日から。 */
  span: number;
  /** 今日から納品までの営業日。過ぎていれば負。 */
  left: number;
  /** 締切の翌日から納品までの、一営業日ごとの作業。 */
  days: { day: Day; tasks: { code: string; name: string; critical: boolean }[] }[];
  /** 納品までに残る作業（終わっていないもの）。余裕の少ない順。 */
  open: PlannedTask[];
  misses: { code: string; name: string; days: number }[];
  blocks: CockpitBlock[];
}

/** 一日ごとに並べる営業日の上限。 */
const SHOWN_DAYS = 260;

/**
 * 意見募集の締切から納品まで: 残る営業日、その間の作業、納品を止めているもの。
 * @throws AppError NOT_FOUND（工程表がない）
 */
export async function readCockpit(office: Office, contract: string): Promise<Cockpit> {
  const { plan, frame, blueprint } = await readWorkplan(office, contract);
  if (plan === undefined) throw noWorkplan();
  const [delivery, completion] = await Promise.all([
    blockedBy(office, contract, "delivery"),
    blockedBy(office, contract, "completion"),
  ]);
  const { calendar, today } = frame;
  const closes = plan.tasks.find(({ task }) => isCommentPeriod(task.name) && !task.milestone)?.end;
  const firm = plan.tasks.flatMap(({ task }) => (task.firm && task.by !== null ? [task.by] : [])).toSorted();
  const end = firm.at(-1) ?? businessDayOnOrBefore(calendar, blueprint.performance.to);
  const from = closes !== undefined && closes > today ? closes : today;
  const open = plan.tasks
    .filter(({ task }) => task.finished === null)
    .toSorted((a, b) => (a.room ?? a.float) - (b.room ?? b.float) || (a.end < b.end ? -1 : 1));
  const count = Math.max(0, Math.min(SHOWN_DAYS, businessDaysBetween(calendar, from, end)));
  const days = Array.from({ length: count }, (_, at) => addBusinessDays(calendar, from, at + 1));
  const blocks = new Map([...delivery, ...completion].map((one) => [one.key, one]));
  return {
    ...{ closes, delivery: end, open },
    span: businessDaysBetween(calendar, closes ?? today, end),
    left: businessDaysBetween(calendar, today, end),
    days: days.map((day) => ({
      day,
      tasks: open
        .filter(({ start, end: last }) => start <= day && day <= last)
        .map(({ task, critical }) => ({ code: task.code, name: task.name, critical })),
    })),
    misses: plan.misses.map(({ code, name, days: late }) => ({ code, name, days: late })),
    blocks: [...blocks.values()].map(({ key, title, clause }) => ({
      text: `${clause}「${title}」が遅れています。`,
      href: `/contract/duties/${encodeURIComponent(key)}`,
    })),
  };
}
