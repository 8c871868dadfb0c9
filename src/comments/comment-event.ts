import type { EventKind } from "../base/event.ts";

/** 意見公募の記録の種類。 */
export const commentEvents: EventKind[] = [
  { kind: "comment.period-saved", label: "意見公募の準備を書いた" },
  { kind: "comment.period-opened", label: "意見公募を始めた" },
  { kind: "comment.period-closed", label: "意見公募を締め切った" },
  { kind: "comment.frame-changed", label: "意見の分類・区分を改めた" },
  { kind: "comment.form-permitted", label: "意見のフォームの公開を決めた" },
  { kind: "comment.received", label: "意見を受け取った" },
  { kind: "comment.typed", label: "添付を見て意見の文を打った" },
  { kind: "comment.masked", label: "意見の個人情報を伏せた" },
  { kind: "comment.stood", label: "意見の数え方を決めた" },
  { kind: "comment.split", label: "意見を分けた" },
  { kind: "comment.undone", label: "意見の分け方を戻した" },
  { kind: "comment.sorted", label: "意見の整理を終えた" },
  { kind: "comment.sorting-finished", label: "意見の整理がすべて終わった" },
  { kind: "comment.reopened", label: "意見の整理をやり直した" },
  { kind: "comment.coded", label: "意見を分類した" },
  { kind: "comment.joined", label: "意見を一つにまとめた" },
  { kind: "comment.parted", label: "別の意見と決めた" },
  { kind: "comment.answered", label: "市の考え方を書いた" },
  { kind: "comment.round-sent", label: "市の考え方の確認を求めた" },
  { kind: "comment.round-settled", label: "市の考え方の確認が済んだ" },
  { kind: "comment.person-changed", label: "意見の提出者を同じ人・別の人と決めた" },
  { kind: "comment.published", label: "意見公募の結果を公表した" },
  { kind: "comment.withdrawn", label: "公表した結果を訂正のために取り下げた" },
  { kind: "comment.result-made", label: "意見公募の結果を書き出した" },
];
