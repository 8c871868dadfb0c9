import { chiSquareTail, fTail, normalTail } from "./distribution.ts";
import { inverse, type Matrix, product, trace, transpose } from "./matrix.ts";

export interface ChiSquare {
  chi2: number;
  df: number;
  p: number;
  cramersV: number;
  /** 偏りを直した V（Bergsma 2013）。 */
  cramersVCorrected: number;
  /** 期待度数が 5 に満たないますの割合。 */
  smallExpected: number;
  /** いちばん小さい期待度数（人数）。 */
  leastExpected: number;
}

/** 度数の表（行 × 列）のピアソンの χ²。連続修正はしない。空の行と列は除く。n は検定に使う人数。 */
export function chiSquareOf(table: Matrix, n: number): ChiSquare | undefined {
  const { cells, rows, columns } = trimmed(table);
  if (rows < 2 || columns < 2) return undefined;
  const total = cells.flat().reduce((sum, one) => sum + one, 0);
  const rowSums = cells.map((row) => row.reduce((sum, one) => sum + one, 0));
  const columnSums = transpose(cells).map((column) => column.reduce((sum, one) => sum + one, 0));
  let chi2 = 0;
  let small = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const [i, row] of cells.entries())
    for (const [j, seen] of row.entries()) {
      const expected = ((rowSums[i] ?? 0) * (columnSums[j] ?? 0)) / total;
      chi2 += (seen - expected) ** 2 / expected;
      smallest = Math.min(smallest, (expected * n) / total);
      if ((expected * n) / total < 5) small += 1;
    }
  chi2 *= n / total;
  const df = (rows - 1) * (columns - 1);
  const phi2 = chi2 / n;
  const least = Math.min(rows - 1, columns - 1);
  return {
    ...{ chi2, df, p: chiSquareTail(chi2, df), cramersV: Math.sqrt(phi2 / least) },
    cramersVCorrected: correctedV(phi2, rows, columns, n),
    smallExpected: small / (rows * columns),
    leastExpected: smallest,
  };
}

function correctedV(phi2: number, rows: number, columns: number, n: number): number {
  const phi = Math.max(0, phi2 - ((rows - 1) * (columns - 1)) / (n - 1));
  const r = rows - (rows - 1) ** 2 / (n - 1);
  const c = columns - (columns - 1) ** 2 / (n - 1);
  return Math.sqrt(phi / Math.min(r - 1, c - 1));
}

function trimmed(table: Matrix): { cells: Matrix; rows: number; columns: number } {
  const kept = table.filter((row) => row.some((one) => one > 0));
  const cells = transpose(transpose(kept).filter((column) => column.some((one) => one > 0)));
  return { cells, rows: cells.length, columns: cells[0]?.length ?? 0 };
}

/** 調整済み残差。行か列が全部（0 か 1）なら undefined。 */
export function adjustedResiduals(table: Matrix, n: number): (number | undefined)[][] {
  const total = table.flat().reduce((sum, one) => sum + one, 0);
  const rowShares = table.map((row) => row.reduce((sum, one) => sum + one, 0) / total);
  const columnShares = transpose(table).map((column) => column.reduce((sum, one) => sum + one, 0) / total);
  return table.map((row, i) =>
    row.map((seen, j) => {
      const [r, c] = [rowShares[i] ?? 0, columnShares[j] ?? 0];
      const expected = r * c * n;
      const scale = Math.sqrt(expected * (1 - r) * (1 - c));
      return scale > 0 ? ((seen * n) / total - expected) / scale : undefined;
    }),
  );
}

export interface RaoScott {
  f: number;
  df1: number;
  df2: number;
  p: number;
}

/**
 * Rao–Scott の二次の修正（1984）。p は区分（行 × 列を行ごとに並べた）の割合、v はその分散共分散。
 * @param degrees 第一段の単位の数 − 層の数
 */
export function raoScottOf(
  p: readonly number[],
  v: Matrix,
  shape: { rows: number; columns: number; n: number; degrees: number },
): RaoScott | undefined {
  const kept = nonEmpty(p, shape);
  if (kept.rows.length < 2 || kept.columns.length < 2) return undefined;
  const at = kept.rows.flatMap((i) => kept.columns.map((j) => i * shape.columns + j));
  const shares = at.map((k) => p[k] ?? 0);
  const inverted = shares.map((one) => (one === 0 ? 0 : 1 / one));
  const c = interaction(kept.rows.length, kept.columns.length);
  const scaled = c.map((row, k) => row.map((one) => one * (inverted[k] ?? 0)));
  const denominator = product(transpose(c), scaled).map((row) => row.map((one) => one / shape.n));
  const inside = at.map((k) => at.map((l) => v[k]?.[l] ?? 0));
  const numerator = product(transpose(scaled), product(inside, scaled));
  const inverseDenominator = inverse(denominator);
  if (!inverseDenominator) return undefined;
  const delta = product(inverseDenominator, numerator);
  const sum = trace(delta);
  const square = trace(product(delta, delta));
  const table = kept.rows.map((_, i) =>
    kept.columns.map((_one, j) => shares[i * kept.columns.length + j] ?? 0),
  );
  const pearson = chiSquareOf(table, shape.n)?.chi2;
  if (pearson === undefined || !(sum > 0) || !(square > 0) || shape.degrees < 1) return undefined;
  const f = pearson / sum;
  const df1 = (sum * sum) / square;
  const df2 = df1 * shape.degrees;
  return { f, df1, df2, p: fTail(f, df1, df2) };
}

function nonEmpty(p: readonly number[], { rows, columns }: { rows: number; columns: number }) {
  const has = (k: number) => (p[k] ?? 0) > 0;
  const range = (n: number) => Array.from({ length: n }, (_, i) => i);
  return {
    rows: range(rows).filter((i) => range(columns).some((j) => has(i * columns + j))),
    columns: range(columns).filter((j) => range(rows).some((i) => has(i * columns + j))),
  };
}

/** 行・列の主効果に直交する、交互作用の列（行 × 列 − 1 自由度の分）。 */
function interaction(rows: number, columns: number): Matrix {
  const main: Matrix = [];
  const both: Matrix = [];
  for (let i = 0; i < rows; i += 1)
    for (let j = 0; j < columns; j += 1) {
      const row = Array.from({ length: rows - 1 }, (_, k) => (i === k + 1 ? 1 : 0));
      const column = Array.from({ length: columns - 1 }, (_, k) => (j === k + 1 ? 1 : 0));
      main.push([1, ...row, ...column]);
      both.push(column.flatMap((b) => row.map((a) => a * b)));
    }
  const normal = inverse(product(transpose(main), main));
  if (!normal) return both;
  const fitted = product(main, product(normal, product(transpose(main), both)));
  return both.map((row, i) => row.map((one, j) => one - (fitted[i]?.[j] ?? 0)));
}

/** 二つの列の割合の差（プールした z）。shared は両方に入る人数（重なりのないとき 0）。 */
export function twoShares(
  a: { share: number; n: number },
  b: { share: number; n: number },
  shared = 0,
): { z: number; p: number } | undefined {
  if ([a.share, b.share].some((one) => one <= 0 || one >= 1)) return undefined;
  const pooled = (a.share * a.n + b.share * b.n) / (a.n + b.n);
  const scale = Math.sqrt(pooled * (1 - pooled) * (1 / a.n + 1 / b.n - (2 * shared) / (a.n * b.n)));
  if (!(scale > 0)) return undefined;
  const z = (a.share - b.share) / scale;
  return { z, p: 2 * normalTail(Math.abs(z)) };
}
