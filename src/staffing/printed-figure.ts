/** 仕様書に印刷された一つの期の実績。印刷されたまま引き、計算し直さない。 */
export interface PrintedTerm {
  readonly id: string;
  readonly label: string;
  readonly total: number;
  readonly days: number;
  /** 日平均。概数なので、合計÷日数とは合わない（640÷6 は 100 でない）。直さない。 */
  readonly mean: number;
  /** 最大受電件数/日。 */
  readonly most: number;
  readonly cards: number;
}

/** 仕様書６(5)ウ 表２「令和５年度実績（概数値）」。 */
export const printedTerms: readonly [PrintedTerm, ...PrintedTerm[]] = [
  { id: "september", label: "９月", total: 640, days: 6, mean: 100, most: 450, cards: 350 },
  { id: "november", label: "11月", total: 80, days: 9, mean: 9, most: 15, cards: 80 },
  { id: "january", label: "１月", total: 270, days: 10, mean: 27, most: 180, cards: 150 },
];

/** 仕様書６(5)ウの上限（件/日）。 */
export const MOST_CALLS_PER_DAY = 450;

export function findPrinted(id: string | undefined): PrintedTerm {
  return printedTerms.find((one) => one.id === id) ?? printedTerms[0];
}

/**
 * 印刷された実績の、開設 nth 日目の見込み（件）。初日が最大で、あとは日数のべき（most·nth⁻ᵃ）で減る。
 * 印刷された日数の和が、印刷された合計になる a を選ぶ。日平均は使わない。
 */
export function firstDayShape(printed: PrintedTerm, nth: number): number {
  return printed.most * Math.max(1, nth) ** -powerOf(printed);
}

function powerOf({ total, days, most }: PrintedTerm): number {
  const target = total / most;
  let [low, high] = [0, 20];
  for (let i = 0; i < 60; i += 1) {
    const power = (low + high) / 2;
    let all = 0;
    for (let day = 1; day <= days; day += 1) all += day ** -power;
    if (all > target) low = power;
    else high = power;
  }
  return (low + high) / 2;
}
