import type { EventKind } from "../base/event.ts";

/** 協議・届出の記録の種類。 */
export const filingEvents: EventKind[] = [
  { kind: "filing.drafted", label: "下書きを作った" },
  { kind: "filing.edited", label: "下書きを直した" },
  { kind: "filing.submitted", label: "提出した" },
  { kind: "filing.answered", label: "答えがあった" },
  { kind: "filing.withdrawn", label: "取り下げた" },
  { kind: "filing.amended", label: "新しい版を作った" },
  { kind: "filing.printed", label: "紙面を開いた" },
];
