import { findPersonal, type PersonalKind } from "../japan/personal-flag.ts";

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

const kinds: Readonly<Record<PersonalKind, MaskKind>> = {
  ...{ phone: "phone", mail: "mail", postal: "address", address: "address", name: "name", birth: "number" },
  number: "number",
};

/** 伏せた字。範囲がずれないように、もとと同じ長さにする。 */
const SHADE = "●";

/** 名のりと、役職の付いた名（「様」などの付く名は findPersonal が見つける）。 */
const names: readonly RegExp[] = [
  /[\p{Script=Han}]{1,4}[ 　]?[\p{Script=Han}ぁ-んァ-ヶ]{0,4}(?=と申します|といいます|ともうします)/gu,
  /(?<!\p{Script=Han})\p{Script=Han}{2,3}(?=(?:先生|課長|係長|主事|部長|主任)(?!会))/gu,
];
/** 人の名ではない、役職の前に来る言葉。 */
const notNames = /(?:担当|関係|窓口|当時|現場|学校|保健|児童|区民|市民|総務|福祉|同じ|その|各)$/u;

/**
 * 伏せる候補。確かめて決めるのは人（伏せすぎも、漏れもある）。known は、差出人の欄などで分かっている言葉。
 */
export function findMasks(
  text: string,
  known: readonly { kind: MaskKind; words: string }[] = [],
): MaskRange[] {
  const found: MaskRange[] = knownMasks(text, known);
  for (const { kind, start, end } of findPersonal(text)) found.push({ start, end, kind: kinds[kind] });
  for (const pattern of names)
    for (const match of text.matchAll(pattern))
      if (!notNames.test(match[0]))
        found.push({ start: match.index, end: match.index + match[0].length, kind: "name" });
  return tidyMasks(found);
}

/** 分かっている言葉のある所だけ（一人の方の分だけを伏せるとき）。 */
export function knownMasks(text: string, known: readonly { kind: MaskKind; words: string }[]): MaskRange[] {
  const found: MaskRange[] = [];
  for (const { kind, words } of known)
    for (const part of knownParts(words))
      for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length))
        found.push({ start: at, end: at + part.length, kind });
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
