import { type Matrix, matrixOf, multiply, type Outline, outlinesOf, type Point } from "./svg-path.ts";
import { attributeOf, childrenOf, descendantsOf, localName, parseXml, type XmlElement } from "./xml-tree.ts";

/** 塗る輪郭の一つ。color は "0017C1" の形、alpha は 0–1。 */
export interface SvgShape {
  outlines: Outline[];
  color: string;
  alpha: number;
  evenOdd: boolean;
}

/** 読んだ絵。shapes は viewBox の座標で、下から上の順。 */
export interface SvgPicture {
  x: number;
  y: number;
  width: number;
  height: number;
  shapes: SvgShape[];
}

/** 描けない絵の、わけと直し方（「は、…」に続く文）。 */
export class SvgFault extends Error {}

/** 絵の大きさ（バイト）の上限。アイコンなら、これで十分に大きい。 */
const BYTES = 500_000;
/** 点の数の上限。 */
const POINTS = 60_000;

const unable: Readonly<Record<string, string>> = {
  ...{
    text: "文字",
    image: "写真",
    use: "部品のくり返し（use）",
    pattern: "模様",
    foreignObject: "別の文書",
  },
  ...{
    linearGradient: "色の移り変わり",
    radialGradient: "色の移り変わり",
    mask: "重ねの型抜き",
    filter: "ぼかし",
  },
  ...{ symbol: "部品（symbol）", script: "プログラム" },
};

/**
 * アイコンの絵（.svg）を、色のついた輪郭に。current は、色を文書に任せた所（currentColor）の色。
 * 描くのは、線・四角・円・多角形・path と、その塗りと線。ほかのものを使う絵は断る（別の絵になってしまうので）。
 * @throws SvgFault
 */
export function readSvg(bytes: Uint8Array, current: string): SvgPicture {
  if (bytes.length > BYTES)
    throw new SvgFault("は大きすぎます（SVG は 500 KB まで）。線を減らすか、PNG に書き出してください。");
  const root = rootOf(bytes);
  const used = descendantsOf(root, (one) => Object.hasOwn(unable, localName(one)));
  const names = [...new Set(used.map((one) => unable[localName(one)] ?? ""))];
  if (names.length > 0)
    throw new SvgFault(
      `は${names.join("、")}を使っているので、同じ絵に描けません。PNG に書き出してから入れてください。`,
    );
  const box = (attributeOf(root, "viewBox") ?? "").split(/[\s,]+/).map(Number);
  const length = (name: string) => Number.parseFloat(attributeOf(root, name) ?? "");
  const [x = 0, y = 0, width = 0, height = 0] =
    box.length === 4 && box.every(Number.isFinite) ? box : [0, 0, length("width"), length("height")];
  if (!(width > 0 && height > 0))
    throw new SvgFault("に大きさ（viewBox か width と height）がありません。書き出し直してください。");
  const shapes: SvgShape[] = [];
  const rules = classRules(root);
  const plain: Look = {
    fill: "000000",
    stroke: "none",
    width: 1,
    alpha: 1,
    fillAlpha: 1,
    strokeAlpha: 1,
    evenOdd: false,
    round: false,
  };
  for (const child of childrenOf(root))
    draw(child, {
      look: lookOf(root, plain, rules, current),
      matrix: [1, 0, 0, 1, 0, 0],
      rules,
      current,
      shapes,
    });
  if (shapes.length === 0) throw new SvgFault("に、描けるものがありません。書き出し直してください。");
  const points = shapes.reduce(
    (sum, one) => sum + one.outlines.reduce((all, { points: list }) => all + list.length, 0),
    0,
  );
  if (points > POINTS) throw new SvgFault("は細かすぎます。線を減らすか、PNG に書き出してください。");
  return { x, y, width, height, shapes };
}

function rootOf(bytes: Uint8Array): XmlElement {
  try {
    // 作図の道具の書く型の宣言は、絵に要らないので外す（実体は使わない）。
    const text = new TextDecoder().decode(bytes).replace(/<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>/i, "");
    const root = parseXml(new TextEncoder().encode(text));
    if (localName(root) === "svg") return root;
  } catch {
    // 読めないわけは、下の一文で足りる。
  }
  throw new SvgFault("は SVG として読めません（壊れているか、ほかの形です）。書き出し直してください。");
}

interface Look {
  fill: string;
  stroke: string;
  width: number;
  alpha: number;
  fillAlpha: number;
  strokeAlpha: number;
  evenOdd: boolean;
  round: boolean;
}
interface Drawing {
  look: Look;
  matrix: Matrix;
  rules: ReadonlyMap<string, string>;
  current: string;
  shapes: SvgShape[];
}

