import { AppError } from "../base/error.ts";

/** 開始タグ一つ。属性は訊かれたときだけ読む（大きな表では大半の属性を使わない）。 */
export class XmlTag {
  /** 接頭辞を除いた名前。 */
  readonly name: string;
  private readonly source: string;
  private readonly from: number;
  private readonly to: number;

  constructor(name: string, source: string, from: number, to: number) {
    this.name = name;
    this.source = source;
    this.from = from;
    this.to = to;
  }

  /** 属性の値。接頭辞は見ない（r:id は "id"）。なければ undefined。 */
  get(wanted: string): string | undefined {
    const { source, to } = this;
    let at = this.from;
    while (at < to) {
      const equals = source.indexOf("=", at);
      if (equals < 0 || equals >= to) return undefined;
      const open = quoteFrom(source, equals + 1, to);
      const close = open < 0 ? -1 : source.indexOf(source[open] as string, open + 1);
      if (close < 0 || close >= to) return undefined;
      const name = source.slice(at, equals).trim();
      if (name === wanted || name.endsWith(`:${wanted}`)) return unescapeXml(source.slice(open + 1, close));
      at = close + 1;
    }
    return undefined;
  }
}

export interface XmlHandler {
  open?(tag: XmlTag): void;
  close?(name: string): void;
  text?(value: string): void;
}

const MAX_DEPTH = 200;

/**
 * XML を先頭から順に読み、出会ったものを handler に渡す。木は作らない。
 * DTD と独自の実体は扱わない（<!DOCTYPE があれば断る）ので、実体爆弾も外部参照も起きない。
 * @throws AppError BAD_INPUT
 */
export function readXml(bytes: Uint8Array, handler: XmlHandler): void {
  const source = decodeXml(bytes);
  const stack: string[] = [];
  let at = 0;
  while (at < source.length) {
    const less = source.indexOf("<", at);
    const end = less < 0 ? source.length : less;
    if (end > at && handler.text && stack.length > 0) handler.text(unescapeXml(source.slice(at, end)));
    if (less < 0) break;
    at = readMarkup(source, less, stack, handler);
  }
  if (stack.length > 0) throw brokenXml();
}

/** `<` から始まる一つを読み、次の位置を返す。 */
function readMarkup(source: string, at: number, stack: string[], handler: XmlHandler): number {
  const next = source[at + 1];
  if (next === "/") return readClose(source, at, stack, handler);
  if (next === "?") return after(source, "?>", at);
  if (next === "!") {
    if (source.startsWith("<!--", at)) return after(source, "-->", at + 4);
    if (source.startsWith("<![CDATA[", at)) {
      const end = after(source, "]]>", at + 9);
      if (stack.length > 0) handler.text?.(source.slice(at + 9, end - 3));
      return end;
    }
    throw new AppError(
      "BAD_INPUT",
      "安全のため、DOCTYPE を含むファイルは開きません。元のソフトで開いて保存し直してください。",
    );
  }
  return readOpen(source, at, stack, handler);
}

function readOpen(source: string, at: number, stack: string[], handler: XmlHandler): number {
  const nameEnd = endOfName(source, at + 1);
  if (nameEnd === at + 1) throw brokenXml();
  const end = endOfTag(source, nameEnd);
  const name = localName(source, at + 1, nameEnd);
  const selfClosing = source.charCodeAt(end - 1) === 0x2f;
  handler.open?.(new XmlTag(name, source, nameEnd, selfClosing ? end - 1 : end));
  if (selfClosing) handler.close?.(name);
  else if (stack.push(name) > MAX_DEPTH) throw brokenXml();
  return end + 1;
}

function readClose(source: string, at: number, stack: string[], handler: XmlHandler): number {
  const end = source.indexOf(">", at);
  if (end < 0) throw brokenXml();
  const name = localName(source, at + 2, endOfName(source, at + 2));
  if (stack.pop() !== name) throw brokenXml();
  handler.close?.(name);
  return end + 1;
}

function after(source: string, mark: string, from: number): number {
  const at = source.indexOf(mark, from);
  if (at < 0) throw brokenXml();
  return at + mark.length;
}

function endOfName(source: string, from: number): number {
  let at = from;
  for (; at < source.length; at++) {
    const c = source.charCodeAt(at);
    // 空白、/、>、=、引用符、< のどれかで名前が終わる。
    if (c <= 0x20 || c === 0x2f || c === 0x3e || c === 0x3d || c === 0x22 || c === 0x27 || c === 0x3c) break;
  }
  return at;
}

/** タグを閉じる > の位置。属性値の中の > は数えない。 */
function endOfTag(source: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    const c = source.charCodeAt(at);
    if (c === 0x3e) return at;
    if (c === 0x3c) throw brokenXml();
    if (c === 0x22 || c === 0x27) {
      at = source.indexOf(c === 0x22 ? '"' : "'", at + 1);
      if (at < 0) break;
    }
  }
  throw brokenXml();
}

function localName(source: string, from: number, to: number): string {
  const name = source.slice(from, to);
  return name.slice(name.indexOf(":") + 1);
}

function quoteFrom(source: string, from: number, to: number): number {
  let at = from;
  while (at < to && source.charCodeAt(at) <= 0x20) at++;
  const c = source.charCodeAt(at);
  return at < to && (c === 0x22 || c === 0x27) ? at : -1;
}

const named: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };

function unescapeXml(value: string): string {
  if (!value.includes("&")) return value;
  return value.replace(/&([^;&\s]{0,12};)?/g, (_, body: string | undefined) => {
    const name = body?.slice(0, -1) ?? "";
    const simple = Object.hasOwn(named, name) ? named[name] : undefined;
    if (simple !== undefined) return simple;
    const digits = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name);
    const code = digits ? Number.parseInt(digits[1] ?? digits[2] ?? "", digits[1] ? 16 : 10) : Number.NaN;
    if (!(code > 0 && code <= 0x10ffff)) throw brokenXml();
    return String.fromCodePoint(code);
  });
}

/** BOM、XML 宣言の順に文字コードを決める。どちらもなければ UTF-8。 */
function decodeXml(bytes: Uint8Array): string {
  const declared = /^<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(latin1(bytes.subarray(0, 200)))?.[1];
  let label = declared ?? "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) label = "utf-16le";
  else if (bytes[0] === 0xfe && bytes[1] === 0xff) label = "utf-16be";
  else if (bytes[0] === 0xef && bytes[1] === 0xbb) label = "utf-8";
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    throw brokenXml();
  }
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function brokenXml(): AppError {
  return new AppError(
    "BAD_INPUT",
    "ファイルの中身（XML）が壊れていて読めません。元のソフトで開いて保存し直すか、もう一度受け取り直してください。",
  );
}
