import type { Codebook } from "./codebook.ts";
import { twoShares } from "./cross-test.ts";
import type { CrossTable } from "./tabulate.ts";

/** 区分どうしの割合の差。高いほうに、低いほうの文字を付ける。 */
export function addLetters(
  table: CrossTable,
  sums: { rowSum: Float64Array; rowSquare: Float64Array; rowPeople: Int32Array },
  { level, method, minBase }: NonNullable<Codebook["tests"]["letters"]>,
): void {
  const rows = table.rows.length;
  const columns = table.columns.length;
  const effective = (i: number) =>
    (sums.rowSquare[i] ?? 0) > 0 ? (sums.rowSum[i] ?? 0) ** 2 / (sums.rowSquare[i] ?? 1) : 0;
  const tested = Array.from({ length: rows }, (_, i) => i).filter((i) => (sums.rowPeople[i] ?? 0) >= minBase);
  for (let j = 0; j < columns; j += 1) {
    const pairs: { high: number; low: number; p: number }[] = [];
    for (const a of tested)
      for (const b of tested) {
        if (b <= a) continue;
        const share = (i: number) =>
          sums.rowSum[i] ? (table.cells[i * columns + j]?.count ?? 0) / (sums.rowSum[i] ?? 1) : 0;
        const [x, y] = [share(a), share(b)];
        const found = twoShares({ share: x, n: effective(a) }, { share: y, n: effective(b) });
        if (found) pairs.push({ high: x >= y ? a : b, low: x >= y ? b : a, p: found.p });
      }
    for (const { high, low } of significant(pairs, level, method)) {
      const cell = table.cells[high * columns + j];
      if (cell) cell.letters = [...(cell.letters ?? ""), table.rows[low]?.letter ?? ""].sort().join("");
    }
  }
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
