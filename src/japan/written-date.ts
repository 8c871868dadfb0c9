import { AppError } from "../base/error.ts";
import type { Day, Minute } from "../base/time.ts";
import { addDays, dayParts, daysBetween, isCalendarDate, isDay, toDay, weekdayName } from "./day.ts";
import { kanjiNumbersToDigits } from "./kanji-number.ts";
import { type Era, eraOf, eras, formatWareki, SOLAR_FROM, yearWord } from "./wareki.ts";

/** 「令和７年度」「R7年度」「2025年度」から 2025。読めなければ undefined。 */
export function parseFiscalYear(text: string): number | undefined {
  const plain = plainText(text);
  const western = /^(\d{4})年度$/.exec(plain);
  if (western) return Number(western[1]);
  const found = new RegExp(`^${ERA}(元|\\d{1,3})年度$`, "i").exec(plain);
  const era = found ? eraNamed(found[1] ?? "") : undefined;
  if (!found || !era) return undefined;
  return Number(era.from.slice(0, 4)) + eraYearOf(found[2] ?? "") - 1;
}

/** 年のない日付の補い方。どれもなければ、年のない日付は断る。 */
export interface DateDefaults {
  year?: number;
  /** この期間に入る年を選ぶ（期、履行期間）。 */
  within?: { from: Day; to: Day };
  /** この日に最も近い年を選ぶ（今日）。 */
  near?: Day;
}

export type ReadDate = { day: Day; time?: Minute } | { error: string };

const ERA = "(明治|大正|昭和|平成|令和|[MTSHR]\\.?)";
const WEEKDAY = "(?:\\(?([月火水木金土日])(?:曜日?)?(?:[・,/]?(?:祝日?|休日?))?\\)?)?";
const TIME = "(?:T?(\\d{1,2}):(\\d{2})(?::\\d{2}(?:\\.\\d+)?)?)?";
const eraForm = new RegExp(
  `^${ERA}(元|\\d{1,3})(?:年|[./-])(\\d{1,2})(?:月|[./-])(\\d{1,2})日?${WEEKDAY}${TIME}$`,
  "i",
);
const westernForm = new RegExp(`^(\\d{4})(?:年|[./-])(\\d{1,2})(?:月|[./-])(\\d{1,2})日?${WEEKDAY}${TIME}$`);
const compactForm = new RegExp(`^(\\d{4})(\\d{2})(\\d{2})${WEEKDAY}$`);
const monthForm = new RegExp(`^(\\d{1,2})(?:月|/)(\\d{1,2})日?${WEEKDAY}${TIME}$`);

/**
 * 人が書く日付を読む。令和7年9月17日（水）、Ｒ７．９．１７、2025/9/17、9月17日、9/17、20250917。
 * 読めないとき、ありえない日、曜日の合わない日は、何が違うかの文を返す（元の文字は含まない）。
 */
export function readDate(text: string, defaults: DateDefaults = {}): ReadDate {
  if (text.length > 60) return { error: UNREADABLE };
  const plain = plainText(text);
  const era = eraForm.exec(plain);
  if (era) return readEra(era);
  const western = westernForm.exec(plain) ?? compactForm.exec(plain);
  if (western) return checked(Number(western[1]), western.slice(2));
  const month = monthForm.exec(plain);
  if (month) return readMonth(month.slice(1), defaults);
  if (/^\d{1,2}[./-]\d{1,2}[./-]\d{1,2}$/.test(plain)) {
    return {
      error: "年が二桁で、元号も西暦も分かりません。「令和7年9月17日」か「2025/9/17」の形でご記入ください。",
    };
  }
  return { error: UNREADABLE };
}

const UNREADABLE = "日付として読めません。「令和7年9月17日」か「2025/9/17」の形でご記入ください。";

/** readDate と同じ。読めなければ BAD_INPUT。 */
export function parseDate(text: string, defaults: DateDefaults = {}): Day {
  const read = readDate(text, defaults);
  if ("error" in read) throw new AppError("BAD_INPUT", read.error);
  return read.day;
}

/** 全角・空白・漢数字・「曜」の括弧の違いをならす。 */
function plainText(text: string): string {
  const folded = text
    .normalize("NFKC")
    .replace(/\s+/g, "")
    .replace(/[‐‑‒–—―−]/g, "-")
    .replace(/[〔［[]/g, "(")
    .replace(/[〕］\]]/g, ")");
  return kanjiNumbersToDigits(folded);
}

function eraNamed(word: string): Era | undefined {
  const key = word.replace(".", "").toUpperCase();
  return eras.find((era) => era.name === key || era.letter === key);
}

function eraYearOf(word: string): number {
  return word === "元" ? 1 : Number(word);
}

function readEra(match: RegExpExecArray): ReadDate {
  const era = eraNamed(match[1] ?? "");
  if (!era) return { error: UNREADABLE };
  const eraYear = eraYearOf(match[2] ?? "");
  if (eraYear < 1) return { error: "元号の年は「元年」か1年からです。年をご確認ください。" };
  const read = checked(Number(era.from.slice(0, 4)) + eraYear - 1, match.slice(3));
  if ("error" in read) return read;
  return read.day < SOLAR_FROM
    ? { error: "明治5年までの日付は旧暦のため扱えません。西暦でご記入ください。" }
    : inEra(era, eraYear, read);
}

