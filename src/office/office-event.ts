import type { EventKind } from "../base/event.ts";

/** 文書の部品が残す記録の種類。 */
export const officeEvents: EventKind[] = [
  { kind: "file.protected", label: "パスワードを付けた写しを作った" },
  { kind: "file.delivered", label: "パスワード付きの写しを取り出した" },
];
