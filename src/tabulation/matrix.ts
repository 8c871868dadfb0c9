/** 小さな行列（行の並び）。検定の共分散に使う。 */
export type Matrix = number[][];

export function product(a: Matrix, b: Matrix): Matrix {
  const columns = b[0]?.length ?? 0;
  return a.map((row) => {
    const out = new Array<number>(columns).fill(0);
    for (let k = 0; k < row.length; k += 1) {
      const value = row[k] as number;
      const other = b[k];
      if (value === 0 || other === undefined) continue;
      for (let j = 0; j < columns; j += 1) out[j] = (out[j] as number) + value * (other[j] as number);
    }
    return out;
  });
}

export function transpose(a: Matrix): Matrix {
  return (a[0] ?? []).map((_, j) => a.map((row) => row[j] ?? 0));
}

/** 逆行列（部分軸選択の掃き出し）。つぶれていれば undefined。 */
export function inverse(a: Matrix): Matrix | undefined {
  const n = a.length;
  const work = a.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))]);
  for (let at = 0; at < n; at += 1) {
    let pivot = at;
    for (let row = at + 1; row < n; row += 1)
      if (Math.abs(work[row]?.[at] ?? 0) > Math.abs(work[pivot]?.[at] ?? 0)) pivot = row;
    const top = work[pivot];
    const value = top?.[at] ?? 0;
    if (!top || Math.abs(value) < 1e-13) return undefined;
    work[pivot] = work[at] ?? [];
    work[at] = top.map((one) => one / value);
    for (let row = 0; row < n; row += 1) {
      const factor = work[row]?.[at] ?? 0;
      if (row === at || factor === 0) continue;
      work[row] = (work[row] ?? []).map((one, j) => one - factor * (work[at]?.[j] ?? 0));
    }
  }
  return work.map((row) => row.slice(n));
}

export function trace(a: Matrix): number {
  return a.reduce((sum, row, i) => sum + (row[i] ?? 0), 0);
}
