import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

/** 工程表の行い。adopt=定める・動かす、write=実績と作業を書く。 */
export type WorkplanAct = "adopt" | "write";

const who: Readonly<Record<WorkplanAct, readonly Role[]>> = {
  adopt: ["manager", "planner"],
  write: ["manager", "planner", "supervisor"],
};
const say: Readonly<Record<WorkplanAct, string>> = {
  adopt: "工程表を定めること、動かすことは、責任者・企画担当の役割です。",
  write: "作業の実績を書くことは、責任者・企画担当・SVの役割です。",
};

export function mayPlan(act: WorkplanAct, roles: readonly Role[]): boolean {
  return roles.some((role) => who[act].includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refusePlanRole(act: WorkplanAct, actor: Pick<Actor, "roles">): void {
  if (mayPlan(act, actor.roles)) return;
  throw new AppError("FORBIDDEN", `${say[act]}該当する方にお願いしてください。`);
}
