/** 10回に一度はこれ以下、半分、10回に一度はこれ以上。 */
export interface Quantiles {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

/** これより大きい平均では、正規分布で近づける（数える手間を限る）。 */
const EXACT_LIMIT = 5000;

/** 負の二項分布（平均 mean、分散 mean＋mean²/shape）の 10・50・90 パーセント点。 */
export function quantilesOf(mean: number, shape: number): Quantiles {
  if (!(mean > 0)) return { low: 0, middle: 0, high: 0 };
  if (mean > EXACT_LIMIT) return wideBand(mean, shape);
  const stop = mean / (mean + shape);
  // 確率の対数で始める（平均が大きいと、0 件の確率は数の限りを割る）。
  let log = shape * Math.log1p(-stop);
  let below = 0;
  const found: number[] = [];
  for (let n = 0; found.length < 3 && n < EXACT_LIMIT * 40; n += 1) {
    below += Math.exp(log);
    while (found.length < 3 && below >= (marks[found.length] ?? 1)) found.push(n);
    log += Math.log((n + shape) / (n + 1)) + Math.log(stop);
  }
  const [low = 0, middle = low, high = middle] = found;
  return { low, middle, high };
}

const marks = [0.1, 0.5, 0.9];

function wideBand(mean: number, shape: number): Quantiles {
  const spread = 1.2816 * Math.sqrt(mean + mean ** 2 / shape);
  return {
    low: Math.max(0, Math.round(mean - spread)),
    middle: Math.round(mean),
    high: Math.round(mean + spread),
  };
}
