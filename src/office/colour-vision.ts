import { linearRgb, luminance } from "./colour.ts";

/** 色の見え方の違い。色は "0017C1" の形。 */

/** 見え方: ふつう、白黒、P型（赤が見えにくい）、D型（緑が見えにくい）、T型（青が見えにくい）。 */
export const visions = ["normal", "grey", "protan", "deutan", "tritan"] as const;
export type Vision = (typeof visions)[number];

type Triple = readonly [number, number, number];

/** 度合い 1.0 の見え方の行列（線形 RGB。Machado, Oliveira & Fernandes 2009, IEEE TVCG 15(6)）。 */
const matrices: Readonly<Record<"protan" | "deutan" | "tritan", readonly [Triple, Triple, Triple]>> = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** その見え方での色。 */
export function seenAs(rgb: string, vision: Vision): string {
  if (vision === "normal") return rgb;
  if (vision === "grey") {
    const grey = luminance(rgb);
    return hex([grey, grey, grey]);
  }
  const light = linearRgb(rgb);
  const dot = ([r, g, b]: Triple) => r * light[0] + g * light[1] + b * light[2];
  const [red, green, blue] = matrices[vision];
  return hex([dot(red), dot(green), dot(blue)]);
}

function hex(light: Triple): string {
  return light
    .map((value) => {
      const share = Math.min(1, Math.max(0, value));
      const shown = share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055;
      return Math.round(shown * 255)
        .toString(16)
        .padStart(2, "0");
    })
    .join("")
    .toUpperCase();
}

const WHITE: Triple = [0.95047, 1, 1.08883];

/** CIE 1976 L*a*b*（D65）。L* は 0–100 の明るさ。 */
export function labOf(rgb: string): Triple {
  const [r, g, b] = linearRgb(rgb);
  const f = (value: number) =>
    value > 216 / 24_389 ? Math.cbrt(value) : (24_389 / 27) * (value / 116) + 16 / 116;
  const x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / WHITE[0]);
  const y = f(0.2126729 * r + 0.7151522 * g + 0.072175 * b);
  const z = f((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / WHITE[2]);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** 明るさ（L*）・鮮やかさ・色相（度）から。画面に出せない鮮やかさは、出せるところまで下げる。 */
export function colourOf(lightness: number, chroma: number, hue: number): string {
  const turn = (hue * Math.PI) / 180;
  for (let c = chroma; c > 0; c -= 2) {
    const light = lightOf([lightness, c * Math.cos(turn), c * Math.sin(turn)]);
    if (light.every((one) => one > -0.0005 && one < 1.0005)) return hex(light);
  }
  return hex(lightOf([lightness, 0, 0]));
}

function lightOf([lightness, a, b]: Triple): Triple {
  const y = (lightness + 16) / 116;
  const f = (value: number) => (value ** 3 > 216 / 24_389 ? value ** 3 : (116 * value - 16) / (24_389 / 27));
  const [x, v, z] = [f(y + a / 500) * WHITE[0], f(y), f(y - b / 200) * WHITE[2]];
  return [
    3.2404542 * x - 1.5371385 * v - 0.4985314 * z,
    -0.969266 * x + 1.8760108 * v + 0.041556 * z,
    0.0556434 * x - 0.2040259 * v + 1.0572252 * z,
  ];
}

/** 二つの色の隔たり（CIEDE2000。1 がやっと分かる違い）。 */
export function colourDistance(one: string, other: string): number {
  return labDistance(labOf(one), labOf(other));
}

/** 二つの L*a*b* の隔たり（ISO/CIE 11664-6:2014）。 */
export function labDistance([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const radian = Math.PI / 180;
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)));
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const angle = (b: number, a: number) => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / radian + 360) % 360);
  const [h1, h2] = [angle(b1, p1), angle(b2, p2)];
  const grey = c1 * c2 === 0;
  const turn = grey ? 0 : ((((h2 - h1 + 180) % 360) + 360) % 360) - 180;
  const dh = 2 * Math.sqrt(c1 * c2) * Math.sin((turn / 2) * radian);
  const h = grey
    ? h1 + h2
    : Math.abs(h1 - h2) <= 180
      ? (h1 + h2) / 2
      : (h1 + h2 + (h1 + h2 < 360 ? 360 : -360)) / 2;
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const cos = (degree: number) => Math.cos(degree * radian);
  const t = 1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.2 * cos(4 * h - 63);
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * c, 1 + 0.015 * c * t];
  const rc = 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  const rt = -Math.sin(2 * 30 * Math.exp(-(((h - 275) / 25) ** 2)) * radian) * rc;
  const [dl, dc, dH] = [(l2 - l1) / sl, (c2 - c1) / sc, dh / sh];
  return Math.sqrt(dl ** 2 + dc ** 2 + dH ** 2 + rt * dc * dH);
}
