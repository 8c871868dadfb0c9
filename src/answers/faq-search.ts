/**
 * 話しながら引く索引。二文字ずつの組（bi-gram）で絞り、文字列で確かめる。漢字は文のまま、
 * かなで打てば読みに当たる。全角・半角、ひらがな・カタカナ、長音、小さい字、同じ意味の言葉の違いを問わない。
 */

/** 索引に入れる一つの問い。 */
export interface FaqDocument {
  id: string;
  category: string;
  question: string;
  answer: string;
  reading: string;
  synonyms: string;
}

export interface FaqHit {
  id: string;
  score: number;
}

interface Entry {
  id: string;
  /** 畳んだ文と重み。 */
  fields: readonly { text: string; weight: number }[];
}

export interface FaqIndex {
  entries: readonly Entry[];
  /** 一文字・二文字の組 → 問いの番号（小さい順）。 */
  postings: ReadonlyMap<string, readonly number[]>;
  /** 畳んだ言葉 → 同じ意味の、畳んだ言葉。 */
  same: ReadonlyMap<string, readonly string[]>;
}

/** どの契約でも同じに扱う言葉。 */
export const commonSynonyms: readonly (readonly string[])[] = [
  ["スマホ", "スマートフォン", "携帯", "ケータイ", "電話機"],
  ["申込み", "申し込み", "申込", "予約"],
  ["取消", "取り消し", "取消し", "キャンセル"],
  ["変更", "変える"],
  ["持ち物", "持物", "もちもの", "用意するもの"],
  ["会場", "場所"],
  ["駐車場", "車", "駐車"],
  ["はがき", "ハガキ", "葉書", "受講通知書", "通知書"],
  ["費用", "料金", "お金", "無料", "受講料"],
  ["付き添い", "付添", "介助", "同伴"],
  ["欠席", "休む", "行けない"],
  ["電話", "TEL"],
  ["インターネット", "ネット", "Wi-Fi", "WiFi"],
  ["受付時間", "開設時間", "何時まで"],
];

const smallKana: Readonly<Record<string, string>> = {
  ...{ ァ: "ア", ィ: "イ", ゥ: "ウ", ェ: "エ", ォ: "オ", ッ: "ツ", ャ: "ヤ", ュ: "ユ", ョ: "ヨ", ヮ: "ワ" },
  ...{ ヵ: "カ", ヶ: "ケ", ヂ: "ジ", ヅ: "ズ", ヲ: "オ" },
};

/** 一文字（濁点つきの半角カナなら二文字）ずつ畳む。もとの位置も返す。 */
function foldWithPlaces(text: string): { folded: string; places: number[] } {
  let folded = "";
  const places: number[] = [];
  for (const match of text.matchAll(/[ｦ-ﾝ][ﾞﾟ]?|[\s\S]/gu)) {
    for (const char of foldOne(match[0])) {
      folded += char;
      for (let i = 0; i < char.length; i++) places.push(match.index);
    }
  }
  return { folded, places };
}

function foldOne(text: string): string {
  const wide = text.normalize("NFKC").toLowerCase();
  let out = "";
  for (const char of wide) {
    const code = char.codePointAt(0) ?? 0;
    const kana = code >= 0x3041 && code <= 0x3096 ? String.fromCodePoint(code + 0x60) : char;
    if (/[\p{L}\p{N}]/u.test(kana) && kana !== "ー") out += smallKana[kana] ?? kana;
    else if (kana === "々" || kana === "〆") out += kana;
  }
  return out;
}

/** 比べるための形。空白・記号・長音は残らない。 */
export function foldText(text: string): string {
  return foldWithPlaces(text.normalize("NFC")).folded;
}

/** 索引を作る。synonyms は、同じ意味の言葉の組。 */
export function buildFaqIndex(
  documents: readonly FaqDocument[],
  synonyms: readonly (readonly string[])[] = commonSynonyms,
): FaqIndex {
  const entries = documents.map(
    (one): Entry => ({
      id: one.id,
      fields: [
        { text: foldText(one.question), weight: 8 },
        { text: foldText(one.reading), weight: 6 },
        ...one.synonyms.split(/[、,，\s]+/u).map((word) => ({ text: foldText(word), weight: 6 })),
        { text: foldText(one.category), weight: 3 },
        { text: foldText(one.answer), weight: 1 },
      ].filter((field) => field.text !== ""),
    }),
  );
  const postings = new Map<string, number[]>();
  for (const [at, entry] of entries.entries()) {
    const grams = new Set(
      entry.fields.flatMap((field) => [...gramsOf(field.text, 1), ...gramsOf(field.text, 2)]),
    );
    for (const gram of grams) {
      const list = postings.get(gram);
      if (list) list.push(at);
      else postings.set(gram, [at]);
    }
  }
  const same = new Map<string, string[]>();
  for (const group of synonyms) {
    const folded = group.map(foldText);
    for (const word of folded)
      same.set(word, [...(same.get(word) ?? []), ...folded.filter((other) => other !== word)]);
  }
  return { entries, postings, same };
}

