import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

const answering: readonly Role[] = ["privacy", "chief-privacy"];
const auditing: readonly Role[] = ["manager", "privacy", "chief-privacy", "client", "auditor", "system"];

/** 大量の閲覧の知らせに答えてよい役割か。 */
export function mayAnswer(roles: readonly Role[]): boolean {
  return roles.some((role) => answering.includes(role));
}

/** 見張りと監査の机を開ける役割でなければ断る。 @throws AppError FORBIDDEN */
export function refuseAudit(actor: Pick<Actor, "roles">): void {
  if (actor.roles.some((role) => auditing.includes(role))) return;
  throw new AppError("FORBIDDEN", "監査の机は、責任者・保護管理者・委託者・監査の役割で開けます。");
}
