import { createHmac } from "node:crypto";
import { sameBytes } from "../sealing/seal.ts";

/** 読み違えやすい I・L・O・U のない32字。 */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 12;

/** 回答様式の確認番号（「7K2M-Q0XR-9TBD」、60ビット）。一式の照合値と契約の鍵から決まり、ほかの一式では合わない。 */
export function checkCodeOf(lookupKey: Uint8Array, hash: string): string {
  const mac = createHmac("sha256", lookupKey).update(`review-form|${hash}`).digest();
  const code = Array.from({ length: LENGTH }, (_, at) => letters[(mac[at] ?? 0) & 31]).join("");
  return code.replace(/(.{4})(?=.)/g, "$1-");
}

/** 打たれた確認番号を、比べる形に。全角・小文字・O と 0・I や L と 1 の違い、空白と横棒は問わない。 */
export function plainCode(typed: string): string {
  return typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
}

export function sameCode(typed: string, code: string): boolean {
  return sameBytes(Buffer.from(plainCode(typed)), Buffer.from(plainCode(code)));
}
