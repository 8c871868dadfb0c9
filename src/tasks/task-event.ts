import type { EventKind } from "../base/event.ts";

/** 仕事の記録の種類。 */
export const taskEvents: EventKind[] = [
  { kind: "task.opened", label: "仕事を加えた" },
  { kind: "task.taken", label: "仕事を引き受けた" },
  { kind: "task.tried", label: "試みを記録した" },
  { kind: "task.done", label: "済みにした" },
  { kind: "task.dropped", label: "取りやめた" },
  { kind: "task.reopened", label: "元に戻した" },
];
