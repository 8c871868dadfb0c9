import { AppError } from "../base/error.ts";
import type { Minute } from "../base/time.ts";
import { kanjiNumbersToDigits } from "./kanji-number.ts";

export type ReadTime = { time: Minute } | { error: string };
export type ReadTimeRange = { start: Minute; end: Minute } | { error: string };

const UNREADABLE = "時刻として読めません。「10:00」か「午前10時」の形でご記入ください。";
const NO_RANGE = "始まりと終わりの時刻が読めません。「10:00～11:30」の形でご記入ください。";

/** 午前・午後・時・分に分けたもの。午前午後が書かれていなければ half は undefined。 */
interface Parts {
  half: "午前" | "午後" | undefined;
  hour: number;
  minute: number;
}

const HALF = "(午前|午後|AM|PM)?";
const forms: readonly RegExp[] = [
  new RegExp(`^${HALF}(\\d{1,2}):(\\d{2})(?::\\d{2})?${HALF}$`),
  new RegExp(`^${HALF}(\\d{1,2})時(?:(\\d{1,2})分?)?${HALF}$`),
  /^()(\d{2})(\d{2})()$/,
];

/** 人が書く時刻を読む。10:00、１０時００分、午後1時30分、13時半、正午、1000。 */
export function readTime(text: string): ReadTime {
  const parts = text.length > 40 ? undefined : split(plainText(text));
  return parts ? settle(parts) : { error: UNREADABLE };
}

/** readTime と同じ。読めなければ BAD_INPUT。 */
export function parseTime(text: string): Minute {
  const read = readTime(text);
  if ("error" in read) throw new AppError("BAD_INPUT", read.error);
  return read.time;
}

function plainText(text: string): string {
  const folded = text.normalize("NFKC").replace(/\s+/g, "").toUpperCase();
  return kanjiNumbersToDigits(folded)
    .replace(/[~〜～∼‐‑‒–—―−－ｰー→-]+/g, "~")
    .replace(/正午/g, "12:00")
    .replace(/時半/g, "時30分")
    .replace(/(?<!\d)([1-9]\d?)\.(\d{2})(?=~|$)/g, "$1:$2");
}

function split(plain: string): Parts | undefined {
  for (const form of forms) {
    const match = form.exec(plain);
    if (!match) continue;
    const half = match[1] || match[4];
    return {
      half:
        half === undefined || half === "" ? undefined : half === "午前" || half === "AM" ? "午前" : "午後",
      hour: Number(match[2]),
      minute: Number(match[3] ?? 0),
    };
  }
  return undefined;
}

function settle({ half, hour, minute }: Parts): ReadTime {
  if (minute > 59 || hour > 23) return { error: `${hour}時${minute}分はありません。時刻をご確認ください。` };
  if (half === undefined || (half === "午前" && hour < 12)) return { time: toMinute(hour, minute) };
  if (half === "午後" && hour < 12) return { time: toMinute(hour + 12, minute) };
  if (hour === 12) {
    // 「午後12時」は正午にも真夜中にも読まれてきたので、推し量らない。
    return {
      error: `「${half}12時」は昼の12時とも夜の12時とも読めます。「12:00」か「0:00」の形でご記入ください。`,
    };
  }
  return half === "午後"
    ? { time: toMinute(hour, minute) }
    : { error: `「${half}${hour}時」は読めません。24時間で「${hour}:00」の形でご記入ください。` };
}

function toMinute(hour: number, minute: number): Minute {
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/**
 * 時刻の幅を読む。10時00分～11時30分、10:00〜11:30、午前10時から正午まで、午後1時～3時、10時~12時、10:00（90分）。
 * 後ろの括弧書き（受付 9:30 など）は読まない。終わりが始まりより前なら断る。
 */
export function readTimeRange(text: string): ReadTimeRange {
  if (text.length > 80) return { error: NO_RANGE };
  const folded = plainText(text);
  const lasting = /^(.+?)(?:から|~)?\(?(\d{1,3})分間?\)?$/.exec(folded);
  const plain = folded.replace(/\([^)]*\)/g, "").replace(/まで$/, "");
  const sides = plain.split(/から|~/).filter((side) => side !== "");
  if (sides.length === 2) return between(sides[0] ?? "", sides[1] ?? "");
  const start = lasting && folded.includes("(") ? split(lasting[1] ?? "") : undefined;
  if (!start || !lasting) return { error: NO_RANGE };
  const read = settle(start);
  return "error" in read ? read : ordered(read.time, addMinutes(read.time, Number(lasting[2])));
}

