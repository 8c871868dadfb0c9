import { contrastRatio } from "../office/colour.ts";
import { colourDistance, colourOf, labOf, seenAs, type Vision, visions } from "../office/colour-vision.ts";

/** 図形と紙の明るさの比（WCAG 2.2 1.4.11）。 */
const PAPER = 3;
/** 隣り合う系列の、白黒での明るさの差（L*）。コピーしても見分けられる目安。 */
const STEP = 12;
/** 隣り合う系列の、どの見え方でも要る隔たり（CIEDE2000）。 */
const BESIDE = 10;
/** 離れた系列でも、凡例で取り違えない隔たり。 */
const APART = 6;

/** 見え方の名。 */
export const visionNames: Readonly<Record<Vision, string>> = {
  normal: "ふつうの見え方",
  grey: "白黒の印刷",
  protan: "赤の見えにくい人（P型）",
  deutan: "緑の見えにくい人（D型）",
  tritan: "青の見えにくい人（T型）",
};

export interface PaletteRemark {
  /** paper は紙に溶ける（案を出せない）、beside は隣と、apart は離れた系列と見分けにくい。 */
  kind: "paper" | "beside" | "apart";
  /** 何番目の色か（0 から）。 */
  at: number;
  message: string;
}

/** 見分けの測り。一つの色は、見え方ごとに一度だけ計算する。 */
class Seen {
  readonly #seen = new Map<string, string>();
  readonly #far = new Map<string, number>();

  as(rgb: string, vision: Vision): string {
    const key = `${rgb}${vision}`;
    const known = this.#seen.get(key) ?? seenAs(rgb, vision);
    this.#seen.set(key, known);
    return known;
  }

  /** 白黒での明るさの差。 */
  step(a: string, b: string): number {
    return Math.abs(labOf(this.as(a, "grey"))[0] - labOf(this.as(b, "grey"))[0]);
  }

  /** いちばん見分けにくい見え方と、その隔たり（白黒は step で見る）。 */
  closest(a: string, b: string): { vision: Vision; distance: number } {
    const found = visions
      .filter((one) => one !== "grey")
      .map((vision) => {
        const key = `${a}${b}${vision}`;
        const distance = this.#far.get(key) ?? colourDistance(this.as(a, vision), this.as(b, vision));
        this.#far.set(key, distance);
        return { vision, distance };
      });
    return found.reduce((least, one) => (one.distance < least.distance ? one : least));
  }

  /** b を、前の色の並びの次に置けるか。 */
  fits(before: readonly string[], next: string): boolean {
    const last = before.at(-1);
    return (
      contrastRatio(next, "FFFFFF") >= PAPER &&
      (last === undefined ||
        (this.step(last, next) >= STEP && this.closest(last, next).distance >= BESIDE)) &&
      before.every((one) => this.closest(one, next).distance >= APART)
    );
  }
}

/**
 * 図の色の並びの、直すところ。紙との明るさの比は 3 以上（WCAG 2.2 1.4.11）、隣り合う系列は白黒でも、
 * 色の見え方の違う人（P・D・T型）にも見分けられること。わけと直し方を言う。
 */
export function paletteRemarks(palette: readonly string[]): PaletteRemark[] {
  const seen = new Seen();
  return palette.flatMap((rgb, at): PaletteRemark[] => {
    const own: PaletteRemark[] = [];
    const ratio = contrastRatio(rgb, "FFFFFF");
    if (ratio < PAPER)
      own.push({
        ...{ kind: "paper", at },
        message: `図の${at + 1}番目の色 ${rgb} は、白い紙との明るさの比が ${ratio.toFixed(1)} です。3 以上になるように、${darkened(rgb)} くらいまで濃くしてください。`,
      });
    for (const [before, other] of palette.slice(0, at).entries()) {
      const pair = `図の${before + 1}番目の色 ${other} と${at + 1}番目の色 ${rgb} は、`;
      const { vision, distance } = seen.closest(other, rgb);
      const beside = before === at - 1;
      if (beside && seen.step(other, rgb) < STEP)
        own.push({
          ...{ kind: "beside", at },
          message: `${pair}${visionNames.grey}で同じ濃さに見えます。どちらかを濃くするか、間に別の色を置いてください。`,
        });
      if (distance < (beside ? BESIDE : APART))
        own.push({
          ...{ kind: beside ? "beside" : "apart", at },
          message: `${pair}${visionNames[vision]}に似た色で見えます。どちらかの濃さか色合いを変えてください。`,
        });
    }
    return own;
  });
}

