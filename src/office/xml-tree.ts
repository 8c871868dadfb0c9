import { AppError } from "../base/error.ts";

export type XmlAttribute = [name: string, raw: string];
/** 文字の節は、XML に書かれていたまま（& は &amp; のまま）持つ。 */
export type XmlNode = XmlElement | string;

export interface XmlElement {
  /** 接頭辞は名前空間ごとに決まった形に直してある（w:p, r:id …）。 */
  name: string;
  attrs: XmlAttribute[];
  children: XmlNode[];
}

/** Word の部品で使う名前空間と、こちらで決めた接頭辞。厳密形式（Strict）の名前空間も同じに扱う。 */
const prefixes = new Map<string, string>([
  ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "w"],
  ["http://purl.oclc.org/ooxml/wordprocessingml/main", "w"],
  ["http://schemas.openxmlformats.org/officeDocument/2006/relationships", "r"],
  ["http://purl.oclc.org/ooxml/officeDocument/relationships", "r"],
  ["http://schemas.openxmlformats.org/markup-compatibility/2006", "mc"],
  ["http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing", "wp"],
  ["http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", "wp"],
  ["http://schemas.microsoft.com/office/word/2010/wordprocessingShape", "wps"],
  ["http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing", "wp14"],
  ["http://schemas.microsoft.com/office/word/2010/wordml", "w14"],
  ["http://schemas.microsoft.com/office/word/2012/wordml", "w15"],
  ["urn:schemas-microsoft-com:vml", "v"],
  ["urn:schemas-microsoft-com:office:office", "o"],
]);