/** readTimeRange と同じ。読めなければ BAD_INPUT。 */
export function parseTimeRange(text: string): { start: Minute; end: Minute } {
  const read = readTimeRange(text);
  if ("error" in read) throw new AppError("BAD_INPUT", read.error);
  return read;
}

function between(first: string, second: string): ReadTimeRange {
  const end = split(second);
  // 「10～12時」「午後1～3時」：始まりの「時」は省かれることがある。
  const start = split(first) ?? (end && second.includes("時") ? split(`${first}時`) : undefined);
  if (!start || !end) return { error: NO_RANGE };
  const from = settle(start);
  if ("error" in from) return from;
  // 「午後1時～3時」：終わりに午後がなくても、始まりが午後なら午後と読む。
  const carried =
    end.half === undefined && start.half === "午後" && end.hour < 12 ? { ...end, half: start.half } : end;
  const to = settle(carried);
  return "error" in to ? to : ordered(from.time, to.time);
}

function ordered(start: Minute, end: Minute | undefined): ReadTimeRange {
  if (end === undefined || end <= start) {
    return { error: "終わりの時刻が始まりより後になっていません。午前・午後をご確認ください。" };
  }
  return { start, end };
}

/** 同じ日のうちの n 分後。日をまたげば undefined。 */
export function addMinutes(time: Minute, n: number): Minute | undefined {
  const total = minutesOf(time) + n;
  return total < 0 || total >= 1_440 ? undefined : toMinute(Math.floor(total / 60), total % 60);
}

/** 真夜中からの分。「09:30」→ 570。 */
export function minutesOf(time: Minute): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (!match) throw new AppError("BAD_INPUT", "時刻は「09:00」の形でご指定ください。");
  return Number(match[1]) * 60 + Number(match[2]);
}

/** Excel の時刻（一日に占める割合）から。0.4166… → 10:00。日付の部分があれば小数だけを見る。 */
export function timeFromExcelFraction(value: number): Minute {
  if (!Number.isFinite(value) || value < 0) {
    throw new AppError("BAD_INPUT", "時刻の値が読めません。セルの値をご確認ください。");
  }
  const minutes = Math.round((value - Math.floor(value)) * 1_440) % 1_440;
  return toMinute(Math.floor(minutes / 60), minutes % 60);
}

/** 読み上げる形。「午前10時」「午後1時30分」「正午」「午後0時30分」。 */
export function formatSpokenTime(time: Minute): string {
  const total = minutesOf(time);
  if (total === 720) return "正午";
  const [hour, minute] = [Math.floor(total / 60), total % 60];
  const half = hour < 12 ? "午前" : "午後";
  return `${half}${hour % 12}時${minute === 0 ? "" : `${minute}分`}`;
}

/** 読み上げる幅。「午前10時から正午まで」。 */
export function formatSpokenTimeRange(start: Minute, end: Minute): string {
  return `${formatSpokenTime(start)}から${formatSpokenTime(end)}まで`;
}

/** 画面の幅。「10:00–11:30」（look の決まりで半角ダッシュ）。 */
export function formatTimeRange(start: Minute, end: Minute): string {
  return `${trimHour(start)}–${trimHour(end)}`;
}

/** 公文書の形。「10時00分」。 */
export function formatOfficialTime(time: Minute): string {
  const total = minutesOf(time);
  return `${Math.floor(total / 60)}時${String(total % 60).padStart(2, "0")}分`;
}

function trimHour(time: Minute): string {
  return time.replace(/^0/, "");
}
