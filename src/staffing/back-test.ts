import type { Day } from "../base/time.ts";
import { type ForecastGround, fitCalls, forecastDay, totalOf } from "./forecast.ts";

/** 過ぎた日を、その日より前の実績だけから見込み、あとで答えと比べたもの。 */
export interface BackTest {
  readonly days: readonly {
    day: Day;
    nth: number;
    low: number;
    middle: number;
    high: number;
    actual: number;
    inside: boolean;
  }[];
  /** 日の数が幅に入った割合。幅は 80% を狙う。日がなければ undefined。 */
  readonly dayCoverage: number | undefined;
  /** 半時間の数が幅に入った割合。 */
  readonly slotCoverage: number | undefined;
  /** 日ごとの誤差の中央（実績に対する割合）。 */
  readonly medianError: number | undefined;
}

/** 日の順に、前の日までだけで見込み直す（先を見ない）。 */
export function backTest(ground: ForecastGround): BackTest {
  const ordered = [...ground.history].sort((a, b) => (a.day < b.day ? -1 : 1));
  let [slots, inside] = [0, 0];
  const days = ordered.map((one, i) => {
    const fitted = fitCalls({ ...ground, history: ordered.slice(0, i) });
    const guess = forecastDay(fitted, ground.slots, one);
    for (const { start, band } of guess.slots) {
      const seen = one.calls.get(start) ?? 0;
      slots += 1;
      if (seen >= band.low && seen <= band.high) inside += 1;
    }
    const actual = totalOf(one.calls);
    const { low, middle, high } = guess.band;
    return {
      ...{ day: one.day, nth: one.nth, low, middle, high, actual },
      inside: actual >= low && actual <= high,
    };
  });
  const errors = days
    .filter(({ actual }) => actual > 0)
    .map(({ middle, actual }) => Math.abs(middle - actual) / actual)
    .sort((a, b) => a - b);
  return {
    days,
    dayCoverage: days.length === 0 ? undefined : days.filter((one) => one.inside).length / days.length,
    slotCoverage: slots === 0 ? undefined : inside / slots,
    medianError: errors[Math.floor(errors.length / 2)],
  };
}
