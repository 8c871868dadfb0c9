/**
 * 検定に使う分布。どれも上側確率（その値以上になる確率）を返す。
 * 不完全ベータと不完全ガンマの連分数・級数は Abramowitz & Stegun 6.5・26.5、相対誤差は 1e-12 ほど。
 */

/** 標準正規分布の上側確率。 */
export function normalTail(z: number): number {
  const half = 0.5 * gammaTail(0.5, (z * z) / 2);
  return z >= 0 ? half : 1 - half;
}

/** カイ二乗分布の上側確率。 */
export function chiSquareTail(x: number, df: number): number {
  if (!(x > 0)) return 1;
  return gammaTail(df / 2, x / 2);
}

/** F 分布の上側確率。自由度は整数でなくてよい（Rao–Scott）。df2 が無限大ならカイ二乗。 */
export function fTail(x: number, df1: number, df2: number): number {
  if (!(x > 0)) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (!Number.isFinite(df2)) return chiSquareTail(x * df1, df1);
  return betaShare(df2 / (df2 + df1 * x), df2 / 2, df1 / 2);
}

/** 正則化された上側の不完全ガンマ関数 Q(a, x)。 */
function gammaTail(a: number, x: number): number {
  if (x <= 0) return 1;
  // とても大きい統計量（標準誤差が 0 に近いとき）は、二乗が無限大になる。
  if (x === Number.POSITIVE_INFINITY) return 0;
  const scale = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 10_000; n += 1) {
      term *= x / (a + n);
      sum += term;
      if (term < sum * 1e-16) break;
    }
    return Math.max(0, 1 - sum * scale);
  }
  // Lentz の方法による連分数。
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let value = d;
  for (let n = 1; n < 10_000; n += 1) {
    const step = -n * (n - a);
    b += 2;
    d = step * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + step / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const change = d * c;
    value *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return scale * value;
}

/** 正則化された不完全ベータ関数 I_x(a, b)。 */
function betaShare(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const scale = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2)
    ? (scale * betaFraction(x, a, b)) / a
    : 1 - (scale * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  if (Math.abs(d) < tiny) d = tiny;
  d = 1 / d;
  let value = d;
  for (let m = 1; m < 10_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    if (Math.abs(d) < tiny) d = tiny;
    c = 1 + even / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    if (Math.abs(d) < tiny) d = tiny;
    c = 1 + odd / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const change = d * c;
    value *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return value;
}

/** ln Γ(x)。Lanczos（g=7、9 項）。 */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  const t = z + 7.5;
  const series = lanczos.reduce((sum, c, i) => (i === 0 ? c : sum + c / (z + i)), 0);
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(series);
}
