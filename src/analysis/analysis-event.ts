import type { EventKind } from "../base/event.ts";

/** 集計の記録の種類。 */
export const analysisEvents: EventKind[] = [
  { kind: "analysis.figure.kept", label: "調査の図を報告書に入れた" },
  { kind: "analysis.figure.renewed", label: "調査の図を集計し直した" },
  { kind: "analysis.figure.worded", label: "調査の図の文を直した" },
  { kind: "analysis.figure.dropped", label: "調査の図を外した" },
  { kind: "analysis.finding", label: "調査報告書の所見を直した" },
  { kind: "analysis.wave", label: "調査の前の回を入れた・対応を決めた・外した" },
  { kind: "analysis.exported", label: "調査の集計を書き出した" },
  { kind: "analysis.people", label: "集計の数から回答を開いた" },
];
