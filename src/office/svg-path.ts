/** 平面の一点。 */
export type Point = readonly [x: number, y: number];
/** 変換の行列（a b c d e f。SVG と同じ並び）。 */
export type Matrix = readonly [number, number, number, number, number, number];

/** 折れ線にした輪郭。closed は閉じた輪。 */
export interface Outline {
  points: Point[];
  closed: boolean;
}

const counts: Readonly<Record<string, number>> = {
  M: 2,
  L: 2,
  H: 1,
  V: 1,
  C: 6,
  S: 4,
  Q: 4,
  T: 2,
  A: 7,
  Z: 0,
};

/** 曲線を、折れ線にするときの区切りの数。絵文字ほどの大きさの絵には十分に細かい。 */
const PIECES = 16;

/** SVG の d（SVG 1.1 8.3）を折れ線に。読めないところで止め、そこまでを返す。 */
export function outlinesOf(d: string): Outline[] {
  const walker = new PathWalker();
  for (const [, command = "", body = ""] of d.matchAll(/([MLHVCSQTAZ])([^MLHVCSQTAZ]*)/gi)) {
    const upper = command.toUpperCase();
    const numbers = upper === "A" ? arcNumbers(body) : numbersIn(body);
    const size = counts[upper] ?? 0;
    if (size === 0) walker.close();
    for (let at = 0; size > 0 && at + size <= numbers.length; at += size)
      walker.step(at > 0 && upper === "M" ? "L" : upper, numbers.slice(at, at + size), command !== upper);
  }
  return walker.outlines.filter(({ points }) => points.length > 1);
}

function numbersIn(text: string): number[] {
  return [...text.matchAll(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi)].map(([one]) => Number(one));
}

/** 円弧の旗は、「01」のように続けて書かれることがある。 */
function arcNumbers(text: string): number[] {
  const number = "([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:e[-+]?\\d+)?)";
  const gap = "[\\s,]*";
  const arc = new RegExp(`${[number, number, number, "([01])", "([01])", number, number].join(gap)}`, "gi");
  return [...text.matchAll(arc)].flatMap((found) => found.slice(1, 8).map(Number));
}

class PathWalker {
  readonly outlines: Outline[] = [];
  #at: Point = [0, 0];
  #start: Point = [0, 0];
  /** 滑らかな曲線（S、T）のための、前の制御点。 */
  #handle: { point: Point; kind: string } | undefined;

  close(): void {
    const last = this.outlines.at(-1);
    if (last) last.closed = true;
    this.#at = this.#start;
    this.#handle = undefined;
  }

