import type { Role } from "../base/actor.ts";
import type { Day } from "../base/time.ts";
import type { AccountRoleRow } from "./account-store.ts";

/** 人の役割（system は人ではない）。役割の表の列の順。 */
export const humanRoles = [
  "operator",
  "supervisor",
  "manager",
  "planner",
  "privacy",
  "chief-privacy",
  "client",
  "auditor",
] as const satisfies readonly Role[];

/** 画面での名。 */
export const roleLabels: Record<Role, string> = {
  operator: "OP",
  supervisor: "SV",
  manager: "責任者",
  planner: "企画担当",
  privacy: "保護管理者",
  "chief-privacy": "総括保護管理者",
  client: "委託者",
  auditor: "監査",
  system: "システム",
};

/** その日にその契約で有効な役割。 */
export function rolesOn(rows: readonly AccountRoleRow[], contract: string, day: Day): Role[] {
  const valid = rows.filter(
    (row) =>
      row.contract_id === contract && row.from_day <= day && (row.to_day === null || day <= row.to_day),
  );
  return [...new Set(valid.map((row) => row.role))];
}

/** 肩書きとして言うときの並び（「SV兼OP」のように、上の役割から）。 */
export function roleTitle(roles: readonly Role[]): string {
  return humanRoles
    .filter((role) => roles.includes(role))
    .toReversed()
    .map((role) => roleLabels[role])
    .join("兼");
}
