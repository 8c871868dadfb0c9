import { callerKind } from "../japan/phone.ts";

const kinds = new Map<string, boolean>();

/** 同じ番号かを見比べる形。非通知・公衆電話・番号でないものは undefined。 */
export function plainNumber(text: string): string | undefined {
  if (text.length > 64) return undefined;
  if (!/\d{3}/.test(text)) return undefined;
  let isNumber = kinds.get(text);
  if (isNumber === undefined) {
    isNumber = callerKind(text) === "number";
    if (kinds.size > 50_000) kinds.clear();
    kinds.set(text, isNumber);
  }
  if (!isNumber) return undefined;
  const digits = text.normalize("NFKC").replace(/[^\d+]/g, "");
  const inland = digits.replace(/^(\+81|0081|01081|81(?=[1-9]\d{8,9}$))0?/, "0").replace(/\+/g, "");
  return inland.length >= 3 ? inland : undefined;
}

/** 外からの番号らしいか（内線は短い）。 */
export function looksOutside(number: string | undefined): boolean {
  return number === undefined || number.length >= 8;
}
