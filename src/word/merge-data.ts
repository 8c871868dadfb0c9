import type { MergeValue } from "./field-format.ts";

/** 差し込むデータ。columns は見出し、rows の一行が一人。 */
export interface MergeData {
  columns: string[];
  rows: MergeValue[][];
}

export interface MergeOptions {
  /** DATE と TIME が表す日時（日本時間、2025-08-05T09:00）。 */
  now: string;
  /** 差し込み項目の名前 → 列の番号。 */
  columnOf(name: string): number | undefined;
  /** 表裏で一組のひな形で、前の人があふれても次の人を紙の表から始める（既定）。 */
  oddStart?: boolean;
  /** 何行目（0 から）から始めるか。 */
  from?: number;
  /** 何組まで作るか。 */
  sheets?: number;
  /** すでに差し込んだ人数（MERGESEQ の続き）。 */
  merged?: number;
  /** 各組の先頭に置く見えない目印（ブックマーク）の名前。PDF でどの組が何ページかを数えるのに使う。 */
  landmark?(sheet: number): string;
}

export interface Misfit {
  field: string;
  kind: "date" | "number";
  count: number;
}
