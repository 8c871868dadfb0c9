import type { Codebook } from "./codebook.ts";
import { twoShares } from "./cross-test.ts";
import type { CrossTable } from "./tabulate.ts";

type LetterRule = NonNullable<Codebook["tests"]["letters"]>;

/** 区分どうしの割合の差。高いほうに、低いほうの文字を付ける。 */
export function addLetters(
  table: CrossTable,
  sums: { rowSum: Float64Array; rowSquare: Float64Array; rowPeople: Int32Array },
  rule: LetterRule,
): void {
  const columns = table.columns.length;
  const effective = (i: number) =>
    (sums.rowSquare[i] ?? 0) > 0 ? (sums.rowSum[i] ?? 0) ** 2 / (sums.rowSquare[i] ?? 1) : 0;
  for (let j = 0; j < columns; j += 1) {
    const groups = table.rows.map((_, i) => ({
      share: sums.rowSum[i] ? (table.cells[i * columns + j]?.count ?? 0) / (sums.rowSum[i] ?? 1) : 0,
      n: effective(i),
      tested: (sums.rowPeople[i] ?? 0) >= rule.minBase,
    }));
    for (const { high, low } of letterPairs(groups, rule)) {
      const cell = table.cells[high * columns + j];
      if (cell) cell.letters = [...(cell.letters ?? ""), table.rows[low]?.letter ?? ""].sort().join("");
    }
  }
}

/**
 * 有意に違う区分の組（プールした z、両側）。補正の数は、その列で検定した組の数。
 * shared は、二つの区分の両方に入る人数（いくつでも選ぶ軸の重なり）。
 */
export function letterPairs(
  groups: readonly { share: number; n: number; tested: boolean }[],
  { level, method }: Pick<LetterRule, "level" | "method">,
  shared: (a: number, b: number) => number = () => 0,
): { high: number; low: number; p: number }[] {
  const pairs: { high: number; low: number; p: number }[] = [];
  for (const [a, x] of groups.entries())
    for (const [b, y] of groups.entries()) {
      if (b <= a || !x.tested || !y.tested) continue;
      const found = twoShares(x, y, shared(a, b));
      if (found)
        pairs.push({ high: x.share >= y.share ? a : b, low: x.share >= y.share ? b : a, p: found.p });
    }
  return significant(pairs, level, method);
}

function significant<T extends { p: number }>(
  pairs: readonly T[],
  level: number,
  method: "none" | "bonferroni" | "holm",
): T[] {
  if (method === "none") return pairs.filter(({ p }) => p < level);
  if (method === "bonferroni") return pairs.filter(({ p }) => p * pairs.length < level);
  const ordered = [...pairs].sort((a, b) => a.p - b.p);
  const stop = ordered.findIndex(({ p }, at) => p * (ordered.length - at) >= level);
  return stop < 0 ? ordered : ordered.slice(0, stop);
}
