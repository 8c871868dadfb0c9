import { gramsOf, jaccard, opinionKey, sharedGrams } from "../tabulation/opinion-text.ts";
import { NearIndex } from "./near-index.ts";

export interface OpinionText {
  readonly id: string;
  readonly text: string;
}

/** identical 一字も違わない、normalised 幅・空白・記号だけ違う、near 似ている、template 定型文の一部。 */
export type GroupLevel = "identical" | "normalised" | "near" | "template";

export interface OpinionGroup {
  level: GroupLevel;
  /** 意見の id。はじめが、まとまりの中心（いちばん通数の多い文）。 */
  members: string[];
}

export interface GroupedOpinions {
  /** 一字も違わない文を一つと数えた数（空の文も一つ）。 */
  distinct: number;
  groups: OpinionGroup[];
}

/** 似ているとする Jaccard 係数と、定型文の一部とする含まれかた。reference/survey-comments.md §3。 */
export const NEAR = 0.7;
export const CONTAINED = 0.8;
/** これより短い文は、どの文にも含まれうるので、定型文の一部とは言わない（五文字の組の数）。 */
export const TEMPLATE_GRAMS = 30;

/** そろえた鍵の同じ文を、一つにまとめたもの。 */
interface Doc {
  key: string;
  /** 元の文と、それぞれの id。通数の多い順。 */
  texts: { text: string; ids: readonly string[] }[];
  count: number;
  grams: Uint32Array;
  /** 元の文のままの組（惜しい組を比べるときだけ数える）。 */
  raw?: Uint32Array;
}

/**
 * 意見を、四つの段でまとめる。だれの意見も捨てず、どの段でも元の id を全部返す。
 * 似た文は、中心の文と一つずつ比べて確かめる（似た文の似た文、とつながって広がらない）。
 * 中心に届かない文どうしが似ていれば、そこにも中心を置く。一つの意見が二つのまとまりに入ることがある。
 */
export function groupOpinions(
  opinions: Iterable<OpinionText>,
  progress?: (done: number, total: number) => void,
): GroupedOpinions {
  const texts = new Map<string, string[]>();
  for (const { id, text } of opinions) {
    const ids = texts.get(text);
    if (ids) ids.push(id);
    else texts.set(text, [id]);
  }
  const docs = docsOf(texts);
  const groups: OpinionGroup[] = [];
  for (const [text, ids] of texts)
    if (ids.length > 1 && text.trim() !== "") groups.push({ level: "identical", members: ids });
  for (const doc of docs) if (doc.texts.length > 1) groups.push({ level: "normalised", members: idsOf(doc) });
  const stars = nearStars(docs, progress);
  for (const star of stars)
    groups.push({ level: "near", members: star.flatMap((at) => idsOf(docs[at] as Doc)) });
  for (const star of templateStars(docs, stars))
    groups.push({ level: "template", members: star.flatMap((at) => idsOf(docs[at] as Doc)) });
  return { distinct: texts.size, groups };
}

/** 通数の多い順に。定型文のもとの文が、まとまりの中心になりやすい。 */
function docsOf(texts: ReadonlyMap<string, string[]>): Doc[] {
  const byKey = new Map<string, Doc>();
  for (const [text, ids] of texts) {
    const key = opinionKey(text);
    if (key === "") continue;
    const doc = byKey.get(key);
    if (doc) {
      doc.texts.push({ text, ids });
      doc.count += ids.length;
    } else byKey.set(key, { key, texts: [{ text, ids }], count: ids.length, grams: gramsOf(key) });
  }
  for (const { texts: mine } of byKey.values())
    if (mine.length > 1) mine.sort((a, b) => b.ids.length - a.ids.length);
  return [...byKey.values()].sort((a, b) => b.count - a.count);
}

function idsOf(doc: Doc): string[] {
  return doc.texts.flatMap(({ ids }) => ids);
}

/**
 * 似た文のまとまり（中心が先頭）。
 *
 * 通数の多い順に一文ずつ見て、帯の重なる中心があれば比べ、似ていればそこに入る。中心に似ていなくても、
 * 中心でない文に似ていれば、その文を新しい中心にする。だから、似た二文は、どこかのまとまりで一緒になる。
 */
function nearStars(docs: readonly Doc[], progress?: (done: number, total: number) => void): number[][] {
  const index = new NearIndex(docs.length);
  const stars = new Map<number, Set<number>>();
  const homes = new Map<number, number[]>();
  const homesOf = (doc: number) => homes.get(doc) ?? [];
  const alike = (a: number, b: number) => isNear(docs[a] as Doc, docs[b] as Doc);
  const join = (center: number, doc: number) => {
    if (stars.get(center)?.has(doc)) return;
    stars.get(center)?.add(doc);
    homes.set(doc, [...homesOf(doc), center]);
  };
  /** 中心でない文を中心にする。同じまとまりの、似ている文も連れてくる。 */
  const lead = (center: number) => {
    stars.set(center, new Set());
    index.promote(center);
    for (const home of homesOf(center).filter((one) => one !== center)) {
      join(center, home);
      for (const mate of stars.get(home) ?? [])
        if (mate !== center && alike(center, mate)) join(center, mate);
    }
  };
  for (const doc of docs.keys()) {
    if (doc % 1000 === 0) progress?.(doc, docs.length);
    index.measure(doc, (docs[doc] as Doc).grams);
    const { leaders, others } = index.find(doc);
    for (const center of leaders) if (alike(center, doc)) join(center, doc);
    for (const other of others) {
      // 中心を共にするなら、もう一緒にいる。
      if (homesOf(other).some((home) => homesOf(doc).includes(home)) || !alike(other, doc)) continue;
      if (!stars.has(other)) lead(other);
      join(other, doc);
    }
    const leader = homesOf(doc).length === 0;
    if (leader) stars.set(doc, new Set());
    index.add(doc, leader);
  }
  const found = [...stars].filter(([, members]) => members.size > 0);
  return withoutInner(found.map(([center, members]) => [center, ...members]));
}

