/** 書かれた数を読む（全角、桁区切り、¥、円、%、△も可）。数でなければ undefined。 */
export function readNumber(text: string): number | undefined {
  if (text.length > 60) return undefined;
  const plain = text
    .normalize("NFKC")
    .replace(/[,\s]/g, "")
    .replace(/^[△▲−]/, "-")
    .replace(/^([-+]?)[¥$\\]/, "$1")
    .replace(/[円%]$/, "");
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * Word の数値書式（\#）で表す。0 # x , . - + % ¥ '文字' と、正;負;ゼロ の三節。
 * 文字を挟んだ 000'-'0000 は右の桁から埋める。# の空きに Word が入れる空白は入れない（刷り物では隙間になるだけ）。
 */
export function formatNumber(value: number, picture: string): string {
  const sections = splitSections(picture);
  const zero = roundTo(value, decimalsOf(sections[0] ?? "")) === 0;
  if (zero && sections[2] !== undefined) return fill(0, sections[2], false);
  if (value < 0 && sections[1] !== undefined) return fill(-value, sections[1], false);
  return fill(Math.abs(value), sections[0] ?? "", value < 0 && !zero);
}

interface Piece {
  text: string;
  literal: boolean;
}

function piecesOf(section: string): Piece[] {
  return [...section.matchAll(/'([^']*)'|([\s\S])/g)].map((found) => ({
    text: found[1] ?? found[2] ?? "",
    literal: found[1] !== undefined,
  }));
}

function splitSections(picture: string): string[] {
  const sections = [""];
  for (const piece of picture.matchAll(/'[^']*'|[\s\S]/g)) {
    if (piece[0] === ";") sections.push("");
    else sections[sections.length - 1] += piece[0];
  }
  return sections;
}

function isDigit(piece: Piece | undefined): boolean {
  return piece !== undefined && !piece.literal && /^[0#x]$/i.test(piece.text);
}

function decimalsOf(section: string): number {
  const all = piecesOf(section);
  const point = all.findIndex((piece) => piece.text === "." && !piece.literal);
  return point < 0 ? 0 : all.slice(point).filter(isDigit).length;
}

/** 四捨五入（負の数は絶対値で）。2進の誤差で 1.005 が 1.00 にならないよう、10進の表記で動かす。 */
export function roundTo(value: number, decimals: number): number {
  const shifted = Number(`${Math.abs(value)}e${decimals}`);
  const rounded = Number.isNaN(shifted) ? Math.abs(value) : Number(`${Math.round(shifted)}e${-decimals}`);
  return Math.sign(value) * rounded;
}

function fill(value: number, section: string, negative: boolean): string {
  const all = piecesOf(section);
  const point = all.findIndex((piece) => piece.text === "." && !piece.literal);
  const whole = point < 0 ? all : all.slice(0, point);
  if (!all.some(isDigit)) return (negative ? "-" : "") + all.map((piece) => piece.text).join("");
  const decimals = decimalsOf(section);
  const [integer = "0", fraction = ""] = plainDecimal(roundTo(value, decimals), decimals).split(".");
  const signed = all.some((piece) => !piece.literal && (piece.text === "+" || piece.text === "-"));
  const left = fillInteger(integer, whole, negative);
  const right = point < 0 ? "" : fillFraction(fraction, all.slice(point));
  return (negative && !signed ? "-" : "") + left + right;
}

function plainDecimal(value: number, decimals: number): string {
  return value >= 1e21 ? String(value) : value.toFixed(decimals);
}

function fillInteger(integer: string, pieces: Piece[], negative: boolean): string {
  const grouped = pieces.some((piece) => piece.text === "," && !piece.literal);
  const first = pieces.findIndex(isDigit);
  let digits = integer === "0" ? "" : integer;
  let written = 0;
  let out = "";
  const put = (digit: string) => {
    out = digit + (grouped && written > 0 && written % 3 === 0 ? "," : "") + out;
    written += 1;
  };
  for (let at = pieces.length - 1; at >= 0; at -= 1) {
    const piece = pieces[at];
    if (!piece) continue;
    if (isDigit(piece)) {
      if (digits) put(digits.slice(-1));
      else if (piece.text === "0") put("0");
      digits = digits.slice(0, -1);
      // 記号より桁が多いときは、いちばん左の記号の位置に残りを全部出す（x は切り捨てる）。
      if (at === first && piece.text.toLowerCase() !== "x") {
        for (; digits; digits = digits.slice(0, -1)) put(digits.slice(-1));
      }
    } else if (piece.literal || piece.text !== ",") out = signText(piece, at, first, negative) + out;
  }
  // 桁の記号が小数側にしかない（.00）か、"," だけで始まる書式（,0.00）では、整数部をここで出す。
  if (first < 0) out += integer === "0" ? "" : integer;
  return out;
}

function signText(piece: Piece, at: number, first: number, negative: boolean): string {
  if (piece.literal || (first >= 0 && at > first)) return piece.text;
  if (piece.text === "-") return negative ? "-" : "";
  if (piece.text === "+") return negative ? "-" : "+";
  return piece.text;
}

function fillFraction(fraction: string, pieces: Piece[]): string {
  let at = 0;
  let out = "";
  let pending = "";
  for (const piece of pieces.slice(1)) {
    if (!isDigit(piece)) {
      out += piece.text;
      continue;
    }
    const digit = fraction[at] ?? "0";
    at += 1;
    // # の末尾の 0 は出さない。あとに 0 以外の数字が来れば、まとめて出す。
    if (piece.text === "#" && digit === "0") pending += digit;
    else {
      out += pending + digit;
      pending = "";
    }
  }
  return /\d/.test(out) ? `.${out}` : out;
}
