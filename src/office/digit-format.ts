import type { Piece } from "./format-section.ts";

/** 「標準」: 有効11桁まで。 */
export function general(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e11) return String(value);
  const short = Number(value.toPrecision(11));
  const size = Math.abs(short);
  if (size !== 0 && (size >= 1e11 || size < 1e-9)) {
    return short
      .toExponential(5)
      .replace(/\.?0+e/, "e")
      .replace(/e([+-])(\d)$/, "e$10$2")
      .toUpperCase();
  }
  return String(short);
}

/** 数の書式の一節で表示する。 */
export function showPlain(value: number, pieces: Piece[]): string {
  const codes = pieces.filter((piece) => piece.kind === "code").map((piece) => piece.text);
  if (codes.some((code) => /^(General|G\/標準|@)$/i.test(code))) {
    return pieces.map((piece) => (piece.kind === "code" ? general(value) : piece.text)).join("");
  }
  if (
    codes.some((code) => /^[Ee][+-]$/.test(code)) ||
    pieces.some((p) => p.kind === "literal" && p.text === "/" && codes.includes("?"))
  ) {
    return general(value);
  }
  return showDigits(value, pieces);
}

/** 0・#・?・桁区切り・小数・% の書式。数字の間の文字（000-0000）も位置を守る。 */
function showDigits(value: number, pieces: Piece[]): string {
  const point = pieces.findIndex((piece) => piece.kind === "code" && piece.text.startsWith("."));
  const whole = point < 0 ? pieces : pieces.slice(0, point);
  const digitAt = (piece: Piece) => piece.kind === "code" && /^[0#?]$/.test(piece.text);
  if (!whole.some(digitAt) && point < 0)
    return pieces.map((piece) => (piece.kind === "code" ? "" : piece.text)).join("");
  const lastDigit = whole.findLastIndex(digitAt);
  const commas = whole.flatMap((piece, at) => (piece.kind === "code" && piece.text === "," ? [at] : []));
  const scale = commas.filter((at) => at > lastDigit).length;
  const grouped = commas.some((at) => at < lastDigit);
  const percents = pieces.filter((piece) => piece.kind === "code" && piece.text === "%").length;
  const fraction = point < 0 ? [] : pieces.slice(point);
  const places = Math.min(
    fraction.reduce(
      (sum, piece) =>
        sum +
        (digitAt(piece)
          ? 1
          : piece.kind === "code" && piece.text.startsWith(".")
            ? piece.text.length - 1
            : 0),
      0,
    ),
    30,
  );
  const fixed = roundHalfUp(Math.abs(value) * 100 ** percents * 1000 ** -scale, places);
  const [digits = "0", decimals = ""] = fixed.split(".");
  const front = fillWhole(digits, whole, lastDigit, grouped);
  const sign = value < 0 && /[1-9]/.test(fixed) ? "-" : "";
  return sign + front + fillFraction(decimals, fraction);
}

/** 2進数の誤差で 1.005 が 1.00 にならないよう、15桁に丸めてから四捨五入する。 */
function roundHalfUp(value: number, places: number): string {
  if (value >= 1e21) return String(value);
  const tidy = Number(value.toPrecision(15));
  const shifted = Number(`${tidy}e${places}`);
  return Number.isFinite(shifted) && shifted < 1e15
    ? Number(`${Math.round(shifted)}e-${places}`).toFixed(places)
    : tidy.toFixed(places);
}

function fillWhole(digits: string, pieces: Piece[], lastDigit: number, grouped: boolean): string {
  let rest = digits === "0" ? "" : digits;
  let out = "";
  let count = 0;
  const firstDigit = pieces.findIndex((piece) => piece.kind === "code" && /^[0#?]$/.test(piece.text));
  const put = (digit: string) => {
    if (grouped && count > 0 && count % 3 === 0 && digit !== " ") out = `,${out}`;
    out = digit + out;
    count++;
  };
  for (let at = pieces.length - 1; at >= 0; at--) {
    const piece = pieces[at] as Piece;
    if (piece.kind === "literal") out = piece.text + out;
    else if (piece.text === "%") out = `%${out}`;
    else if (at <= lastDigit && /^[0#?]$/.test(piece.text)) {
      const digit = rest.slice(-1) || (piece.text === "0" ? "0" : piece.text === "?" ? " " : "");
      rest = rest.slice(0, -1);
      if (digit) put(digit);
      if (at === firstDigit) {
        while (rest) {
          put(rest.slice(-1));
          rest = rest.slice(0, -1);
        }
      }
    }
  }
  return rest + out;
}

function fillFraction(decimals: string, pieces: Piece[]): string {
  let used = 0;
  let out = "";
  let keep = 0;
  for (const piece of pieces) {
    if (piece.kind === "literal" || piece.text === "%") {
      out += piece.kind === "literal" ? piece.text : "%";
      continue;
    }
    for (const letter of piece.text) {
      if (letter === ".") out += ".";
      else if (/[0#?]/.test(letter)) {
        out += decimals[used] ?? "";
        used++;
        if (letter === "0") keep = used;
      }
    }
  }
  return trimOptional(out, keep);
}

/** # の桁の末尾の 0 は見せない。 */
function trimOptional(fraction: string, keep: number): string {
  const parts = /^\.(\d*)([\s\S]*)$/.exec(fraction);
  if (!parts) return fraction;
  let digits = parts[1] ?? "";
  while (digits.length > keep && digits.endsWith("0")) digits = digits.slice(0, -1);
  return `${digits || keep === 0 ? `.${digits}` : ""}${parts[2] ?? ""}`;
}
