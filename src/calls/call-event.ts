import type { EventKind } from "../base/event.ts";

/** 電話の記録の種類。 */
export const callEvents: EventKind[] = [
  { kind: "call.rang", label: "電話が鳴った" },
  { kind: "call.answered", label: "電話に出た" },
  { kind: "call.ended", label: "電話が終わった" },
  { kind: "call.imported", label: "電話の記録を取り込んだ" },
  { kind: "call.busy-noted", label: "話中の数を入れた" },
  { kind: "call.door-changed", label: "電話システムとの接続を変えた" },
  { kind: "call.announcement-changed", label: "時間外の案内の文を直した" },
  { kind: "call.linked", label: "電話と、そこで残したものをつないだ" },
  { kind: "call.dialed", label: "画面から電話をかけた" },
];
