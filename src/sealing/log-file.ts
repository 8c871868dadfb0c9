import type { KeyObject } from "node:crypto";
import { canonicalJson } from "../base/canonical.ts";
import type { Instant } from "../base/time.ts";
import { signText, verifyText } from "./checkpoint.ts";
import { isInstant } from "./log-entry.ts";

/*
 * 記録のファイル「madoguchi-log/1」: 一行一件の JSON（UTF-8、改行は LF）。どの行も正規の JSON。
 *   1行目      見出し {exportedAt, format, office, publicKey, signature, size}
 *   続く行     記録（log-entry.ts）を番号 0 から順に。検査点 {at, root, signature, size} は、その件数に達した所に挟まる。
 *   最後の行   全件（見出しの size 件）を覆う検査点。
 * 見出しにも署名があるので、尾を切って古い検査点で終わらせても、見出しの size と合わない。
 * 確かめるのに要るのはこのファイルだけ。ただし「全部を別の鍵で作り直したもの」でないことは、公開鍵の指紋か、
 * 紙に刷った照合番号との突き合わせで確かめる。
 */
export const LOG_FORMAT = "madoguchi-log/1";

/** 一行の上限（バイト、改行を除く）。これより長い行は読まずに壊れた行として扱う。 */
export const MAX_LINE_BYTES = 1024 * 1024;

/** 見出し。publicKey は Ed25519 の SPKI の base64、size は記録の件数。 */
export interface LogHeader {
  readonly format: typeof LOG_FORMAT;
  readonly office: string;
  readonly publicKey: string;
  readonly exportedAt: Instant;
  readonly size: number;
  readonly signature: string;
}

/** 見出しに署名する。 */
export function signHeader(
  privateKey: Uint8Array,
  header: Omit<LogHeader, "format" | "signature">,
): LogHeader {
  const body = { format: LOG_FORMAT, ...header } as const;
  return { ...body, signature: signText(privateKey, canonicalJson(body)) };
}

/** 見出しの署名を確かめる。 */
export function verifyHeader(publicKey: KeyObject, header: LogHeader): boolean {
  const { signature, ...body } = header;
  return verifyText(publicKey, canonicalJson(body), signature);
}

/** 読んだ値が見出しの形をしているか。 */
export function isLogHeader(value: Record<string, unknown>): boolean {
  const { format, office, publicKey, exportedAt, size, signature } = value;
  return (
    format === LOG_FORMAT &&
    typeof office === "string" &&
    !/[\r\n]/.test(office) &&
    typeof publicKey === "string" &&
    isInstant(exportedAt) &&
    Number.isSafeInteger(size) &&
    Number(size) >= 0 &&
    typeof signature === "string" &&
    Object.keys(value).length === 6
  );
}
