import type { EventKind } from "../base/event.ts";

/** 計画の記録の種類。 */
export const planEvents: EventKind[] = [
  { kind: "plan.imported", label: "計画の原稿を取り込んだ" },
  { kind: "plan.setting-changed", label: "計画の表紙の文・番号・用語を直した" },
  { kind: "plan.changed", label: "計画の原稿を直した" },
  { kind: "plan.set-aside", label: "重なって入らなかった文を脇に残した" },
  { kind: "plan.aside-closed", label: "脇に残した文を使うか決めた" },
  { kind: "plan.settled", label: "記録していた変更を反映した" },
  { kind: "plan.reviewed", label: "計画の部分を見た" },
  { kind: "plan.commented", label: "計画に書き込んだ" },
  { kind: "plan.comment-closed", label: "計画の書き込みを済みにした" },
  { kind: "plan.version-taken", label: "計画の版を残した" },
  { kind: "plan.upper-imported", label: "上位計画の項目を取り込んだ" },
  { kind: "plan.figure-taken", label: "調査の図を計画に入れた" },
  { kind: "plan.inquiry-sent", label: "庁内照会を送った" },
  { kind: "plan.inquiry-returned", label: "庁内照会が返った" },
  { kind: "plan.inquiry-decided", label: "庁内照会の直しを決めた" },
  { kind: "plan.exported", label: "計画を書き出した" },
  { kind: "plan.matched", label: "施策と上位計画の対応を書いた" },
];
