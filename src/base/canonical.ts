/** これより深い入れ子は、壊れた（または攻撃の）入力として断る。 */
const MAX_DEPTH = 64;

/** 正規形にできない値（循環や深すぎる入れ子、有限でない数、片割れのサロゲート、undefined など）。値そのものは言わない。 */
export class NotCanonical extends Error {
  constructor(why: string) {
    super(`not canonical JSON: ${why}`);
    this.name = "NotCanonical";
  }
}

/**
 * ハッシュのための正規の JSON（RFC 8785）。キーは UTF-16 の符号単位順、空白なし、数は ECMAScript の最短表記、-0 は 0。
 * 黙って落としたり null に変えたりはせず、表せない値は {@link NotCanonical} にする。
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** 正規の JSON の UTF-8 バイト列。 */
export function canonicalBytes(value: unknown): Uint8Array {
  return Buffer.from(canonicalJson(value), "utf8");
}

function write(value: unknown, depth: number): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) throw new NotCanonical("lone surrogate");
      return JSON.stringify(value);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (!Number.isFinite(value)) throw new NotCanonical("not a finite number");
      return JSON.stringify(value);
    case "object":
      if (depth >= MAX_DEPTH) throw new NotCanonical("too deep");
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      throw new NotCanonical(typeof value);
  }
}

function writeArray(items: readonly unknown[], depth: number): string {
  // map は穴を飛ばすので使わない。穴は undefined として断る。
  let text = "[";
  for (let i = 0; i < items.length; i++) text += (i === 0 ? "" : ",") + write(items[i], depth + 1);
  return `${text}]`;
}

function writeObject(value: object, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new NotCanonical("not a plain object");
  let text = "{";
  for (const [key, member] of Object.entries(value).sort(byKey)) {
    text += `${text.length === 1 ? "" : ","}${write(key, depth)}:${write(member, depth + 1)}`;
  }
  return `${text}}`;
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
