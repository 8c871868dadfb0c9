/** 日時の値。日だけ・時刻だけのこともある。 */
export interface DateValue {
  day?: { year: number; month: number; date: number };
  time?: { hour: number; minute: number; second: number };
}

interface Era {
  name: string;
  letter: string;
  /** 元年の初日。 */
  from: string;
}

const eras: Era[] = [
  { name: "令和", letter: "R", from: "2019-05-01" },
  { name: "平成", letter: "H", from: "1989-01-08" },
  { name: "昭和", letter: "S", from: "1926-12-25" },
  { name: "大正", letter: "T", from: "1912-07-30" },
  { name: "明治", letter: "M", from: "1868-01-25" },
];

/** 日時を書いた文字の長さの上限。長い文を日時かどうか調べない。 */
const MAX_LENGTH = 60;

const eraPattern =
  /^(明治|大正|昭和|平成|令和|[MTSHR])\s*\.?\s*(元|\d{1,2})\s*(?:年|[./-])\s*(\d{1,2})\s*(?:月|[./-])\s*(\d{1,2})\s*日?/i;
const yearFirst = /^(\d{4})\s*(?:年|[./-])\s*(\d{1,2})\s*(?:月|[./-])\s*(\d{1,2})\s*日?/;
const yearLast = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/;
const packedDay = /^((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)/;
const weekday = /^\s*[(]?[日月火水木金土](?:曜日?)?[)]?/;
const timePattern =
  /^\s*T?\s*(午前|午後|AM|PM)?\s*(\d{1,2})\s*(?:[:時]\s*(\d{1,2}|半)?\s*分?(?:[:]?\s*(\d{1,2})(?:\.\d+)?\s*秒?)?)\s*(AM|PM)?\s*(?:Z|[+-]\d{2}:?\d{2})?\s*$/i;

/**
 * 書かれた日時を読む。西暦（2025/8/5、2025年8月5日(火)、2025-08-05T13:30）、和暦（令和7年8月5日、R7.8.5）、
 * 時刻（13:30、午後1時半）。全角も可。日時でないものや実在しない日は undefined。
 */
export function readDateTime(text: string): DateValue | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const plain = text.normalize("NFKC").trim();
  const [day, rest] = readDay(plain);
  if (day === "bad") return undefined;
  if (day && /^\s*$/.test(rest)) return { day };
  const time = readTime(rest);
  if (!time) return undefined;
  return day ? { day, time } : { time };
}

function readDay(text: string): [DateValue["day"] | "bad", string] {
  const era = eraPattern.exec(text);
  const [found, year, month, date] = era
    ? [era[0], eraYear(era[1] ?? "", era[2] ?? ""), era[3], era[4]]
    : numericDay(text);
  if (found === undefined) return [undefined, text];
  const day = { year: Number(year), month: Number(month), date: Number(date) };
  const check = new Date(Date.UTC(day.year, day.month - 1, day.date));
  if (check.getUTCMonth() !== day.month - 1 || check.getUTCDate() !== day.date) return ["bad", ""];
  return [day, text.slice(found.length).replace(weekday, "")];
}

function numericDay(text: string): (string | undefined)[] {
  const first = yearFirst.exec(text) ?? packedDay.exec(text);
  if (first) return [first[0], first[1], first[2], first[3]];
  const last = yearLast.exec(text);
  return last ? [last[0], last[3], last[1], last[2]] : [undefined];
}

function eraYear(name: string, year: string): string {
  const era = eras.find((one) => one.name === name || one.letter === name.toUpperCase());
  return String(Number(era?.from.slice(0, 4)) + (year === "元" ? 1 : Number(year)) - 1);
}

function readTime(text: string): DateValue["time"] | undefined {
  const found = timePattern.exec(text);
  if (!found) return undefined;
  const half = (found[1] ?? found[5] ?? "").toUpperCase();
  let hour = Number(found[2]);
  if ((half === "午後" || half === "PM") && hour < 12) hour += 12;
  if ((half === "午前" || half === "AM") && hour === 12) hour = 0;
  const minute = found[3] === "半" ? 30 : Number(found[3] ?? 0);
  const second = Number(found[4] ?? 0);
  return hour <= 24 && minute < 60 && second < 60 ? { hour, minute, second } : undefined;
}

/** Excel の通し日数から。1900年3月より前と、明らかに日付でない数は undefined。 */
export function dateOfSerialNumber(serial: number): DateValue | undefined {
  if (!(serial >= 61 && serial < 110_000)) return undefined;
  const at = new Date(Math.round((serial - 25_569) * 86_400) * 1000);
  const day = { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, date: at.getUTCDate() };
  if (Number.isInteger(serial)) return { day };
  return { day, time: { hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds() } };
}

const pieces = /'([^']*)'|(AM\/PM|A\/P|午前\/午後)|(y+|M+|d+|aaaa|aaa|g{1,3}|e{1,2}|H+|m+|s+)|([\s\S])/gi;

