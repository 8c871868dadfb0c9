import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

/** 電話の室の行いと、できる役割。 */
const rights = {
  /** 一件ごとの記録を見る。 */
  see: { roles: ["operator", "supervisor", "manager", "privacy"], who: "OP・SV・責任者・保護管理者" },
  /** 電話を取る、かける、番号を見る。 */
  take: { roles: ["operator", "supervisor"], who: "OP・SV" },
  /** 取り込み、話中の数。 */
  keep: { roles: ["supervisor", "manager", "system"], who: "SV・責任者" },
  /** 電話システムとの接続。 */
  connect: { roles: ["manager"], who: "責任者" },
} as const satisfies Record<string, { roles: readonly Role[]; who: string }>;
export type CallRight = keyof typeof rights;

export function mayCall(right: CallRight, roles: readonly Role[]): boolean {
  return roles.some((role) => (rights[right].roles as readonly Role[]).includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refuseCall(right: CallRight, actor: Pick<Actor, "roles">): void {
  if (mayCall(right, actor.roles)) return;
  throw new AppError("FORBIDDEN", `これは${rights[right].who}の役割です。該当する方にお願いしてください。`);
}

/** 電話についての仕事の画面に置く、かけ直すボタン。id は URL に入れられる形。 */
export function callBackAct(id: string): { label: string; path: string; roles: readonly Role[] } {
  return { label: "この番号にかける", path: `/calls/${id}/dial`, roles: rights.take.roles };
}
