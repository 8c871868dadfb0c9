import type { Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";

/** 仕様書への行い: 読む、読み込んで直す、確かめた設計図を契約に使う。 */
export type SpecificationAct = "read" | "write" | "apply";

const rights: Readonly<Record<SpecificationAct, readonly Role[]>> = {
  read: ["supervisor", "manager", "planner", "privacy", "chief-privacy", "client", "auditor", "system"],
  write: ["manager", "planner", "system"],
  apply: ["manager"],
};

const says: Readonly<Record<SpecificationAct, string>> = {
  read: "業務仕様書を読むのは、SV・責任者・企画・保護管理者・委託者・監査",
  write: "業務仕様書を確かめるのは、責任者・企画",
  apply: "設計図で契約を始める・変更するのは、責任者",
};

export function maySpecification(act: SpecificationAct, roles: readonly Role[]): boolean {
  return roles.some((role) => rights[act].includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refuseSpecificationRole(act: SpecificationAct, roles: readonly Role[]): void {
  if (maySpecification(act, roles)) return;
  throw new AppError("FORBIDDEN", `${says[act]}の役割です。該当する方にお願いしてください。`);
}
