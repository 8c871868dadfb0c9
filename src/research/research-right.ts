import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

const writers: readonly Role[] = ["planner", "manager"];

/** 資料を登録できる役割か（企画担当・責任者）。 */
export function mayResearch(roles: readonly Role[]): boolean {
  return roles.some((role) => writers.includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refuseResearch(actor: Pick<Actor, "roles">): void {
  if (!mayResearch(actor.roles))
    throw new AppError("FORBIDDEN", "これは企画担当・責任者の役割です。該当する方にお願いしてください。");
}
