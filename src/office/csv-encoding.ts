import { AppError } from "../base/error.ts";

export type TextEncodingName = "utf-8" | "utf-16le" | "utf-16be" | "shift_jis" | "euc-jp" | "iso-2022-jp";

/**
 * 日本の CSV の文字コードを見分けて文字列にする（UTF-8、UTF-16、Shift_JIS/CP932、EUC-JP、JIS）。
 * @throws AppError BAD_INPUT: どの文字コードでも読めないバイトがある。何行目かを言う。
 */
export function decodeText(bytes: Uint8Array): { text: string; encoding: TextEncodingName } {
  const encoding = guessEncoding(bytes);
  const text = tryDecode(bytes, encoding);
  if (text !== undefined) return { text, encoding };
  throw unreadable(bytes, encoding);
}

/** ファイルの頭（形を中身で見分けるため）。一バイトを一字とし、UTF-8 の印（BOM）は除く。 */
export function headText(bytes: Uint8Array, most = 64): string {
  return new TextDecoder("latin1").decode(bytes.subarray(0, most)).replace(/^\u00ef\u00bb\u00bf/, "");
}

function guessEncoding(bytes: Uint8Array): TextEncodingName {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  const wide = guessWide(bytes);
  if (wide) return wide;
  if (tryDecode(bytes, "utf-8") !== undefined) return hasJisEscape(bytes) ? "iso-2022-jp" : "utf-8";
  return guessJapanese(bytes);
}

/** BOM のない UTF-16: 英数字の片側が 0 になる。 */
function guessWide(bytes: Uint8Array): TextEncodingName | undefined {
  const length = Math.min(bytes.length & ~1, 4096);
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  if (odd > length / 16 && even === 0) return "utf-16le";
  if (even > length / 16 && odd === 0) return "utf-16be";
  return undefined;
}

function hasJisEscape(bytes: Uint8Array): boolean {
  for (let at = 0; at + 2 < bytes.length; at++) {
    if (bytes[at] === 0x1b && bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40))
      return true;
  }
  return false;
}

/**
 * UTF-8 でないもの。EUC-JP を Shift_JIS として読むと半角カナと漢字がまだらになる。
 * 半角カナだけなら本当の Shift_JIS、まだらで EUC として読めるなら EUC。
 */
function guessJapanese(bytes: Uint8Array): TextEncodingName {
  const euc = tryDecode(bytes, "euc-jp");
  if (euc === undefined) {
    const sjis = tryDecode(bytes, "shift_jis");
    return sjis !== undefined ? "shift_jis" : fewerFaults(bytes);
  }
  const sjis = tryDecode(bytes, "shift_jis");
  if (sjis === undefined) return "euc-jp";
  const halfKana = count(sjis, /[\uff61-\uff9f]/g);
  const others = count(sjis, /[^\u0000-\u007f\uff61-\uff9f]/g);
  const fullKana = count(euc, /[ぁ-んァ-ヶ]/g);
  if (halfKana === 0) return "shift_jis";
  return others > 0 || fullKana > 0 ? "euc-jp" : "shift_jis";
}

function fewerFaults(bytes: Uint8Array): TextEncodingName {
  const faults = (label: TextEncodingName) => count(new TextDecoder(label).decode(bytes), /\ufffd/g);
  const order: TextEncodingName[] = ["utf-8", "shift_jis", "euc-jp"];
  return order.sort((a, b) => faults(a) - faults(b))[0] ?? "utf-8";
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function tryDecode(bytes: Uint8Array, label: TextEncodingName): string | undefined {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function unreadable(bytes: Uint8Array, encoding: TextEncodingName): AppError {
  const text = new TextDecoder(encoding).decode(bytes);
  const rows: number[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.includes("\ufffd") && rows.push(index + 1) >= 20) break;
  }
  return new AppError(
    "BAD_INPUT",
    `${rows[0] ?? 1} 行目に読めない文字があります。元のソフトで「CSV UTF-8」を選んで保存し直してください。`,
    { faults: rows.map((row) => ({ row, message: "読めない文字があります。" })) },
  );
}
