import type { Day } from "../base/time.ts";

/** 報告の種類。 */
export const reportKinds = {
  daily: "日次報告書",
  week: "日別集計報告書",
  term: "期の対応状況",
} as const;
export type ReportKind = keyof typeof reportKinds;

export type ReportCell = string | number;

/** 報告の表。一列目が行の見出し。 */
export interface ReportTable {
  heads: readonly string[];
  rows: readonly (readonly ReportCell[])[];
  /** 最後の行が計。 */
  total?: boolean;
  /** 数の列（0 から）。省けば二列目から全部。 */
  words?: boolean;
}

/** 報告の図（棒）。画面では絵に、Word と Excel では値を直せる図になる。 */
export interface ReportChart {
  title: string;
  unit: string;
  categories: readonly string[];
  series: readonly { name: string; values: readonly number[] }[];
}

export interface ReportSection {
  title: string;
  table?: ReportTable;
  chart?: ReportChart;
  /** 表の下の文。 */
  notes: readonly string[];
  /** 次の一つと横に並べる。 */
  half?: boolean;
}

/** 一つの報告。画面・紙・Word・Excel・JSON は、どれもこれだけから作る。個人情報は含まない。 */
export interface Report {
  kind: ReportKind;
  title: string;
  /** 日次なら対象の日、ほかは期の番号。 */
  about: string;
  from: Day;
  to: Day;
  facts: readonly { name: string; value: string }[];
  sections: readonly ReportSection[];
  /** 記録の検査点の照合番号。検査点がまだなければ空。 */
  check: string;
}

/** 百分率。丸め上げない（99.97％を100％と言わない）。 */
export function percentText(part: number, whole: number): string {
  return whole === 0 ? "－" : `${(Math.floor((1000 * part) / whole) / 10).toFixed(1)}％`;
}

/** 検査点の根（バイト列）から、読み上げられる照合番号（16進16けたを四つに区切る）。 */
export function checkText(root: Uint8Array): string {
  const hex = [...root.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return (hex.toUpperCase().match(/.{4}/g) ?? []).join("-");
}
