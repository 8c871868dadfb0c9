import { deflateSync } from "node:zlib";
import { crc32 } from "./checksum.ts";
import { readSvg, type SvgShape } from "./svg-shape.ts";

/** 長い方の辺（画素）。18 mm に刷って 540 dpi。 */
const SIDE = 384;
/** 一画素を縦に分ける数。横は、覆う割合をそのまま測る。 */
const FINE = 4;

/**
 * アイコンの絵（.svg）を、背景の透き通った PNG に。外のものを読まず、どの形式の書類でも同じ絵になる。
 * @throws SvgFault（描けない絵。わけと直し方）
 */
export function svgPng(
  bytes: Uint8Array,
  current: string,
): { bytes: Uint8Array; width: number; height: number } {
  const picture = readSvg(bytes, current);
  const scale = SIDE / Math.max(picture.width, picture.height);
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const pixels = new Float32Array(width * height * 4);
  for (const shape of picture.shapes) {
    const cover = coverOf(shape, { ...picture, scale }, width, height);
    paint(pixels, cover, shape);
  }
  return { bytes: pngOf(pixels, width, height), width, height };
}

interface Edge {
  top: number;
  bottom: number;
  /** top での x と、y が一つ進むごとの x。 */
  x: number;
  slope: number;
  wind: 1 | -1;
}

/** 画素ごとの、輪郭が覆う割合（0–1）。 */
function coverOf(
  { outlines, evenOdd }: SvgShape,
  box: { x: number; y: number; scale: number },
  width: number,
  height: number,
): Float32Array {
  const cover = new Float32Array(width * height);
  const edges = outlines.flatMap(({ points }) =>
    points.flatMap((from, at): Edge[] => {
      const to = points[(at + 1) % points.length] ?? from;
      const [x1, y1] = [(from[0] - box.x) * box.scale, (from[1] - box.y) * box.scale];
      const [x2, y2] = [(to[0] - box.x) * box.scale, (to[1] - box.y) * box.scale];
      if (y1 === y2) return [];
      const slope = (x2 - x1) / (y2 - y1);
      return y1 < y2
        ? [{ top: y1, bottom: y2, x: x1, slope, wind: 1 }]
        : [{ top: y2, bottom: y1, x: x2, slope, wind: -1 }];
    }),
  );
  edges.sort((one, other) => one.top - other.top);
  let next = 0;
  let live: Edge[] = [];
  for (let line = 0; line < height * FINE; line += 1) {
    const y = (line + 0.5) / FINE;
    for (let edge = edges[next]; edge && edge.top <= y; edge = edges[next]) {
      live.push(edge);
      next += 1;
    }
    live = live.filter(({ bottom }) => bottom > y);
    const crossings = live
      .map((edge): [number, number] => [edge.x + (y - edge.top) * edge.slope, edge.wind])
      .sort(([one], [other]) => one - other);
    fillLine(cover, Math.floor(line / FINE) * width, width, crossings, evenOdd);
  }
  return cover;
}

function fillLine(
  cover: Float32Array,
  offset: number,
  width: number,
  crossings: readonly [number, number][],
  evenOdd: boolean,
): void {
  let wind = 0;
  for (const [at, [from, turn]] of crossings.entries()) {
    wind += evenOdd ? 1 : turn;
    const to = crossings[at + 1]?.[0];
    if (to === undefined || (evenOdd ? wind % 2 === 0 : wind === 0)) continue;
    const [left, right] = [Math.max(0, from), Math.min(width, to)];
    for (let x = Math.floor(left); x < right; x += 1) {
      const part = Math.min(right, x + 1) - Math.max(left, x);
      cover[offset + x] = (cover[offset + x] ?? 0) + part / FINE;
    }
  }
}

/** 下の色の上に重ねる（色は alpha を掛けたまま持つ）。 */
function paint(pixels: Float32Array, cover: Float32Array, { color, alpha }: SvgShape): void {
  const rgb = [0, 2, 4].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  for (const [at, part] of cover.entries()) {
    if (part === 0) continue;
    const own = Math.min(1, part) * alpha;
    for (let k = 0; k < 4; k += 1) {
      const value = k === 3 ? own : (rgb[k] ?? 0) * own;
      pixels[at * 4 + k] = value + (pixels[at * 4 + k] ?? 0) * (1 - own);
    }
  }
}

function pngOf(pixels: Float32Array, width: number, height: number): Uint8Array {
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from = (y * width + x) * 4;
      const to = y * (width * 4 + 1) + 1 + x * 4;
      const alpha = pixels[from + 3] ?? 0;
      for (let k = 0; k < 3; k += 1)
        rows[to + k] = alpha === 0 ? 0 : Math.round(((pixels[from + k] ?? 0) / alpha) * 255);
      rows[to + 3] = Math.round(alpha * 255);
    }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const mark = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return new Uint8Array(
    Buffer.concat([
      Buffer.from(mark),
      chunk("IHDR", head),
      chunk("IDAT", deflateSync(rows)),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  );
}

function chunk(name: string, body: Buffer): Buffer {
  const inner = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  size.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(inner));
  return Buffer.concat([size, inner, sum]);
}
