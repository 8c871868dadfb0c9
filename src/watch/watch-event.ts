import type { EventKind } from "../base/event.ts";

/** 見守りと監査の記録の種類。 */
export const watchEvents: EventKind[] = [
  { kind: "watch.answered", label: "大量の閲覧の知らせに答えた" },
  { kind: "watch.packed", label: "監査の証跡の一式を作った" },
];
