import type { EventKind } from "../base/event.ts";

/** 動向調査の記録の種類。 */
export const researchEvents: EventKind[] = [
  { kind: "research.recorded", label: "調べた資料を登録した" },
  { kind: "research.changed", label: "調べた資料を直した" },
  { kind: "research.reported", label: "調査報告書を取り出した" },
];
