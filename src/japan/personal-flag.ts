import type { Fault } from "../base/error.ts";

/** 自由な文の中に見つけた、個人情報らしいもの。text は画面の中だけで使い、失敗の文には入れない。 */
export interface PersonalFinding {
  kind: PersonalKind;
  /** 文の中の位置（UTF-16。元の文のまま）。 */
  start: number;
  end: number;
}

export const personalKinds = {
  phone: "電話番号",
  mail: "メールアドレス",
  postal: "郵便番号",
  address: "住所",
  name: "氏名",
  birth: "生年月日",
  number: "個人番号などの長い数字",
} as const;
export type PersonalKind = keyof typeof personalKinds;

const digit = "[0-9０-９]";
const dash = "[-‐‑‒–—―－ー−ｰ\\s()（）]";
const kanji = "[\\p{Script=Han}々ヶヵ]";
const family = `${kanji}{1,4}`;
/** 「様」が付いても氏名でない言葉。 */
const titles =
  /^(お客|客|皆|皆々|奥|お子|子供|各|同|仕|有|模|多|一|王|神|神々|殿|何|お母|お父|母|父|先方|相手|担当者?|委託者?|受講者?|予約者?|申込者?|御担当者?|市民?|講師|利用者?|家族|ご家族|代理人?|本人|御本人|ご本人|姉|兄|弟|妹|娘|息子|叔母|叔父|祖母|祖父|お孫|孫|会場|館長|所長|区|係)$/u;

interface Pattern {
  kind: PersonalKind;
  pattern: RegExp;
  /** 見つけたものが本当にそれらしいか。 */
  accept?: (match: RegExpExecArray) => boolean;
  /** 使うまとまりの番号（省けば全体）。 */
  group?: number;
}

/** 先に書いたものが、重なりで勝つ。 */
const patterns: readonly Pattern[] = [
  { kind: "mail", pattern: /[\w.+\-＠@．]+[@＠][\w-]+(?:[.．][\w-]+)+/gu },
  {
    kind: "postal",
    pattern: new RegExp(
      `〒\\s*${digit}{3}${dash}?${digit}{4}|(?<!${digit}|${digit}[-－ー−‐])${digit}{3}[-－ー−‐]${digit}{4}(?!${digit}|[-－ー−‐]${digit})`,
      "gu",
    ),
  },
  {
    kind: "phone",
    pattern: new RegExp(`(?<!${digit})[0０](?:${dash}{0,2}${digit}){8,10}(?!${digit})`, "gu"),
    // 「0120」などの案内の番号も数える。年月日の並び（2025-09-17）は 0 で始まらない。
    accept: ([text]) => {
      const digits = text.normalize("NFKC").replace(/\D/g, "");
      return digits.length === 10 || digits.length === 11;
    },
  },
  {
    kind: "birth",
    pattern: new RegExp(
      `(?:明治|大正|昭和|平成|[MTSH]|(?:19|１９)${digit}{2}年?)\\s*[0-9０-９元]{0,2}\\s*[年./．／-]\\s*${digit}{1,2}\\s*[月./．／-]\\s*${digit}{1,2}\\s*日?\\s*(?:生まれ|生)?`,
      "gu",
    ),
  },
  {
    kind: "number",
    pattern: new RegExp(`(?<!${digit})(?:${digit}[-－ ]?){11,15}${digit}(?!${digit})`, "gu"),
  },
  {
    kind: "address",
    pattern: new RegExp(
      `(?:${kanji}{1,4}[都道府県])?(?:${kanji}{1,6}[市区町村郡])[^\\s、。，．]{0,24}?(?:${digit}|[一二三四五六七八九十百])+\\s*(?:条|丁目|番地?|号|の)(?:[^\\s、。，．]{0,20}?${digit}+)?|(?:${kanji}{1,6}|[北南東西]${digit}{1,2}条[東西]?)${digit}{1,3}丁目${digit}{1,4}(?:[-－ー番]${digit}{1,4})*`,
      "gu",
    ),
  },
  {
    kind: "name",
    pattern: new RegExp(
      `(?<!${kanji})(${family}(?:[\\s　]?${kanji}{1,3})?|[ァ-ヺー]{2,8}(?:[\\s　][ァ-ヺー]{2,8})?)[\\s　]?(?:様|さま|さん|氏(?!名)|殿(?!堂))`,
      "gu",
    ),
    accept: ([, name = ""]) =>
      !titles.test(name) &&
      !/[様方者員]$/u.test(name) &&
      !/スタッフ|オペレーター|センター|サポート|ボランティア|ドコモ|ソフトバンク|ユーザー/u.test(name),
  },
  {
    kind: "name",
    pattern: new RegExp(
      `(?:氏名|お名前|名前|名字|本名)\\s*(?:は|が|：|:|＝|=)\\s*(${family}[\\s　]?${kanji}{0,4}|[ァ-ヺー]{2,10}[\\s　]?[ァ-ヺー]{0,10})`,
      "gu",
    ),
    accept: ([, name = ""]) => !/^(何|未|不明|別|同|無|非公開|匿名)/u.test(name),
    group: 1,
  },
];

/** 個人情報らしいものを、現れた順に。重なりは一つにする。 */
export function findPersonal(text: string): PersonalFinding[] {
  const found: PersonalFinding[] = [];
  for (const { kind, pattern, accept, group } of patterns)
    for (const match of text.matchAll(pattern)) {
      if (accept && !accept(match as RegExpExecArray)) continue;
      const part = group === undefined ? match[0] : (match[group] ?? match[0]);
      const start = match.index + (group === undefined ? 0 : match[0].indexOf(part));
      const end = start + part.trimEnd().length;
      if (end > start && !found.some((one) => one.start < end && start < one.end))
        found.push({ kind, start, end });
    }
  return found.sort((a, b) => a.start - b.start);
}

/** 個人情報らしい所を、種類の名に替えた文（「［電話番号］」）。なければ、そのまま。 */
export function maskPersonal(text: string): string {
  let out = "";
  let at = 0;
  for (const { kind, start, end } of findPersonal(text)) {
    out += `${text.slice(at, start)}［${personalKinds[kind]}］`;
    at = end;
  }
  return out + text.slice(at);
}

/** 「電話番号（3〜14字目）と氏名（20〜24字目）」。中身は言わない。 */
export function describePersonal(text: string, found: readonly PersonalFinding[]): string {
  return found
    .slice(0, 5)
    .map(({ kind, start, end }) => {
      const from = [...text.slice(0, start)].length + 1;
      return `${personalKinds[kind]}（${from}〜${from + [...text.slice(start, end)].length - 1}字目）`;
    })
    .join("、");
}

/** 欄に出す直すところ。なければ undefined。 */
export function personalFault(field: string, text: string): Fault | undefined {
  const found = findPersonal(text);
  if (found.length === 0) return undefined;
  return {
    field,
    message: `${describePersonal(text, found)}らしいものがあります。要らなければ消してください。`,
  };
}
