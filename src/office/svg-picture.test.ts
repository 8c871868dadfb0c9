import { inflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { svgPng } from "./svg-picture.ts";
import { SvgFault } from "./svg-shape.ts";

/** PNG の、割合（0–1）で言った所の色（RGBA）。 */
function pixel(svg: string, x: number, y: number): number[] {
  const { bytes, width, height } = svgPng(new TextEncoder().encode(svg), "17508C");
  const body = Buffer.from(bytes);
  const size = body.readUInt32BE(33);
  const rows = inflateSync(body.subarray(41, 41 + size));
  const at = Math.floor(y * height) * (width * 4 + 1) + 1 + Math.floor(x * width) * 4;
  return [...rows.subarray(at, at + 4)];
}
const svg = (inner: string, more = "") =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" ${more}>${inner}</svg>`;

test("アイコンの絵は、背景の透き通った PNG になり、色を任せた所は見出しの色になる", () => {
  const ring = svg('<path fill="currentColor" fill-rule="evenodd" d="M0 0h24v24H0zM6 6h12v12H6z"/>');
  expect(pixel(ring, 0.1, 0.5)).toEqual([0x17, 0x50, 0x8c, 255]);
  expect(pixel(ring, 0.5, 0.5)[3]).toBe(0);
});

test("作図の道具の書き方（型の宣言、クラスの塗り、円弧の詰めた旗、変換、線だけの絵）を描く", () => {
  const drawn = `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd" [<!ENTITY ns "http://x">]>${svg(
    '<style>.st0,.st1{fill:#CC0000;}</style><g transform="translate(12 12) scale(2)"><path class="st0" d="M0-4a4 4 0 11-.01 0z"/></g>',
  )}`;
  expect(pixel(drawn, 0.5, 0.5)).toEqual([0xcc, 0, 0, 255]);
  expect(pixel(drawn, 0.02, 0.02)[3]).toBe(0);
  const line = svg(
    '<polyline points="2,12 22,12"/><circle cx="12" cy="12" r="9"/>',
    'fill="none" stroke="currentColor" stroke-width="2"',
  );
  expect(pixel(line, 0.5, 0.5)[3]).toBe(255);
  expect(pixel(line, 0.5, 0.3)[3]).toBe(0);
  // 円は、どちらから見ても同じに塗られる。
  for (const [x, y] of [
    [3, 12],
    [21, 12],
    [12, 3],
    [12, 21],
  ])
    expect(pixel(line, (x ?? 0) / 24, (y ?? 0) / 24)[3]).toBe(255);
});

test("描けない絵は、わけと直し方を言って断る", () => {
  const fault = (text: string | Uint8Array) => {
    try {
      svgPng(typeof text === "string" ? new TextEncoder().encode(text) : text, "000000");
    } catch (cause) {
      if (cause instanceof SvgFault) return cause.message;
      throw cause;
    }
    return "";
  };
  expect(fault(svg("<text>市</text>"))).toMatch(/文字を使っている.*PNG/);
  expect(
    fault(svg('<defs><linearGradient id="a"/></defs><rect width="9" height="9" fill="url(#a)"/>')),
  ).toContain("色の移り変わり");
  expect(fault(svg('<script>alert(1)</script><rect width="9" height="9"/>'))).toContain("プログラム");
  expect(fault("<svg><rect width='1' height='1'/></svg>")).toContain("大きさ");
  expect(fault(svg(""))).toContain("描けるもの");
  expect(fault("<svg")).toContain("読めません");
  expect(fault(new Uint8Array(600_000))).toContain("大きすぎ");
});
