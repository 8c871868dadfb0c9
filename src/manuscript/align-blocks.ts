import { diffList } from "../office/text-diff.ts";
import { textOfBlock } from "./check-manuscript.ts";
import { allBlocks, type Manuscript, type ManuscriptBlock } from "./manuscript.ts";

/** 並びの中の一つの部分。under は、その上の見出し。 */
export interface PlacedBlock {
  block: ManuscriptBlock;
  under: string;
  /** 上の見出し（章から、いちばん近いものまで）。 */
  path: ManuscriptBlock[];
  place: number;
}

/** 前の版と後の版で結ばれた部分。分けた・合わせた段落は、片側にいくつもある。 */
export interface AlignedRow {
  old: PlacedBlock[];
  now: PlacedBlock[];
  /** 前後の並びの中で、場所が動いた。 */
  moved: boolean;
}

/** 名のない部分を「同じ部分の直し」とみなす、文字の近さ（0–1）。動いた部分には、もっと近さを求める。 */
const NEAR = 0.35;
const FAR = 0.6;
/** 近さを総当たりする組の数の上限。 */
const MOST = 60_000;

/**
 * 二つの版の部分を結ぶ。名のある部分は id で、名のない部分は、同じ文字、並びの同じ所の近い文字、遠くの近い文字の順に。
 * 段落を二つに分けた・二つを合わせたものも、文字の近さで見つける。並びは後の版の順で、消えた部分は元の所に入る。
 */
export function alignBlocks(before: Manuscript, after: Manuscript): AlignedRow[] {
  const [old, now] = [placed(before), placed(after)];
  const match = new Matcher(old, now);
  match.byId();
  match.bySameText();
  match.inGaps();
  match.farAway();
  match.joined();
  return match.rows();
}

function placed(manuscript: Manuscript): PlacedBlock[] {
  let under = "";
  let path: Extract<ManuscriptBlock, { kind: "heading" }>[] = [];
  return allBlocks(manuscript.blocks).map((block, place) => {
    if (block.kind === "heading") {
      under = block.text;
      path = [...path.filter(({ level }) => level < block.level), block];
    }
    return { block, under, path, place };
  });
}

class Matcher {
  readonly #old: readonly PlacedBlock[];
  readonly #now: readonly PlacedBlock[];
  /** 後の場所 → 前の場所（いくつか）。 */
  readonly #pairs = new Map<number, number[]>();
  readonly #taken = new Set<number>();
  readonly #grams = new Map<ManuscriptBlock, Set<string>>();
  /** 段落を分けた後の、二つ目の場所 → 一つ目の場所。 */
  readonly #splits = new Map<number, number>();

  constructor(old: readonly PlacedBlock[], now: readonly PlacedBlock[]) {
    this.#old = old;
    this.#now = now;
  }

