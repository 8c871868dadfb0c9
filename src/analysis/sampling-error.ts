/** 標本誤差の早見表。回答の割合（10% なら 90% と同じ）と回答者の数ごとの、信頼度95%の幅（ポイント）。 */
export interface SamplingError {
  formula: string;
  shares: number[];
  rows: { n: number; errors: string[] }[];
}

const shares = [10, 20, 30, 40, 50];

/**
 * 標本誤差（信頼度95%）。単純無作為は ±1.96√((N−n)/(N−1)·P(1−P)/n)、
 * 層化二段は報告書の慣わしの ±2√(2·(N−n)/(N−1)·P(1−P)/n)。母集団の数が分からなければ、有限修正をしない。
 * 無作為に抽出した調査だけに使う（呼ぶ側が確かめる）。
 */
export function samplingError(n: number, population: number | null, staged: boolean): SamplingError {
  const steps = [n, 2000, 1500, 1000, 500, 300, 100, 50].filter((one) => one <= n);
  const fixed = population !== null && population > n ? "(N−n)/(N−1)×" : "";
  return {
    formula: staged
      ? `±2√(2×${fixed}P(1−P)/n)（層化二段の抽出として）`
      : `±1.96√(${fixed}P(1−P)/n)（無作為抽出として、信頼度95%）`,
    shares,
    rows: [...new Set(steps)].map((size) => ({
      n: size,
      errors: shares.map((share) => errorText(share / 100, size, population, staged)),
    })),
  };
}

function errorText(p: number, n: number, population: number | null, staged: boolean): string {
  const correction = population !== null && population > n ? (population - n) / (population - 1) : 1;
  const half = staged
    ? 2 * Math.sqrt(2 * correction * ((p * (1 - p)) / n))
    : 1.96 * Math.sqrt(correction * ((p * (1 - p)) / n));
  return `±${(Math.round(half * 1000) / 10).toFixed(1)}`;
}