/** ほかのまとまりに丸ごと入っているものは、出さない。 */
function withoutInner(stars: readonly number[][]): number[][] {
  const holders = new Map<number, number[]>();
  for (const [at, star] of stars.entries())
    for (const doc of star) holders.set(doc, [...(holders.get(doc) ?? []), at]);
  const sets = stars.map((star) => new Set(star));
  return stars.filter((star, at) => {
    const rarest = star.reduce((a, b) =>
      (holders.get(b)?.length ?? 0) < (holders.get(a)?.length ?? 0) ? b : a,
    );
    return !(holders.get(rarest) ?? []).some(
      (other) =>
        other !== at &&
        ((stars[other]?.length ?? 0) > star.length ||
          ((stars[other]?.length ?? 0) === star.length && other < at)) &&
        star.every((doc) => sets[other]?.has(doc)),
    );
  });
}

/** 記号を除いた文で似ているか、惜しければ元の文のままで似ているか。 */
function isNear(a: Doc, b: Doc): boolean {
  const [few, many] = a.grams.length < b.grams.length ? [a, b] : [b, a];
  // 大きさだけで 0.7 に届かないなら、数えるまでもない（元の文でも、ほとんど同じ比になる）。
  if (few.grams.length < many.grams.length * (NEAR - 0.2)) return false;
  const similar = jaccard(a.grams, b.grams);
  if (similar >= NEAR) return true;
  return similar >= NEAR - 0.15 && jaccard(rawGrams(a), rawGrams(b)) >= NEAR;
}

function rawGrams(doc: Doc): Uint32Array {
  doc.raw ??= gramsOf(doc.texts[0]?.text ?? "");
  return doc.raw;
}

/** 探す手がかりにする組（四つに一つ）と、一つの組で覚えておく文の数。 */
const SKETCH = 4;
const POSTING = 48;
/** 手がかりのうち、いちばん珍しいものから、この数だけで探す。 */
const CLUES = 24;

/**
 * 定型文の一部だけを写した文。長い文を中心に、その五文字の組に八割が含まれる短い文を集める。
 * 似たまとまりの中では、中心だけと比べる。
 */
function templateStars(docs: readonly Doc[], near: readonly (readonly number[])[]): number[][] {
  const center = new Map<number, number>();
  for (const star of near) for (const doc of star) if (!center.has(doc)) center.set(doc, star[0] ?? doc);
  const order = [...docs.keys()]
    .filter((at) => (docs[at]?.grams.length ?? 0) >= TEMPLATE_GRAMS)
    .sort((a, b) => (docs[b]?.grams.length ?? 0) - (docs[a]?.grams.length ?? 0));
  const postings = new Map<number, number[]>();
  const stars = new Map<number, number[]>();
  for (const at of order) {
    const grams = docs[at]?.grams ?? new Uint32Array(0);
    const sketch = [...grams].filter((gram) => gram % SKETCH === 0);
    const clues = sketch
      .filter((gram) => postings.has(gram))
      .sort((a, b) => (postings.get(a)?.length ?? 0) - (postings.get(b)?.length ?? 0))
      .slice(0, CLUES);
    const best = bestContainer(docs, at, clues, postings);
    const home = center.get(at);
    if (best !== undefined && home !== (center.get(best) ?? best)) {
      const known = stars.get(best);
      if (known) known.push(at);
      else stars.set(best, [best, at]);
    }
    // 含まれた文や、似たまとまりの中心でない文は、ほかの文を含む側にはしない。
    if (best !== undefined || (home !== undefined && home !== at)) continue;
    for (const gram of sketch) remember(postings, gram, at);
  }
  return [...stars.values()];
}

function remember(postings: Map<number, number[]>, gram: number, at: number): void {
  const known = postings.get(gram);
  if (!known) postings.set(gram, [at]);
  else if (known.length < POSTING) known.push(at);
}

function bestContainer(
  docs: readonly Doc[],
  at: number,
  clues: readonly number[],
  postings: ReadonlyMap<number, number[]>,
): number | undefined {
  const hits = new Map<number, number>();
  for (const gram of clues)
    for (const doc of postings.get(gram) ?? []) hits.set(doc, (hits.get(doc) ?? 0) + 1);
  const likely = [...hits]
    .filter(([, n]) => n >= clues.length * 0.5)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 16);
  const small = docs[at]?.grams ?? new Uint32Array(0);
  let best: { doc: number; share: number } | undefined;
  for (const [doc] of likely) {
    const share = sharedGrams(small, docs[doc]?.grams ?? new Uint32Array(0)) / small.length;
    if (share >= CONTAINED && share > (best?.share ?? 0)) best = { doc, share };
  }
  return best?.doc;
}