/** style の中の「.名 { … }」だけを読む（作図の道具が書き出す形）。 */
function classRules(root: XmlElement): Map<string, string> {
  const text = descendantsOf(root, (one) => localName(one) === "style")
    .flatMap(({ children }) => children.filter((one) => typeof one === "string"))
    .join("");
  const rules = new Map<string, string>();
  for (const [, heads = "", body = ""] of text.matchAll(/([^{}]+)\{([^{}]*)\}/g))
    for (const [, name = ""] of heads.matchAll(/\.([\w-]+)/g))
      rules.set(name, `${rules.get(name) ?? ""};${body}`);
  return rules;
}

/** その要素の塗り方。属性より style が強い。 */
function lookOf(element: XmlElement, from: Look, rules: ReadonlyMap<string, string>, current: string): Look {
  const classes = (attributeOf(element, "class") ?? "").split(/\s+/).map((name) => rules.get(name) ?? "");
  const styles = new Map(
    [...classes, attributeOf(element, "style") ?? ""]
      .join(";")
      .split(";")
      .flatMap((one): [string, string][] => {
        const [name = "", ...value] = one.split(":");
        return value.length > 0 ? [[name.trim(), value.join(":").trim()]] : [];
      }),
  );
  const given = (name: string) => styles.get(name) ?? attributeOf(element, name);
  const number = (name: string, usual: number) => {
    const value = Number.parseFloat(given(name) ?? "");
    return Number.isFinite(value) ? value : usual;
  };
  const paint = (name: "fill" | "stroke") => {
    const value = given(name);
    return value === undefined || value === "inherit" ? from[name] : colourIn(value, current);
  };
  const rule = given("fill-rule");
  const hidden = given("display") === "none" || given("visibility") === "hidden";
  return {
    ...{ fill: paint("fill"), stroke: paint("stroke"), width: number("stroke-width", from.width) },
    alpha: hidden ? 0 : from.alpha * number("opacity", 1),
    ...{
      fillAlpha: number("fill-opacity", from.fillAlpha),
      strokeAlpha: number("stroke-opacity", from.strokeAlpha),
    },
    evenOdd: rule === undefined ? from.evenOdd : rule === "evenodd",
    round: (given("stroke-linecap") ?? (from.round ? "round" : "butt")) !== "butt",
  };
}

const names: Readonly<Record<string, string>> = {
  ...{
    black: "000000",
    white: "FFFFFF",
    red: "FF0000",
    green: "008000",
    blue: "0000FF",
    gray: "808080",
    grey: "808080",
  },
  ...{
    yellow: "FFFF00",
    orange: "FFA500",
    navy: "000080",
    teal: "008080",
    maroon: "800000",
    purple: "800080",
  },
  ...{
    silver: "C0C0C0",
    lime: "00FF00",
    aqua: "00FFFF",
    fuchsia: "FF00FF",
    olive: "808000",
    pink: "FFC0CB",
    brown: "A52A2A",
  },
};

function colourIn(value: string, current: string): string {
  const text = value.trim();
  if (/^(?:none|transparent)$/i.test(text)) return "none";
  if (/^(?:currentcolor|context-fill|context-stroke|var\()/i.test(text)) return current;
  const [, short] = /^#([0-9a-f]{3})[0-9a-f]?$/i.exec(text) ?? [];
  if (short)
    return [...short]
      .map((one) => one + one)
      .join("")
      .toUpperCase();
  const [, long] = /^#([0-9a-f]{6})/i.exec(text) ?? [];
  if (long) return long.toUpperCase();
  const parts = [...(/^rgba?\(([^)]*)\)/i.exec(text)?.[1] ?? "").matchAll(/([\d.]+)(%?)/g)].slice(0, 3);
  if (parts.length === 3)
    return parts
      .map(([, digits, percent]) => Math.round(Math.min(255, Number(digits) * (percent ? 2.55 : 1))))
      .map((one) => one.toString(16).padStart(2, "0"))
      .join("")
      .toUpperCase();
  return names[text.toLowerCase()] ?? "000000";
}

