/** 暦日。日本時間の「2025-09-17」。 */
export type Day = string;
/** 瞬間。UTC の「2025-09-17T04:40:00.000Z」（24文字の固定長なので、文字列の順が時の順になる）。 */
export type Instant = string;
/** 時刻。24時間制の「09:00」。 */
export type Minute = string;

const JST_OFFSET_MS = 9 * 60 * 60 * 1000;

/** 瞬間から日本時間の暦日。 */
export function dayOf(instant: Instant): Day {
  return new Date(Date.parse(instant) + JST_OFFSET_MS).toISOString().slice(0, 10);
}

/** 瞬間から日本時間の時刻（分まで）。 */
export function minuteOf(instant: Instant): Minute {
  // 何千件もの時間帯を数えるので、日付の文字列を作らない。
  const minutes = Math.floor((Date.parse(instant) + JST_OFFSET_MS) / 60_000) % 1440;
  const of = (minutes + 1440) % 1440;
  return `${String(Math.floor(of / 60)).padStart(2, "0")}:${String(of % 60).padStart(2, "0")}`;
}

/** 日本時間の暦日と時刻から瞬間。 */
export function instantOf(day: Day, minute: Minute): Instant {
  return new Date(`${day}T${minute}:00.000+09:00`).toISOString();
}

/** ミリ秒から瞬間。 */
export function instantFromMs(ms: number): Instant {
  return new Date(ms).toISOString();
}

/** 瞬間から日本時間の「2025-09-17T13:40」。日と時刻を並べて比べるときに使う。 */
export function localMinuteOf(instant: Instant): string {
  return new Date(Date.parse(instant) + JST_OFFSET_MS).toISOString().slice(0, 16);
}
