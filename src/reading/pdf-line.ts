/** PDF の文字の一かたまり。座標は左下が原点（ポイント）。 */
export interface PdfItem {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  /** 90 度回した文字。 */
  rotated?: boolean;
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
  /** 二段組みの、左（0）か右（1）の段。 */
  column?: 0 | 1;
}

/** 余白の縦書き（見出しの帯、公印の枠など）。本文の左端より左か、右端より右に、一字ずつ縦に並ぶもの。 */
export function splitMarginRuns(items: readonly PdfItem[]): { body: PdfItem[]; margin: PdfItem[] } {
  const single = (item: PdfItem) => [...item.text.trim()].length === 1;
  const long = items.filter((item) => item.text.trim().length >= 6);
  const left = quantile(
    long.map((item) => item.x),
    0.1,
  );
  const right = quantile(
    long.map((item) => item.x + item.width),
    0.95,
  );
  const columns = new Map<number, PdfItem[]>();
  for (const item of items) {
    if (item.rotated && (item.x < left || item.x > right)) continue;
    if (!single(item) || !(item.x + item.width <= left + 1 || item.x >= right)) continue;
    const key = Math.round(item.x / 3);
    const near = columns.get(key) ?? columns.get(key - 1) ?? columns.get(key + 1) ?? [];
    near.push(item);
    if (near.length === 1) columns.set(key, near);
  }
  const margin = new Set(items.filter((item) => item.rotated && (item.x < left || item.x > right)));
  for (const column of columns.values()) {
    // 番号の欄と紛れないよう、数字や記号だけの列は余白とみなさない。間が行より広く空けば、別の列。
    const run = longestRun(column.sort((a, b) => b.y - a.y));
    const letters = run.filter((item) => /[一-龠々ぁ-んァ-ヶA-Za-z]/.test(item.text)).length;
    const numbered = run.every((item) => NUMBERING.test(item.text.trim()));
    if (run.length >= 4 && letters >= run.length * 0.6 && !numbered) for (const item of run) margin.add(item);
  }
  return margin.size > items.length * 0.5
    ? { body: [...items], margin: [] }
    : { body: items.filter((item) => !margin.has(item)), margin: [...margin] };
}

/** 条項の番号にもなる一字。 */
const NUMBERING = /^[0-9０-９①-⑳アイウエオカキクケコサシスセソｱ-ｿa-zA-ZⅠ-Ⅻ一二三四五六七八九十]$/;

/** 字の送りがそろって続く、いちばん長い並び。 */
function longestRun(column: readonly PdfItem[]): PdfItem[] {
  let best: PdfItem[] = [];
  let run: PdfItem[] = [];
  for (const item of column) {
    const last = run.at(-1);
    const step = last ? last.y - item.y : 0;
    run = last && step > 0 && step <= Math.max(last.size, item.size) * 2.4 ? [...run, item] : [item];
    if (run.length > best.length) best = run;
  }
  return best;
}

function quantile(values: number[], share: number): number {
  const sorted = values.sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
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
    out.push(...left.splice(0).map((row) => ({ ...lineOf(row), column: 0 as const })));
    out.push(...right.splice(0).map((row) => ({ ...lineOf(row), column: 1 as const })));
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
