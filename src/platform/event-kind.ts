import type { EventKind } from "../base/event.ts";

/** 地階の記録の種類。 */
export const platformEvents: EventKind[] = [
  { kind: "office.opened", label: "事務所を開いた" },
  { kind: "office.sealed", label: "事務所を封印した" },
];
