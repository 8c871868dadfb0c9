import { computePlan, type Plan, type PlanFrame } from "./compute-plan.ts";
import type { PlanTask } from "./plan-task.ts";

/**
 * 期限から逆に引く: まだ始めていない作業を、後ろの期限に間に合う、いちばん遅い始まりに置く。
 * 間に合わない作業は、いちばん早い所に置き、plan.misses に出る。
 * @throws AppError BAD_INPUT（工程表の誤り）
 */
export function planBack(tasks: readonly PlanTask[], frame: PlanFrame): { tasks: PlanTask[]; plan: Plan } {
  const early = computePlan(tasks, frame);
  const placed = early.tasks.map(({ task, room, dueStart }): PlanTask => {
    if (task.started !== null || task.finished !== null) return task;
    if (room === null || dueStart === null || room <= 0) return task;
    return { ...task, from: dueStart };
  });
  return { tasks: placed, plan: computePlan(placed, frame) };
}