const MAX_DEPTH = 400;
const MAX_NODES = 3_000_000;
const attributePattern = /([^\s=<>"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/gy;

/**
 * XML を木にする。Word の部品は小さく、ひな形は一度しか読まないので、木にしてよい。
 * DTD は断るので、実体爆弾も外部参照も起きない。コメントと処理命令は捨てる。
 * @throws AppError BAD_INPUT 整形式でない
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  const source = decode(bytes);
  const root: XmlElement = { name: "", attrs: [], children: [] };
  const stack: { element: XmlElement; tag: string; scope: Map<string, string> }[] = [
    { element: root, tag: "", scope: new Map() },
  ];
  let nodes = 0;
  let at = 0;
  while (at < source.length) {
    const top = stack.at(-1);
    if (!top) throw brokenXml();
    const less = source.indexOf("<", at);
    const end = less < 0 ? source.length : less;
    if (end > at && stack.length > 1) addText(top.element, source.slice(at, end));
    if (less < 0) break;
    if (source.startsWith("</", less)) {
      const close = source.indexOf(">", less);
      if (close < 0 || stack.length < 2 || source.slice(less + 2, close).trim() !== top.tag)
        throw brokenXml();
      stack.pop();
      at = close + 1;
    } else if (source.startsWith("<?", less) || source.startsWith("<!", less)) {
      at = readAside(source, less, stack.length > 1 ? top.element : undefined);
    } else {
      const close = tagEnd(source, less);
      const empty = source[close - 1] === "/";
      const opened = openTag(source.slice(less + 1, empty ? close - 1 : close), top.scope);
      top.element.children.push(opened.element);
      if (!empty) stack.push(opened);
      nodes += 1;
      if (stack.length > MAX_DEPTH || nodes > MAX_NODES) throw tooDeep();
      at = close + 1;
    }
  }
  const first = root.children.find((child) => typeof child !== "string");
  if (stack.length !== 1 || !first || typeof first === "string") throw brokenXml();
  return first;
}

function decode(bytes: Uint8Array): string {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe ? "utf-16be" : undefined;
  try {
    return new TextDecoder(utf16 ?? "utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw brokenXml();
  }
}

/** 実体の形をしていない & は、そのまま書き出すと文書を壊す。 */
function refuseBareAmpersand(raw: string): void {
  if (raw.includes("&") && /&(?!(?:#\d{1,7}|#x[\da-f]{1,6}|amp|lt|gt|quot|apos);)/i.test(raw))
    throw brokenXml();
}

function addText(element: XmlElement, raw: string): void {
  refuseBareAmpersand(raw);
  const last = element.children.length - 1;
  const before = element.children[last];
  if (typeof before === "string") element.children[last] = before + raw;
  else element.children.push(raw);
}

function readAside(source: string, at: number, element: XmlElement | undefined): number {
  if (source.startsWith("<![CDATA[", at)) {
    const end = source.indexOf("]]>", at);
    if (end < 0 || !element) throw brokenXml();
    addText(element, escapeXml(source.slice(at + 9, end)));
    return end + 3;
  }
  const mark = source.startsWith("<!--", at) ? "-->" : source.startsWith("<?", at) ? "?>" : undefined;
  if (!mark) {
    throw new AppError(
      "BAD_INPUT",
      "安全のため、DOCTYPE を含む文書は開きません。Word で開いて保存し直してください。",
    );
  }
  const end = source.indexOf(mark, at + 2);
  if (end < 0) throw brokenXml();
  return end + mark.length;
}

/** 属性の値には > を書けるので、引用符の外の > を探す。 */
function tagEnd(source: string, at: number): number {
  let quote = "";
  for (let i = at; i < source.length; i += 1) {
    const char = source[i] ?? "";
    if (quote) {
      if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (char === ">") return i;
  }
  throw brokenXml();
}

function openTag(inner: string, outer: Map<string, string>) {
  const tag = /^[^\s/]+/.exec(inner)?.[0];
  if (!tag) throw brokenXml();
  const attrs: XmlAttribute[] = [];
  attributePattern.lastIndex = tag.length;
  for (let rest = tag.length; ; ) {
    while (/\s/.test(inner[rest] ?? "")) rest += 1;
    if (rest >= inner.length) break;
    attributePattern.lastIndex = rest;
    const found = attributePattern.exec(inner);
    if (!found) throw brokenXml();
    const raw = found[2] ?? (found[3] ?? "").replaceAll('"', "&quot;");
    refuseBareAmpersand(raw);
    attrs.push([found[1] ?? "", raw]);
    rest = attributePattern.lastIndex;
  }
  const scope = scopeOf(attrs, outer);
  const element: XmlElement = { name: tag, attrs, children: [] };
  if (scope.size > 0) canonicalise(element, scope);
  return { element, tag, scope };
}

/** 決まった接頭辞と違う書き方をしているものだけを覚える（ふつうの Word 文書では空のまま）。 */
function scopeOf(attrs: XmlAttribute[], outer: Map<string, string>): Map<string, string> {
  let scope = outer;
  for (const [name, uri] of attrs) {
    if (name !== "xmlns" && !name.startsWith("xmlns:")) continue;
    const prefix = name.slice(6);
    const wanted = prefixes.get(uri) ?? prefix;
    if (wanted === prefix && !scope.has(prefix)) continue;
    if (scope === outer) scope = new Map(outer);
    scope.set(prefix, wanted);
  }
  return scope;
}

function canonicalise(element: XmlElement, scope: Map<string, string>): void {
  element.name = renamed(element.name, scope, true);
  const seen = new Set<string>();
  element.attrs = element.attrs.flatMap(([name, raw]): XmlAttribute[] => {
    const next =
      name === "xmlns" || name.startsWith("xmlns:")
        ? renamedDeclaration(name, scope)
        : renamed(name, scope, false);
    if (seen.has(next)) return [];
    seen.add(next);
    const list = name.endsWith(":Ignorable") || name === "Requires";
    return [
      [
        next,
        list
          ? raw
              .split(/\s+/)
              .map((one) => scope.get(one) ?? one)
              .join(" ")
          : raw,
      ],
    ];
  });
}

function renamedDeclaration(name: string, scope: Map<string, string>): string {
  const prefix = scope.get(name.slice(6)) ?? name.slice(6);
  return prefix ? `xmlns:${prefix}` : "xmlns";
}

function renamed(name: string, scope: Map<string, string>, isElement: boolean): string {
  const colon = name.indexOf(":");
  if (colon < 0 && !isElement) return name;
  const prefix = colon < 0 ? "" : name.slice(0, colon);
  const wanted = scope.get(prefix) ?? prefix;
  return wanted ? `${wanted}:${name.slice(colon + 1)}` : name.slice(colon + 1);
}

export function attributeOf(element: XmlElement, name: string): string | undefined {
  const raw = element.attrs.find(([key]) => key === name)?.[1];
  return raw === undefined ? undefined : unescapeXml(raw);
}

export function setAttribute(element: XmlElement, name: string, value: string): void {
  element.attrs = [...element.attrs.filter(([key]) => key !== name), [name, escapeXml(value)]];
}

export function childrenOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child): child is XmlElement => typeof child !== "string");
}

export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return childrenOf(element).find((child) => child.name === name);
}

/** 接頭辞のない名前。 */
export function localName(element: XmlElement): string {
  return element.name.slice(element.name.indexOf(":") + 1);
}

/** 子孫も含めて、条件に合う要素を文書の順に並べる。 */
export function descendantsOf(
  element: XmlElement,
  matches: (one: XmlElement) => boolean,
  found: XmlElement[] = [],
): XmlElement[] {
  for (const child of childrenOf(element)) {
    if (matches(child)) found.push(child);
    descendantsOf(child, matches, found);
  }
  return found;
}

/** 子孫のうち、接頭辞のない名前が合う、はじめの一つ（文書の順）。 */
export function firstNamed(element: XmlElement, name: string): XmlElement | undefined {
  for (const child of childrenOf(element)) {
    const found = localName(child) === name ? child : firstNamed(child, name);
    if (found) return found;
  }
  return undefined;
}

/** 要素の中の文字（子孫も含む）。 */
export function textOf(element: XmlElement): string {
  return element.children
    .map((child) => (typeof child === "string" ? unescapeXml(child) : textOf(child)))
    .join("");
}

export function startTag(element: XmlElement): string {
  return `<${element.name}${element.attrs.map(([name, raw]) => ` ${name}="${raw}"`).join("")}`;
}

export function serialiseXml(element: XmlElement): string {
  if (element.children.length === 0) return `${startTag(element)}/>`;
  const inner = element.children
    .map((child) => (typeof child === "string" ? child : serialiseXml(child)))
    .join("");
  return `${startTag(element)}>${inner}</${element.name}>`;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** 部品としてそのまま保存できるバイト列。 */
export function xmlBytes(element: XmlElement): Uint8Array {
  return new TextEncoder().encode(declaration + serialiseXml(element));
}

/** XML 1.0 に書けない文字（制御文字、片割れのサロゲート、U+FFFE/FFFF）を落とし、記号を実体にする。 */
export function escapeXml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

export function unescapeXml(raw: string): string {
  if (!raw.includes("&")) return raw;
  return raw.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name) return named[name] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : "";
  });
}

function brokenXml(): AppError {
  return new AppError(
    "BAD_INPUT",
    "文書の中身（XML）が壊れていて読めません。Word で開いて保存し直すか、もう一度受け取り直してください。",
  );
}

function tooDeep(): AppError {
  return new AppError(
    "TOO_LARGE",
    "文書の作りが複雑すぎるため開けません。不要な図や入れ子の表を除いて保存し直してください。",
  );
}