function draw(element: XmlElement, above: Drawing): void {
  const name = localName(element);
  if (["defs", "clipPath", "style", "title", "desc", "metadata"].includes(name)) return;
  const look = lookOf(element, above.look, above.rules, above.current);
  const matrix = multiply(above.matrix, matrixOf(attributeOf(element, "transform") ?? ""));
  const here = { ...above, look, matrix };
  if (name === "g" || name === "svg" || name === "a" || name === "switch") {
    for (const child of childrenOf(element)) draw(child, here);
    return;
  }
  const outlines = basicOutlines(
    name,
    (one) => Number.parseFloat(attributeOf(element, one) ?? "") || 0,
    element,
  );
  if (outlines.length === 0 || look.alpha === 0) return;
  const placed = outlines.map((one) => ({ ...one, points: one.points.map((point) => moved(matrix, point)) }));
  if (look.fill !== "none" && look.fillAlpha > 0)
    above.shapes.push({
      outlines: placed,
      color: look.fill,
      alpha: look.alpha * look.fillAlpha,
      evenOdd: look.evenOdd,
    });
  const scale = Math.sqrt(Math.abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]));
  if (look.stroke !== "none" && look.width > 0 && look.strokeAlpha > 0)
    above.shapes.push({
      outlines: placed.flatMap((one) => strokeOf(one, (look.width * scale) / 2, look.round)),
      color: look.stroke,
      alpha: look.alpha * look.strokeAlpha,
      evenOdd: false,
    });
}

function moved([a, b, c, d, e, f]: Matrix, [x, y]: Point): Point {
  return [a * x + c * y + e, b * x + d * y + f];
}

function basicOutlines(name: string, n: (name: string) => number, element: XmlElement): Outline[] {
  switch (name) {
    case "path":
      return outlinesOf(attributeOf(element, "d") ?? "");
    case "rect": {
      const [x, y, w, h] = [n("x"), n("y"), n("width"), n("height")];
      const rx = Math.min(n("rx") || n("ry"), w / 2);
      const ry = Math.min(n("ry") || n("rx"), h / 2);
      if (!(w > 0 && h > 0)) return [];
      if (!(rx > 0 && ry > 0)) return outlinesOf(`M${x} ${y}h${w}v${h}h${-w}z`);
      const arc = (dx: number, dy: number) => `a${rx} ${ry} 0 0 1 ${dx} ${dy}`;
      return outlinesOf(
        `M${x + rx} ${y}h${w - 2 * rx}${arc(rx, ry)}v${h - 2 * ry}${arc(-rx, ry)}h${2 * rx - w}${arc(-rx, -ry)}v${2 * ry - h}${arc(rx, -ry)}z`,
      );
    }
    case "circle":
    case "ellipse": {
      const [cx, cy] = [n("cx"), n("cy")];
      const [rx, ry] = name === "circle" ? [n("r"), n("r")] : [n("rx"), n("ry")];
      return rx > 0 && ry > 0
        ? outlinesOf(`M${cx - rx} ${cy}a${rx} ${ry} 0 1 0 ${2 * rx} 0a${rx} ${ry} 0 1 0 ${-2 * rx} 0z`)
        : [];
    }
    case "line":
      return outlinesOf(`M${n("x1")} ${n("y1")}L${n("x2")} ${n("y2")}`);
    case "polyline":
    case "polygon":
      return outlinesOf(`M${attributeOf(element, "points") ?? ""}${name === "polygon" ? "z" : ""}`);
    default:
      return [];
  }
}

/** 線を、塗る四角と、つなぎ目の円に。 */
function strokeOf({ points, closed }: Outline, half: number, round: boolean): Outline[] {
  const [first] = points;
  const path = closed && first ? [...points, first] : points;
  return path.flatMap((point, at): Outline[] => {
    const next = path[at + 1];
    const end = at === 0 || !next;
    const joint = round || closed || !end ? [circle(point, half)] : [];
    if (!next) return joint;
    const [dx, dy] = [next[0] - point[0], next[1] - point[1]];
    const long = Math.hypot(dx, dy);
    if (long === 0) return joint;
    const [nx, ny] = [(-dy / long) * half, (dx / long) * half];
    const side: Point[] = [
      [point[0] + nx, point[1] + ny],
      [next[0] + nx, next[1] + ny],
      [next[0] - nx, next[1] - ny],
      [point[0] - nx, point[1] - ny],
    ];
    return [...joint, { points: side, closed: true }];
  });
}

/** 四角と同じ回り方の円。 */
function circle([x, y]: Point, r: number): Outline {
  const points = Array.from({ length: 12 }, (_, at): Point => {
    const turn = (-at * Math.PI) / 6;
    return [x + r * Math.cos(turn), y + r * Math.sin(turn)];
  });
  return { points, closed: true };
}
