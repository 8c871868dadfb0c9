/** PDF の文字の一かたまり。座標は左下が原点（ポイント）。 */
export interface PdfItem {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
}

/** 行にまとめたもの。 */
export interface PdfLine {
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
  /** 広い間で区切られた表の行。 */
  table: boolean;
}

/** かたまりを、上から下、左から右の行にする。二段組みなら、左の段を先に読む。 */
export function groupLines(items: readonly PdfItem[], pageWidth: number): PdfLine[] {
  const rows = rowsOf(items.filter((item) => item.text.trim() !== ""));
  const gutter = findGutter(rows, pageWidth);
  if (gutter === undefined) return rows.map(lineOf);
  const left: PdfItem[][] = [];
  const right: PdfItem[][] = [];
  const out: PdfLine[] = [];
  const flush = () => {
    out.push(...left.splice(0).map(lineOf), ...right.splice(0).map(lineOf));
  };
  for (const row of rows) {
    // 段をまたぐ行（題など）で、前の二段を読み終える。
    if (row.some((item) => item.x < gutter - 6 && item.x + item.width > gutter + 6)) {
      flush();
      out.push(lineOf(row));
      continue;
    }
    const first = row.filter((item) => item.x < gutter);
    const second = row.filter((item) => item.x >= gutter);
    if (first.length > 0) left.push(first);
    if (second.length > 0) right.push(second);
  }
  flush();
  return out;
}

function rowsOf(items: readonly PdfItem[]): PdfItem[][] {
  const sorted = [...items].sort((a, b) => b.y - a.y || a.x - b.x);
  const rows: PdfItem[][] = [];
  let current: PdfItem[] = [];
  let base: PdfItem | undefined;
  for (const item of sorted) {
    // ふりがなや添え字の高さの違いは、同じ行とみなす。
    if (base && base.y - item.y < Math.max(2, Math.min(base.size, item.size) * 0.5)) current.push(item);
    else {
      if (current.length > 0) rows.push(current);
      current = [item];
      base = item;
    }
  }
  if (current.length > 0) rows.push(current);
  return rows.map((row) => row.sort((a, b) => a.x - b.x));
}

/** 段の間。多くの行に、同じところの広い間があり、両側に文章があるとき。 */
function findGutter(rows: readonly PdfItem[][], pageWidth: number): number | undefined {
  const starts = new Map<number, { count: number; length: number }>();
  let wide = 0;
  for (const row of rows) {
    const gap = row
      .map((item, at) => ({ item, before: row[at - 1] }))
      .find(
        ({ item, before }) =>
          before !== undefined &&
          item.x - (before.x + before.width) > item.size * 1.2 &&
          item.x > pageWidth * 0.4 &&
          item.x < pageWidth * 0.65,
      );
    if (!gap) continue;
    wide += 1;
    const key = Math.round(gap.item.x / 6);
    const length = row
      .filter((item) => item.x >= gap.item.x)
      .reduce((sum, item) => sum + item.text.length, 0);
    const seen = starts.get(key) ?? { count: 0, length: 0 };
    starts.set(key, { count: seen.count + 1, length: seen.length + length });
  }
  if (rows.length < 12 || wide < rows.length * 0.5) return undefined;
  const [key, best] = [...starts].sort((a, b) => b[1].count - a[1].count)[0] ?? [0, { count: 0, length: 0 }];
  const isText = best.count > 0 && best.length / best.count >= 10;
  return isText && best.count >= rows.length * 0.4 ? key * 6 - 4 : undefined;
}

function lineOf(row: readonly PdfItem[]): PdfLine {
  let text = "";
  let end: number | undefined;
  let gaps = 0;
  for (const item of row) {
    const gap = end === undefined ? 0 : item.x - end;
    if (gap > item.size * 2.8 && text.trim().length > 6) {
      gaps += 1;
      text += "\t";
    } else if (gap > item.size * 0.3 && !/\s$/.test(text)) text += " ";
    text += item.text;
    end = item.x + item.width;
  }
  const first = row[0];
  return {
    text,
    x: first?.x ?? 0,
    right: end ?? 0,
    y: first?.y ?? 0,
    size: Math.max(...row.map((item) => item.size)),
    table: gaps >= 1,
  };
}
