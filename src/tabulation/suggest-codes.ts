import { opinionKey } from "./opinion-text.ts";

export interface CodeFrameEntry {
  readonly code: string;
  readonly title: string;
  /** 符号の説明やことば（あれば手がかりにする）。 */
  readonly description?: string;
}

/** もう符号の付いている意見。 */
export interface CodedOpinion {
  readonly id: string;
  readonly text: string;
  readonly codes: readonly string[];
}

export interface CodeSuggestion {
  code: string;
  /** 0–1。並べるためのもので、確かさではない。 */
  score: number;
  /** なぜか（画面に出す一文）。 */
  because: string;
  /** 共通のことば。 */
  phrases: string[];
  /** 似ている、符号の付いた意見の id。 */
  neighbours: string[];
  /** 見た似た意見の数と、そのうちこの符号の付いたものの数。 */
  near: { of: number; same: number };
}

type Grams = Map<string, number>;

/** 漢字・片仮名・英数字の続き。話題はここに現れ、平仮名は言い方に現れる。 */
const RUN = /[\p{Script=Han}々〆]+|[\p{Script=Katakana}ー]+|[a-z\d]+/gu;

/** 語らしい続きの中の、文字 1–4 個の組（一文字は漢字だけ）と、その数。続き全体も一つの組とする。 */
function gramsOf(text: string): Grams {
  const grams: Grams = new Map();
  const add = (gram: string) => grams.set(gram, (grams.get(gram) ?? 0) + 1);
  for (const [run] of opinionKey(text).matchAll(RUN)) {
    const han = /\p{Script=Han}/u.test(run);
    for (let size = han ? 1 : 2; size <= 4; size += 1)
      for (let at = 0; at + size <= run.length; at += 1) add(run.slice(at, at + size));
    if (run.length > 4) add(run);
  }
  return grams;
}

interface Learned {
  id: string;
  codes: readonly string[];
  vector: Grams;
}

/** 近い意見をいくつまで見るか。 */
const NEIGHBOURS = 12;
/** 三つの手がかりの重み。自分で作った 32 符号・160 件の一つ抜き法で決めた（suggest-codes.test.ts）。 */
const MIX = { neighbour: 0.2, words: 0.4, title: 0.4 };

/**
 * 符号の候補を五つ挙げる。決めるのは人で、選ぶたびに learn で学ぶ。
 *
 * 手がかりは三つ: 符号の付いた似た意見（文字の組の TF-IDF の余弦）、その符号の意見によく出ることば
 * （補集合ナイーブベイズ、Rennie ら 2003）、符号の題。どれか一つに頼るより、上位五つに入る割合が高い。
 */
export class CodeSuggester {
  readonly #codes: readonly CodeFrameEntry[];
  readonly #titles: Map<string, Grams>;
  readonly #learned = new Map<string, Learned>();
  readonly #document = new Map<string, number>();
  readonly #byCode = new Map<string, Grams>();
  readonly #all: Grams = new Map();
  #documents = 0;

  constructor(codes: readonly CodeFrameEntry[], coded: readonly CodedOpinion[] = []) {
    this.#codes = codes;
    this.#titles = new Map(
      codes.map(({ code, title, description = "" }) => [code, gramsOf(`${title}。${description}`)]),
    );
    for (const grams of this.#titles.values()) this.#count(grams, 1);
    for (const one of coded) this.learn(one);
  }

  /** 人が付けた符号を覚える。同じ id は、付け直しとして前のものを忘れる。 */
  learn({ id, text, codes }: CodedOpinion): void {
    this.forget(id);
    if (codes.length === 0) return;
    const vector = gramsOf(text);
    this.#learned.set(id, { id, codes, vector });
    this.#count(vector, 1);
    for (const code of codes) this.#spread(code, vector, 1);
  }

  forget(id: string): void {
    const known = this.#learned.get(id);
    if (!known) return;
    this.#learned.delete(id);
    this.#count(known.vector, -1);
    for (const code of known.codes) this.#spread(code, known.vector, -1);
  }

  /** 候補を、よいものから most 個。空の文には挙げない。 */
  suggest(text: string, most = 5): CodeSuggestion[] {
    const grams = gramsOf(text);
    if (grams.size === 0) return [];
    const near = this.#neighbours(grams);
    const neighbour = this.#byNeighbour(near);
    const words = this.#byWords(grams);
    const title = this.#byTitle(grams);
    return this.#codes
      .map(({ code }) => ({
        code,
        score:
          MIX.neighbour * (neighbour.get(code) ?? 0) +
          MIX.words * (words.get(code) ?? 0) +
          MIX.title * (title.get(code) ?? 0),
      }))
      .sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
      .slice(0, most)
      .map(({ code, score }) => this.#explained(code, score, grams, near));
  }

  #count(grams: Grams, by: 1 | -1): void {
    this.#documents += by;
    for (const gram of grams.keys()) {
      const next = (this.#document.get(gram) ?? 0) + by;
      if (next > 0) this.#document.set(gram, next);
      else this.#document.delete(gram);
    }
  }

  #spread(code: string, grams: Grams, by: 1 | -1): void {
    const own = this.#byCode.get(code) ?? new Map();
    for (const [gram, n] of grams) {
      own.set(gram, (own.get(gram) ?? 0) + n * by);
      this.#all.set(gram, (this.#all.get(gram) ?? 0) + n * by);
    }
    this.#byCode.set(code, own);
  }

