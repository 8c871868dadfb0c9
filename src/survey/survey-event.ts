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
  { kind: "survey.exported", label: "調査の直した記録を書き出した" },
  { kind: "survey.fixed", label: "調査の回答を直した" },
  { kind: "survey.unfixed", label: "回答を直したことを取り消した" },
];
