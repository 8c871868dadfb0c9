/** 役割。何ができるかは role.ts の表が決める。 */
export const roles = [
  "operator",
  "supervisor",
  "manager",
  "planner",
  "privacy",
  "chief-privacy",
  "client",
  "auditor",
  "system",
] as const;
export type Role = (typeof roles)[number];

/** 行為者。id は従業者の仮名（UUID）で、氏名は記録に残さない。 */
export interface Actor {
  readonly id: string;
  readonly contract: string;
  readonly roles: readonly Role[];
  /** 着席している席（「2番席」の番号）。 */
  readonly desk?: string;
}

/** 人の手によらない行為（期限切れの解放、検査点の署名など）の行為者。 */
export function systemActor(contract: string): Actor {
  return { id: "system", contract, roles: ["system"] };
}