  #weight(gram: string): number {
    return Math.log((1 + this.#documents) / (1 + (this.#document.get(gram) ?? 0)));
  }

  #cosine(a: Grams, b: Grams): number {
    const [few, many] = a.size < b.size ? [a, b] : [b, a];
    let dot = 0;
    for (const [gram, n] of few) {
      const m = many.get(gram);
      if (m !== undefined) dot += Math.log1p(n) * Math.log1p(m) * this.#weight(gram) ** 2;
    }
    return dot === 0 ? 0 : dot / (this.#length(a) * this.#length(b));
  }

  #length(grams: Grams): number {
    let sum = 0;
    for (const [gram, n] of grams) sum += (Math.log1p(n) * this.#weight(gram)) ** 2;
    return Math.sqrt(sum);
  }

  #neighbours(grams: Grams): { one: Learned; near: number }[] {
    return [...this.#learned.values()]
      .map((one) => ({ one, near: this.#cosine(grams, one.vector) }))
      .filter(({ near }) => near > 0)
      .sort((a, b) => b.near - a.near)
      .slice(0, NEIGHBOURS);
  }

  #byNeighbour(near: readonly { one: Learned; near: number }[]): Map<string, number> {
    const scores = new Map<string, number>();
    for (const { one, near: value } of near)
      for (const code of one.codes) scores.set(code, (scores.get(code) ?? 0) + value);
    return scaled(scores);
  }

  /** 補集合ナイーブベイズ: その符号でない意見に出にくいことばほど、手がかりになる。 */
  #byWords(grams: Grams): Map<string, number> {
    if (this.#learned.size === 0) return new Map();
    const total = sum(this.#all.values());
    const kinds = this.#all.size;
    const scores = new Map<string, number>();
    for (const { code } of this.#codes) {
      const own = this.#byCode.get(code) ?? new Map<string, number>();
      const rest = total - sum(own.values());
      let score = 0;
      for (const [gram, n] of grams) {
        const seen = this.#all.get(gram) ?? 0;
        if (seen === 0) continue;
        const outside = seen - (own.get(gram) ?? 0);
        score += Math.log1p(n) * this.#weight(gram) * -Math.log((outside + 1) / (rest + kinds));
      }
      scores.set(code, score);
    }
    return scaled(scores);
  }

  #byTitle(grams: Grams): Map<string, number> {
    return scaled(
      new Map(
        this.#codes.map(({ code }) => [code, this.#cosine(grams, this.#titles.get(code) ?? new Map())]),
      ),
    );
  }

  #explained(
    code: string,
    score: number,
    grams: Grams,
    near: readonly { one: Learned; near: number }[],
  ): CodeSuggestion {
    const same = near.filter(({ one }) => one.codes.includes(code));
    const neighbours = same.slice(0, 3).map(({ one }) => one.id);
    const own = this.#byCode.get(code);
    const title = this.#titles.get(code);
    const phrases = longest(
      [...grams.keys()]
        .filter((gram) => (own?.get(gram) ?? 0) > 0 || title?.has(gram))
        .sort((a, b) => this.#weight(b) - this.#weight(a)),
    );
    const words = phrases.length > 0 ? `共通のことば「${phrases.join("」「")}」` : "";
    const people = neighbours.length > 0 ? `似た意見 ${neighbours.join("、")}` : "";
    return {
      code,
      score,
      because: [words, people].filter(Boolean).join("。") || "手がかりは弱い",
      phrases,
      neighbours,
      near: { of: near.length, same: same.length },
    };
  }
}

/** いちばん大きい値を 1、小さい値を 0 に。 */
function scaled(scores: ReadonlyMap<string, number>): Map<string, number> {
  const values = [...scores.values()];
  const [low, high] = [Math.min(0, ...values), Math.max(...values, 0)];
  const floor = scores.size > 1 && values.every((one) => one > 0) ? Math.min(...values) : low;
  return new Map(
    [...scores].map(([code, value]) => [code, high > floor ? (value - floor) / (high - floor) : 0]),
  );
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const one of values) total += one;
  return total;
}

/** ほかの組に含まれない長い組を、三つまで。 */
function longest(grams: readonly string[]): string[] {
  const kept: string[] = [];
  for (const gram of [...grams].sort((a, b) => b.length - a.length || grams.indexOf(a) - grams.indexOf(b))) {
    if (kept.some((one) => one.includes(gram) || overlaps(one, gram))) continue;
    kept.push(gram);
    if (kept.length === 3) break;
  }
  return kept;
}

function overlaps(a: string, b: string): boolean {
  return a.slice(1) === b.slice(0, -1) || b.slice(1) === a.slice(0, -1);
}
