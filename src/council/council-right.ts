import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

/** 有識者会議の行いと、できる役割。委員への連絡と会議録は受託者、日程の回答は市も書ける。 */
const rights = {
  write: { roles: ["planner", "manager"], who: "企画担当・責任者" },
  answer: { roles: ["planner", "manager", "supervisor", "client"], who: "企画担当・責任者・SV・委託者" },
} as const satisfies Record<string, { roles: readonly Role[]; who: string }>;
export type CouncilRight = keyof typeof rights;

export function mayCouncil(right: CouncilRight, roles: readonly Role[]): boolean {
  return roles.some((role) => (rights[right].roles as readonly Role[]).includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refuseCouncil(right: CouncilRight, actor: Pick<Actor, "id" | "roles">): void {
  if (actor.id === "system" || mayCouncil(right, actor.roles)) return;
  throw new AppError("FORBIDDEN", `これは${rights[right].who}の役割です。該当する方にお願いしてください。`);
}