function gramsOf(text: string, size: number): string[] {
  const chars = [...text];
  const grams: string[] = [];
  for (let at = 0; at + size <= chars.length; at++) grams.push(chars.slice(at, at + size).join(""));
  return grams;
}

/** 打った言葉。かなのあとの、打ちかけのローマ字（らくらくh）は数えない。 */
export function queryWords(query: string): string[] {
  return query
    .normalize("NFKC")
    .split(/[\s、。・,.?？!！]+/u)
    .map((word) => foldText(word.replace(/(?<=[ぁ-ゖァ-ヺー])[a-z]{1,3}$/iu, "")))
    .filter((word) => word !== "");
}

/**
 * よく合う順に limit 件まで。多くの言葉が当たる問いを先に並べる。
 * 空の問いには何も返さない。
 */
export function searchFaq(index: FaqIndex, query: string, limit = 20): FaqHit[] {
  const words = queryWords(query).slice(0, 8);
  if (words.length === 0) return [];
  const scores = new Map<number, { matched: number; score: number }>();
  for (const word of words)
    for (const [at, score] of scoreWord(index, word)) {
      const known = scores.get(at) ?? { matched: 0, score: 0 };
      scores.set(at, { matched: known.matched + 1, score: known.score + score });
    }
  return [...scores]
    .sort(([a, x], [b, y]) => y.matched - x.matched || y.score - x.score || a - b)
    .slice(0, limit)
    .map(([at, { score }]) => ({ id: index.entries[at]?.id ?? "", score }));
}

/** 一つの言葉（と同じ意味の言葉）の点。言い換えで当たったものは少し低い。 */
function scoreWord(index: FaqIndex, word: string): Map<number, number> {
  const best = new Map<number, number>();
  const variants = [word, ...(index.same.get(word) ?? [])];
  for (const [order, variant] of variants.entries())
    for (const at of candidates(index, variant)) {
      const score = matchScore(index.entries[at], variant) * (order === 0 ? 1 : 0.7);
      if (score > (best.get(at) ?? 0)) best.set(at, score);
    }
  return best;
}

function matchScore(entry: Entry | undefined, word: string): number {
  let best = 0;
  for (const { text, weight } of entry?.fields ?? []) {
    if (weight <= best) continue;
    const at = text.indexOf(word);
    // 頭から当たるもの、まるごと当たるものを上に。
    if (at >= 0)
      best = Math.max(best, weight + (at === 0 ? 0.5 : 0) + (text.length === word.length ? 0.5 : 0));
  }
  return best;
}

/** 言葉の組をすべて含む問い（少ない組から絞る）。 */
function candidates(index: FaqIndex, word: string): readonly number[] {
  const chars = [...word];
  const grams = chars.length === 1 ? chars : gramsOf(word, 2);
  const lists = grams.map((gram) => index.postings.get(gram) ?? []).sort((a, b) => a.length - b.length);
  const [first = [], ...rest] = lists;
  if (first.length === 0) return [];
  return rest.reduce<readonly number[]>((kept, list) => intersect(kept, list), first);
}

function intersect(few: readonly number[], many: readonly number[]): readonly number[] {
  if (many.length > few.length * 16) return few.filter((one) => holds(many, one));
  const out: number[] = [];
  let at = 0;
  for (const one of few) {
    while ((many[at] ?? Number.POSITIVE_INFINITY) < one) at++;
    if (many[at] === one) out.push(one);
  }
  return out;
}

function holds(sorted: readonly number[], wanted: number): boolean {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] ?? 0;
    if (value === wanted) return true;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** 文の中の、当たったところ。 */
export function markText(index: FaqIndex, text: string, query: string): { text: string; hit: boolean }[] {
  const { folded, places } = foldWithPlaces(text);
  const marks = new Uint8Array(text.length);
  for (const word of queryWords(query))
    for (const variant of [word, ...(index.same.get(word) ?? [])])
      for (let at = folded.indexOf(variant); at >= 0; at = folded.indexOf(variant, at + 1)) {
        const end = places[at + variant.length] ?? text.length;
        marks.fill(1, places[at] ?? 0, end);
      }
  const out: { text: string; hit: boolean }[] = [];
  let start = 0;
  for (let at = 1; at <= text.length; at++)
    if (at === text.length || marks[at] !== marks[start]) {
      if (at > start) out.push({ text: text.slice(start, at), hit: marks[start] === 1 });
      start = at;
    }
  return out;
}
