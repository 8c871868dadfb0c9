import { AppError } from "../base/error.ts";
import { splitAddress } from "./address.ts";
import { kanjiNumber, kanjiNumberPattern } from "./kanji-number.ts";
import { lookUpPostalCode } from "./postal.ts";
import { parsePostalCode } from "./postal-code.ts";

/**
 * カスタマバーコード（日本郵便「郵便番号・バーコードマニュアル」）。
 * 抜き出しの規則は同マニュアルの (3/9)、桁の調整は (4/9)、チェックデジットは (5/9)、
 * 個別番号は (6/9)、バーの形は「バーコード (2/4)」、寸法は (3/4) による。
 */

/** バー一本の形。1 = ロング、2 = セミロング上、3 = セミロング下、4 = タイミング。 */
export type Bar = 1 | 2 | 3 | 4;

export interface CustomerBarcode {
  /** 住所表示番号（「3-20-5B604」）。切り詰める前。 */
  addressCode: string;
  /** 郵便番号7桁 + 住所表示番号13桁 + チェックデジットの21文字。 */
  characters: string[];
  /** 67本。 */
  bars: Bar[];
}

/** 符号とバーの形。順の番号がチェックデジット計算の数（0–18）になる。 */
const shapes: readonly (readonly [string, readonly [Bar, Bar, Bar]])[] = [
  ["0", [1, 4, 4]],
  ["1", [1, 1, 4]],
  ["2", [1, 3, 2]],
  ["3", [3, 1, 2]],
  ["4", [1, 2, 3]],
  ["5", [1, 4, 1]],
  ["6", [3, 2, 1]],
  ["7", [2, 1, 3]],
  ["8", [2, 3, 1]],
  ["9", [4, 1, 1]],
  ["-", [4, 1, 4]],
  ["CC1", [3, 2, 4]],
  ["CC2", [3, 4, 2]],
  ["CC3", [2, 3, 4]],
  ["CC4", [4, 3, 2]],
  ["CC5", [2, 4, 3]],
  ["CC6", [4, 2, 3]],
  ["CC7", [4, 4, 1]],
  ["CC8", [1, 1, 1]],
];
const START: readonly Bar[] = [1, 3];
const STOP: readonly Bar[] = [3, 1];
const ADDRESS_LENGTH = 13;
const FILLER = "CC4";

/** 漢数字を抜き出す目印になる字（補足ルール1）。 */
const MARKS = "(?:丁目|丁|番地|番|号|地割|線|の|ノ)";

/**
 * 町域より後の住所から、住所表示番号を抜き出す。
 * 「東3丁目-20-5　郵便・A&bコーポB604号」→「3-20-5B604」。
 */
export function barcodeAddressCode(rest: string): string {
  return (
    rest
      .normalize("NFKC")
      .toUpperCase()
      .replace(/[&/・.]/g, "")
      .replace(/[‐‑‒–—―−]/g, "-")
      .replace(new RegExp(`(${kanjiNumberPattern})(?=${MARKS})`, "g"), (found) =>
        String(kanjiNumber(found) ?? found),
      )
      // 条は町域の一部（北24条西）。表で町域を外せなかったときに、その数を番地と取り違えない。
      .replace(/\d+条/g, "-")
      .replace(/[A-Z]{2,}/g, "-")
      // 階を表す F は抜き出さない（10F → 10）。後に続くものとはハイフンで分ける。
      .replace(/(?<=\d)F/g, "-")
      .replace(/[^0-9A-Z-]/g, "-")
      .replace(/-{2,}/g, "-")
      // 英字の前後のハイフンは取る（5-B604 → 5B604、J1-2-B → J1-2B）。
      .replace(/-(?=[A-Z])|(?<=[A-Z])-/g, "")
      .replace(/^-|-$/g, "")
  );
}

/**
 * 郵便番号と住所表示番号から21文字（郵便番号7 + 住所13 + チェックデジット1）。
 * 英字は制御コードと数字の二文字。13文字に満たなければ CC4 で埋め、超えれば切る（英字の途中なら制御コードまで残る）。
 */
