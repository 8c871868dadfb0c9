import { showNumber } from "../office/number-format.ts";
import { formatCode, formatKind, type Styles } from "./xlsx-style.ts";

/** セルに入れる値。text は見えるままの文字で、必ずある（空なら空欄）。 */
export interface FillValue {
  text: string;
  /** 数として入れてよいときの数。 */
  number?: number;
  /** 2025-10-01、10:00、2025-10-01T10:00 の形。 */
  iso?: string;
  /** 電話番号など、セルの書式が何であれ文字のまま入れるもの。 */
  plain?: boolean;
  /** ふりがな。様式が PHONETIC 関数で読みを出すときに添える。 */
  kana?: string;
}
export type CellContent =
  | { kind: "empty" }
  | { kind: "number"; number: number }
  | { kind: "text"; text: string };

const LONGEST = 32_767;

/** セルの文字の上限（Excel）を超えるか。 */
export function isTooLong(text: string): boolean {
  return text.length > LONGEST;
}

/** XML と Excel が受けとれる文字だけにする。改行と字下げは残し、制御文字と片割れのサロゲートは落とす。 */
export function cleanText(text: string): string {
  if (!/[\u0000-\u0008\u000b-\u001f\u007f\ud800-\udfff\ufffe\uffff]/.test(text) && !isTooLong(text))
    return text;
  const clean = text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/g, "")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
  return isTooLong(clean) ? clean.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, "") : clean;
}

/**
 * 値を、セルの表示形式に合う中身にする。「@」は必ず文字、日付の形式は日付（読めなければ文字のまま）、
 * 「0000」などは失われる桁がないときだけ数、「標準」は数として渡されたものだけ数。数式には決してならない。
 */
export function contentFor(value: FillValue, styles: Styles, style: number, date1904: boolean): CellContent {
  const text = cleanText(value.text);
  if (text === "") return { kind: "empty" };
  const kind = value.plain ? "text" : formatKind(styles, style);
  const number =
    kind === "date" || kind === "time"
      ? serialOf(value, date1904)
      : kind === "number"
        ? numberFor(value, formatCode(styles, style))
        : kind === "general" && value.iso === undefined
          ? value.number
          : undefined;
  return number === undefined || !Number.isFinite(number)
    ? { kind: "text", text }
    : { kind: "number", number };
}

function numberFor(value: FillValue, code: string): number | undefined {
  if (value.iso !== undefined) return undefined;
  const text = value.text.normalize("NFKC").trim();
  if (!/^-?(\d{1,15}|\d{1,3}(,\d{3}){1,4})(\.\d{1,10})?$/.test(text)) return value.number;
  const number = Number(text.replaceAll(",", ""));
  // 「0120」を数にすると 120 になる。書式が桁を補って同じに見えるときだけ数にする。
  return /^-?0\d/.test(text) && showNumber(number, code).text !== text ? undefined : number;
}

/** 日付や時刻をシリアル値にする。読めなければ undefined。 */
export function serialOf(value: FillValue, date1904: boolean): number | undefined {
  const read = readMoment(value.iso ?? value.text);
  if (!read)
    return value.iso === undefined && value.number !== undefined && value.number > 0
      ? value.number
      : undefined;
  const clock = read.clock === undefined ? 0 : read.clock / 86_400;
  if (read.day === undefined) return clock;
  const days = Date.parse(`${read.day}T00:00:00Z`) / 86_400_000 + 25_569;
  // Excel は 1900年を閏年とみなすので、3月1日より前は 1 少ない。
  const serial = date1904 ? days - 1462 : days < 61 ? days - 1 : days;
  return serial < 0 ? undefined : serial + clock;
}

/** 文字から読みとった日と時刻（clock は 0 時からの秒）。 */
export interface Moment {
  day?: string;
  clock?: number;
}

const ERAS: Record<string, number> = {
  明治: 1867,
  大正: 1911,
  昭和: 1925,
  平成: 1988,
  令和: 2018,
  M: 1867,
  T: 1911,
  S: 1925,
  H: 1988,
  R: 2018,
};
const DATE =
  /^(?:(明治|大正|昭和|平成|令和|[MTSHR])\.?\s*(元|\d{1,2})|(\d{4}))\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?/i;
const CLOCK =
  /^(午前|午後|AM|PM)?\s*(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?|時(?:(\d{1,2})分|(半))?(?:(\d{1,2})秒)?)\s*(AM|PM)?/i;

/**
 * 「2025-10-01」「2025/10/1(水) 10:00」「令和７年10月１日」「午後1時30分」などを読む。
 * 後ろに読めない文字が残れば undefined（10:00～12:00 のような幅は一つの時刻ではない）。
 */
export function readMoment(text: string): Moment | undefined {
  const plain = text.normalize("NFKC").trim();
  if (/^\d{8}$/.test(plain)) return dayMoment(plain.slice(0, 4), plain.slice(4, 6), plain.slice(6), "");
  const date = DATE.exec(plain);
  if (!date) return clockMoment(plain);
  const era = date[1] === undefined ? undefined : (ERAS[date[1].toUpperCase()] ?? ERAS[date[1]]);
  const year = era === undefined ? date[3] : String(era + (date[2] === "元" ? 1 : Number(date[2])));
  return dayMoment(year ?? "", date[4] ?? "", date[5] ?? "", plain.slice(date[0].length));
}

function dayMoment(year: string, month: string, date: string, rest: string): Moment | undefined {
  const day = `${year.padStart(4, "0")}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  const ms = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== day) return undefined;
  const tail = rest
    .replace(/^\s*[(（]?[日月火水木金土](曜日?)?(・?祝)?[)）]?/, "")
    .replace(/^(T|\s)+/, "")
    .replace(/Z$|\+09:?00$/, "");
  if (tail === "") return { day };
  const clock = clockMoment(tail);
  return clock && { day, ...clock };
}

function clockMoment(text: string): Moment | undefined {
  const match = CLOCK.exec(text);
  if (!match || match[0].length !== text.length) return undefined;
  const half = (match[1] ?? match[8] ?? "").toUpperCase();
  const late = half === "午後" || half === "PM";
  const hour = Number(match[2]);
  if (half !== "" && hour > 12) return undefined;
  const hours = half === "" ? hour : (hour % 12) + (late ? 12 : 0);
  const minutes = match[6] ? 30 : Number(match[3] ?? match[5] ?? 0);
  const seconds = Number(match[4] ?? match[7] ?? 0);
  return hours > 24 || minutes > 59 || seconds > 59
    ? undefined
    : { clock: hours * 3600 + minutes * 60 + seconds };
}
