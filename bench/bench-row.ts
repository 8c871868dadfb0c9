/** 測定の一行（scripts/bench.mjs が表にする）。ratio は ours / peer。 */
export interface BenchRow {
  what: string;
  ours: number;
  peer: number;
  ratio: number;
  unit: string;
  note: string;
}

/** 小さい順に並べて、下から share の所の値。空なら NaN。 */
export function percentile(of: readonly number[], share: number): number {
  const sorted = [...of].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(of: readonly number[]): number {
  return percentile(of, 0.5);
}
