import { callerKind } from "../japan/phone.ts";
import { keepText } from "./text-line.ts";

const numbers = new Map<string, string | undefined>();

/** 同じ番号かを見比べる形。非通知・公衆電話・番号でないものは undefined。 */
export function plainNumber(text: string): string | undefined {
  if (text.length > 64 || !/\d{3}/.test(text)) return undefined;
  const known = numbers.get(text);
  if (known !== undefined || numbers.has(text)) return known;
  const kept = keepText(text);
  const number = readNumber(kept);
  if (numbers.size > 50_000) numbers.clear();
  numbers.set(kept, number);
  return number;
}

/** 覚えた番号を忘れる（読み終えたあと、掛けた人の番号を記憶に残さない）。忘れた数を返す。 */
export function forgetNumbers(): number {
  const count = numbers.size;
  numbers.clear();
  return count;
}

function readNumber(text: string): string | undefined {
  if (callerKind(text) !== "number") return undefined;
  const digits = text.normalize("NFKC").replace(/[^\d+]/g, "");
  const inland = digits.replace(/^(\+81|0081|01081|81(?=[1-9]\d{8,9}$))0?/, "0").replace(/\+/g, "");
  return inland.length >= 3 ? inland : undefined;
}

/** 外からの番号らしいか（内線は短い）。 */
export function looksOutside(number: string | undefined): boolean {
  return number === undefined || number.length >= 8;
}
