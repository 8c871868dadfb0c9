import type { Cell } from "../office/table.ts";
import type { Codebook, Option } from "./codebook.ts";

/*
 * 統計のサイトで落とした人口の表（区 × 年齢 × 男女など）を、周辺の数にする。
 * 行と列の見出しの言葉を、コードブックの選択肢と突き合わせるだけなので、並びはどちらでもよい。
 */

/** 設問の id → 選択肢のコード → 人数。 */
type Margins = Map<string, Record<string, number>>;

interface Place {
  question: string;
  code: string;
}

const plain = (text: string) => text.normalize("NFKC").replace(/[\s,]/g, "");
const TOTAL = /^(総数|総計|合計|計|全体|全市|全国|市計|男女計|総人口|再掲.*|.*平均.*|.*割合.*|.*比率?)$/;
/** これより小さい表は、人口の表とみない。 */
const LEAST_CELLS = 2;

/**
 * 人口の表を読む。見出しが選択肢と合う数のます目がなければ undefined（「設問,区分,人数」の表かもしれない）。
 * 総数・計の行と列は数えない。年齢は「20～24歳」を「20代」に足し合わせる。
 */
export function readPopulationTable(
  rows: readonly (readonly Cell[])[],
  codebook: Codebook,
): Margins | undefined {
  const texts = rows.map((row) => row.map(({ text }) => plain(text)));
  const finder = new OptionFinder(codebook);
  const first = texts.findIndex((row) => row.some(isAmount) && row.some(isWord));
  if (first < 0) return undefined;
  const width = Math.max(...texts.map((row) => row.length));
  const top = texts.slice(0, first).map((row) => forward(row, width));
  const left = leftWords(texts.slice(first));
  const found: { places: Place[]; amount: number }[] = [];
  for (const [at, row] of texts.slice(first).entries()) {
    const words = left[at] ?? [];
    for (const [column, text] of row.entries()) {
      if (column < words.length || !isAmount(text)) continue;
      const heads = [...words, ...top.map((line) => line[column] ?? "")].filter((one) => one !== "");
      if (heads.some((one) => TOTAL.test(one))) continue;
      const places = heads.flatMap((one) => finder.find(one) ?? []);
      if (places.length > 0) found.push({ places, amount: Number(text) });
    }
  }
  const ids = (places: readonly Place[]) =>
    [...new Set(places.map(({ question }) => question))].sort().join("×");
  const most = Math.max(0, ...found.map(({ places }) => new Set(places.map((one) => one.question)).size));
  const full = found.filter(({ places }) => new Set(places.map((one) => one.question)).size === most);
  const kinds = new Set(full.map(({ places }) => ids(places)));
  if (full.length < LEAST_CELLS || kinds.size !== 1) return undefined;
  const margins: Margins = new Map();
  for (const { places, amount } of full)
    for (const { question, code } of places) {
      const own = margins.get(question) ?? {};
      own[code] = (own[code] ?? 0) + amount;
      margins.set(question, own);
    }
  return margins;
}

const isAmount = (text: string) => /^\d+(\.\d+)?$/.test(text);
const isWord = (text: string) => text !== "" && !isAmount(text);

/** 結合した見出しは、右へ続くものとして埋める。 */
function forward(row: readonly string[], width: number): string[] {
  let last = "";
  return Array.from({ length: width }, (_, at) => {
    last = row[at] || last;
    return last;
  });
}

/** 左の見出しの列（言葉か空の列）を、上からの続きで埋める。 */
function leftWords(rows: readonly (readonly string[])[]): string[][] {
  let width = 0;
  const wordy = (column: number) =>
    rows.every((row) => !isAmount(row[column] ?? "")) && rows.some((row) => (row[column] ?? "") !== "");
  while (wordy(width)) width += 1;
  const last: string[] = [];
  return rows.map((row) => {
    const words = row.slice(0, Math.max(1, width));
    // 上の段の見出しが替わったら、下の段の続きは使わない。
    const changed = words.findIndex((one) => one !== "");
    return words.map((text, at) => {
      if (text !== "") last[at] = text;
      else if (at > changed && changed >= 0) return "";
      return last[at] ?? "";
    });
  });
}

/** 見出しの言葉から選択肢を探す。同じ言葉が二つの設問にあれば、コードブックの早い方。 */
class OptionFinder {
  readonly #byWord = new Map<string, Place>();
  readonly #ages: { place: Place; from: number; to: number }[] = [];

  constructor({ questions, axes }: Codebook) {
    const first = new Set(axes.flat());
    const ordered = questions.toSorted((a, b) => Number(first.has(b.id)) - Number(first.has(a.id)));
    for (const { id: question, type, options } of ordered) {
      if (type !== "sa") continue;
      for (const option of options) this.#learn(question, option);
    }
  }

  #learn(question: string, { code, label, short }: Option): void {
    const place = { question, code };
    for (const word of [label, short ?? label].flatMap(spellings))
      if (word !== "" && !this.#byWord.has(word)) this.#byWord.set(word, place);
    const range = ageRange(plain(label));
    if (range) this.#ages.push({ place, ...range });
  }

  find(word: string): Place | undefined {
    const known = spellings(word).flatMap((one) => this.#byWord.get(one) ?? [])[0];
    if (known) return known;
    const range = ageRange(word);
    return range && this.#ages.find(({ from, to }) => from <= range.from && range.to <= to)?.place;
  }
}

/** 「男」と「男性」、「札幌市中央区」と「中央区」、「北」と「北区」は同じ。 */
function spellings(word: string): string[] {
  const text = plain(word);
  const sex = /^(男|女)(性|子)?$/.exec(text)?.[1];
  const area = /^(?:.+?[市郡])?(.+?)(区|町|村|地区)$/.exec(text);
  return [text, ...(sex ? [sex] : []), ...(area ? [`${area[1]}${area[2]}`] : [])];
}

/** 「20～29歳」「20代」「20歳代」「65歳以上」「29歳以下」「20歳」の範囲。 */
function ageRange(text: string): { from: number; to: number } | undefined {
  const two = /^(\d{1,3})歳?[~～〜\-–ー－](\d{1,3})歳?(?:代)?$/.exec(text);
  if (two) {
    const decade = /代$/.test(text) ? 9 : 0;
    return { from: Number(two[1]), to: Number(two[2]) + decade };
  }
  const decade = /^(\d{1,2})歳?代(以上)?$/.exec(text);
  if (decade) return { from: Number(decade[1]), to: decade[2] ? 199 : Number(decade[1]) + 9 };
  const over = /^(\d{1,3})歳?(?:以上|[~～〜-])$/.exec(text);
  if (over) return { from: Number(over[1]), to: 199 };
  const under = /^(\d{1,3})歳?(以下|未満)$/.exec(text);
  if (under) return { from: 0, to: Number(under[1]) - (under[2] === "未満" ? 1 : 0) };
  const one = /^(\d{1,3})歳$/.exec(text);
  return one ? { from: Number(one[1]), to: Number(one[1]) } : undefined;
}
