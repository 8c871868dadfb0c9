import { AppError } from "../base/error.ts";
import type { Day, Minute } from "../base/time.ts";

/** ある地域の時計。秒はどれも UTC の通し秒。 */
export interface ZoneClock {
  readonly zone: string;
  dayOf(seconds: number): Day;
  minuteOf(seconds: number): Minute;
  /** 0=日曜。 */
  weekdayOf(seconds: number): number;
  /** その地域の「2025-12-11 08:59:54」を通し秒に。夏時間で二度ある時刻は、早いほう。 */
  secondsOf(wall: WallTime): number;
}

/** 書かれた日時（地域は知らない）を、そのまま UTC と読んだ通し秒。 */
export type WallTime = number;

/** 「2025-12-11 08:59:54」「2025-12-11T08:59:54.123」。読めなければ undefined。 */
export function readWall(text: string): WallTime | undefined {
  const found = /^(\d{4})[-/](\d{2})[-/](\d{2})[ T](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?$/.exec(text);
  if (!found) return undefined;
  const [y, mo, d, h, mi, s] = found.slice(1).map(Number) as [number, number, number, number, number, number];
  const ms = Date.UTC(y, mo - 1, d, h, mi, s);
  const back = new Date(ms);
  const same = back.getUTCMonth() === mo - 1 && back.getUTCDate() === d && back.getUTCHours() === h;
  return same && mi < 60 && s < 61 && isPlausible(ms / 1000) ? ms / 1000 : undefined;
}

/** 2000年から2100年まで。 */
export function isPlausible(seconds: number): boolean {
  return seconds >= 946_684_800 && seconds < 4_102_444_800;
}

/** @throws AppError BAD_INPUT（知らない地域） */
export function zoneClock(zone: string): ZoneClock {
  const offsetOf = offsets(zone);
  const local = (seconds: number) => seconds + offsetOf(seconds);
  return {
    zone,
    dayOf: (seconds) => dayText(Math.floor(local(seconds) / DAY_SECONDS)),
    minuteOf: (seconds) => {
      const wall = local(seconds);
      return minutes[Math.floor((wall - Math.floor(wall / DAY_SECONDS) * DAY_SECONDS) / 60)] ?? "00:00";
    },
    // 1970年1月1日は木曜。
    weekdayOf: (seconds) => (((Math.floor(local(seconds) / DAY_SECONDS) + 4) % 7) + 7) % 7,
    secondsOf: (wall) => {
      const early = wall - Math.max(offsetOf(wall - 86_400), offsetOf(wall + 86_400));
      const late = wall - Math.min(offsetOf(wall - 86_400), offsetOf(wall + 86_400));
      return early + offsetOf(early) === wall ? early : late;
    },
  };
}

const DAY_SECONDS = 86_400;
/** 一日の分の全部。何十万の電話を数えるので、作り直さない。 */
const minutes: readonly Minute[] = Array.from(
  { length: 1440 },
  (_, at) => `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`,
);
const dayTexts = new Map<number, Day>();

/** 1970年からの日の数 → 日。覚えておく。 */
function dayText(days: number): Day {
  const known = dayTexts.get(days);
  if (known !== undefined) return known;
  const text = new Date(days * DAY_SECONDS * 1000).toISOString().slice(0, 10);
  if (dayTexts.size > 50_000) dayTexts.clear();
  dayTexts.set(days, text);
  return text;
}

/** 15分ごとに覚える、UTC との差（秒）。 */
function offsets(zone: string): (seconds: number) => number {
  const known = new Map<number, number>();
  const format = formatOf(zone);
  return (seconds) => {
    const slot = Math.floor(seconds / 900);
    const found = known.get(slot);
    if (found !== undefined) return found;
    const parts = new Map(
      format.formatToParts(slot * 900_000).map((part) => [part.type, Number(part.value)] as const),
    );
    const at = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
    const wall = Date.UTC(
      at("year"),
      at("month") - 1,
      at("day"),
      at("hour") % 24,
      at("minute"),
      at("second"),
    );
    const offset = wall / 1000 - slot * 900;
    if (known.size > 200_000) known.clear();
    known.set(slot, offset);
    return offset;
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
  } catch {
    throw new AppError(
      "BAD_INPUT",
      "--timezone の地域の名が分かりません。「Asia/Tokyo」「UTC」の形で書いてください。",
    );
  }
}