  byId(): void {
    const ids = new Map(this.#old.map((one) => [one.block.id, one]));
    for (const one of this.#now) {
      const found = one.block.named ? ids.get(one.block.id) : undefined;
      if (found?.block.named) this.#pair(found, one);
    }
  }

  bySameText(): void {
    const key = ({ block }: PlacedBlock) => `${block.kind}|${textOfBlock(block)}`;
    // まず、並びの順のまま同じもの。
    let at = 0;
    const [old, now] = [this.#freeOld(), this.#freeNow()];
    const byKey = Map.groupBy(old, key);
    for (const piece of diffList(old, now, key)) {
      if (piece.kind === "added") continue;
      if (piece.kind === "same")
        for (const [n, one] of piece.items.entries()) {
          const was = old[at + n];
          if (was) this.#pair(was, one);
        }
      at += piece.items.length;
    }
    for (const one of this.#freeNow()) {
      const was = byKey.get(key(one))?.find(({ place }) => !this.#taken.has(place));
      if (was && textOfBlock(one.block).length > 3) this.#pair(was, one);
    }
  }

  /** 結ばれた部分の間ごとに、残ったものを順のまま、近さの合計がいちばん大きくなるように結ぶ。 */
  inGaps(): void {
    const anchors = this.#inOrder();
    let [from, start] = [0, 0];
    for (const [place, was] of [...anchors, [this.#now.length, this.#old.length] as const]) {
      const old = this.#old.slice(start, was).filter((one) => !this.#taken.has(one.place));
      const now = this.#now.slice(from, place).filter((one) => !this.#pairs.has(one.place));
      if (old.length > 0 && now.length > 0 && old.length * now.length <= MOST) this.#alignGap(old, now);
      [from, start] = [place + 1, was + 1];
    }
  }

  farAway(): void {
    const [old, now] = [this.#freeOld(), this.#freeNow()];
    if (old.length * now.length > MOST) return;
    for (const one of now) {
      const [best] = old
        .filter(({ block, place }) => block.kind === one.block.kind && !this.#taken.has(place))
        .map((was) => ({ was, near: this.#near(was, one) }))
        .sort((a, b) => b.near - a.near);
      if (best && best.near >= FAR && textOfBlock(one.block).length >= 12) this.#pair(best.was, one);
    }
  }

  /** 一つの段落を続く二つに分けた、続く二つを一つに合わせたもの。 */
  joined(): void {
    for (const one of this.#now) {
      const [at, ...more] = this.#pairs.get(one.place) ?? [];
      const was = at === undefined ? undefined : this.#old[at];
      if (!was || more.length > 0 || one.block.kind !== "paragraph" || was.block.kind !== "paragraph")
        continue;
      const near = this.#near(was, one);
      for (const step of [1, -1]) {
        const beside = this.#now[one.place + step];
        if (
          beside?.block.kind === "paragraph" &&
          !this.#pairs.has(beside.place) &&
          this.#closer(was, one, beside, step, near)
        ) {
          const [first, second] = step > 0 ? [one, beside] : [beside, one];
          this.#pairs.delete(one.place);
          this.#pairs.set(first.place, [was.place]);
          this.#splits.set(second.place, first.place);
          break;
        }
        const other = this.#old[was.place + step];
        if (
          other?.block.kind === "paragraph" &&
          !this.#taken.has(other.place) &&
          this.#closer(one, was, other, step, near)
        ) {
          this.#taken.add(other.place);
          this.#pairs.set(one.place, step > 0 ? [was.place, other.place] : [other.place, was.place]);
          break;
        }
      }
    }
  }

  /** whole が、part に beside を継いだものに、part だけより近いか。 */
  #closer(whole: PlacedBlock, part: PlacedBlock, beside: PlacedBlock, step: number, near: number): boolean {
    const [a, b] = [textOfBlock(part.block), textOfBlock(beside.block)];
    if (b.length < 4) return false;
    return nearness(this.#gramsOf(whole.block), gramsOf(step > 0 ? a + b : b + a)) > near + 0.1;
  }

  rows(): AlignedRow[] {
    const rows: AlignedRow[] = [];
    const stable = this.#stable();
    const rowOf = new Map<number, AlignedRow>();
    for (const one of this.#now) {
      const first = this.#splits.get(one.place);
      if (first !== undefined) {
        rowOf.get(first)?.now.push(one);
        continue;
      }
      const old = (this.#pairs.get(one.place) ?? []).flatMap((place) => this.#old[place] ?? []);
      const row = { old, now: [one], moved: old.length > 0 && !stable.has(old[0]?.place ?? -1) };
      rowOf.set(one.place, row);
      rows.push(row);
    }
    // 消えた部分は、前の版で一つ前にあった（動いていない）部分の後ろに。
    let before: AlignedRow | undefined;
    const byOld = new Map(rows.flatMap((row) => row.old.map((one) => [one.place, row] as const)));
    for (const one of this.#old) {
      const row = byOld.get(one.place);
      if (row) {
        if (!row.moved) before = row;
        continue;
      }
      const gone: AlignedRow = { old: [one], now: [], moved: false };
      rows.splice(before ? rows.indexOf(before) + 1 : 0, 0, gone);
      before = gone;
    }
    return rows;
  }

  #pair(was: PlacedBlock, one: PlacedBlock): void {
    this.#pairs.set(one.place, [was.place]);
    this.#taken.add(was.place);
  }

  #freeOld(): PlacedBlock[] {
    return this.#old.filter(({ block, place }) => !this.#taken.has(place) && !block.named);
  }

  #freeNow(): PlacedBlock[] {
    return this.#now.filter(({ block, place }) => !this.#pairs.has(place) && !block.named);
  }

  #alignGap(old: readonly PlacedBlock[], now: readonly PlacedBlock[]): void {
    const free = (one: PlacedBlock) => !one.block.named;
    const [a, b] = [old.filter(free), now.filter(free)];
    const near = a.map((was) =>
      b.map((one) => (was.block.kind === one.block.kind ? this.#near(was, one) : 0)),
    );
    const best = Array.from({ length: a.length + 1 }, () => new Float64Array(b.length + 1));
    const at = (i: number, j: number) => best[i]?.[j] ?? 0;
    const gain = (i: number, j: number) => {
      const value = near[i]?.[j] ?? 0;
      return value >= NEAR ? at(i + 1, j + 1) + value : 0;
    };
    for (let i = a.length - 1; i >= 0; i -= 1)
      for (let j = b.length - 1; j >= 0; j -= 1) {
        const row = best[i];
        if (row) row[j] = Math.max(at(i + 1, j), at(i, j + 1), gain(i, j));
      }
    let [i, j] = [0, 0];
    while (i < a.length && j < b.length) {
      const [was, one] = [a[i], b[j]];
      if (was && one && gain(i, j) > 0 && at(i, j) === gain(i, j)) {
        this.#pair(was, one);
        i += 1;
        j += 1;
      } else if (at(i, j) === at(i + 1, j)) i += 1;
      else j += 1;
    }
  }

  #near(was: PlacedBlock, one: PlacedBlock): number {
    return nearness(this.#gramsOf(was.block), this.#gramsOf(one.block));
  }

  #gramsOf(block: ManuscriptBlock): Set<string> {
    const found = this.#grams.get(block) ?? gramsOf(textOfBlock(block));
    this.#grams.set(block, found);
    return found;
  }

  /** 動いていない前の部分の場所（増え続ける、いちばん長い並び）。 */
  #stable(): Set<number> {
    return longestRise(this.#now.flatMap(({ place }) => this.#pairs.get(place)?.[0] ?? []));
  }

  /** 順のままの結び（後の場所、前の場所）。 */
  #inOrder(): [number, number][] {
    const stable = this.#stable();
    return this.#now.flatMap(({ place }): [number, number][] => {
      const was = this.#pairs.get(place)?.[0];
      return was !== undefined && stable.has(was) ? [[place, was]] : [];
    });
  }
}

function gramsOf(text: string): Set<string> {
  return new Set(Array.from({ length: Math.max(1, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
}

/** 二文字の組の重なり（0–1）。 */
function nearness(x: ReadonlySet<string>, y: ReadonlySet<string>): number {
  let shared = 0;
  for (const one of x) if (y.has(one)) shared += 1;
  const least = Math.min(x.size, y.size);
  const whole = shared / (x.size + y.size - shared);
  // 短い見出しなどは、片方がもう片方に含まれていれば近い（定義 → 用語の定義）。
  return least <= 12 ? Math.max(whole, (0.6 * shared) / least) : whole;
}

/** 増え続ける、いちばん長い並び。 */
function longestRise(places: readonly number[]): Set<number> {
  const tails: number[] = [];
  const previous = new Map<number, number | undefined>();
  for (const place of places) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tails[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    previous.set(place, tails[low - 1]);
    tails[low] = place;
  }
  const kept = new Set<number>();
  for (let place = tails.at(-1); place !== undefined; place = previous.get(place)) kept.add(place);
  return kept;
}
