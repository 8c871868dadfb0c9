import { textOfBlock } from "./check-manuscript.ts";
import { allBlocks, type Manuscript, type ManuscriptBlock } from "./manuscript.ts";

export type ChangeKind = "added" | "removed" | "changed" | "moved";

export interface PlanChange {
  kind: ChangeKind;
  block: string;
  /** 見出し（どの章・節のことか）。 */
  under: string;
  before: string;
  after: string;
}

/** 文字の差。同じ・消した・足した、の並び。 */
export interface TextPiece {
  kind: "same" | "removed" | "added";
  text: string;
}

/**
 * 二つの版の違いを、部分ごとに。名のある部分は id で、名のない部分は同じ見出しの下の文字の近さで結ぶ。
 */
export function compareManuscripts(before: Manuscript, after: Manuscript): PlanChange[] {
  const [old, now] = [listed(before), listed(after)];
  const pairs = pairUp(old, now);
  const changes: PlanChange[] = [];
  const order = stableOrder(now.flatMap(({ block }) => pairs.byNew.get(block.id)?.place ?? []));
  for (const one of now) {
    const match = pairs.byNew.get(one.block.id);
    const text = textOfBlock(one.block);
    if (!match) {
      changes.push({ kind: "added", block: one.block.id, under: one.under, before: "", after: text });
      continue;
    }
    const was = textOfBlock(match.block);
    if (was !== text)
      changes.push({ kind: "changed", block: one.block.id, under: one.under, before: was, after: text });
    else if (match.under !== one.under || !order.has(match.place))
      changes.push({ kind: "moved", block: one.block.id, under: one.under, before: was, after: text });
  }
  for (const one of old)
    if (!pairs.kept.has(one.block.id))
      changes.push({
        kind: "removed",
        block: one.block.id,
        under: one.under,
        before: textOfBlock(one.block),
        after: "",
      });
  return changes;
}

interface Listed {
  block: ManuscriptBlock;
  under: string;
  place: number;
}

function listed(manuscript: Manuscript): Listed[] {
  let under = "";
  return allBlocks(manuscript.blocks).map((block, place) => {
    if (block.kind === "heading") under = block.text;
    return { block, under: block.kind === "heading" ? block.text : under, place };
  });
}

function pairUp(
  old: readonly Listed[],
  now: readonly Listed[],
): { byNew: Map<string, Listed>; kept: Set<string> } {
  const byNew = new Map<string, Listed>();
  const kept = new Set<string>();
  const pair = (one: Listed, match: Listed) => {
    byNew.set(one.block.id, match);
    kept.add(match.block.id);
  };
  const oldById = new Map(old.map((one) => [one.block.id, one]));
  for (const one of now) {
    const match = one.block.named ? oldById.get(one.block.id) : undefined;
    if (match?.block.named) pair(one, match);
  }
  // 名のない部分: まず同じ文字、次に近い文字。
  const free = () => old.filter(({ block }) => !kept.has(block.id) && !block.named);
  const open = () => now.filter(({ block }) => !byNew.has(block.id) && !block.named);
  const byText = Map.groupBy(free(), ({ block }) => `${block.kind}|${textOfBlock(block)}`);
  for (const one of open()) {
    const match = byText
      .get(`${one.block.kind}|${textOfBlock(one.block)}`)
      ?.find(({ block }) => !kept.has(block.id));
    if (match) pair(one, match);
  }
  for (const one of open()) {
    const text = textOfBlock(one.block);
    const best = free()
      .filter(({ block, under }) => block.kind === one.block.kind && under === one.under)
      .map((match) => ({ match, near: nearness(textOfBlock(match.block), text) }))
      .sort((a, b) => b.near - a.near)[0];
    if (best && best.near >= 0.4) pair(one, best.match);
  }
  return { byNew, kept };
}

/** 二文字の組の重なり（0–1）。 */
function nearness(a: string, b: string): number {
  const grams = (text: string) =>
    new Set(Array.from({ length: Math.max(1, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
  const [x, y] = [grams(a), grams(b)];
  let shared = 0;
  for (const one of x) if (y.has(one)) shared += 1;
  return shared / (x.size + y.size - shared);
}

/** 増え続ける、いちばん長い並び。ここに入らない部分は、動いた。 */
function stableOrder(places: readonly number[]): Set<number> {
  const tails: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const place of places) {
    let at = tails.findIndex((tail) => tail >= place);
    if (at < 0) at = tails.length;
    previous.set(place, tails[at - 1]);
    tails[at] = place;
  }
  const kept = new Set<number>();
  for (let place = tails.at(-1); place !== undefined; place = previous.get(place)) kept.add(place);
  return kept;
}

/** 二つの文の、字ごとの差（いちばん長い共通の並び）。長すぎるときは、前後の同じところだけ。 */
export function diffText(before: string, after: string): TextPiece[] {
  const [a, b] = [[...before], [...after]];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (
    tail < a.length - head &&
    tail < b.length - head &&
    a[a.length - 1 - tail] === b[b.length - 1 - tail]
  )
    tail += 1;
  const [x, y] = [a.slice(head, a.length - tail), b.slice(head, b.length - tail)];
  const middle: TextPiece[] =
    x.length * y.length > 4_000_000
      ? [
          { kind: "removed", text: x.join("") },
          { kind: "added", text: y.join("") },
        ]
      : longest(x, y);
  return merged([
    { kind: "same", text: a.slice(0, head).join("") },
    ...middle,
    { kind: "same", text: a.slice(a.length - tail).join("") },
  ]);
}

function longest(a: readonly string[], b: readonly string[]): TextPiece[] {
  const width = b.length + 1;
  const table = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      table[i * width + j] =
        a[i] === b[j]
          ? (table[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(table[(i + 1) * width + j] ?? 0, table[i * width + j + 1] ?? 0);
  const pieces: TextPiece[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      pieces.push({ kind: "same", text: a[i] ?? "" });
      i += 1;
      j += 1;
    } else if (
      j >= b.length ||
      (i < a.length && (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0))
    ) {
      pieces.push({ kind: "removed", text: a[i] ?? "" });
      i += 1;
    } else {
      pieces.push({ kind: "added", text: b[j] ?? "" });
      j += 1;
    }
  }
  return pieces;
}

function merged(pieces: readonly TextPiece[]): TextPiece[] {
  const out: TextPiece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    if (piece.text === "") continue;
    if (last?.kind === piece.kind) last.text += piece.text;
    else out.push({ ...piece });
  }
  return out;
}
