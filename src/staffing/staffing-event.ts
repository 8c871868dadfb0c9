import type { EventKind } from "../base/event.ts";

/** 席数と勤務の記録の種類。 */
export const staffingEvents: EventKind[] = [
  { kind: "staffing.set", label: "席数を出す条件を決めた" },
  { kind: "roster.saved", label: "勤務を決めた" },
  { kind: "roster.printed", label: "勤務表を書き出した" },
  { kind: "equipment.noted", label: "設備を加えた" },
  { kind: "equipment.ended", label: "設備の使用を終えた" },
  { kind: "handler.hired", label: "雇用の別を記録した" },
  { kind: "desk.passed", label: "研修の前の着席を緊急に認めた" },
  { kind: "drill.finished", label: "訓練を終えた" },
];
