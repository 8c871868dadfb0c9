import type { EventKind } from "../base/event.ts";

/** 確認用の一式と、届いた回答の記録の種類。 */
export const packageEvents: EventKind[] = [
  { kind: "package.made", label: "確認用の一式を作った" },
  { kind: "package.taken", label: "確認用の一式を取り出した" },
  { kind: "package.answer-read", label: "届いた回答を読み込んだ" },
  { kind: "package.answer-settled", label: "届いた回答の扱いを決めた" },
  { kind: "package.key-confirmed", label: "委託者の鍵を電話で確かめた" },
  { kind: "package.key-revoked", label: "委託者の鍵を使わないと決めた" },
  { kind: "filing.word-made", label: "協議・届出の Word を作った" },
  { kind: "filing.template-read", label: "委託者の様式を読み込んだ" },
  { kind: "filing.template-kept", label: "委託者の様式を登録した" },
  { kind: "filing.template-stopped", label: "委託者の様式を使うのをやめた" },
];
