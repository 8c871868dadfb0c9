import type { Minute } from "../base/time.ts";
import { readTime, readTimeRange } from "../japan/clock-time.ts";
import { readDate } from "../japan/written-date.ts";

/** 欄の中の時間帯一つ。mark は ① などの番号。end がないものは始まりだけ。 */
export interface TimePart {
  mark?: string;
  start: Minute;
  end?: Minute;
}

/** 日付一つと、それに続く時間帯。dateText がなければ時間帯だけの欄。 */
export interface WhenPart {
  mark?: string;
  dateText?: string;
  times: TimePart[];
}

export type ReadWhen = { parts: WhenPart[]; rest: string } | { error: string };

const CLOCK = String.raw`(?:(?:午前|午後|am|pm|a\.m\.|p\.m\.)\s*)?(?:\d{1,2}\s*(?::\s*\d{2}(?::\d{2})?|時(?:\s*半|\s*\d{1,2}\s*分?)?)\s*(?:am|pm)?|正午)`;
const TO = String.raw`\s*(?:から|[~-])\s*`;
const range = [
  `${CLOCK}${TO}${CLOCK}`,
  String.raw`(?:(?:午前|午後)\s*)?(?<![\d/月])\d{1,2}\s*[~-]\s*(?:午前|午後)?\s*\d{1,2}\s*時(?:\s*半|\s*\d{1,2}\s*分)?`,
  String.raw`(?<!\d)\d{1,2}\.\d{2}\s*[~-]\s*\d{1,2}\.\d{2}(?!\d)`,
  String.raw`(?<!\d)\d{4}\s*~\s*\d{4}(?!\d)`,
  String.raw`${CLOCK}\s*(?:から|[~-])?\s*\(?\s*\d{1,3}\s*分間?\s*\)?`,
].join("|");
const WEEKDAY = String.raw`(?:\s*[([〔]\s*[月火水木金土日](?:曜日?)?(?:\s*[・,/、]?\s*(?:祝日?|休日?|振休?|振替休日))?\s*[)\]〕]|\s*[月火水木金土日](?:曜日?|(?=\s|$|\d)))?`;
const date = [
  String.raw`(?:明治|大正|昭和|平成|令和|(?<![a-z])[mtshr]\.?)\s*(?:元|\d{1,2})\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}(?!\d)\s*日?`,
  String.raw`(?<!\d)\d{4}\s*[年./-]\s*\d{1,2}\s*[月./-]\s*\d{1,2}(?!\d)\s*日?`,
  String.raw`(?<!\d)(?:\d{1,2}\s*年|\d{2}\s*[./-])\s*\d{1,2}\s*[月./-]\s*\d{1,2}(?!\d)\s*日?`,
  String.raw`(?<!\d)(?:19|20)\d{6}(?!\d)`,
  String.raw`(?<![\d:/])\d{1,2}\s*[月/]\s*\d{1,2}(?!\d|\s*[:分~])\s*日?(?!\s*間)`,
  String.raw`(?<![\d:/])\d{1,2}\s*日(?![間目程付時])`,
].join("|");
const scan = new RegExp(
  String.raw`\u0001(?<mark>\d+)\u0002|(?<date>(?:${date})${WEEKDAY})|(?<range>${range})|(?<clock>${CLOCK})`,
  "gi",
);
const dateRange = new RegExp(String.raw`(?:${date})${WEEKDAY}\s*(?:から|[~-])\s*(?:${date})`, "i");

/**
 * 欄に書かれた日付と時間帯を、出てきた順に拾う。
 * 「8月5日（火）10時～11時半」「①10:00～ ②13:30～」「10:00～11:30／13:00～14:30」のどれも読む。
 * 受付や開場の時刻（括弧書き、※）は講習会の時間ではないので読まない。
 */
