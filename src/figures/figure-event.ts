import type { EventKind } from "../base/event.ts";

/** 電話と応対の報告の記録。 */
export const figureEvents: EventKind[] = [
  { kind: "report.exported", label: "電話の報告を書き出した" },
  { kind: "report.prepared", label: "電話の報告の下書きを作った" },
];
