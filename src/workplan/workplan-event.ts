import type { EventKind } from "../base/event.ts";

/** 工程表の記録の種類。 */
export const workplanEvents: EventKind[] = [
  { kind: "workplan.adopted", label: "工程表を定めた" },
  { kind: "workplan.rebased", label: "工程表の日を動かした" },
  { kind: "workplan.progressed", label: "作業の実績を記録した" },
  { kind: "workplan.edited", label: "工程表の作業を直した" },
  { kind: "workplan.exported", label: "工程表を書き出した" },
];