export function barcodeCharacters(postalCode: string, addressCode: string): string[] {
  const address = [...addressCode].flatMap(encode).slice(0, ADDRESS_LENGTH);
  const filled = [...address, ...Array<string>(ADDRESS_LENGTH - address.length).fill(FILLER)];
  const body = [...parsePostalCode(postalCode), ...filled];
  return [...body, checkDigit(body)];
}

function encode(char: string): string[] {
  if (/[0-9-]/.test(char)) return [char];
  const order = char.charCodeAt(0) - 65;
  if (order < 0 || order > 25)
    throw new AppError("BAD_INPUT", "住所表示番号は、数字・ハイフン・英大文字だけです。");
  return [`CC${Math.floor(order / 10) + 1}`, String(order % 10)];
}

/** 全体の和が19の倍数になる文字。 */
export function checkDigit(body: readonly string[]): string {
  const sum = body.reduce((total, char) => total + shapes.findIndex(([name]) => name === char), 0);
  return shapes[(19 - (sum % 19)) % 19]?.[0] ?? "";
}

/** 21文字から67本のバー（スタート2 + 63 + ストップ2）。 */
export function barcodeBars(characters: readonly string[]): Bar[] {
  const middle = characters.flatMap((char) => {
    const shape = shapes.find(([name]) => name === char)?.[1];
    if (!shape) throw new AppError("BAD_INPUT", "カスタマバーコードにできない文字があります。");
    return [...shape];
  });
  return [...START, ...middle, ...STOP];
}

/**
 * 宛先のカスタマバーコード。付けないと決まっている宛先は、その理由を返す。
 * 事業所の個別番号は番号だけをバーにする。代表番号（町域の定まらない番号）には付けない。
 */
export function customerBarcode(postalCode: string, address: string): CustomerBarcode | { none: string } {
  const code = parsePostalCode(postalCode);
  const { places } = lookUpPostalCode(code);
  if (places.length === 0) return { none: "郵便番号が表にないため、バーコードを付けません。" };
  if (places.every((place) => place.office)) return build(code, "");
  if (places.every((place) => place.representative)) {
    return { none: "町域の定まらない代表の郵便番号のため、バーコードを付けません。" };
  }
  const { street, building } = splitAddress(address, code);
  return build(code, barcodeAddressCode(`${street} ${building}`));
}

function build(code: string, addressCode: string): CustomerBarcode {
  const characters = barcodeCharacters(code, addressCode);
  return { addressCode, characters, bars: barcodeBars(characters) };
}

export interface BarcodeDrawing {
  /** 全体の幅と高さ（mm）。まわりの余白は含まない。 */
  width: number;
  height: number;
  /** SVG の path の d。単位は mm、左上が原点。塗りつぶすだけでよい。 */
  path: string;
}

/**
 * 印刷する形。ポイントは 8–11.5（基準の10で、ロング 3.6 mm、タイミング 1.2 mm、ピッチ 1.2 mm、幅 0.6 mm）。
 * まわりに 2 mm 以上の余白を置くこと。
 */
export function barcodeDrawing(bars: readonly Bar[], point = 10): BarcodeDrawing {
  if (!(point >= 8 && point <= 11.5)) {
    throw new AppError("BAD_INPUT", "カスタマバーコードの大きさは8ポイントから11.5ポイントです。");
  }
  const unit = (0.6 * point) / 10;
  const extent: Readonly<Record<Bar, readonly [number, number]>> = {
    1: [0, 6],
    2: [0, 4],
    3: [2, 6],
    4: [2, 4],
  };
  const path = bars
    .map((bar, i) => {
      const [top, bottom] = extent[bar];
      return `M${mm(i * 2 * unit)} ${mm(top * unit)}h${mm(unit)}V${mm(bottom * unit)}h${mm(-unit)}z`;
    })
    .join("");
  return { width: Number(mm((bars.length * 2 - 1) * unit)), height: Number(mm(6 * unit)), path };
}

function mm(value: number): string {
  return String(Math.round(value * 1_000) / 1_000);
}
