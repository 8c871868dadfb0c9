/**
 * 意見の文をそろえる。幅・大文字小文字・空白・記号の違いだけの文は同じ鍵になる。
 * 空の文、記号だけの文の鍵は空で、何とも一致しない（呼ぶ側が空の鍵を除く）。
 */
export function opinionKey(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\p{White_Space}\p{P}\p{S}\p{C}\p{M}]+/gu, keepMark);
}

/** 仮名の濁点（結合文字）は意味を変えるので残す。NFKC で合成されなかったものだけがここに来る。 */
function keepMark(run: string): string {
  return run.replace(/[^\u3099\u309a]/g, "");
}

/** 文字の組の長さ。reference の測定（5文字、Jaccard 0.7）に合わせる。 */
const GRAM = 5;

/**
 * 五文字ずつの組の集合（32ビットに混ぜた値を小さい順に）。五文字に足りない文は、全体で一つの組。
 * サロゲートの対を割らないように、文字（コードポイント）で数える。
 */
export function gramsOf(text: string): Uint32Array {
  const points = /[\ud800-\udfff]/.test(text) ? Array.from(text, (c) => c.codePointAt(0) ?? 0) : undefined;
  const length = points?.length ?? text.length;
  if (length === 0) return new Uint32Array(0);
  const size = Math.max(1, length - GRAM + 1);
  const found = new Uint32Array(size);
  for (let at = 0; at < size; at += 1) {
    let hash = 0x811c9dc5;
    for (let i = at; i < Math.min(length, at + GRAM); i += 1)
      hash = Math.imul(hash ^ (points ? (points[i] ?? 0) : text.charCodeAt(i)), 0x01000193) + 0x9e37;
    found[at] = mix(hash);
  }
  found.sort();
  return unique(found);
}

/** murmur3 の仕上げ。近い文字の組が、近い値にならないように。 */
function mix(given: number): number {
  let h = given >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function unique(sorted: Uint32Array): Uint32Array {
  let kept = 0;
  for (let at = 0; at < sorted.length; at += 1)
    if (at === 0 || sorted[at] !== sorted[kept - 1]) sorted[kept++] = sorted[at] ?? 0;
  return kept === sorted.length ? sorted : sorted.slice(0, kept);
}

/** 二つの集合（小さい順）に共通する組の数。 */
export function sharedGrams(a: Uint32Array, b: Uint32Array): number {
  let shared = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] ?? 0, b[j] ?? 0];
    if (x === y) {
      shared += 1;
      i += 1;
      j += 1;
    } else if (x < y) i += 1;
    else j += 1;
  }
  return shared;
}

/** Jaccard 係数。どちらかが空なら 0（空の文は何とも似ない）。 */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  if (a.length === 0 || b.length === 0) return 0;
  const shared = sharedGrams(a, b);
  return shared / (a.length + b.length - shared);
}
