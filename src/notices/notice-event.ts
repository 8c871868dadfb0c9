import type { EventKind } from "../base/event.ts";

/** 受講通知書の記録の種類。 */
export const noticeEvents: EventKind[] = [
  { kind: "batch.prepared", label: "受講通知書の束を作った" },
  { kind: "batch.submitted", label: "受講通知書の束を承認に回した" },
  { kind: "batch.approved", label: "受講通知書の発送を承認した" },
  { kind: "batch.unapproved", label: "受講通知書の承認を取り消した" },
  { kind: "batch.returned", label: "受講通知書の束を差し戻した" },
  { kind: "batch.printing", label: "受講通知書の印刷を始めた" },
  { kind: "batch.print-stopped", label: "受講通知書の印刷を止めた" },
  { kind: "batch.printed", label: "受講通知書を印刷用のファイルにした" },
  { kind: "batch.dispatched", label: "受講通知書を発送した" },
  { kind: "batch.taken", label: "受講通知書のファイルを取り出した" },
  { kind: "notice.excluded", label: "受講通知書を束から外した" },
  { kind: "notice.corrected", label: "受講通知書の宛先を直した" },
  { kind: "template.checked", label: "受講通知書の様式を確かめた" },
  { kind: "card.returned", label: "返戻のはがきを記録した" },
  { kind: "card.resend", label: "返戻の通知書を作り直すことにした" },
  { kind: "notice.phoned", label: "はがきに代えて電話で案内した" },
  { kind: "notice.phone-list", label: "電話案内の名簿を紙にした" },
  { kind: "notice.own-card", label: "まどぐちの標準のはがきを使うことにした" },
  { kind: "notice.change-started", label: "協議の回答のとおり、様式か発送の期間の変更を始めた" },
  { kind: "notice.drawn", label: "受講通知書の絵を作った" },
];