/**
 * Word の日付書式（\@）で表す。yyyy M d aaa(曜日) ggg e(和暦) H h m s AM/PM に対応。
 * 書式が求める日または時刻が値になければ undefined。
 */
export function formatDate(value: DateValue, picture: string): string | undefined {
  const parts = [...picture.matchAll(pieces)];
  const codes = parts.map((part) => part[3] ?? "");
  const wantsHour = codes.some((code) => /^h/i.test(code));
  // 小文字の m は Word では「分」だが、時のない書式（yyyy年m月d日）の m は月の書き間違い。
  const monthByMistake =
    !wantsHour && codes.some((code) => /^[yd]/i.test(code)) && !codes.some((code) => /^M/.test(code));
  const roles = codes.map((code) => roleOf(code, monthByMistake));
  if (roles.some((role) => "yMdage".includes(role || "-")) && !value.day) return undefined;
  if (roles.some((role) => "hms".includes(role || "-")) && !value.time) return undefined;
  const japanese = /[\u3040-\u30ff\u4e00-\u9fff]|aaa|g/i.test(picture);
  const twelve = parts.some((part) => part[2]);
  return parts
    .map((part, at) => {
      if (part[1] !== undefined) return part[1];
      if (part[2]) return halfOf(value, part[2], japanese);
      const code = part[3];
      if (!code) return part[4] ?? "";
      const role = roles[at] ?? "";
      if ("hms".includes(role)) return showTime(value, code, role, twelve);
      const before = picture.slice((part.index ?? 0) + code.length);
      return showDay(value, code, role, japanese, before.startsWith("年"));
    })
    .join("");
}

/** 書式が、時のない「小文字の m」を月として使っているか（読み替えたことを知らせるため）。 */
export function usesMinuteForMonth(picture: string): boolean {
  const bare = picture.replace(/'[^']*'/g, "").replace(/AM\/PM|A\/P/gi, "");
  return /m/.test(bare) && /[yd]/i.test(bare) && !/[MHh]/.test(bare);
}

function roleOf(code: string, monthByMistake: boolean): string {
  const first = code[0] ?? "";
  if (first === "M") return "M";
  if (first === "m") return monthByMistake ? "M" : "m";
  return first.toLowerCase();
}

function halfOf(value: DateValue, mark: string, japanese: boolean): string {
  const late = (value.time?.hour ?? 0) % 24 >= 12;
  if (japanese || mark.startsWith("午")) return late ? "午後" : "午前";
  const text = late ? "PM" : "AM";
  return mark.startsWith("a") ? text.toLowerCase() : text;
}

function showTime(value: DateValue, code: string, role: string, twelve: boolean): string {
  const time = value.time ?? { hour: 0, minute: 0, second: 0 };
  if (role === "m") return padded(time.minute, code);
  if (role === "s") return padded(time.second, code);
  // h は12時間の記号だが、午前午後の区別がない書式で 13時を 1時 と刷ると読み違いになる。
  if (code[0] === "H" || !twelve) return padded(time.hour, code);
  return padded(time.hour % 12 === 0 ? 12 : time.hour % 12, code);
}

function padded(value: number, code: string): string {
  return code.length > 1 ? String(value).padStart(2, "0") : String(value);
}

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const kanjiDays = "日月火水木金土";
const months = "January February March April May June July August September October November December".split(
  " ",
);

function showDay(
  value: DateValue,
  code: string,
  role: string,
  japanese: boolean,
  beforeYearMark: boolean,
): string {
  const { year, month, date } = value.day ?? { year: 0, month: 1, date: 1 };
  const day = new Date(Date.UTC(year, month - 1, date)).getUTCDay();
  const size = code.length;
  if (role === "y") return size <= 2 ? String(year % 100).padStart(2, "0") : String(year);
  if (role === "M") {
    if (size <= 2 || japanese) return size === 2 ? String(month).padStart(2, "0") : String(month);
    const name = months[month - 1] ?? "";
    return size === 3 ? name.slice(0, 3) : name;
  }
  if (role === "d") {
    if (size <= 2) return padded(date, code);
    if (japanese) return (kanjiDays[day] ?? "") + (size > 3 ? "曜日" : "");
    return size === 3 ? (weekdays[day] ?? "").slice(0, 3) : (weekdays[day] ?? "");
  }
  if (role === "a") return (kanjiDays[day] ?? "") + (size > 3 ? "曜日" : "");
  return showEra(value, size, role, beforeYearMark);
}

function showEra(value: DateValue, size: number, role: string, beforeYearMark: boolean): string {
  const { year, month, date } = value.day ?? { year: 0, month: 1, date: 1 };
  const iso = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
  const era = eras.find((one) => one.from <= iso);
  if (role === "g")
    return size === 1 ? (era?.letter ?? "") : size === 2 ? (era?.name[0] ?? "") : (era?.name ?? "");
  const count = era ? year - Number(era.from.slice(0, 4)) + 1 : year;
  if (count === 1 && beforeYearMark) return "元";
  return size === 2 ? String(count).padStart(2, "0") : String(count);
}
