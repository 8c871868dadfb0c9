import type { EventKind } from "../base/event.ts";

/** 条項と義務の記録の種類。 */
export const contractEvents: EventKind[] = [
  { kind: "obligation.raised", label: "義務が生じたと記録した" },
  { kind: "obligation.evidenced", label: "証跡を添えた" },
  { kind: "obligation.attested", label: "守っていることを表明した" },
  { kind: "obligation.waived", label: "義務が免じられたと記録した" },
  { kind: "obligation.retracted", label: "書き足したことを取り消した" },
  { kind: "contract.ended", label: "契約の終わりを記録した" },
];
