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
  if (!best || best.count < Math.max(4, total * 0.12)) return looseWidth(rows, total);
  const { width } = best;
  let longer = 0;
  for (const row of rows) {
    const own = lineWidth(row.trimEnd());
    if (own > width + 6) longer += 1;
    if (own <= width && own > width - 5 && !/[。：:]\s*$/.test(row)) open += 1;
  }
  // 幅のそろった行が文の途中で終わり、それより長い行がほとんどないときだけ、折り返しとみなす。
  return open >= best.count * 0.5 && longer <= total * 0.05 ? width : looseWidth(rows, total);
}

/** 半角の混じりで右端がそろわない、短い文書。長い方の行のほとんどが文の途中で終わっていれば、折り返し。 */
function looseWidth(rows: readonly string[], total: number): number | undefined {
  const plain = rows.map((row) => row.trimEnd()).filter((row) => row !== "" && !row.includes("\t"));
  const widths = plain.map(lineWidth).sort((a, b) => a - b);
  const top = widths[Math.floor((widths.length - 1) * 0.98)] ?? 0;
  if (top < 56 || top > 100) return undefined;
  const near = plain.filter((row) => lineWidth(row) > top - 10 && lineWidth(row) <= top + 4);
  const cut = near.filter(
    (row) => /[ぁ-んァ-ヶ一-龠ー、]$/.test(row) && !/(?:こと|する|ます|ない|もの|とき)$/.test(row),
  );
  const longer = widths.filter((width) => width > top + 4).length;
  const enough = near.length >= 4 && near.length >= total * 0.08 && cut.length >= near.length * 0.7;
  return enough && longer <= total * 0.02 ? top : undefined;
}
