import type { MissingKind, Question } from "./codebook.ts";

/** 答えのないことの印（選択肢の番号の代わりに置く、負の数）。 */
export const MISSING: Record<MissingKind, number> = {
  noAnswer: -1,
  notApplicable: -2,
  unknown: -3,
  dontKnow: -4,
};

/** コードにした回答。 */
export interface CodedQuestion {
  readonly question: Question;
  /** sa: 選択肢の番号（0 から）か MISSING。 */
  readonly single?: Int16Array;
  /** ma・rank: 選択肢ごとに、選んだら 1。 */
  readonly marks?: readonly Uint8Array[];
  /** ma・rank・number: 答えていれば 0、いなければ MISSING。 */
  readonly state?: Int8Array;
  /** number: 値。答えていなければ NaN。 */
  readonly value?: Float64Array;
  /** rank: 選択肢ごとの順位（1 から）。選ばれなければ 0。 */
  readonly rank?: readonly Uint8Array[];
}

/** 直したこと・食い違い。row は回答の行（1 から、見出しを除く）。 */
export interface Correction {
  row: number;
  question: string;
  kind: "unknown-code" | "out-of-range" | "not-asked" | "contradiction" | "not-a-number";
  /** 何をどうしたか。 */
  message: string;
}

/** 一つの種類で覚えておく数。残りは数だけ。 */
const KEPT = 1000;

/** 直したことの記録。 */
export class CorrectionLog {
  readonly #misfits = new Map<string, { first: number; last: number; rows: number }>();
  readonly kept: Correction[] = [];
  readonly counts: Record<Correction["kind"], number> = {
    ...{ "unknown-code": 0, "out-of-range": 0, "not-asked": 0, contradiction: 0, "not-a-number": 0 },
  };
  add(correction: Correction): void {
    this.counts[correction.kind] += 1;
    if (this.counts[correction.kind] <= KEPT) this.kept.push(correction);
  }

  /** 選択肢にない値の行（設問ごとの、はじめと数）。 */
  misfit(question: string, row: number): void {
    const known = this.#misfits.get(question) ?? { first: row, last: 0, rows: 0 };
    if (known.last !== row) known.rows += 1;
    known.last = row;
    this.#misfits.set(question, known);
  }

  misfits(question: string): { first: number; rows: number } {
    return this.#misfits.get(question) ?? { first: 0, rows: 0 };
  }
}
