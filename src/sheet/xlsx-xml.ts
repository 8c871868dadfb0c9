import { AppError } from "../base/error.ts";

/**
 * 書いてあったとおりに書き戻せる XML の木。触らなかった所は一字も変わらない（未知の拡張、名前空間の接頭辞、
 * 空要素の書き方まで）。DOM では 10,000 行が重く、名前空間の宣言も動いてしまうため、表計算の部品はこれで扱う。
 */
export interface XmlElement {
  /** 接頭辞つきの名前。 */
  name: string;
  /** 開始タグの属性の部分（先頭の空白を含む、原文のまま）。 */
  head: string;
  children: XmlNode[];
  /** `<a></a>` と書かれていた（`<a/>` でない）。 */
  paired: boolean;
}
/** 文字列は原文のままの断片（文字、コメント、CDATA、作り終えた行）。 */
export type XmlNode = XmlElement | string;
export interface XmlDocument {
  prolog: string;
  root: XmlElement;
  epilog: string;
}

const MAX_DEPTH = 256;

function broken(part: string): AppError {
  return new AppError(
    "BAD_INPUT",
    `ファイルの中の ${part} が壊れていて読めません。元のソフトで開き、保存し直してからお試しください。`,
  );
}

/** 開始タグの終わり（`>` の位置）。引用符の中の `>` は数えない。 */
function tagEnd(source: string, from: number): number {
  let quote = 0;
  for (let at = from; at < source.length; at++) {
    const code = source.charCodeAt(at);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === 34 || code === 39) quote = code;
    else if (code === 62) return at;
  }
  return -1;
}

/** 要素でない印（コメント、CDATA、処理命令）の終わり。要素なら undefined。 */
function markEnd(source: string, at: number, part: string): number | undefined {
  const close = source.startsWith("<!--", at)
    ? "-->"
    : source.startsWith("<![CDATA[", at)
      ? "]]>"
      : source.startsWith("<?", at)
        ? "?>"
        : undefined;
  if (close === undefined) {
    // 実体宣言による膨張を避けるため、DOCTYPE は読まない。OOXML では使われない。
    if (source.startsWith("<!", at)) throw broken(part);
    return undefined;
  }
  const end = source.indexOf(close, at);
  if (end < 0) throw broken(part);
  return end + close.length;
}

/** XML を木にする。壊れていれば部品名を添えた AppError。 */
export function parseXml(source: string, part: string): XmlDocument {
  const top: XmlElement = { name: "", head: "", children: [], paired: true };
  const stack: XmlElement[] = [top];
  let here = top;
  let at = 0;
  while (at < source.length) {
    const next = source.indexOf("<", at);
    if (next < 0) {
      here.children.push(source.slice(at));
      break;
    }
    if (next > at) here.children.push(source.slice(at, next));
    const skip = markEnd(source, next, part);
    if (skip !== undefined) {
      here.children.push(source.slice(next, skip));
      at = skip;
      continue;
    }
    const end = tagEnd(source, next + 1);
    if (end < 0) throw broken(part);
    if (source.charCodeAt(next + 1) === 47) {
      if (stack.length < 2 || source.slice(next + 2, end).trimEnd() !== here.name) throw broken(part);
      stack.pop();
      here = stack.at(-1) ?? top;
    } else {
      const single = source.charCodeAt(end - 1) === 47;
      const element = openTag(source.slice(next + 1, single ? end - 1 : end), !single, part);
      here.children.push(element);
      if (!single) {
        if (stack.length > MAX_DEPTH) throw broken(part);
        stack.push(element);
        here = element;
      }
    }
    at = end + 1;
  }
  return documentOf(top, stack.length, part);
}

function openTag(text: string, paired: boolean, part: string): XmlElement {
  const cut = text.search(/\s/);
  const name = cut < 0 ? text : text.slice(0, cut);
  if (name === "") throw broken(part);
  return { name, head: cut < 0 ? "" : text.slice(cut), children: [], paired };
}

function documentOf(top: XmlElement, depth: number, part: string): XmlDocument {
  const index = top.children.findIndex((node) => typeof node !== "string");
  const root = top.children[index];
  if (depth !== 1 || root === undefined || typeof root === "string") throw broken(part);
  const rest = top.children.slice(index + 1);
  if (rest.some((node) => typeof node !== "string")) throw broken(part);
  return { prolog: top.children.slice(0, index).join(""), root, epilog: rest.join("") };
}

/** 木を XML に戻す。 */
export function writeXml(document: XmlDocument): string {
  const out: string[] = [document.prolog];
  writeNode(document.root, out);
  out.push(document.epilog);
  return out.join("");
}

/** 要素一つを XML に戻す。 */
export function writeElement(element: XmlElement): string {
  const out: string[] = [];
  writeNode(element, out);
  return out.join("");
}

