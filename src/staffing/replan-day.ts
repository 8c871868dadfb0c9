import type { Minute } from "../base/time.ts";
import { quantilesOf } from "./count-band.ts";
import type { DayForecast, FittedCalls, SlotForecast } from "./forecast.ts";

/** 一日の途中での見込み直し。 */
export interface ReplannedDay {
  /** ここまでの入電。 */
  readonly seen: number;
  /** ここまでの見込み。 */
  readonly expected: number;
  /** 朝の見込みに対する、いまの見方（1 なら見込みどおり）。 */
  readonly factor: number;
  /** 一日の見込み（実績＋残り）。 */
  readonly total: number;
  readonly slots: readonly (SlotForecast & { state: "past" | "now" | "coming"; actual: number })[];
}

/**
 * 着いた数から、その日の大きさを見直す。日の大きさはガンマ分布（形 shape）なので、
 * 見たあとの平均は (shape＋見た数) / (shape＋見込んだ数)、ばらつきの形は shape＋見た数（ガンマ・ポアソン）。
 * 過ぎた枠は実績、いまの枠は実績と残りの見込み、先の枠は見直した見込み。
 * @param now いまの時刻（「13:40」）
 */
export function replanDay(
  forecast: DayForecast,
  fitted: Pick<FittedCalls, "shape" | "slotShape">,
  actual: ReadonlyMap<Minute, number>,
  now: Minute,
): ReplannedDay {
  const at = minutes(now);
  const elapsed = (start: Minute) => Math.min(1, Math.max(0, (at - minutes(start)) / 30));
  const count = (start: Minute) => (elapsed(start) > 0 ? (actual.get(start) ?? 0) : 0);
  const expected = forecast.slots.reduce((all, { start, mean }) => all + mean * elapsed(start), 0);
  const seen = forecast.slots.reduce((all, { start }) => all + count(start), 0);
  const factor = (fitted.shape + seen) / (fitted.shape + expected);
  const shape = 1 / (1 / (fitted.shape + seen) + 1 / fitted.slotShape);
  const slots = forecast.slots.map(({ start, mean }) => {
    const done = elapsed(start);
    const left = mean * factor * (1 - done);
    const band = quantilesOf(left, shape);
    const own = count(start);
    return {
      ...{ start, actual: own, mean: own + left },
      band: { low: own + band.low, middle: own + band.middle, high: own + band.high },
      state: done >= 1 ? ("past" as const) : done > 0 ? ("now" as const) : ("coming" as const),
    };
  });
  return { seen, expected, factor, total: slots.reduce((all, { mean }) => all + mean, 0), slots };
}

/** 「09:30」→ 570。 */
export function minutes(of: Minute): number {
  return Number(of.slice(0, 2)) * 60 + Number(of.slice(3, 5));
}
