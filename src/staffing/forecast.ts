import type { Day, Minute } from "../base/time.ts";
import { type Quantiles, quantilesOf } from "./count-band.ts";
import { firstDayShape, type PrintedTerm } from "./printed-figure.ts";

/** 過ぎた一日の、半時間ごとの入電。 */
export interface PastDay {
  readonly day: Day;
  /** どの期の日か（期ごとの水準を分けるため）。 */
  readonly term: string;
  /** 開設何日目か（1 から）。 */
  readonly nth: number;
  /** 0=日 … 6=土。 */
  readonly weekday: number;
  readonly calls: ReadonlyMap<Minute, number>;
}

/** 見込む一日。 */
export interface ForecastDay {
  readonly day: Day;
  readonly term: string;
  readonly nth: number;
  readonly weekday: number;
}

/** 見込みのもと。 */
export interface ForecastGround {
  /** 開設時間の半時間（「09:00」「09:30」…）。 */
  readonly slots: readonly Minute[];
  /** 実績のない日を、どの印刷された実績の形で見込むか。 */
  readonly printed: PrintedTerm;
  readonly history: readonly PastDay[];
}

export interface SlotForecast {
  readonly start: Minute;
  readonly mean: number;
  readonly band: Quantiles;
}

export interface DayForecast {
  readonly day: Day;
  readonly nth: number;
  readonly mean: number;
  readonly band: Quantiles;
  readonly slots: readonly SlotForecast[];
  /** その日の見込みに使った、実績の日数。0 なら、印刷された実績だけから。 */
  readonly daysUsed: number;
}

/** 学んだ形。 */
export interface FittedCalls {
  readonly curve: (nth: number) => number;
  readonly level: (term: string) => number;
  readonly weekday: (weekday: number) => number;
  readonly share: ReadonlyMap<Minute, number>;
  /** 日の数のばらつき（負の二項分布の形。小さいほどばらつく）。 */
  readonly shape: number;
  /** 半時間の分かれ方のばらつき。 */
  readonly slotShape: number;
  readonly daysUsed: number;
}

/** 実績のない形を、何日分の実績と同じ重みにするか。 */
const CURVE_WEIGHT = 1.5;
const LEVEL_WEIGHT = 1;
const WEEKDAY_WEIGHT = 8;
const SHAPE_WEIGHT = 4;
const SHARE_WEIGHT = 120;
/** 実績のないときのばらつき（変動係数およそ 35%）。 */
const PRIOR_SHAPE = 8;
const PRIOR_SLOT_SHAPE = 14;

/**
 * 入電の形を学ぶ: 開設何日目か × 期の水準 × 曜日 × 半時間の分かれ方。数は過分散（負の二項分布）。
 * 平均では見込まない（仕様書６(5)ウ「開設日初日や午前中に集中」）。実績がなければ、印刷された実績の形そのもの。
 */
export function fitCalls({ slots, printed, history }: ForecastGround): FittedCalls {
  const used = history.filter(({ calls }) => totalOf(calls) >= 0);
  const share = fitShare(slots, used);
  const prior = (nth: number) => firstDayShape(printed, nth);
  const curve = remember(fitCurve(prior, used));
  const level = remember(fitLevel(curve, used));
  const expected = (one: PastDay) => curve(one.nth) * level(one.term);
  const weekday = remember(fitWeekday(expected, used));
  const mean = (one: PastDay) => expected(one) * weekday(one.weekday);
  return {
    ...{ curve, level, weekday, share, daysUsed: used.length },
    shape: fitShape(used.map((one) => ({ count: totalOf(one.calls), mean: mean(one) }))),
    slotShape: fitSlotShape(used, share),
  };
}

/** 学んだ形から一日を見込む。 */
export function forecastDay(fitted: FittedCalls, slots: readonly Minute[], given: ForecastDay): DayForecast {
  const mean = fitted.curve(given.nth) * fitted.level(given.term) * fitted.weekday(given.weekday);
  return spreadDay(fitted, slots, given, { mean, shape: fitted.shape });
}

/** 一日の平均とばらつきを、半時間に分ける。 */
export function spreadDay(
  fitted: Pick<FittedCalls, "share" | "slotShape" | "daysUsed">,
  slots: readonly Minute[],
  { day, nth }: Pick<ForecastDay, "day" | "nth">,
  { mean, shape }: { mean: number; shape: number },
): DayForecast {
  const slotShape = 1 / (1 / shape + 1 / fitted.slotShape);
  return {
    ...{ day, nth, mean, daysUsed: fitted.daysUsed },
    band: quantilesOf(mean, shape),
    slots: slots.map((start) => {
      const own = mean * (fitted.share.get(start) ?? 0);
      return { start, mean: own, band: quantilesOf(own, slotShape) };
    }),
  };
}

export function totalOf(calls: ReadonlyMap<Minute, number>): number {
  let all = 0;
  for (const n of calls.values()) all += n;
  return all;
}

