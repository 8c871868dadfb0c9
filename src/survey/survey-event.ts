import type { EventKind } from "../base/event.ts";

/** 調査の記録の種類。 */
export const surveyEvents: EventKind[] = [
  { kind: "survey.created", label: "調査を作った" },
  { kind: "survey.changed", label: "調査の概要を直した" },
  { kind: "survey.read", label: "調査の回答を読んだ" },
  { kind: "survey.imported", label: "調査の回答を取り込んだ" },
  { kind: "survey.codebook", label: "コードブックを定めた" },
  { kind: "survey.questionnaire", label: "調査票を置いた" },
  { kind: "survey.weighted", label: "ウエイトと標本設計を決めた" },
  { kind: "survey.framed", label: "自由記述の符号の枠を定めた" },
  { kind: "survey.coded", label: "自由記述に符号を付けた" },
  { kind: "survey.masked", label: "自由記述の伏せ字を決めた" },
  { kind: "survey.keyed", label: "調査票を打ち込んだ" },
  { kind: "survey.settled", label: "二度の打ち込みの違いを決めた" },
  { kind: "survey.returned", label: "調査票の配布・回収を書いた" },
  { kind: "survey.returned-undone", label: "調査票の配布・回収を取り消した" },
  { kind: "survey.exported", label: "調査の直した記録を書き出した" },
  { kind: "survey.fixed", label: "調査の回答を直した" },
  { kind: "survey.unfixed", label: "回答を直したことを取り消した" },
];
