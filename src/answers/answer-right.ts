import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

/** 応対の室の行いと、できる役割（仕様書６(5) 表１、６(7)、６(9)）。 */
const rights = {
  /** クレーム・確認・応対の記録、件数。 */
  record: { roles: ["operator", "supervisor", "manager"], who: "OP・SV・責任者" },
  /** クレームの対応、終了。 */
  handle: { roles: ["supervisor", "manager"], who: "SV・責任者" },
  /** 責任者の確認、市への連絡。 */
  confirm: { roles: ["manager"], who: "責任者" },
  /** ＦＡＱの案。 */
  draft: { roles: ["supervisor", "manager"], who: "SV・責任者" },
  /** ＦＡＱの承認。 */
  approve: { roles: ["manager", "client"], who: "責任者か委託者の方" },
} as const satisfies Record<string, { roles: readonly Role[]; who: string }>;
export type AnswerRight = keyof typeof rights;

export function mayAnswer(right: AnswerRight, roles: readonly Role[]): boolean {
  return roles.some((role) => (rights[right].roles as readonly Role[]).includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refuseRight(right: AnswerRight, actor: Pick<Actor, "roles">): void {
  if (mayAnswer(right, actor.roles)) return;
  throw new AppError("FORBIDDEN", `これは${rights[right].who}の役割です。該当する方にお願いしてください。`);
}
