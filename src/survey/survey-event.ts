import type { EventKind } from "../base/event.ts";

/** 調査の記録の種類。 */
export const surveyEvents: EventKind[] = [
  { kind: "survey.created", label: "調査を作った" },
  { kind: "survey.changed", label: "調査の概要を直した" },
  { kind: "survey.imported", label: "調査の回答を取り込んだ" },
  { kind: "survey.codebook", label: "コードブックを定めた" },
  { kind: "survey.fixed", label: "調査の回答を直した" },
  { kind: "survey.unfixed", label: "回答を直したことを取り消した" },
];