/** 期ごとの大きさをそろえてから、開設何日目かの形を見る。 */
function fitCurve(prior: (nth: number) => number, used: readonly PastDay[]): (nth: number) => number {
  const sizes = new Map<string, { seen: number; expected: number }>();
  for (const one of used) {
    const size = sizes.get(one.term) ?? { seen: 0, expected: 0 };
    size.seen += totalOf(one.calls);
    size.expected += prior(one.nth);
    sizes.set(one.term, size);
  }
  const ratios = used.map((one) => {
    const size = sizes.get(one.term);
    const level = size && size.expected > 0 ? size.seen / size.expected : 1;
    const base = prior(one.nth) * level;
    return { nth: one.nth, ratio: base > 0 ? totalOf(one.calls) / base : 1 };
  });
  return (nth) => {
    const near = ratios.map((one) => ({ ...one, weight: nearness(one.nth, nth) }));
    const all = sum(near.map(({ ratio, weight }) => ratio * weight));
    return (prior(nth) * (CURVE_WEIGHT + all)) / (CURVE_WEIGHT + sum(near.map(({ weight }) => weight)));
  };
}

/** 近い日ほど、形を分け合う。初日だけは、ほかの日と別。 */
function nearness(a: number, b: number): number {
  if (a === b) return 1;
  if (a === 1 || b === 1 || Math.abs(a - b) > 3) return 0;
  return 0.5 ** Math.abs(a - b);
}

/** 期の水準。実績のない期は、ほかの期の平均に寄せる。 */
function fitLevel(curve: (nth: number) => number, used: readonly PastDay[]): (term: string) => number {
  const ratio = (one: PastDay) => totalOf(one.calls) / Math.max(0.5, curve(one.nth));
  const byTerm = Map.groupBy(used, ({ term }) => term);
  // 期のはじめの日は数が大きく、形がいちばんよく分かるので、件数で重みを付ける。
  const sizeOf = (days: readonly PastDay[]) => {
    const weights = days.map(({ nth }) => curve(nth));
    return weighted(days.map(ratio), weights);
  };
  const others = [...byTerm.values()].map(sizeOf);
  const base = (LEVEL_WEIGHT + sum(others)) / (LEVEL_WEIGHT + others.length);
  return (term) => {
    const own = byTerm.get(term);
    if (!own) return base;
    return (base * LEVEL_WEIGHT + sizeOf(own) * own.length) / (LEVEL_WEIGHT + own.length);
  };
}

function fitWeekday(
  expected: (one: PastDay) => number,
  used: readonly PastDay[],
): (weekday: number) => number {
  const byDay = Map.groupBy(used, ({ weekday }) => weekday);
  return (weekday) => {
    const own = byDay.get(weekday) ?? [];
    const ratios = own.map((one) => totalOf(one.calls) / Math.max(0.5, expected(one)));
    return (WEEKDAY_WEIGHT + sum(ratios)) / (WEEKDAY_WEIGHT + ratios.length);
  };
}

/** ばらつき: 比の分散からポアソンの分を引いたもの（積率）を、実績のないときの値に寄せる。 */
function fitShape(pairs: readonly { count: number; mean: number }[]): number {
  const extra = pairs
    .filter(({ mean }) => mean > 1)
    .map(({ count, mean }) => (count / mean - 1) ** 2 - 1 / mean);
  const spread = (SHAPE_WEIGHT / PRIOR_SHAPE + sum(extra)) / (SHAPE_WEIGHT + extra.length);
  return 1 / Math.min(4, Math.max(1 / 200, spread));
}

function fitSlotShape(used: readonly PastDay[], share: ReadonlyMap<Minute, number>): number {
  const extra = used.flatMap((one) => {
    const all = totalOf(one.calls);
    return [...share]
      .filter(([, part]) => part * all > 1)
      .map(([slot, part]) => {
        const mean = part * all;
        return ((one.calls.get(slot) ?? 0) / mean - 1) ** 2 - (1 - part) / mean;
      });
  });
  const weight = SHAPE_WEIGHT * Math.max(1, share.size);
  const spread = (weight / PRIOR_SLOT_SHAPE + sum(extra)) / (weight + extra.length);
  return 1 / Math.min(4, Math.max(1 / 200, spread));
}

/** 半時間の割合（和は 1）。実績のないときは、午前に多い形。 */
function fitShare(slots: readonly Minute[], used: readonly PastDay[]): Map<Minute, number> {
  const prior = morningShares(slots.length);
  const counts = slots.map((slot) => sum(used.map(({ calls }) => calls.get(slot) ?? 0)));
  const all = sum(counts) + SHARE_WEIGHT;
  return new Map(slots.map((slot, i) => [slot, ((counts[i] ?? 0) + SHARE_WEIGHT * (prior[i] ?? 0)) / all]));
}

/** 午前に多い形: はじめの半時間がいちばん多く、だんだん減り、終わりで三分の一になる。和は 1。 */
export function morningShares(count: number): number[] {
  if (count <= 0) return [];
  const weights = Array.from({ length: count }, (_, i) => (1 / 3) ** (count === 1 ? 0 : i / (count - 1)));
  const all = sum(weights);
  return weights.map((weight) => weight / all);
}

/** 同じ問いには、前の答えを返す。 */
function remember<Key>(work: (key: Key) => number): (key: Key) => number {
  const known = new Map<Key, number>();
  return (key) => {
    const found = known.get(key) ?? work(key);
    known.set(key, found);
    return found;
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, n) => all + n, 0);
}

function weighted(values: readonly number[], weights: readonly number[]): number {
  const all = sum(weights);
  return all <= 0 ? 1 : sum(values.map((value, i) => value * (weights[i] ?? 0))) / all;
}