export function readWhen(text: string): ReadWhen {
  const folded = foldWhen(text);
  if (folded.length > 400) return { error: "日時の欄が長すぎて読めません。一つの枠を1行に分けてください。" };
  if (dateRange.test(folded)) {
    return { error: "日付が期間（○日～○日）で書かれています。開催する日ごとに行を分けてください。" };
  }
  const parts: WhenPart[] = [];
  let mark: string | undefined;
  for (const { groups = {} } of folded.matchAll(scan)) {
    if (groups.mark) mark = groups.mark;
    else if (groups.date)
      parts.push({ ...(mark === undefined ? {} : { mark }), dateText: plainWeekday(groups.date), times: [] });
    else {
      const time = readPart(groups.range, groups.clock);
      if ("error" in time) return time;
      if (parts.length === 0) parts.push({ times: [] });
      parts.at(-1)?.times.push(mark === undefined ? time : { mark, ...time });
    }
  }
  const rest = folded.replace(scan, " ").trim();
  shareTimes(parts);
  return parts.length > 0 ? { parts, rest } : readWhole(text, rest);
}

/** 「（月・振休）」の曜日だけを残す。 */
function plainWeekday(date: string): string {
  return date.trim().replace(/[([〔]\s*([月火水木金土日])[^)\]〕]*[)\]〕]$/, "($1)");
}

/** 「8/5、8/12 10:00～11:30」の時間帯は、前に並んだ日付にも効く。 */
function shareTimes(parts: WhenPart[]): void {
  for (let at = parts.length - 2; at >= 0; at--) {
    const [part, next] = [parts[at], parts[at + 1]];
    if (part && next && part.times.length === 0 && part.mark === next.mark) part.times = next.times;
  }
}

function readPart(range: string | undefined, clock: string | undefined): TimePart | { error: string } {
  if (range !== undefined) {
    const read = readTimeRange(range);
    return "error" in read ? read : { start: read.start, end: read.end };
  }
  const read = readTime(clock ?? "");
  return "error" in read ? read : { start: read.time };
}

/** 拾えるものがなければ、漢数字の日付や時刻（八月五日、十時～十一時）として全体を読んでみる。 */
function readWhole(text: string, rest: string): ReadWhen {
  const span = readTimeRange(text);
  if (!("error" in span)) return { parts: [{ times: [span] }], rest: "" };
  const day = readDate(text, { year: 2000 });
  if (/[一二三四五六七八九十元]/.test(text) && "day" in day)
    return { parts: [{ dateText: text, times: [] }], rest: "" };
  return { parts: [], rest };
}

/** 幅と記号をならし、①〜⑳ を番号の印に変える（NFKC はただの数字にしてしまう）。 */
function foldWhen(text: string): string {
  return text
    .replace(/[①-⑳]/g, (mark) => `\u0001${mark.charCodeAt(0) - 0x245f}\u0002`)
    .replace(/[⑴-⒇]/g, (mark) => `\u0001${mark.charCodeAt(0) - 0x2473}\u0002`)
    .normalize("NFKC")
    .replace(/[〜～∼→]/g, "~")
    .replace(/[‐‑‒–—―−－]/g, "-")
    .replace(/(?<=[\d時分半午])\s*[ー]+\s*(?=[\d午正])/g, "~")
    .replace(/\([^)]*(?:受付|開場|入場|集合)[^)]*\)|※[^\n]*/g, " ");
}

/** ①10名 ②8名 のように番号ごとに書き分けた欄。番号がなければ undefined。 */
export function splitByMark(text: string): Map<string, string> | undefined {
  const folded = text.replace(/[①-⑳]/g, (mark) => `\u0001${mark.charCodeAt(0) - 0x245f}\u0002`);
  const pieces = folded.split(/\u0001(\d+)\u0002/);
  if (pieces.length < 5 || (pieces[0] ?? "").trim() !== "") return undefined;
  const found = new Map<string, string>();
  for (let at = 1; at < pieces.length; at += 2) {
    found.set(
      pieces[at] ?? "",
      (pieces[at + 1] ?? "")
        .trim()
        .replace(/[、,／/]$/, "")
        .trim(),
    );
  }
  return found;
}
