import type { EventKind } from "../platform/event.ts";

/** 受付の記録の種類。 */
export const receptionEvents: EventKind[] = [
  { kind: "class.added", label: "講習会を加えた" },
  { kind: "class.changed", label: "講習会を変えた" },
  { kind: "schedule.read", label: "日程表のファイルを読んだ" },
  { kind: "schedule.imported", label: "日程を取り込んだ" },
  { kind: "venue.added", label: "会場を加えた" },
  { kind: "venue.changed", label: "会場を直した" },
  { kind: "booking.taken", label: "予約を受けた" },
  { kind: "booking.undone", label: "予約を取り消した（直後の元に戻す）" },
  { kind: "booking.corrected", label: "予約の内容を直した" },
  { kind: "person.revealed", label: "個人情報を表示した" },
  { kind: "list.made", label: "予約者リストを作った" },
  { kind: "booking.searched", label: "予約を探した" },
  { kind: "template.read", label: "様式のファイルを確かめた" },
  { kind: "template.registered", label: "委託者の様式を登録した" },
];
