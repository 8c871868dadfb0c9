import type { SourceLine } from "./source-line.ts";

const DASHED = /^\s*[-‐‑‒–—―ー−－~〜～]+\s*[0-9０-９]{1,4}\s*[-‐‑‒–—―ー−－~〜～]+\s*$/;
const COUNTED =
  /^\s*(?:[0-9０-９]{1,4}\s*[/／]\s*[0-9０-９]{1,4}|[PpＰｐ](?:age)?[.．]?\s*[0-9０-９]{1,4}|[0-9０-９]{1,4}\s*(?:ページ|頁))\s*$/;
const BARE = /^\s*[0-9０-９]{1,3}\s*$/;
/** 柱とみなすのに要る、同じ行が出るページの数。 */
const RUNNING_PAGES = 3;

/** ページ番号（「- 3 -」「3/12」、ページの端の「3」）と、ページごとに繰り返す柱に noise の印を付ける。 */
export function markPageNoise(lines: readonly SourceLine[]): SourceLine[] {
  const edges = pageEdges(lines);
  const bare = bareNumbers(lines, edges);
  const running = runningLines(lines, edges);
  return lines.map((line, at) =>
    line.kind === "text" &&
    (DASHED.test(line.text) || COUNTED.test(line.text) || bare.has(at) || running.has(at))
      ? { ...line, kind: "noise" }
      : line,
  );
}

/** 各ページの最初と最後の二行。ページが一つなら、端はない。 */
function pageEdges(lines: readonly SourceLine[]): Set<number> {
  const pages = new Map<number, number[]>();
  for (const [at, line] of lines.entries()) {
    if (line.text.trim() === "") continue;
    const found = pages.get(line.page);
    if (found) found.push(at);
    else pages.set(line.page, [at]);
  }
  if (pages.size < 2) return new Set();
  return new Set([...pages.values()].flatMap((rows) => [...rows.slice(0, 2), ...rows.slice(-2)]));
}

/** ページの端にあり、ページごとに一つずつ増える裸の数字。 */
function bareNumbers(lines: readonly SourceLine[], edges: Set<number>): Set<number> {
  const found = [...edges].sort((a, b) => a - b).filter((at) => BARE.test(lines[at]?.text ?? ""));
  const value = (at: number) => Number((lines[at]?.text ?? "").normalize("NFKC"));
  const offset = (at: number) => value(at) - (lines[at]?.page ?? 0);
  const counts = new Map<number, number>();
  for (const at of found) counts.set(offset(at), (counts.get(offset(at)) ?? 0) + 1);
  return new Set(found.filter((at) => (counts.get(offset(at)) ?? 0) >= 2));
}

/** 数字を除いて同じ行が、三ページ以上かつ半分以上のページの端に出る。 */
function runningLines(lines: readonly SourceLine[], edges: Set<number>): Set<number> {
  const key = (at: number) => (lines[at]?.text ?? "").normalize("NFKC").replace(/\s+|\d+/g, "");
  const pages = new Map<string, Set<number>>();
  for (const at of edges) {
    if (key(at).length < (lines.at(-1)?.page === 2 ? 8 : 2)) continue;
    const seen = pages.get(key(at)) ?? new Set<number>();
    pages.set(key(at), seen.add(lines[at]?.page ?? 0));
  }
  const total = lines.at(-1)?.page ?? 1;
  // 二ページだけの文書では、両方のページに出る長い行だけ。
  const enough = total === 2 ? 2 : Math.max(RUNNING_PAGES, Math.ceil(total / 2));
  return new Set([...edges].filter((at) => (pages.get(key(at))?.size ?? 0) >= enough));
}
