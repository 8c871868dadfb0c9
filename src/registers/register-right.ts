import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

/** 登録簿の室の行いと、できる役割。市との窓口は責任者（仕様書６(5)イ）、連絡調整は SV（表１）。 */
const rights = {
  /** 体制を変える。 */
  staff: { roles: ["manager", "supervisor"], who: "責任者・SV" },
  /** 体制と直接雇用を確かめる。 */
  confirm: { roles: ["manager"], who: "責任者" },
  /** 登録簿に書く・直す・結ぶ。 */
  write: {
    roles: ["supervisor", "manager", "planner", "privacy", "chief-privacy"],
    who: "SV・責任者・企画担当・保護管理者",
  },
  /** 環境の数を書く。 */
  environment: { roles: ["operator", "supervisor", "manager", "planner"], who: "OP・SV・責任者・企画担当" },
} as const satisfies Record<string, { roles: readonly Role[]; who: string }>;
export type RegisterRight = keyof typeof rights;

export function mayRegister(right: RegisterRight, roles: readonly Role[]): boolean {
  return roles.some((role) => (rights[right].roles as readonly Role[]).includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refuseRight(right: RegisterRight, actor: Pick<Actor, "roles">): void {
  if (mayRegister(right, actor.roles)) return;
  throw new AppError("FORBIDDEN", `これは${rights[right].who}の役割です。該当する方にお願いしてください。`);
}
