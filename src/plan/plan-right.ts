import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

/** 計画の行い。read=読む、comment=書き込む・案を選ぶ、write=原稿を直す。 */
export type PlanDeed = "read" | "comment" | "write";

const who: Readonly<Record<PlanDeed, readonly Role[]>> = {
  read: ["manager", "planner", "client", "auditor", "system"],
  comment: ["manager", "planner", "client"],
  write: ["manager", "planner", "system"],
};
const say: Readonly<Record<PlanDeed, string>> = {
  read: "計画の原稿を読むことは、責任者・企画担当・委託者・監査の役割です。",
  comment: "計画に書き込むこと、案を選ぶことは、責任者・企画担当・委託者の役割です。",
  write: "計画の原稿を直すことは、責任者・企画担当の役割です。",
};

export function mayPlan(deed: PlanDeed, roles: readonly Role[]): boolean {
  return roles.some((role) => who[deed].includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refusePlanRole(deed: PlanDeed, actor: Pick<Actor, "roles">): void {
  if (mayPlan(deed, actor.roles)) return;
  throw new AppError("FORBIDDEN", `${say[deed]}該当する方にお願いしてください。`);
}
