import { AppError } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import type { ZoneClock } from "./zone-clock.ts";

/** 窓口の開いている時。秒は UTC の通し秒。 */
export interface OpenTime {
  isOpen(seconds: number): boolean;
}

const names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const japanese = ["日", "月", "火", "水", "木", "金", "土"];

/** 「09:00-16:00」。閉める時刻は含まない。「22:00-06:00」のように日をまたいでよい。 */
export function readHours(text: string): { open: number; close: number } {
  const found = /^(\d{1,2}):?(\d{2})\s*[-~〜～–]\s*(\d{1,2}):?(\d{2})$/.exec(text.normalize("NFKC").trim());
  const at = (h: string | undefined, m: string | undefined) => Number(h) * 60 + Number(m);
  const [open, close] = [at(found?.[1], found?.[2]), at(found?.[3], found?.[4])];
  const bad = !found || open >= 1440 || close > 1440 || open === close || Number(found[2]) > 59;
  if (bad || Number(found[4]) > 59)
    throw new AppError("BAD_INPUT", "--hours は「09:00-16:00」の形で書いてください（24:00 まで）。");
  return { open, close };
}

/** 「mon-fri」「mon,wed,fri」「月-金」「fri-mon」。 */
export function readOpenDays(text: string): ReadonlySet<number> {
  const plain = text.normalize("NFKC").trim().toLowerCase();
  const indexOf = (word: string) => {
    const english = names.findIndex((name) => word.trim().startsWith(name));
    return english >= 0 ? english : japanese.indexOf(word.trim().slice(0, 1));
  };
  const days = new Set<number>();
  for (const part of plain.split(/[,、\s]+/).filter((one) => one !== "")) {
    const ends = part.split(/[-~〜–]/).map(indexOf);
    const [from = -1, to = from] = ends;
    if (from < 0 || to < 0 || ends.length > 2)
      throw new AppError("BAD_INPUT", "--open-days は「mon-fri」「mon,wed,fri」の形で書いてください。");
    for (let at = from; ; at = (at + 1) % 7) {
      days.add(at);
      if (at === to) break;
    }
  }
  if (days.size === 0) throw new AppError("BAD_INPUT", "--open-days に曜日を一つは書いてください。");
  return days;
}

/** 一行に一日。「#」からは注釈。後ろに理由を書いてよい。 */
export function readClosedDays(text: string): ReadonlySet<Day> {
  const days = new Set<Day>();
  for (const [at, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    const plain = line.normalize("NFKC").replace(/#.*/, "").trim();
    if (plain === "") continue;
    const found = /^"?(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})/.exec(plain);
    const day = found ? `${found[1]}-${found[2]?.padStart(2, "0")}-${found[3]?.padStart(2, "0")}` : "";
    if (!isDay(day)) {
      if (at === 0 && !/\d{4}/.test(plain)) continue;
      throw new AppError(
        "BAD_INPUT",
        `休みの日のファイルの${at + 1}行目が、日付として読めません。「2025-09-23」のように一行に一日を書いてください。`,
        { faults: [{ row: at + 1, message: "日付として読めません。" }] },
      );
    }
    days.add(day);
  }
  return days;
}

export interface OpenRule {
  hours?: { open: number; close: number } | undefined;
  days?: ReadonlySet<number> | undefined;
  closed?: ReadonlySet<Day> | undefined;
}

/** 何も言われなければ、いつも開いている。日をまたぐ時間は、開いた日のもの。 */
export function openTime(clock: ZoneClock, { hours, days, closed }: OpenRule): OpenTime {
  const dayOpen = (seconds: number) =>
    (days === undefined || days.has(clock.weekdayOf(seconds))) && !closed?.has(clock.dayOf(seconds));
  return {
    isOpen: (seconds) => {
      if (hours === undefined) return dayOpen(seconds);
      const [h, m] = clock.minuteOf(seconds).split(":").map(Number);
      const minute = (h ?? 0) * 60 + (m ?? 0);
      const { open, close } = hours;
      if (open < close) return minute >= open && minute < close && dayOpen(seconds);
      if (minute >= open) return dayOpen(seconds);
      return minute < close && dayOpen(seconds - 86_400);
    },
  };
}
