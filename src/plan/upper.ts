/** 上位計画と、その項目。 */
export interface UpperItem {
  code: string;
  title: string;
  /** 本文（食い違いを言うときに、そのまま見せる）。 */
  text: string;
  page: string;
  /** 期間の始まりと終わり（年度、西暦）。 */
  from: number | null;
  until: number | null;
  /** 指標の名、目標値（単位つきの文字）、目標年度（西暦）。 */
  indicator: string;
  target: string;
  targetYear: number | null;
}

export interface UpperPlan {
  id: string;
  /** 項目の記号の、はじめの「-」の前。 */
  code: string;
  name: string;
  shortName: string;
  items: UpperItem[];
}

/** 施策と上位計画の対応を、人が書いたもの。 */
export const matchMarks = ["partial", "outside", "settled"] as const;
export type MatchMark = (typeof matchMarks)[number];

export interface UpperMatch {
  measure: string;
  upperId: string;
  /** partial 一部、outside 対象外、settled 食い違いを確かめた（理由つき）。 */
  mark: MatchMark;
  note: string;
}

/** 記号と名だけの項目。 */
export function blankItem(code: string, title: string): UpperItem {
  return {
    ...{ code, title, text: "", page: "", from: null, until: null },
    ...{ indicator: "", target: "", targetYear: null },
  };
}

const eraStarts: Readonly<Record<string, number>> = {
  明治: 1867,
  大正: 1911,
  昭和: 1925,
  平成: 1988,
  令和: 2018,
};

/** 全角の数字を半角に。 */
export function halfDigits(text: string): string {
  return text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}

/** 文の中の年（西暦）。「令和９年度」「R9」「2027年」「令和９」を読む。なければ空。 */
export function yearsIn(text: string): number[] {
  const plain = halfDigits(text);
  const found: { at: number; year: number }[] = [];
  for (const one of plain.matchAll(/(明治|大正|昭和|平成|令和)\s*(元|\d{1,2})/g))
    found.push({
      at: one.index,
      year: (eraStarts[one[1] ?? ""] ?? 0) + (one[2] === "元" ? 1 : Number(one[2])),
    });
  for (const one of plain.matchAll(/(?<![A-Za-z])R\s*(\d{1,2})(?!\d)/g))
    found.push({ at: one.index, year: 2018 + Number(one[1]) });
  for (const one of plain.matchAll(/(?<!\d)((?:19|20)\d{2})(?!\d)/g))
    found.push({ at: one.index, year: Number(one[1]) });
  // 「令和７～９年度」の「～９」は、前の元号を引き継ぐ。
  for (const one of plain.matchAll(
    /(明治|大正|昭和|平成|令和)\s*(?:元|\d{1,2})(?:年度?)?\s*[～〜~–-]\s*(\d{1,2})(?!\d)/g,
  ))
    found.push({
      at: one.index + one[0].length - 1,
      year: (eraStarts[one[1] ?? ""] ?? 0) + Number(one[2]),
    });
  return found.sort((a, b) => a.at - b.at).map(({ year }) => year);
}

/** 目標などの値と年: 「60.0（令和14）」→ 60、2032。読めないところは undefined。 */
export function readTarget(text: string): { value: number | undefined; year: number | undefined } {
  const [year] = yearsIn(text);
  const plain = halfDigits(text)
    .replace(/[（(][^）)]*[）)]/g, "")
    .replaceAll(",", "");
  const found = /-?\d+(?:\.\d+)?/.exec(plain);
  return { value: found ? Number(found[0]) : undefined, year };
}

/** 「令和11年度」。 */
export function fiscalText(year: number): string {
  return year >= 2019 ? `令和${year === 2019 ? "元" : year - 2018}年度` : `平成${year - 1988}年度`;
}
