import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

/** この室の行いと、できる役割。 */
const rights = {
  /** 席数の条件、勤務、設備、訓練。 */
  plan: { roles: ["supervisor", "manager", "system"], who: "SV・責任者" },
  /** 勤務表を見る。 */
  see: { roles: ["operator", "supervisor", "manager", "auditor", "system"], who: "OP・SV・責任者・監査" },
} as const satisfies Record<string, { roles: readonly Role[]; who: string }>;
export type StaffingRight = keyof typeof rights;

export function mayStaff(right: StaffingRight, roles: readonly Role[]): boolean {
  return roles.some((role) => (rights[right].roles as readonly Role[]).includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refuseStaffing(right: StaffingRight, actor: Pick<Actor, "roles">): void {
  if (mayStaff(right, actor.roles)) return;
  throw new AppError("FORBIDDEN", `これは${rights[right].who}の役割です。該当する方にお願いしてください。`);
}