  step(command: string, given: readonly number[], relative: boolean): void {
    const [x0, y0] = this.#at;
    const n = (at: number) => given[at] ?? 0;
    const point = (at: number): Point => (relative ? [x0 + n(at), y0 + n(at + 1)] : [n(at), n(at + 1)]);
    switch (command) {
      case "M":
        this.#at = point(0);
        this.#start = this.#at;
        this.outlines.push({ points: [this.#at], closed: false });
        this.#handle = undefined;
        return;
      case "L":
        this.#line(point(0));
        return;
      case "H":
        this.#line([relative ? x0 + n(0) : n(0), y0]);
        return;
      case "V":
        this.#line([x0, relative ? y0 + n(0) : n(0)]);
        return;
      case "C":
        this.#cubic(point(0), point(2), point(4));
        return;
      case "S":
        this.#cubic(this.#mirrored("C"), point(0), point(2));
        return;
      case "Q":
        this.#quadratic(point(0), point(2));
        return;
      case "T":
        this.#quadratic(this.#mirrored("Q"), point(0));
        return;
      case "A":
        this.#arc([n(0), n(1)], n(2), n(3) === 1, n(4) === 1, point(5));
        return;
    }
  }

  #mirrored(kind: string): Point {
    const [x, y] = this.#at;
    if (this.#handle?.kind !== kind) return this.#at;
    return [2 * x - this.#handle.point[0], 2 * y - this.#handle.point[1]];
  }

  #put(point: Point): void {
    // 閉じたあとに続けて描くときは、始まりの点から新しい輪郭になる。
    const last = this.outlines.at(-1);
    if (!last || last.closed) this.outlines.push({ points: [this.#at], closed: false });
    this.outlines.at(-1)?.points.push(point);
    this.#at = point;
  }

  #line(point: Point): void {
    this.#put(point);
    this.#handle = undefined;
  }

  #cubic(one: Point, two: Point, end: Point): void {
    const from = this.#at;
    for (let step = 1; step <= PIECES; step += 1) {
      const t = step / PIECES;
      const u = 1 - t;
      const mix = (k: 0 | 1) =>
        u ** 3 * from[k] + 3 * u * u * t * one[k] + 3 * u * t * t * two[k] + t ** 3 * end[k];
      this.#put([mix(0), mix(1)]);
    }
    this.#handle = { point: two, kind: "C" };
  }

  #quadratic(one: Point, end: Point): void {
    const from = this.#at;
    for (let step = 1; step <= PIECES; step += 1) {
      const t = step / PIECES;
      const mix = (k: 0 | 1) => (1 - t) ** 2 * from[k] + 2 * (1 - t) * t * one[k] + t * t * end[k];
      this.#put([mix(0), mix(1)]);
    }
    this.#handle = { point: one, kind: "Q" };
  }

  /** 端の点から中心を求める（SVG 1.1 F.6.5）。 */
  #arc([rx0, ry0]: Point, tilt: number, large: boolean, sweep: boolean, end: Point): void {
    const [x1, y1] = this.#at;
    let [rx, ry] = [Math.abs(rx0), Math.abs(ry0)];
    if (rx === 0 || ry === 0) {
      this.#line(end);
      return;
    }
    const [cos, sin] = [Math.cos((tilt * Math.PI) / 180), Math.sin((tilt * Math.PI) / 180)];
    const [dx, dy] = [(x1 - end[0]) / 2, (y1 - end[1]) / 2];
    const [px, py] = [cos * dx + sin * dy, cos * dy - sin * dx];
    const over = Math.sqrt((px / rx) ** 2 + (py / ry) ** 2);
    if (over > 1) [rx, ry] = [rx * over, ry * over];
    const below = (rx * py) ** 2 + (ry * px) ** 2;
    if (below === 0) return;
    const root = Math.sqrt(Math.max(0, ((rx * ry) ** 2 - below) / below)) * (large === sweep ? -1 : 1);
    const [qx, qy] = [(root * rx * py) / ry, (-root * ry * px) / rx];
    const centre: Point = [cos * qx - sin * qy + (x1 + end[0]) / 2, sin * qx + cos * qy + (y1 + end[1]) / 2];
    const from = Math.atan2((py - qy) / ry, (px - qx) / rx);
    let turn = Math.atan2((-py - qy) / ry, (-px - qx) / rx) - from;
    if (sweep && turn < 0) turn += 2 * Math.PI;
    if (!sweep && turn > 0) turn -= 2 * Math.PI;
    const pieces = Math.max(4, Math.ceil((Math.abs(turn) / (2 * Math.PI)) * 4 * PIECES));
    for (let step = 1; step < pieces; step += 1) {
      const angle = from + (turn * step) / pieces;
      const [ex, ey] = [rx * Math.cos(angle), ry * Math.sin(angle)];
      this.#put([centre[0] + cos * ex - sin * ey, centre[1] + sin * ex + cos * ey]);
    }
    this.#put(end);
    this.#handle = undefined;
  }
}

/** 二つの変換を続ける（outer の中の inner）。 */
export function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** transform の属性。 */
export function matrixOf(text: string): Matrix {
  let whole: Matrix = [1, 0, 0, 1, 0, 0];
  for (const [, name = "", body = ""] of text.matchAll(/(\w+)\s*\(([^)]*)\)/g))
    whole = multiply(whole, oneMatrix(name, numbersIn(body)));
  return whole;
}

function oneMatrix(name: string, n: readonly number[]): Matrix {
  const [a = 0, b, c = 0, d = 0, e = 0, f = 0] = n;
  const turn = (a * Math.PI) / 180;
  switch (name) {
    case "matrix":
      return [a, b ?? 0, c, d, e, f];
    case "translate":
      return [1, 0, 0, 1, a, b ?? 0];
    case "scale":
      return [a, 0, 0, b ?? a, 0, 0];
    case "skewX":
      return [1, 0, Math.tan(turn), 1, 0, 0];
    case "skewY":
      return [1, Math.tan(turn), 0, 1, 0, 0];
    case "rotate": {
      const [x, y] = [b ?? 0, c];
      const spun: Matrix = [Math.cos(turn), Math.sin(turn), -Math.sin(turn), Math.cos(turn), 0, 0];
      return multiply(multiply([1, 0, 0, 1, x, y], spun), [1, 0, 0, 1, -x, -y]);
    }
    default:
      return [1, 0, 0, 1, 0, 0];
  }
}
