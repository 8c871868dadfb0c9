import { lineWidth } from "./source-line.ts";

/** 右端まで届いている行か。wrap が undefined なら、折り返されていない文書。 */
export function isFullLine(row: string, wrap: number | undefined): boolean {
  return wrap !== undefined && lineWidth(row.trimEnd()) >= wrap * 0.8;
}

/**
 * 折り返しの幅（半角の数）。多くの行の右端がそろっていれば折り返された文書、そろわなければ undefined。
 * 一段落を一行で書いた文書では、行をつながない。
 */
export function wrapWidth(rows: readonly string[]): number | undefined {
  const counts = new Map<number, number>();
  let total = 0;
  let open = 0;
  for (const row of rows) {
    const width = lineWidth(row.trimEnd());
    if (row.trim() === "") continue;
    total += 1;
    if (width >= 36 && width <= 160) counts.set(width, (counts.get(width) ?? 0) + 1);
  }
  const within = (top: number) =>
    [0, 1, 2, 3, 4].reduce((sum, less) => sum + (counts.get(top - less) ?? 0), 0);
  let best: { width: number; count: number } | undefined;
  for (const width of counts.keys()) {
    const count = within(width);
    if (!best || count > best.count) best = { width, count };
  }
  if (!best || best.count < Math.max(4, total * 0.12)) return undefined;
  const { width } = best;
  let longer = 0;
  for (const row of rows) {
    const own = lineWidth(row.trimEnd());
    if (own > width + 6) longer += 1;
    if (own <= width && own > width - 5 && !/[。：:]\s*$/.test(row)) open += 1;
  }
  // 幅のそろった行が文の途中で終わり、それより長い行がほとんどないときだけ、折り返しとみなす。
  return open >= best.count * 0.5 && longer <= total * 0.05 ? width : undefined;
}
