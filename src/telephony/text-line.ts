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

/** 一度に文字にする長さ（バイト）。行の途中では切らない。 */
const PIECE = 64 * 1024;

/** 一行ずつ渡す。全体を一つの文字列にしない。BOM、CRLF、NUL を除く。UTF-8 でなければ日本語の古い符号と見る。 */
export function* textLines(bytes: Uint8Array): Generator<TextLine> {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    throw new AppError(
      "BAD_INPUT",
      "このファイルは UTF-16 で書かれています。UTF-8 で保存し直してください（ＰＢＸが書いたままのファイルなら UTF-8 です）。",
    );
  const decode = pieceDecoder();
  let at = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let number = 1; at < bytes.length; ) {
    const end = pieceEnd(bytes, at);
    const texts = decode(bytes.subarray(at, end));
    const open = end === bytes.length && bytes[end - 1] !== 10;
    for (const [index, text] of texts.entries())
      yield { number: number++, text: plainLine(text), open: open && index === texts.length - 1 };
    at = end;
  }
}

/** 次に文字にする所の終わり。改行のすぐ後ろか、ファイルの終わり。 */
function pieceEnd(bytes: Uint8Array, at: number): number {
  if (at + PIECE >= bytes.length) return bytes.length;
  const before = bytes.lastIndexOf(10, at + PIECE);
  if (before >= at) return before + 1;
  const after = bytes.indexOf(10, at + PIECE);
  return after < 0 ? bytes.length : after + 1;
}

function plainLine(text: string): string {
  const clean = text.includes("\0") ? text.replaceAll("\0", "") : text;
  if (!clean.endsWith("\r")) return clean;
  let end = clean.length;
  while (end > 0 && clean[end - 1] === "\r") end -= 1;
  return clean.slice(0, end);
}

/** ひとまとまりを行に分ける。UTF-8 でない行があるときと、長すぎる行があるときだけ、一行ずつ文字にする。 */
function pieceDecoder(): (part: Uint8Array) => string[] {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const old = new TextDecoder("shift_jis");
  const oneLine = (part: Uint8Array) => {
    const short = part.subarray(0, MOST_LINE);
    try {
      return strict.decode(short);
    } catch {
      return old.decode(short);
    }
  };
  return (part) => {
    const closed = part[part.length - 1] === 10 ? part.subarray(0, -1) : part;
    // ひとまとまりより長いのは、改行のない一行だけ。
    if (closed.length > PIECE) return linesOf(closed).map(oneLine);
    try {
      const lines = strict.decode(closed).split("\n");
      if (lines.every(({ length }) => length <= MOST_LINE)) return lines;
    } catch {
      // 下で一行ずつ読む。
    }
    return linesOf(closed).map(oneLine);
  };
}

function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  for (let at = 0; ; ) {
    const end = bytes.indexOf(10, at);
    lines.push(bytes.subarray(at, end < 0 ? bytes.length : end));
    if (end < 0) return lines;
    at = end + 1;
  }
}

/** 行から取り出した文字列を、行を覚えたままにしない形に写す（何十万も残すもの）。 */
export function keepText(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, "utf8").toString("utf8");
}
