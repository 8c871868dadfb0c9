import type { EventKind } from "../base/event.ts";

/** 控えの記録の種類。payload の set は控えの組の名、sha256 はファイルの指紋。 */
export const backupEvents: EventKind[] = [
  { kind: "backup.made", label: "控えを取った" },
  { kind: "backup.drilled", label: "控えを戻す訓練をした" },
  { kind: "backup.restored", label: "控えから戻した" },
];
