/**
 * 待ち行列の式。時間の単位は秒、率は一秒あたり。
 *
 * 出典: A. K. Erlang (1917)。C は M/M/N、A は Palm の M/M/N+M（待つ人が指数分布のがまんで切る）。
 * 値は reference/reception.md §5 の公表値と突き合わせている。
 */

/** 応対の負荷。 */
export interface Load {
  /** 入電の率（件/秒）。 */
  readonly rate: number;
  /** 平均処理時間（秒）。通話と後処理。 */
  readonly aht: number;
}

/** 一つの席数での見込み。 */
export interface QueueFigures {
  /** 待たされる割合。 */
  readonly waiting: number;
  /** target 秒以内に応答する割合（入電すべてに対して）。 */
  readonly serviceLevel: number;
  /** 平均の応答待ち（秒）。A では、切った人も含めた待ちの平均。追いつかないとき無限大。 */
  readonly averageWait: number;
  /** 席の埋まり方（0–1）。 */
  readonly occupancy: number;
  /** 待ちきれずに切る割合。C では 0。 */
  readonly abandonment: number;
}

/** 呼量（アーラン）。同時に話している人の平均。 */
export function offeredTraffic({ rate, aht }: Load): number {
  return rate * aht;
}

/** アーラン B: 回線 n 本に呼量 traffic をかけたときの呼損率。 */
export function erlangB(traffic: number, n: number): number {
  let blocked = 1;
  for (let i = 1; i <= n; i += 1) blocked = (traffic * blocked) / (i + traffic * blocked);
  return blocked;
}

/** 呼損率が limit 以下になる、いちばん少ない回線数。 */
export function linesFor(traffic: number, limit: number): number {
  if (traffic <= 0) return 0;
  let blocked = 1;
  let n = 0;
  while (blocked > limit) {
    n += 1;
    blocked = (traffic * blocked) / (n + traffic * blocked);
  }
  return n;
}

/** アーラン C: 席 n で待たされる割合。追いつかない（traffic ≥ n）なら 1。 */
export function erlangC(traffic: number, n: number): number {
  if (traffic <= 0) return 0;
  if (n <= traffic) return 1;
  const blocked = erlangB(traffic, n);
  return (n * blocked) / (n - traffic * (1 - blocked));
}

/** だれも切らないとしたときの見込み（アーラン C）。 */
export function patientQueue(load: Load, n: number, target: number): QueueFigures {
  const traffic = offeredTraffic(load);
  if (traffic <= 0) return calm;
  const waiting = erlangC(traffic, n);
  if (n <= traffic)
    return { waiting, serviceLevel: 0, averageWait: Number.POSITIVE_INFINITY, occupancy: 1, abandonment: 0 };
  const spare = (n - traffic) / load.aht;
  return {
    waiting,
    serviceLevel: 1 - waiting * Math.exp(-spare * target),
    averageWait: waiting / spare,
    occupancy: traffic / n,
    abandonment: 0,
  };
}

const calm: QueueFigures = { waiting: 0, serviceLevel: 1, averageWait: 0, occupancy: 0, abandonment: 0 };

/**
 * 待つ人が平均 patience 秒で切るときの見込み（アーラン A）。
 * 席の状態の定常分布を、いちばん重い状態からの比で足す（桁あふれしない）。
 */
export function impatientQueue(load: Load, n: number, target: number, patience: number): QueueFigures {
  const traffic = offeredTraffic(load);
  if (traffic <= 0) return calm;
  if (n <= 0) return { waiting: 1, serviceLevel: 0, averageWait: patience, occupancy: 0, abandonment: 1 };
  const giveUp = 1 / patience;
  const serve = n / load.aht;
  // 待ちの列の長さ j の重み。j=0 は、席がちょうど埋まり、だれも待っていない状態。
  const weights = queueWeights(load.rate, serve, giveUp);
  const queued = sum(weights);
  // 席が埋まっていない状態の重みは、アーラン B の逆数から（埋まった状態を weights[0] とする）。
  const free = (1 / erlangB(traffic, n) - 1) * (weights[0] ?? 0);
  // 呼量に比べて席がとても多いと、逆数が数の限りを超える。だれも待たない。
  if (!Number.isFinite(free)) return { ...calm, occupancy: traffic / n };
  const total = free + queued;
  const waiting = queued / total;
  const length = weights.reduce((all, weight, j) => all + weight * j, 0) / total;
  const abandonment = (giveUp * length) / load.rate;
  const inTime = answeredWithin(target, serve, giveUp, weights.length);
  const answeredInTime = weights.reduce((all, weight, j) => all + weight * (inTime[j] ?? 0), 0);
  return {
    waiting,
    serviceLevel: Math.min(1, (free + answeredInTime) / total),
    averageWait: length / load.rate,
    occupancy: (traffic * (1 - abandonment)) / n,
    abandonment,
  };
}

/** 列の長さ 0、1、2… の重み。尾が和の 10⁻¹⁵ を割れば終わる。 */
function queueWeights(rate: number, serve: number, giveUp: number): number[] {
  const weights = [1];
  let last = 1;
  let all = 1;
  for (let j = 1; j < 100_000; j += 1) {
    last *= rate / (serve + j * giveUp);
    // いちばん重いところが遠いと桁があふれる。比だけが要るので、全体を縮める。
    if (last > 1e250) {
      for (let i = 0; i < weights.length; i += 1) weights[i] = (weights[i] ?? 0) / last;
      all /= last;
      last = 1;
    }
    weights.push(last);
    all += last;
    if (last < all * 1e-15) break;
  }
  return weights;
}

/**
 * 前に 0、1、2… 人待っているところへ来た人が、target 秒以内に、切らずに応答される確率。
 * 前の全員と一席が空くまでの時間 V では B=e^{-θV} がベータ分布 (serve/θ, j+1) に従い、
 * E[B; V≤T] = a/(a+b)·(1−I_x(a+1,b)) と閉じた形になる（x=e^{-θT}）。
 * b は整数なので I_x(a,b) = Σ_{i<b} C(a+i−1,i) x^a (1−x)^i。前の j の和に一項を足すだけで進む。
 */
function answeredWithin(target: number, serve: number, giveUp: number, lengths: number): number[] {
  const a = serve / giveUp;
  const x = Math.exp(-giveUp * target);
  const step = Math.log1p(-x);
  const shares: number[] = [];
  let term = (a + 1) * Math.log(x);
  let late = Math.exp(term);
  for (let j = 0; j < lengths; j += 1) {
    if (j > 0) {
      term += Math.log((a + j) / j) + step;
      late += Math.exp(term);
    }
    shares.push((a / (a + j + 1)) * (1 - Math.min(1, late)));
  }
  return shares;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, n) => all + n, 0);
}
