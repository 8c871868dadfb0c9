import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type DeliverableAct, deliverableActs } from "./deliverable.ts";

export type DeliveryDuty = DeliverableAct | "register" | "right" | "sign" | "pack" | "list" | "report";

const makers: readonly Role[] = ["supervisor", "manager", "planner"];
const who: Readonly<Record<DeliveryDuty, { roles: readonly Role[]; say: string; act: string }>> = {
  register: { roles: makers, say: "SV・責任者・企画担当", act: "成果品を登録すること" },
  version: { roles: makers, say: "SV・責任者・企画担当", act: deliverableActs.version },
  right: { roles: makers, say: "SV・責任者・企画担当", act: "権利を加えること" },
  report: { roles: makers, say: "SV・責任者・企画担当", act: "業務完了報告書を作ること" },
  submit: { roles: ["manager"], say: "責任者", act: deliverableActs.submit },
  inspect: {
    roles: ["client", "manager", "supervisor"],
    say: "委託者の方、または結果を受けた責任者・SV",
    act: deliverableActs.inspect,
  },
  receive: {
    roles: ["client", "manager", "supervisor"],
    say: "委託者の方、または受領書を受けた責任者・SV",
    act: deliverableActs.receive,
  },
  hand: { roles: ["manager"], say: "責任者", act: deliverableActs.hand },
  sign: { roles: ["manager"], say: "責任者", act: "権利の確認を記録すること" },
  pack: { roles: ["manager"], say: "責任者", act: "納品の一式をまとめること" },
  list: {
    roles: ["manager", "supervisor", "planner", "client", "auditor", "privacy", "chief-privacy"],
    say: "責任者・委託者・監査",
    act: "一覧を書類にすること",
  },
};

export function mayDeliver(duty: DeliveryDuty, roles: readonly Role[]): boolean {
  return roles.some((role) => who[duty].roles.includes(role));
}

/** 役割で断る。FORBIDDEN。 */
export function refuseDuty(duty: DeliveryDuty, actor: Pick<Actor, "roles">): void {
  if (mayDeliver(duty, actor.roles)) return;
  throw new AppError(
    "FORBIDDEN",
    `${who[duty].act}は、${who[duty].say}の役割です。該当する方にお願いしてください。`,
  );
}
