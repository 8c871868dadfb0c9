import { createHmac, randomBytes } from "node:crypto";
import { lookupHmac, sameBytes } from "./seal.ts";

/*
 * 磁気・IC カード（別紙1 5(8)）。鍵盤のように番号を打ち込む読取機を使うので、ドライバーも外部への接続も要らない。
 * 番号そのものは残さず、HMAC だけを残す。読取機が鍵を持てるなら、毎回違う問い（challenge）への答えも求める。
 */

/** 読取機が打った文字から番号を取り出す。前後の記号（; % ? など）・全角・小文字・改行を除く。6 字より短ければ undefined。 */
export function readCardNumber(typed: string): string | undefined {
  const number = typed
    .slice(0, 200)
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s;%?+:=^-]/g, "");
  return /^[0-9A-Z]{6,64}$/.test(number) ? number : undefined;
}

/** 番号の照合値（base64）。cardKey は事務所の鍵から導いた 32 バイト。 */
export function cardHmac(cardKey: Uint8Array, number: string): string {
  return Buffer.from(lookupHmac(cardKey, number)).toString("base64");
}

/** 読取機への問い（base64url、16 バイト）。 */
export function newReaderChallenge(): string {
  return randomBytes(16).toString("base64url");
}

/** 読取機の答え: HMAC-SHA-256(readerKey, challenge|番号) の base64url。読取機の側も同じ計算をする。 */
export function readerProof(readerKey: Uint8Array, challenge: string, number: string): string {
  return createHmac("sha256", readerKey).update(`${challenge}|${number}`, "utf8").digest("base64url");
}

/** 一定の時間で比べる。 */
export function sameText(a: string, b: string): boolean {
  return sameBytes(Buffer.from(a, "utf8"), Buffer.from(b, "utf8"));
}
