import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { lookupHmac } from "../sealing/seal.ts";
import { officeKey } from "./office-key.ts";

/** 従業者番号の書き方をそろえる（全角、前後の空白、小文字）。 */
export function readNumber(typed: string): string {
  return typed.slice(0, 200).normalize("NFKC").replace(/\s/g, "").toUpperCase().slice(0, 32);
}

/** 登録してよい従業者番号か。違えば BAD_INPUT。 */
export function requireNumber(typed: string): string {
  const number = readNumber(typed);
  if (/^[0-9A-Z][0-9A-Z-]{1,15}$/.test(number)) return number;
  const message = "従業者番号は、半角の数字と英字で2字から16字までで入れてください。";
  throw new AppError("BAD_INPUT", message, { faults: [{ field: "number", message }] });
}

/** 続けて違えた回数を数えるための照合値。 */
export async function numberHash(office: Office, number: string): Promise<Uint8Array> {
  return lookupHmac(await officeKey(office, "number"), number);
}
