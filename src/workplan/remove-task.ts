import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { editPlan } from "./edit-plan.ts";
import type { PlanTask, TaskLink } from "./plan-task.ts";

/**
 * 工程表から一つの作業を除く。これを待っていた作業は、これが待っていた作業を待つ（流れは切れない）。
 * 実績のある作業と、ただ一つの作業は除けない。
 * @throws AppError REFUSED（実績がある、一つしかない）、NOT_FOUND、FORBIDDEN、CONFLICT
 */
export async function removeTask(
  office: Office,
  actor: Actor,
  code: string,
  edition?: number,
): Promise<{ code: string; edition: number }> {
  return editPlan(office, actor, edition, (tasks) => {
    const gone = tasks.find((one) => one.code === code);
    if (gone === undefined) throw new AppError("NOT_FOUND", "その作業は、工程表にありません。");
    const refused = whyKept(gone, tasks);
    if (refused !== undefined) throw new AppError("REFUSED", refused);
    return { code, tasks: without(tasks, gone), payload: { removed: true } };
  });
}

/** 除けないわけ。除けるなら undefined。 */
export function whyKept(task: PlanTask, tasks: readonly PlanTask[]): string | undefined {
  if (task.started !== null || task.finished !== null || task.progress > 0)
    return "実績のある作業は除けません。除くなら、先に実績の欄を空にしてください。";
  return tasks.length === 1
    ? "工程表には作業が一つ要ります。新しい表を取り込むと、入れ替えられます。"
    : undefined;
}

function without(tasks: readonly PlanTask[], gone: PlanTask): PlanTask[] {
  return tasks
    .filter((one) => one.code !== gone.code)
    .map((one) =>
      one.links.some(({ of }) => of === gone.code) ? { ...one, links: joined(one, gone) } : one,
    );
}

/** 除く作業への先行を、その作業の先行に置き換える。同じ先行は一つにする。 */
function joined(task: PlanTask, gone: PlanTask): TaskLink[] {
  const kept = task.links.filter(({ of }) => of !== gone.code);
  const passed = gone.links.filter(({ of }) => of !== task.code && !kept.some((one) => one.of === of));
  return [...kept, ...passed];
}