/** その元号にその日があるか。平成31年5月1日、昭和64年1月8日は断る。 */
function inEra(era: Era, eraYear: number, read: { day: Day; time?: Minute }): ReadDate {
  if (eraOf(read.day) === era) return read;
  const { month, date } = dayParts(read.day);
  const asked = `${era.name}${yearWord(eraYear)}年${month}月${date}日`;
  return {
    error: `${asked}はありません。この日は${formatWareki(read.day)}です。どちらが正しいかご確認ください。`,
  };
}

function readMonth(parts: (string | undefined)[], defaults: DateDefaults): ReadDate {
  const month = Number(parts[0]);
  const date = Number(parts[1]);
  if (month < 1 || month > 12 || date < 1 || date > 31) {
    return { error: `${month}月${date}日は暦にありません。日付をご確認ください。` };
  }
  const years = candidateYears(month, date, defaults);
  if (years === undefined)
    return { error: "年が書かれていません。「令和7年9月17日」のように年からご記入ください。" };
  const [first] = years;
  if (first === undefined) {
    return {
      error: `${month}月${date}日は、対象の期間に入りません。年を付けてご記入いただくか、期間をご確認ください。`,
    };
  }
  // 曜日が書いてあれば、それに合う年を先に取る。
  const fits = years.map((year) => checked(year, parts)).find((read) => "day" in read);
  return fits ?? checked(first, parts);
}

function candidateYears(month: number, date: number, defaults: DateDefaults): number[] | undefined {
  const { year, within, near } = defaults;
  if (within) {
    const from = dayParts(within.from).year;
    const years = Array.from(
      { length: Math.min(dayParts(within.to).year - from + 1, 100) },
      (_, i) => from + i,
    );
    const inside = (one: number) => {
      const day = isCalendarDate(one, month, date) ? toDay(one, month, date) : undefined;
      return day !== undefined && day >= within.from && day <= within.to;
    };
    return years.filter(inside);
  }
  if (year !== undefined) return [year];
  if (near === undefined) return undefined;
  const base = dayParts(near).year;
  return [base - 1, base, base + 1]
    .filter((one) => isCalendarDate(one, month, date))
    .sort((a, b) => distance(a) - distance(b));

  function distance(one: number): number {
    return Math.abs(daysBetween(near ?? "", toDay(one, month, date)));
  }
}

/** parts は 月・日・曜日・時・分。 */
function checked(year: number, parts: (string | undefined)[]): ReadDate {
  const [month, date] = [Number(parts[0]), Number(parts[1])];
  if (year < 1 || !isCalendarDate(year, month, date)) {
    return { error: `${year}年${month}月${date}日は暦にありません。日付をご確認ください。` };
  }
  const day = toDay(year, month, date);
  const weekday = parts[2];
  if (weekday !== undefined && weekday !== weekdayName(day)) {
    const right = `${year}年${month}月${date}日は${weekdayName(day)}曜日`;
    return {
      error: `曜日が合いません。${right}ですが、${weekday}曜日と書かれています。日付か曜日をご確認ください。`,
    };
  }
  if (parts[3] === undefined) return { day };
  const [hour, minute] = [Number(parts[3]), Number(parts[4])];
  if (hour > 23 || minute > 59) return { error: `${hour}時${minute}分はありません。時刻をご確認ください。` };
  return { day, time: `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}` };
}

/**
 * Excel の日付の通し番号から暦日と時刻。45917 → 2025-09-17。小数は時刻（分に丸める）。
 * 1900年方式には実在しない1900年2月29日（60）があるので、その前後でずれを変える。
 */
export function dayFromExcelSerial(
  serial: number,
  system: "1900" | "1904" = "1900",
): { day: Day; time: Minute } {
  const minutes = Math.round(serial * 1_440);
  const whole = Math.floor(minutes / 1_440);
  const first = system === "1900" ? 1 : 0;
  if (!Number.isFinite(serial) || whole < first || whole > 2_958_465 || (system === "1900" && whole === 60)) {
    throw new AppError(
      "BAD_INPUT",
      "日付の番号（シリアル値）が暦の範囲にありません。セルの値をご確認ください。",
    );
  }
  const base: Day = system === "1904" ? "1904-01-01" : whole < 60 ? "1899-12-31" : "1899-12-30";
  const rest = minutes - whole * 1_440;
  const time = `${String(Math.floor(rest / 60)).padStart(2, "0")}:${String(rest % 60).padStart(2, "0")}`;
  return { day: addDays(base, whole), time };
}

/** 暦日から Excel（1900年方式）の通し番号。1900年3月1日から。 */
export function excelSerialOf(day: Day): number {
  if (!isDay(day) || day < "1900-03-01") {
    throw new AppError("BAD_INPUT", "Excel の日付にできるのは1900年3月1日からです。日付をご確認ください。");
  }
  return daysBetween("1899-12-30", day);
}
