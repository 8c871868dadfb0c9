import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { AppError } from "../base/error.ts";

/** gz を開いた大きさの上限。 */
const MOST_BYTES = 1024 * 1024 * 1024;
/** これより長い一行は、壊れた行として読まない。 */
const MOST_LINE = 64 * 1024;

export interface TextLine {
  /** 1 から。 */
  number: number;
  text: string;
  /** 改行で終わっていない（書きかけかもしれない最後の行）。 */
  open: boolean;
}

/** gz なら開く。 */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch {
    throw new AppError(
      "BAD_INPUT",
      "圧縮されたファイル（gz）を開けません。こわれているか、大きすぎます。展開してからお試しください。",
    );
  }
}

/** 中身の印（同じファイルを二度読まないため）。 */
export function contentMark(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** 一行ずつ渡す。全体を一つの文字列にしない。BOM、CRLF、NUL を除く。UTF-8 でなければ日本語の古い符号と見る。 */
export function* textLines(bytes: Uint8Array): Generator<TextLine> {
  const decode = decoderOf(bytes);
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let number = 1; at < bytes.length; number++) {
    const found = bytes.indexOf(10, at);
    const end = found < 0 ? bytes.length : found;
    const text = decode(bytes.subarray(at, Math.min(end, at + MOST_LINE)));
    yield { number, text: text.replaceAll("\0", "").replace(/\r+$/, ""), open: found < 0 };
    at = end + 1;
  }
}

function decoderOf(bytes: Uint8Array): (part: Uint8Array) => string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (utf16)
    throw new AppError(
      "BAD_INPUT",
      "このファイルは UTF-16 で書かれています。UTF-8 で保存し直してください（ＰＢＸが書いたままのファイルなら UTF-8 です）。",
    );
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const old = new TextDecoder("shift_jis");
  return (part) => {
    try {
      return strict.decode(part);
    } catch {
      return old.decode(part);
    }
  };
}