function writeNode(node: XmlNode, out: string[]): void {
  if (typeof node === "string") {
    out.push(node);
  } else if (node.children.length === 0 && !node.paired) {
    out.push("<", node.name, node.head, "/>");
  } else {
    out.push("<", node.name, node.head, ">");
    for (const child of node.children) writeNode(child, out);
    out.push("</", node.name, ">");
  }
}

/** 接頭辞を除いた名前。 */
export function localName(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(colon + 1);
}

/** 同じ接頭辞をつけた名前（`x:row` の隣に `x:c` を作る）。 */
export function sibling(element: XmlElement, local: string): string {
  const colon = element.name.indexOf(":");
  return colon < 0 ? local : `${element.name.slice(0, colon + 1)}${local}`;
}

/** 新しい要素。属性の値は平文で渡す。 */
export function newElement(
  name: string,
  attributes: Record<string, string>,
  children: XmlNode[] = [],
): XmlElement {
  let head = "";
  for (const [key, value] of Object.entries(attributes)) head += ` ${key}="${escapeXml(value)}"`;
  return { name, head, children, paired: children.length > 0 };
}

const ATTRIBUTE = /\s+([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;

/** 属性を順に（名前、値、原文での範囲）。 */
export function* attributes(
  head: string,
): Generator<{ name: string; value: string; from: number; to: number }> {
  let at = 0;
  for (;;) {
    ATTRIBUTE.lastIndex = at;
    const match = ATTRIBUTE.exec(head);
    if (!match) return;
    const from = at;
    at = from + match[0].length;
    yield { name: match[1] ?? "", value: match[2] ?? match[3] ?? "", from, to: at };
  }
}

/** 属性の値（実体を戻した平文）。なければ undefined。 */
export function attribute(element: XmlElement, name: string): string | undefined {
  for (const found of attributes(element.head)) if (found.name === name) return unescapeXml(found.value);
  return undefined;
}

/** 接頭辞が何であれ、`r:id` の値。 */
export function relationId(element: XmlElement): string | undefined {
  for (const { name, value } of attributes(element.head)) {
    if (name.includes(":") && !name.startsWith("xmlns:") && localName(name) === "id")
      return unescapeXml(value);
  }
  return undefined;
}

/** 属性を書き替える。undefined なら消す。ほかの属性は原文のまま。 */
export function setAttribute(element: XmlElement, name: string, value: string | undefined): void {
  const text = value === undefined ? "" : ` ${name}="${escapeXml(value)}"`;
  for (const found of attributes(element.head)) {
    if (found.name !== name) continue;
    element.head = element.head.slice(0, found.from) + text + element.head.slice(found.to);
    return;
  }
  if (text !== "") element.head = element.head.trimEnd() + text;
}

/** 子の要素（名前は接頭辞なし）。 */
export function childrenOf(element: XmlElement, local: string): XmlElement[] {
  const found: XmlElement[] = [];
  for (const node of element.children) {
    if (typeof node !== "string" && localName(node.name) === local) found.push(node);
  }
  return found;
}

/** 最初の子の要素。 */
export function childOf(element: XmlElement, local: string): XmlElement | undefined {
  for (const node of element.children) {
    if (typeof node !== "string" && localName(node.name) === local) return node;
  }
  return undefined;
}

/** 子孫の要素をすべて、文書の順に（自身を含む）。visit が false を返した要素の中には入らない。 */
export function walk(element: XmlElement, visit: (element: XmlElement) => boolean | undefined): void {
  if (visit(element) === false) return;
  for (const node of element.children) if (typeof node !== "string") walk(node, visit);
}

/** 要素の中の文字（実体と CDATA を戻した平文）。 */
export function textOf(element: XmlElement): string {
  let text = "";
  for (const node of element.children) {
    if (typeof node !== "string") text += textOf(node);
    else if (node.startsWith("<![CDATA[")) text += node.slice(9, -3);
    else if (!node.startsWith("<")) text += unescapeXml(node);
  }
  return text;
}

/** 要素の中を平文で置き換える。 */
export function setText(element: XmlElement, text: string): void {
  element.children = [escapeText(text)];
  element.paired = true;
}

const ESCAPES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

/** 属性にも文字にも使える形に逃がす。 */
export function escapeXml(text: string): string {
  return /[&<>"\n\r\t]/.test(text) ? text.replace(/[&<>"\n\r\t]/g, (mark) => ESCAPES[mark] ?? mark) : text;
}

/** 要素の中の文字として使える形に逃がす（改行と引用符はそのまま）。 */
export function escapeText(text: string): string {
  return /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, (mark) => ESCAPES[mark] ?? mark) : text;
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** 実体参照を戻す。知らない実体はそのまま残す。 */
export function unescapeXml(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(\w+));/g, (whole, hex, decimal, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole;
    const code = hex !== undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
