import { dateOfSerialNumber, formatDate, readDateTime } from "./date-picture.ts";
import { formatNumber, readNumber } from "./number-picture.ts";

/** フィールドの書式スイッチ。date は \@、number は \#、general は \* の並び（書かれた順）。 */
export interface FieldFormat {
  date?: string;
  number?: string;
  general: string[];
  /** \b: 値があるときだけ前に付ける文字。 */
  before?: string;
  /** \f: 値があるときだけ後に付ける文字。 */
  after?: string;
}

/** 差し込む値。text は一覧に見えるとおり。iso は日付・時刻と分かっているとき（2025-08-05、13:30、2025-08-05T13:30）。 */
export interface MergeValue {
  text: string;
  iso?: string;
  number?: number;
}

export interface Formatted {
  text: string;
  /** 書式どおりにできなかった（日付・数として読めない）。そのときは値をそのまま出す。 */
  misfit?: "date" | "number";
}

/** 値を書式に従って文字にする。空の値は空のまま（前後の文字も付けない）。 */
export function formatValue(value: MergeValue, format: FieldFormat): Formatted {
  if (value.text === "") return { text: "" };
  const shown = picture(value, format);
  const text = format.general.reduce((so, name) => applyGeneral(so, name), shown.text);
  return { ...shown, text: (format.before ?? "") + text + (format.after ?? "") };
}

function picture(value: MergeValue, format: FieldFormat): Formatted {
  if (format.date !== undefined) {
    const read = readDateTime(value.iso ?? value.text) ?? serialOf(value);
    const text = read && formatDate(read, format.date);
    return text === undefined ? { text: value.text, misfit: "date" } : { text };
  }
  if (format.number !== undefined) {
    // 画面の書式で丸められた文字より、元の数のほうが正しい。ただし先頭の 0 は文字にしかない。
    const number = value.number ?? readNumber(value.text);
    if (number === undefined || Math.abs(number) > Number.MAX_SAFE_INTEGER)
      return { text: value.text, misfit: "number" };
    return { text: formatNumber(number, format.number) };
  }
  return { text: value.text };
}

function serialOf(value: MergeValue) {
  const number = value.number ?? readNumber(value.text);
  return number === undefined ? undefined : dateOfSerialNumber(number);
}

/** \* の一つを適用する。知らない名前（MERGEFORMAT, CHARFORMAT を含む）は文字を変えない。 */
export function applyGeneral(text: string, name: string): string {
  const key = name.toLowerCase();
  const byCase = letterCase(text, key);
  if (byCase !== undefined) return byCase;
  const number = readNumber(text);
  if (number === undefined || !Number.isInteger(number) || number < 0) return text;
  return numberWords(number, name) ?? text;
}

function letterCase(text: string, key: string): string | undefined {
  if (key === "upper") return text.toUpperCase();
  if (key === "lower") return text.toLowerCase();
  if (key === "firstcap") return text.replace(/\p{L}/u, (letter) => letter.toUpperCase());
  if (key === "caps") return text.replace(/(?<![\p{L}\p{N}'’])\p{L}/gu, (letter) => letter.toUpperCase());
  if (key === "dbchar" || key === "dbnum4") return widen(text);
  if (key === "sbchar") return narrow(text);
  return undefined;
}

function widen(text: string): string {
  return text
    .replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
    .replaceAll(" ", "　");
}

function narrow(text: string): string {
  return text
    .replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll("　", " ");
}

const aiueo = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン";
const iroha =
  "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン";
const zodiac1 = "甲乙丙丁戊己庚辛壬癸";
const zodiac2 = "子丑寅卯辰巳午未申酉戌亥";

function numberWords(number: number, name: string): string | undefined {
  const key = name.toLowerCase();
  if (key === "arabic") return String(number);
  if (key === "hex") return number.toString(16).toUpperCase();
  if (key === "ordinal") return number + ordinalEnding(number);
  if (key === "roman") return matchCase(roman(number), name);
  if (key === "alphabetic") return matchCase(alphabetic(number), name);
  if (key === "kanjinum1" || key === "dbnum1" || key === "chinesenum1") return kanjiDigits(number);
  if (key === "kanjinum2" || key === "dbnum2" || key === "chinesenum3")
    return kanjiNumber(number, "一二三四五六七八九", "十百千");
  if (key === "kanjinum3" || key === "dbnum3" || key === "chinesenum2")
    return kanjiNumber(number, "壱弐参四五六七八九", "拾百阡");
  if (key === "aiueo") return fromList(number, aiueo);
  if (key === "iroha") return fromList(number, iroha);
  if (key === "zodiac1") return fromList(number, zodiac1);
  if (key === "zodiac2") return fromList(number, zodiac2);
  if (key === "circlenum") return circled(number);
  return undefined;
}

function matchCase(text: string, name: string): string {
  return /^[A-Z]/.test(name) ? text : text.toLowerCase();
}

function ordinalEnding(number: number): string {
  if (number % 100 >= 11 && number % 100 <= 13) return "th";
  return ["th", "st", "nd", "rd"][number % 10] ?? "th";
}

function roman(number: number): string {
  if (number > 3999) return String(number);
  const steps: [number, string][] = [
    [1000, "M"],
    [900, "CM"],
    [500, "D"],
    [400, "CD"],
    [100, "C"],
    [90, "XC"],
    [50, "L"],
    [40, "XL"],
    [10, "X"],
    [9, "IX"],
    [5, "V"],
    [4, "IV"],
    [1, "I"],
  ];
  let rest = number;
  let out = "";
  for (const [size, letters] of steps) for (; rest >= size; rest -= size) out += letters;
  return out;
}

function alphabetic(number: number): string {
  if (number < 1 || number > 780) return String(number);
  return String.fromCharCode(65 + ((number - 1) % 26)).repeat(Math.floor((number - 1) / 26) + 1);
}

function fromList(number: number, list: string): string {
  return number < 1 ? String(number) : (list[(number - 1) % list.length] ?? "");
}

function circled(number: number): string {
  if (number >= 1 && number <= 20) return String.fromCharCode(0x2460 + number - 1);
  if (number >= 21 && number <= 35) return String.fromCharCode(0x3251 + number - 21);
  return number <= 50 && number > 0 ? String.fromCharCode(0x32b1 + number - 36) : String(number);
}

function kanjiDigits(number: number): string {
  return String(number).replace(/\d/g, (digit) => "〇一二三四五六七八九"[Number(digit)] ?? "");
}

function kanjiNumber(number: number, digits: string, places: string): string {
  if (number === 0) return "〇";
  const groups = ["", "万", "億", "兆"];
  let out = "";
  for (let rest = number, group = 0; rest > 0; rest = Math.floor(rest / 10_000), group += 1) {
    const four = rest % 10_000;
    if (four > 0) out = fourDigits(four, digits, places) + (groups[group] ?? "") + out;
  }
  return out;
}

function fourDigits(number: number, digits: string, places: string): string {
  return [3, 2, 1, 0]
    .map((place) => {
      const digit = Math.floor(number / 10 ** place) % 10;
      if (digit === 0) return "";
      const one = digit === 1 && place > 0 && !digits.startsWith("壱");
      return (one ? "" : (digits[digit - 1] ?? "")) + (place > 0 ? (places[place - 1] ?? "") : "");
    })
    .join("");
}
