import type { Day } from "../base/time.ts";
import { daysBetween } from "../japan/day.ts";

/** 公表しなければならないもの（意見公募を始める前に、全部そろっていること）。 */
export const checklist = [
  { name: "draft", label: "案", help: "意見を求める案の名と版（例: 素案 令和6年11月版）" },
  { name: "purpose", label: "趣旨・目的・背景", help: "なぜ、この案を作るのか" },
  { name: "summary", label: "概要", help: "案のあらまし（概要版があれば、その名も）" },
  { name: "issues", label: "論点と市の考え方", help: "とくに意見を聞きたいこと" },
  { name: "places", label: "公表・配布の場所", help: "一行に一か所" },
  { name: "form", label: "意見用紙と送り先", help: "意見用紙のありかと、郵送・持参・FAX・メールの送り先" },
] as const;

/** 期間の長さの下限（日）。札幌市のパブリックコメント制度は「原則30日以上」。始まりの日も終わりの日も数える。 */
export const MIN_DAYS = 30;

/** 始まりの日も終わりの日も数えた日数。 */
export function periodDays(from: Day, to: Day): number {
  return daysBetween(from, to) + 1;
}

/** 期間内に届いたか。郵送は消印の日、ほかは届いた日。 */
export function isLate(day: Day, to: Day): boolean {
  return day > to;
}

/** 送り方。表の列の順。 */
export const channels = {
  hand: "持参",
  post: "郵送",
  fax: "FAX",
  mail: "電子メール",
  form: "フォーム",
} as const;
export type Channel = keyof typeof channels;
export const channelNames = Object.keys(channels) as Channel[];

/** 年代。表の行の順。 */
export const ages = {
  u20: "19歳以下",
  a20: "20代",
  a30: "30代",
  a40: "40代",
  a50: "50代",
  a60: "60代",
  a70: "70歳以上",
  none: "不明",
} as const;
export type Age = keyof typeof ages;
export const ageNames = Object.keys(ages) as Age[];

/** 「68歳」「六十代」「小学生」「70代以上」のような書き方から、年代。読めなければ不明。 */
export function readAge(given: string): Age {
  const text = given
    .normalize("NFKC")
    .replace(/[〇一二三四五六七八九]?十?[一二三四五六七八九]?(?=[代歳])/g, (kanji) =>
      kanji === "" ? "" : String(kanjiNumber(kanji)),
    );
  if (/小学|中学|高校|未満|19歳以下|10代/.test(text)) return "u20";
  const number = Number(/\d{1,3}/.exec(text)?.[0] ?? Number.NaN);
  if (Number.isNaN(number) || number > 120) return "none";
  if (number < 20) return "u20";
  if (number >= 70) return "a70";
  return `a${Math.floor(number / 10)}0` as Age;
}

function kanjiNumber(text: string): number {
  const digit = (one: string) => "〇一二三四五六七八九".indexOf(one);
  const [tens, ones] = text.includes("十") ? text.split("十") : ["", text];
  if (!text.includes("十")) return [...text].reduce((all, one) => all * 10 + digit(one), 0);
  return (tens === "" ? 1 : digit(tens ?? "")) * 10 + (ones === "" ? 0 : digit(ones ?? ""));
}

/** 反映の区分。契約ごとに変えられる。 */
export interface AnswerStatus {
  code: string;
  label: string;
  /** 画面での短い名。 */
  short: string;
  /** この区分には、案の変更がなければならない。 */
  needsChange: boolean;
}

export const standardStatuses: readonly AnswerStatus[] = [
  { code: "A", label: "案を修正するもの", short: "修正する", needsChange: true },
  { code: "B", label: "既に案に盛り込まれているもの", short: "反映済み", needsChange: false },
  { code: "C", label: "今後の取組の参考とするもの", short: "参考", needsChange: false },
  { code: "D", label: "案のとおりとするもの", short: "素案どおり", needsChange: false },
  { code: "E", label: "その他（案の対象でないものなど）", short: "その他", needsChange: false },
];
