import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { editPlan } from "./edit-plan.ts";
import { blankTask, type PlanTask } from "./plan-task.ts";

/** 足す作業の中身。記号は、空いている次の番号を付ける。 */
export type NewTask = Pick<
  PlanTask,
  "name" | "group" | "owner" | "clause" | "milestone" | "calendar" | "days" | "links" | "from" | "by"
>;

/**
 * 工程表に一つの作業を足す。before の作業の前（空なら終わり）に置く。比べる基準の日は持たず、版も変わらない。
 * @throws AppError BAD_INPUT（欄の名つき）、NOT_FOUND、FORBIDDEN、CONFLICT
 */
export async function addTask(
  office: Office,
  actor: Actor,
  { before, ...given }: NewTask & { before?: string },
  edition?: number,
): Promise<{ code: string; edition: number }> {
  return editPlan(office, actor, edition, (tasks) => {
    const code = nextCode(tasks);
    const task: PlanTask = { ...blankTask(code, given.name.trim()), ...given, name: given.name.trim() };
    const at = tasks.findIndex((one) => one.code === before);
    const made = at < 0 ? [...tasks, task] : [...tasks.slice(0, at), task, ...tasks.slice(at)];
    return { code, tasks: made, payload: { added: true, days: task.days, by: task.by } };
  });
}

/** 使われていない、次の「T07」。 */
function nextCode(tasks: readonly PlanTask[]): string {
  const used = tasks.map(({ code }) => Number(/^T(\d{1,6})$/.exec(code)?.[1] ?? 0));
  return `T${String(Math.max(0, ...used) + 1).padStart(2, "0")}`;
}
