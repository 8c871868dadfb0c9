import type { Office } from "../platform/office.ts";
import { deriveKey } from "../sealing/seal.ts";

/** 契約によらない、事務所そのものの鍵の置き場の名。従業者の氏名の鍵もここに属する。 */
export const OFFICE_KEYS = "office";

const derived = new WeakMap<Office, Map<string, Promise<Uint8Array>>>();

/** 用途ごとの事務所の鍵（32 バイト）。行為の外で得ておく。 */
export function officeKey(
  office: Office,
  purpose: "factor" | "card" | "number" | "visit",
): Promise<Uint8Array> {
  const known = derived.get(office) ?? new Map<string, Promise<Uint8Array>>();
  derived.set(office, known);
  const found = known.get(purpose);
  if (found) return found;
  const made = office.keys.lookupKey(OFFICE_KEYS).then((key) => deriveKey(key, `entrance-${purpose}`));
  known.set(purpose, made);
  // 失敗は覚えない。次に呼ばれたときにもう一度試す。
  made.catch(() => known.delete(purpose));
  return made;
}
