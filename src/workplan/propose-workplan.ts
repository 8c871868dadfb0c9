import { type Day, dayOf } from "../base/time.ts";
import { readOwed } from "../contract/read-owed.ts";
import { businessDayOnOrBefore } from "../japan/business-day.ts";
import type { Office } from "../platform/office.ts";
import type { Plan } from "./compute-plan.ts";
import { planBack } from "./plan-back.ts";
import { codeAt } from "./plan-sheet.ts";
import { blankTask, type PlanTask, taskLimits } from "./plan-task.ts";
import { frameOf } from "./read-workplan.ts";

/** 逆に引くときの、作業の長さのはじめの値（営業日）。人が直す。 */
const DRAFT_DAYS = 10;

/**
 * 契約の義務の期限から、逆に引いた工程表の案。期限のある義務ごとに、作業と期限の節目を置く。
 * 同じ日の同じ条項の義務は一つにまとめる。過ぎた期限は、期限の盤で扱う。履行期間の終わりの日は、動かない期限にする。
 */
export async function proposeWorkplan(
  office: Office,
  contract: string,
): Promise<{ tasks: PlanTask[]; plan: Plan | undefined }> {
  const { lines, blueprint, now } = await readOwed(office, contract, {
    states: ["due", "ahead", "waiting"],
  });
  const frame = frameOf(blueprint, dayOf(now));
  const seen = new Map<string, (typeof lines)[number] & { day: Day }>();
  for (const line of lines) {
    if (line.due === null || line.nature !== "act") continue;
    const day = businessDayOnOrBefore(blueprint.calendar, dayOf(line.due));
    const id = `${day}|${line.clause}|${line.title.replace(/（.*$/, "")}`;
    if (day <= blueprint.performance.to && !seen.has(id)) seen.set(id, { ...line, day });
  }
  const dated = [...seen.values()]
    .toSorted((a, b) => (a.day === b.day ? (a.clause < b.clause ? -1 : 1) : a.day < b.day ? -1 : 1))
    .slice(0, taskLimits.tasks / 2);
  const tasks = dated.flatMap((line, at) => {
    const name = line.title.slice(0, taskLimits.name - 4);
    const head = { clause: line.clause, owner: line.holder, duty: line.key };
    const work = { ...blankTask(codeAt(at * 2 + 1), name), ...head, days: DRAFT_DAYS };
    const due = {
      ...blankTask(codeAt(at * 2 + 2), `${name}の期限`),
      ...{ ...head, milestone: true, days: 0, by: line.day },
      firm: line.day >= businessDayOnOrBefore(blueprint.calendar, blueprint.performance.to),
      links: [{ of: work.code, kind: "FS" as const, lag: 0 }],
    };
    return [work, due];
  });
  return tasks.length === 0 ? { tasks, plan: undefined } : planBack(tasks, frame);
}
