import type { EventKind } from "../base/event.ts";

/** 計画の記録の種類。 */
export const planEvents: EventKind[] = [
  { kind: "plan.imported", label: "計画の原稿を取り込んだ" },
  { kind: "plan.changed", label: "計画の原稿を直した" },
  { kind: "plan.set-aside", label: "重なって入らなかった文を脇に残した" },
];
