import type { EventKind } from "../base/event.ts";

/** 個人情報の帳簿と関門の記録の種類。氏名は payload に入れない。 */
export const privacyEvents: EventKind[] = [
  { kind: "privacy.entered", label: "個人情報の帳簿に書いた" },
  { kind: "privacy.noted", label: "個人情報の帳簿に書き足した" },
  { kind: "privacy.amended", label: "個人情報の帳簿の欄を直した" },
  { kind: "privacy.closed", label: "個人情報の帳簿の一件を結んだ" },
  { kind: "privacy.opened", label: "個人情報の帳簿のファイルを開いた" },
  { kind: "privacy.printed", label: "預り証・紙の受付票を取り出した" },
  { kind: "privacy.read", label: "規程を読んだ" },
  { kind: "training.completed", label: "研修を修了した" },
  { kind: "glass.sealed", label: "緊急の閲覧の符号を作って封をした" },
  { kind: "glass.refused", label: "緊急の閲覧の符号が違った" },
  { kind: "glass.asked", label: "緊急の閲覧を頼んだ" },
  { kind: "glass.broken", label: "緊急の閲覧を許した" },
  { kind: "status.reported", label: "取扱状況の報告を作った" },
];
