import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

/** 室の行いと、できる役割。求める人（責任者）と行う人（保護管理者）を分ける。 */
const rights = {
  see: {
    roles: ["manager", "privacy", "chief-privacy", "client", "auditor"],
    who: "責任者・保護管理者・委託者・監査",
  },
  plan: { roles: ["manager", "privacy", "chief-privacy"], who: "責任者か保護管理者" },
  run: { roles: ["privacy", "chief-privacy"], who: "保護管理者" },
  /** 兆候の記録はだれでも（別紙1 6）。 */
  notice: {
    roles: ["operator", "supervisor", "manager", "planner", "privacy", "chief-privacy"],
    who: "従業者",
  },
  handle: { roles: ["manager", "privacy", "chief-privacy"], who: "責任者か保護管理者" },
  month: { roles: ["manager", "privacy", "chief-privacy"], who: "責任者か保護管理者" },
} as const satisfies Record<string, { roles: readonly Role[]; who: string }>;
export type ErasureRight = keyof typeof rights;

export function mayErasure(right: ErasureRight, roles: readonly Role[]): boolean {
  return roles.some((role) => role === "system" || (rights[right].roles as readonly Role[]).includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refuseRight(right: ErasureRight, actor: Pick<Actor, "roles">): void {
  if (mayErasure(right, actor.roles)) return;
  throw new AppError("FORBIDDEN", `これは${rights[right].who}の役割です。該当する方にお願いしてください。`);
}
