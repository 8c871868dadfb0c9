/** 符号ごとの、二人の一致。 */
export interface Agreement {
  code: string;
  /** 二人とも付けた数、一人目だけ、二人目だけ、どちらも付けない。 */
  both: number;
  first: number;
  second: number;
  neither: number;
  /** コーエンの κ。どちらも一度も付けない（みな付ける）ときは出せないので null。 */
  kappa: number | null;
}

/**
 * 二人が付けた符号の一致を、符号ごとに（付けたか付けないかの二つで）数える。
 * κ = (po − pe) / (1 − pe)（Cohen 1960）。二人を入れ替えても同じ値になる。
 */
export function coderAgreement(
  codes: readonly string[],
  pairs: readonly { first: readonly string[]; second: readonly string[] }[],
): Agreement[] {
  return codes.map((code) => {
    const count = { both: 0, first: 0, second: 0, neither: 0 };
    for (const pair of pairs) {
      const [a, b] = [pair.first.includes(code), pair.second.includes(code)];
      count[a ? (b ? "both" : "first") : b ? "second" : "neither"] += 1;
    }
    const n = pairs.length;
    const [x, y] = [count.both + count.first, count.both + count.second];
    const chance = n === 0 ? 1 : (x * y + (n - x) * (n - y)) / (n * n);
    const seen = n === 0 ? 1 : (count.both + count.neither) / n;
    return { code, ...count, kappa: chance >= 1 ? null : (seen - chance) / (1 - chance) };
  });
}
