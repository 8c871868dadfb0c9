/** 個人情報らしい所。 */
export interface MaskRange {
  start: number;
  end: number;
  kind: MaskKind;
  /** 人が加えたもの。 */
  byHand?: boolean;
}

export const maskKinds = {
  name: "氏名",
  address: "住所",
  phone: "電話番号",
  mail: "メールアドレス",
  number: "番号",
  other: "そのほか",
} as const;
export type MaskKind = keyof typeof maskKinds;

/** 伏せた字。範囲がずれないように、もとと同じ長さにする。 */
const SHADE = "●";

const patterns: readonly [MaskKind, RegExp][] = [
  ["mail", /[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9-]+(?:[.．][A-Za-z0-9-]+)+/g],
  ["phone", /(?<![0-9０-９])[0０][0-9０-９]{1,4}[-－ー‐―−(（ ]?[0-9０-９]{1,4}[-－ー‐―−)） ]?[0-9０-９]{3,4}(?![0-9０-９])/g],
  ["address", /〒\s*[0-9０-９]{3}[-－ー‐−]?[0-9０-９]{4}/g],
  [
    "address",
    /(?:\p{Script=Han}{2,4}[都道府県])?(?:\p{Script=Han}{1,6}市)?(?:\p{Script=Han}{1,4}区)?[\p{Script=Han}ぁ-んァ-ヶー]{1,10}?[0-9０-９一二三四五六七八九十〇]{1,3}(?:条[東西南北]?|丁目|番町?|番地)(?:[東西南北]?[0-9０-９一二三四五六七八九十]{0,3}(?:丁目|番|番地|号|[-－ー‐−の])?){0,5}(?:[0-9０-９]{1,4}(?:号室?)?)?/gu,
  ],
  ["number", /(?<![0-9０-９])[0-9０-９]{4}[-－ ]?[0-9０-９]{4}[-－ ]?[0-9０-９]{4}(?:[-－ ]?[0-9０-９]{4})?(?![0-9０-９])/g],
  ["name", /(?:氏名|名前|お名前|住所氏名|代表者?|差出人)\s*[:：]?\s*[\p{Script=Han}ぁ-んァ-ヶー]{1,5}[ 　]?[\p{Script=Han}ぁ-んァ-ヶー]{1,5}/gu],
  ["name", /[\p{Script=Han}]{1,4}[ 　]?[\p{Script=Han}ぁ-んァ-ヶ]{0,4}(?=と申します|といいます|ともうします)/gu],
  ["name", /[\p{Script=Han}]{2,4}(?=(?:さん|氏|先生|課長|係長|主事|部長)(?![ぁ-ん]?まざま))/gu],
];

/** 人の名ではない、敬称の前に来る言葉。 */
const notNames =
  /^(?:皆|子供|子ども|お子|市民|区民|住民|町民|高齢者|障害者|利用者|患者|業者|職員|担当|関係者|保護者|学生|生徒|児童|外国人|観光客|事業者|若者|老人|祖父|祖母|奥|旦那|息子|娘|孫|医者|看護師|先生|担当者|議員|皆様|係|市役所|役所|窓口|校長|教頭|市長|課|部|局)$/;

/**
 * 伏せる候補。確かめて決めるのは人（伏せすぎも、漏れもある）。known は、差出人の欄などで分かっている言葉。
 */
export function findMasks(text: string, known: readonly { kind: MaskKind; words: string }[] = []): MaskRange[] {
  const found: MaskRange[] = [];
  for (const { kind, words } of known)
    for (const part of knownParts(words))
      for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length))
        found.push({ start: at, end: at + part.length, kind });
  for (const [kind, pattern] of patterns)
    for (const match of text.matchAll(pattern)) {
      const words = match[0];
      if (kind === "name" && notNames.test(words.trim())) continue;
      const label = kind === "name" ? (/^(?:氏名|名前|お名前|住所氏名|代表者?|差出人)\s*[:：]?\s*/.exec(words)?.[0].length ?? 0) : 0;
      found.push({ start: match.index + label, end: match.index + words.length, kind });
    }
  return tidyMasks(found);
}

/** 名と住所は、空白で区切られた部分でも探す（姓だけ、名だけ。一字の姓は前後が決まらないので探さない）。 */
function knownParts(words: string): string[] {
  const whole = words.trim();
  if (whole === "") return [];
  const parts = whole.split(/[\s　]+/).filter((part) => part.length >= 2);
  const joined = whole.replace(/[\s　]+/g, "");
  return [...new Set([whole, joined, ...parts])].filter((part) => part.length >= 2);
}

/** 重なりを一つにして、前から順に。 */
export function tidyMasks(masks: readonly MaskRange[]): MaskRange[] {
  const out: MaskRange[] = [];
  for (const mask of [...masks].filter(({ start, end }) => end > start).sort((a, b) => a.start - b.start)) {
    const last = out.at(-1);
    if (last && mask.start < last.end) last.end = Math.max(last.end, mask.end);
    else out.push({ ...mask });
  }
  return out;
}

/** 伏せる。長さは変わらないので、範囲はそのまま使える。改行は残す。 */
export function applyMasks(text: string, masks: readonly MaskRange[]): string {
  let out = "";
  let at = 0;
  for (const { start, end } of tidyMasks(masks)) {
    out += text.slice(at, start) + text.slice(start, end).replace(/[^\r\n]/g, SHADE);
    at = end;
  }
  return out + text.slice(at);
}

/** 公表するもの: 伏せた所の長さから分からないように、どれも同じ長さにする。 */
export function publicText(text: string): string {
  return text.replace(/●+(?:\s*●+)*/g, "●●");
}

/** 伏せた言葉（公表するファイルに残っていないことを確かめるため）。二字より短いものは、偶然と分けられないので除く。 */
export function maskedWords(original: string, masks: readonly MaskRange[]): string[] {
  return [...new Set(tidyMasks(masks).map(({ start, end }) => original.slice(start, end).trim()))].filter(
    (word) => word.length >= 2,
  );
}
