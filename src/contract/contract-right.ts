import type { Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

/** 条項と義務への行い。 */
export type ContractAct = "raise" | "evidence" | "attest" | "waive" | "change" | "rebuild";

const rights: Readonly<Record<ContractAct, readonly Role[]>> = {
  raise: ["supervisor", "manager", "planner", "privacy", "chief-privacy"],
  evidence: ["supervisor", "manager", "planner", "privacy", "chief-privacy"],
  attest: ["supervisor", "manager", "planner", "privacy", "chief-privacy"],
  // 免じるのは委託者の書面によるので、窓口の責任者だけが記録する。
  waive: ["manager"],
  change: ["manager"],
  rebuild: ["manager", "system"],
};

const says: Readonly<Record<ContractAct, string>> = {
  raise: "義務が生じたことの記録は、SV・責任者・企画・保護管理者",
  evidence: "証跡を添えるのは、SV・責任者・企画・保護管理者",
  attest: "守っていることの表明は、SV・責任者・企画・保護管理者",
  waive: "免じられたことの記録は、責任者",
  change: "契約の変更は、責任者",
  rebuild: "写しの作り直しは、責任者",
};

export function mayContract(act: ContractAct, roles: readonly Role[]): boolean {
  return roles.some((role) => rights[act].includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refuseContractRole(act: ContractAct, roles: readonly Role[]): void {
  if (mayContract(act, roles)) return;
  throw new AppError("FORBIDDEN", `${says[act]}の役割です。該当する方にお願いしてください。`);
}
