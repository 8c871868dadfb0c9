/** 種から決まる乱数（xoshiro128**、Blackman & Vigna 2018）。同じ種なら同じ一日になる。 */
export type Draw = () => number;

/** 0 より大きく 1 より小さい乱数を返す関数を作る。 */
export function drawFrom(seed: number): Draw {
  // 種の四つの語は splitmix32 で広げる（近い種でも、はじめから似ない）。
  let grow = seed >>> 0;
  const word = () => {
    grow = (grow + 0x9e3779b9) >>> 0;
    let z = grow;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  let [a, b, c, d] = [word(), word(), word(), word()];
  return () => {
    const five = Math.imul(b, 5);
    const out = Math.imul((five << 7) | (five >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return (out + 0.5) / 4294967296;
  };
}

/** 平均 mean の指数分布。 */
export function drawWait(draw: Draw, mean: number): number {
  return -Math.log(draw()) * mean;
}
