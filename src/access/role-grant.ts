import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { roleLabels } from "./role.ts";

/*
 * だれがだれの登録を扱えるか。自分の登録は扱えない（自分で自分に役割を与えない）。
 * SV は OP を入れるようにし直すだけ、責任者は保護管理の外の人まで、保護管理者と総括保護管理者は全部。
 * ただし保護管理者そのものは総括保護管理者だけが、委託者の承認の番号を添えて登録する。
 */
export type AccountDeed = "help" | "register";

const byManager: readonly Role[] = ["operator", "supervisor", "planner"];
const byPrivacy: readonly Role[] = [...byManager, "manager", "client", "auditor"];
const byChief: readonly Role[] = [...byPrivacy, "privacy"];

function reach(actor: Actor, deed: AccountDeed): ReadonlySet<Role> {
  const reached = new Set<Role>();
  const add = (roles: readonly Role[]) => {
    for (const role of roles) reached.add(role);
  };
  for (const role of actor.roles) {
    if (role === "supervisor" && deed === "help") add(["operator"]);
    if (role === "manager") add(byManager);
    if (role === "privacy") add(deed === "help" ? byChief : byPrivacy);
    if (role === "chief-privacy") add(byChief);
    if (role === "system") add([...byChief, "chief-privacy"]);
  }
  // 総括保護管理者が入れなくなったら、保護管理者か責任者が入れるようにし直す（本人の登録は変えない）。
  if (deed === "help" && actor.roles.some((role) => role === "privacy" || role === "manager"))
    reached.add("chief-privacy");
  return reached;
}

/** その役割の人を扱えるか。 */
export function mayHandle(actor: Actor, deed: AccountDeed, roles: readonly Role[]): boolean {
  const reached = reach(actor, deed);
  return roles.every((role) => reached.has(role));
}

/** 与えてよい役割の一覧（画面の選択肢）。 */
export function grantableRoles(actor: Actor): Role[] {
  return [...reach(actor, "register")].filter((role) => role !== "system");
}

/** 扱えなければ FORBIDDEN。 */
export function requireHandling(
  actor: Actor,
  deed: AccountDeed,
  target: { id?: string; roles: readonly Role[] },
): void {
  if (target.id !== undefined && target.id === actor.id)
    throw new AppError("FORBIDDEN", "自分の登録は、自分では扱えません。ほかの権限のある人に頼んでください。");
  if (mayHandle(actor, deed, target.roles)) return;
  const names = target.roles.map((role) => roleLabels[role]).join("・");
  throw new AppError(
    "FORBIDDEN",
    `${names}の登録は、あなたの役割では扱えません。保護管理者に頼んでください。`,
  );
}
