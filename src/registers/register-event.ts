import type { EventKind } from "../base/event.ts";

/** 体制・登録簿・環境の記録の種類。氏名は payload に入れない。 */
export const registerEvents: EventKind[] = [
  { kind: "staff.added", label: "体制に人を加えた" },
  { kind: "staff.changed", label: "体制の人の登録を直した" },
  { kind: "staff.assigned", label: "役割に就けた" },
  { kind: "staff.released", label: "役割を解いた" },
  { kind: "staff.confirmed", label: "体制と直接雇用を確かめた" },
  { kind: "staff.drawn", label: "体制図を取り出した" },
  { kind: "register.entered", label: "登録簿に書いた" },
  { kind: "register.changed", label: "登録簿を直した" },
  { kind: "register.closed", label: "登録簿の一件を結んだ" },
  { kind: "register.filed", label: "登録簿の一件から届出の下書きを作った" },
  { kind: "register.printed", label: "登録簿の Word を取り出した" },
  { kind: "incident.recorded", label: "事故・トラブルを記録した" },
  { kind: "environment.recorded", label: "環境の数を書いた" },
];
