import { AppError } from "../base/error.ts";
import type { Minute } from "../base/time.ts";
import { impatientQueue, linesFor, offeredTraffic, patientQueue, type QueueFigures } from "./erlang.ts";

/** 一日の入電のうち、この半時間に来る割合。 */
export interface ProfilePart {
  readonly start: Minute;
  readonly share: number;
}

/** 応答の目標: share の割合を seconds 秒以内に。 */
export interface ServiceTarget {
  readonly share: number;
  readonly seconds: number;
}

export interface StaffingNeed {
  readonly callsPerDay: number;
  readonly profile: readonly ProfilePart[];
  /** 平均処理時間（秒）。 */
  readonly aht: number;
  readonly target: ServiceTarget;
  /** 待つ人のがまんの平均（秒）。省けば、だれも切らない（アーラン C）。 */
  readonly patience?: number;
}

/** 半時間ごとの見込み。 */
export interface StaffingInterval {
  readonly start: Minute;
  readonly calls: number;
  readonly seats: number;
  /** 話し中にしないための回線数（話している人と待っている人が、1% を超えて話し中にならない）。 */
  readonly lines: number;
  readonly serviceLevel: number;
  readonly occupancy: number;
  readonly abandonment: number;
  /** 平均の応答待ち（秒）。 */
  readonly averageWait: number;
}

export interface StaffingPlan {
  readonly method: "erlang-c" | "erlang-a";
  readonly intervals: readonly StaffingInterval[];
  readonly maxSeats: number;
  readonly maxLines: number;
}

/** 半時間の秒数。profile の一つの枠。 */
export const INTERVAL_SECONDS = 1800;
/** 回線が全部ふさがってよい割合。電話網の設計で使われる 1%。 */
const BUSY_LIMIT = 0.01;
/** これより多い席は、入力の誤りとみなす。 */
const SEAT_LIMIT = 10_000;

/** 目標を満たす、いちばん少ない席数を半時間ごとに。仕様書６(5)ウ。 */
export function planStaffing(need: StaffingNeed): StaffingPlan {
  const intervals = need.profile.map(({ start, share }) =>
    planInterval(need, start, need.callsPerDay * share),
  );
  return {
    method: need.patience === undefined ? "erlang-c" : "erlang-a",
    intervals,
    maxSeats: Math.max(0, ...intervals.map(({ seats }) => seats)),
    maxLines: Math.max(0, ...intervals.map(({ lines }) => lines)),
  };
}

function planInterval(need: StaffingNeed, start: Minute, calls: number): StaffingInterval {
  const seats = seatsFor(need, calls);
  const figures = queueOf(need, calls, seats);
  const rate = calls / INTERVAL_SECONDS;
  const held = rate * (need.aht * (1 - figures.abandonment) + figures.averageWait);
  return { start, calls, seats, lines: Math.max(seats, linesFor(held, BUSY_LIMIT)), ...shown(figures) };
}

function shown({ serviceLevel, occupancy, abandonment, averageWait }: QueueFigures) {
  return { serviceLevel, occupancy, abandonment, averageWait };
}

/** その席数での見込み。 */
export function queueOf(
  need: Pick<StaffingNeed, "aht" | "target" | "patience">,
  calls: number,
  seats: number,
): QueueFigures {
  const load = { rate: calls / INTERVAL_SECONDS, aht: need.aht };
  return need.patience === undefined
    ? patientQueue(load, seats, need.target.seconds)
    : impatientQueue(load, seats, need.target.seconds, need.patience);
}

/** 目標を満たす、いちばん少ない席数。入電のない枠は 0。応答率は席数について増えるので、二分して探す。 */
export function seatsFor(need: Pick<StaffingNeed, "aht" | "target" | "patience">, calls: number): number {
  if (calls <= 0) return 0;
  const enough = (seats: number) => queueOf(need, calls, seats).serviceLevel >= need.target.share;
  const traffic = offeredTraffic({ rate: calls / INTERVAL_SECONDS, aht: need.aht });
  if (traffic > SEAT_LIMIT) throw tooMany();
  let high = Math.max(1, Math.ceil(traffic));
  let low = 0;
  while (!enough(high)) {
    low = high;
    high = high * 2;
    if (high > SEAT_LIMIT * 2) throw tooMany();
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function tooMany(): AppError {
  return new AppError(
    "BAD_INPUT",
    `この入電数と処理時間では、${SEAT_LIMIT.toLocaleString("ja-JP")}席でも目標に届きません。入電数、平均処理時間（秒）、目標をご確認ください。`,
  );
}
