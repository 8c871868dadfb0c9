import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { editPlan } from "./edit-plan.ts";
import type { PlanTask } from "./plan-task.ts";

/** 実績と、作業の形。省いた欄は変えない。 */
export type TaskChange = Partial<
  Pick<
    PlanTask,
    "owner" | "clause" | "days" | "links" | "from" | "by" | "firm" | "started" | "finished" | "progress"
  >
>;

/**
 * 一つの作業を直す: 実績（始めた・終わった・進み）、または長さ・先行・期限・担当。
 * 比べる基準は変わらないので、ずれはそのまま見える。
 * @throws AppError BAD_INPUT（欄の名つき）、NOT_FOUND、FORBIDDEN、CONFLICT
 */
export async function changeTask(
  office: Office,
  actor: Actor,
  code: string,
  change: TaskChange,
  edition?: number,
): Promise<{ edition: number }> {
  const onlyActual = Object.keys(change).every((name) => ["started", "finished", "progress"].includes(name));
  const made = await editPlan(office, actor, edition, (tasks, { frame }) => {
    const before = tasks.find((task) => task.code === code);
    if (before === undefined) throw new AppError("NOT_FOUND", "その作業は、工程表にありません。");
    const task = settled({ ...before, ...change });
    return {
      code,
      tasks: tasks.map((one) => (one.code === code ? task : one)),
      faults: futureFaults(task, frame.today),
      kind: onlyActual ? "workplan.progressed" : "workplan.edited",
      payload: {
        ...{ started: task.started, finished: task.finished, progress: task.progress },
        ...(onlyActual ? {} : { days: task.days, by: task.by }),
      },
    };
  });
  return { edition: made.edition };
}

/** 終わった作業は 100%。始めた日がなければ、節目でない作業は終わりの日に始めたとみなさない。 */
function settled(task: PlanTask): PlanTask {
  if (task.finished !== null) return { ...task, progress: 100 };
  return task.progress >= 100 ? { ...task, progress: 99 } : task;
}

function futureFaults(task: PlanTask, today: Day): { field: string; message: string }[] {
  return (["started", "finished"] as const).flatMap((field) =>
    (task[field] ?? "") > today ? [{ field, message: "実績の日は、今日までの日にしてください。" }] : [],
  );
}
