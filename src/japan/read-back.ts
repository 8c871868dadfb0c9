import type { Day, Minute } from "../base/time.ts";
import { formatSpokenTime, minutesOf } from "./clock-time.ts";
import { dayParts, weekdayName } from "./day.ts";
import { normalizeKana } from "./kana.ts";
import { spokenPhoneTail } from "./phone-digits.ts";

/** 聞き違えやすい所の読み方。say をゆっくり言い、not と聞き違えていないかを確かめる。 */
export interface ReadingHint {
  text: string;
  say: string;
  not?: string;
}

/** 「10月1日、水曜日」。 */
export function spokenDate(day: Day): string {
  const { month, date } = dayParts(day);
  return `${month}月${date}日、${weekdayName(day)}曜日`;
}

/** 「10月1日、水曜日、午前10時から」。 */
export function spokenStart(day: Day, start: Minute): string {
  return `${spokenDate(day)}、${formatSpokenTime(start)}から`;
}

const monthSay: Readonly<Record<number, ReadingHint>> = {
  1: { text: "1月", say: "イチガツ", not: "7月" },
  4: { text: "4月", say: "シガツ", not: "7月" },
  7: { text: "7月", say: "ナナガツ", not: "1月" },
  9: { text: "9月", say: "クガツ", not: "6月" },
};

const dateSay: Readonly<Record<number, ReadingHint>> = {
  1: { text: "1日", say: "ツイタチ", not: "7日" },
  2: { text: "2日", say: "フツカ", not: "20日" },
  4: { text: "4日", say: "ヨッカ", not: "8日" },
  7: { text: "7日", say: "ナノカ", not: "1日" },
  8: { text: "8日", say: "ヨウカ", not: "4日" },
  11: { text: "11日", say: "ジュウイチニチ", not: "17日" },
  14: { text: "14日", say: "ジュウヨッカ", not: "18日" },
  17: { text: "17日", say: "ジュウナナニチ", not: "11日" },
  19: { text: "19日", say: "ジュウクニチ", not: "16日" },
  20: { text: "20日", say: "ハツカ", not: "2日" },
  21: { text: "21日", say: "ニジュウイチニチ", not: "27日" },
  24: { text: "24日", say: "ニジュウヨッカ", not: "28日" },
  27: { text: "27日", say: "ニジュウナナニチ", not: "21日" },
  29: { text: "29日", say: "ニジュウクニチ", not: "26日" },
};

const hourSay: Readonly<Record<number, ReadingHint>> = {
  1: { text: "1時", say: "イチジ", not: "7時" },
  4: { text: "4時", say: "ヨジ", not: "8時" },
  7: { text: "7時", say: "ナナジ", not: "1時" },
  9: { text: "9時", say: "クジ", not: "6時" },
  11: { text: "11時", say: "ジュウイチジ", not: "10時" },
};

/** その日時の中で聞き違えやすい所（いち・しち、よっか・ようか）。なければ空。 */
export function readingHints(day: Day, start?: Minute): ReadingHint[] {
  const { month, date } = dayParts(day);
  const hour = start === undefined ? undefined : Math.floor(minutesOf(start) / 60);
  const spokenHour = hour === undefined ? undefined : hour % 12;
  return [monthSay[month], dateSay[date], spokenHour === undefined ? undefined : hourSay[spokenHour]].filter(
    (hint) => hint !== undefined,
  );
}

/** 和文通話表（無線局運用規則 別表第5号）による、一字ずつの伝え方。 */
const spelling: Readonly<Record<string, string>> = {
  ア: "朝日のア",
  イ: "いろはのイ",
  ウ: "上野のウ",
  エ: "英語のエ",
  オ: "大阪のオ",
  カ: "為替のカ",
  キ: "切手のキ",
  ク: "クラブのク",
  ケ: "景色のケ",
  コ: "子供のコ",
  サ: "桜のサ",
  シ: "新聞のシ",
  ス: "すずめのス",
  セ: "世界のセ",
  ソ: "そろばんのソ",
  タ: "煙草のタ",
  チ: "千鳥のチ",
  ツ: "つるかめのツ",
  テ: "手紙のテ",
  ト: "東京のト",
  ナ: "名古屋のナ",
  ニ: "日本のニ",
  ヌ: "沼津のヌ",
  ネ: "ねずみのネ",
  ノ: "野原のノ",
  ハ: "はがきのハ",
  ヒ: "飛行機のヒ",
  フ: "富士山のフ",
  ヘ: "平和のヘ",
  ホ: "保険のホ",
  マ: "マッチのマ",
  ミ: "三笠のミ",
  ム: "無線のム",
  メ: "明治のメ",
  モ: "もみじのモ",
  ヤ: "大和のヤ",
  ユ: "弓矢のユ",
  ヨ: "吉野のヨ",
  ラ: "ラジオのラ",
  リ: "りんごのリ",
  ル: "るすいのル",
  レ: "れんげのレ",
  ロ: "ローマのロ",
  ワ: "わらびのワ",
  ヰ: "ゐどのヰ",
  ヱ: "かぎのあるヱ",
  ヲ: "尾張のヲ",
  ン: "おしまいのン",
  ー: "長音",
  "　": "名前に移ります",
};
const small: Readonly<Record<string, string>> = {
  ァ: "ア",
  ィ: "イ",
  ゥ: "ウ",
  ェ: "エ",
  ォ: "オ",
  ッ: "ツ",
  ャ: "ヤ",
  ュ: "ユ",
  ョ: "ヨ",
  ヮ: "ワ",
  ヵ: "カ",
  ヶ: "ケ",
};

/** カナを一字ずつ確かめる読み。「タカバ」→ 煙草のタ、為替のカ、はがきのハに濁点。 */
export function spellKana(text: string): string[] {
  return [...normalizeKana(text)].map((char) => {
    const large = small[char];
    if (large !== undefined) return `小さい${large}`;
    const [base = "", mark] = [...char.normalize("NFD")];
    const word = spelling[base] ?? char;
    if (mark === "\u3099") return `${word}に濁点`;
    return mark === "\u309a" ? `${word}に半濁点` : word;
  });
}

/** 復唱する予約。決まっていない所は言わない。 */
export interface ReadBack {
  day: Day;
  start: Minute;
  venue: string;
  course?: string;
  /** お名前（漢字でもカナでも、呼びかける形）。 */
  name: string;
  /** 言うのは末尾4桁だけ。今かかっている番号なら callingNow を true に。 */
  phone?: string;
  callingNow?: boolean;
}

/**
 * 復唱の文。「10月1日、水曜日、午前10時から、麻生まちづくりセンター。お名前は小野寺光子様。
 * お電話は今おかけの、末尾 ヨン・ヨン・ナナ・イチ でお間違いないでしょうか。」
 */
export function readBackText(booking: ReadBack): string {
  const what = booking.course ? `、${booking.course}` : "";
  const place = `${spokenStart(booking.day, booking.start)}、${booking.venue}${what}。`;
  const name = `お名前は${booking.name}様`;
  const tail = booking.phone === undefined ? "" : spokenPhoneTail(booking.phone);
  if (tail === "") return `${place}${name}でお間違いないでしょうか。`;
  const calling = booking.callingNow ? "今おかけの、" : "";
  return `${place}${name}。お電話は${calling}末尾 ${tail} でお間違いないでしょうか。`;
}