/** 比が 3 に届くまで濃くした色。 */
function darkened(rgb: string): string {
  const [lightness, a, b] = labOf(rgb);
  const hue = (Math.atan2(b, a) * 180) / Math.PI;
  let [next, l] = [rgb, Math.min(lightness, 66)];
  while (contrastRatio(next, "FFFFFF") < PAPER && l > 0) {
    next = colourOf(l, Math.hypot(a, b), hue);
    l -= 0.5;
  }
  return next;
}

/**
 * 直した並び: 色合いと順をなるべく残して、濃さを動かす。直すところがなければ、そのまま。
 * どう動かしても足りない並び（同じ色合いばかりが多い）なら undefined。
 */
export function mendedPalette(palette: readonly string[]): string[] | undefined {
  const seen = new Seen();
  const tried = (rgb: string): string[] => {
    const [lightness, a, b] = labOf(rgb);
    const hue = (Math.atan2(b, a) * 180) / Math.PI;
    const others = [14, 20, 26, 32, 38, 44, 50, 56, 61].toSorted(
      (one, other) => Math.abs(one - lightness) - Math.abs(other - lightness),
    );
    return [rgb, darkened(rgb), ...others.map((one) => colourOf(one, Math.hypot(a, b), hue))];
  };
  return placed(seen, palette.map(tried), []);
}

/** 一つずつ置いて、置けなければ戻る。 */
function placed(seen: Seen, choices: readonly string[][], before: readonly string[]): string[] | undefined {
  const own = choices[before.length];
  if (!own) return [...before];
  for (const next of own) {
    if (!seen.fits(before, next)) continue;
    const found = placed(seen, choices, [...before, next]);
    if (found) return found;
  }
  return undefined;
}

/** 一つの色（見出しの色）から作る、六つの図の色。どの決まりも満たす。 */
export function paletteFrom(accent: string): string[] {
  const [lightness, a, b] = labOf(accent);
  const hue = (Math.atan2(b, a) * 180) / Math.PI;
  const first = contrastRatio(accent, "FFFFFF") >= PAPER ? accent : darkened(accent);
  // 暗い色から始まれば明るい色を次に、明るければ暗い色を。色合いは、遠い順に回す。
  const dark = lightness < 40;
  const turns = [180, 50, 230, 120, 300, 0, 90, 270, 150, 30, 210, 330];
  const steps = (light: boolean) => (light ? [59, 56, 52] : [30, 24, 38, 18]);
  const choices = Array.from({ length: 5 }, (_, at) => {
    const light = dark === (at % 2 === 0);
    const spun = [...turns.slice(at), ...turns.slice(0, at)];
    return steps(light).flatMap((l) => spun.map((turn) => colourOf(l, 52, hue + turn)));
  });
  return placed(new Seen(), [[first], ...choices], []) ?? [first];
}

/** 「17508C、#DE7A33 …」のような書き方から、色の並び。読めないものは fault に。 */
export function readPalette(text: string): { palette: string[]; fault: string } {
  const words = text
    .normalize("NFKC")
    .split(/[\s,;、，・/|]+/)
    .filter(Boolean);
  const palette = words.map((word) => {
    const plain = word.replace(/^#/, "").toUpperCase();
    const short = /^[0-9A-F]{3}$/.test(plain);
    return short ? [...plain].map((one) => one + one).join("") : plain;
  });
  const wrong = palette.findIndex((one) => !/^[0-9A-F]{6}$/.test(one));
  if (wrong >= 0)
    return {
      palette: [],
      fault: `${wrong + 1}番目の「${words[wrong] ?? ""}」が色として読めません。6 桁の十六進（17508C）を、空白か「、」で区切ってください。`,
    };
  const twice = palette.findIndex((one, at) => palette.indexOf(one) < at);
  if (twice >= 0)
    return { palette: [], fault: `${palette[twice] ?? ""} が二度あります。一度だけにしてください。` };
  if (palette.length === 1 || palette.length > 8)
    return { palette: [], fault: "図の色は、2 つから 8 つまでで書いてください。" };
  return { palette, fault: "" };
}
