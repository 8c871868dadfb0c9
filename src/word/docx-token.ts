import {
  attributeOf,
  childOf,
  escapeXml,
  serialiseXml,
  textOf,
  type XmlElement,
  type XmlNode,
} from "../office/xml-tree.ts";
import { isDeletedRow } from "./docx-table.ts";
import type { Op } from "./merge-program.ts";

/** 文書の並び。フィールドは段落や入れ物をまたぐので、木ではなく平らな列にして扱う。 */
export type Token =
  | { t: "text"; rPr: string; text: string }
  | { t: "code"; rPr: string; text: string }
  | { t: "mark"; rPr: string; mark: "begin" | "separate" | "end"; ops: Op[] }
  /** 文字以外の中身（改行、タブ、図）。 */
  | { t: "piece"; rPr: string; ops: Op[]; space: boolean; text: string }
  | { t: "open"; element: XmlElement; ops: Op[] }
  | { t: "close"; element: XmlElement }
  | { t: "atom"; ops: Op[]; element: XmlElement }
  | FieldToken
  | { t: "ops"; ops: Op[] };

export interface FieldToken {
  t: "field";
  code: Token[];
  result: Token[];
  begin: Op[];
  rPr: string;
}

/** 段落の外や中で、入れ物として開いて中を続けて読む要素。 */
const containers = new Set([
  "w:body",
  "w:hdr",
  "w:ftr",
  "w:footnote",
  "w:endnote",
  "w:p",
  "w:tbl",
  "w:tr",
  "w:tc",
  "w:sdt",
  "w:sdtContent",
  "w:hyperlink",
  "w:smartTag",
  "w:customXml",
  "w:bdo",
  "w:dir",
]);
/** 入れ物だけを外して中身を残す（変更履歴は反映したものとして扱う）。 */
const transparent = new Set(["w:ins", "w:moveTo", "w:smartTag"]);
/** 中身ごと捨てる（消された文字、校正の印、コメント、前回の改ページ位置）。 */
const dropped = new Set([
  "w:del",
  "w:moveFrom",
  "w:proofErr",
  "w:lastRenderedPageBreak",
  "w:commentRangeStart",
  "w:commentRangeEnd",
  "w:commentReference",
  "w:annotationRef",
  "w:permStart",
  "w:permEnd",
  "w:moveFromRangeStart",
  "w:moveFromRangeEnd",
  "w:moveToRangeStart",
  "w:moveToRangeEnd",
  "w:customXmlInsRangeStart",
  "w:customXmlInsRangeEnd",
  "w:customXmlDelRangeStart",
  "w:customXmlDelRangeEnd",
  "w:customXmlMoveFromRangeStart",
  "w:customXmlMoveFromRangeEnd",
  "w:customXmlMoveToRangeStart",
  "w:customXmlMoveToRangeEnd",
  "w:rPrChange",
  "w:pPrChange",
  "w:sectPrChange",
  "w:tblPrChange",
  "w:trPrChange",
  "w:tcPrChange",
  "w:tblGridChange",
  "w:tblPrExChange",
  "w:numberingChange",
  "w:cellIns",
  "w:cellDel",
  "w:cellMerge",
]);

export function isDropped(element: XmlElement): boolean {
  return dropped.has(element.name);
}

export function isRevision(element: XmlElement): boolean {
  return /^w:(ins|del|moveFrom|moveTo|[a-zA-Z]+Change)$/.test(element.name);
}

/** 要素一つを手順に直すもの。番号の付け替えなどの決まりは呼ぶ側が持つ。 */
export type CompileElement = (element: XmlElement) => Op[];
/** 開始タグ（> を除く）を手順に直すもの。 */
export type CompileTag = (element: XmlElement) => Op[];

/** 木を平らな列にする。out に足していく（一つの段落に何十万もの run がある文書でも、引数に並べない）。 */
export function tokenise(
  nodes: XmlNode[],
  compile: CompileElement,
  tag: CompileTag,
  out: Token[] = [],
): Token[] {
  for (const node of nodes) {
    if (typeof node === "string" || isDropped(node) || isDeletedRow(node)) continue;
    if (transparent.has(node.name)) tokenise(node.children, compile, tag, out);
    else if (node.name === "w:r") out.push(...runTokens(node, compile));
    else if (node.name === "w:fldSimple") out.push(simpleField(node, compile, tag));
    else if (containers.has(node.name)) {
      out.push({ t: "open", element: node, ops: [...tag(node), ">"] });
      tokenise(node.children, compile, tag, out);
      out.push({ t: "close", element: node });
    } else out.push({ t: "atom", ops: compile(node), element: node });
  }
  return out;
}

function simpleField(element: XmlElement, compile: CompileElement, tag: CompileTag): FieldToken {
  const result = tokenise(
    element.children.filter((child) => typeof child !== "string" && child.name !== "w:fldData"),
    compile,
    tag,
  );
  const rPr = firstFormat(result) ?? "";
  const code: Token[] = [{ t: "code", rPr, text: attributeOf(element, "w:instr") ?? "" }];
  return { t: "field", code, result, begin: ['<w:fldChar w:fldCharType="begin"/>'], rPr };
}

/** 列の中で最初に文字が現れる所の書式。 */
export function firstFormat(tokens: Token[]): string | undefined {
  for (const token of tokens) {
    if (token.t === "text" || token.t === "piece" || token.t === "code") return token.rPr;
    const inner = token.t === "field" ? (firstFormat(token.result) ?? token.rPr) : undefined;
    if (inner !== undefined) return inner;
  }
  return undefined;
}

function runTokens(run: XmlElement, compile: CompileElement): Token[] {
  const props = childOf(run, "w:rPr");
  const rPr = props ? formatXml(props) : "";
  const out: Token[] = [];
  for (const child of run.children) {
    if (typeof child === "string" || child.name === "w:rPr" || isDropped(child)) continue;
    out.push(runToken(child, rPr, compile));
  }
  return out;
}

function formatXml(props: XmlElement): string {
  const kept = props.children.filter(
    (child) => typeof child !== "string" && !isDropped(child) && !isRevision(child),
  );
  return kept.length === 0 ? "" : serialiseXml({ ...props, children: kept });
}

function runToken(child: XmlElement, rPr: string, compile: CompileElement): Token {
  if (child.name === "w:t") return { t: "text", rPr, text: spacedText(child) };
  if (child.name === "w:instrText") return { t: "code", rPr, text: spacedText(child) };
  if (child.name === "w:fldChar") {
    const type = attributeOf(child, "w:fldCharType");
    const mark = type === "separate" || type === "end" ? type : "begin";
    return { t: "mark", rPr, mark, ops: compile(child) };
  }
  const space = /^w:(tab|br|cr|ptab)$/.test(child.name);
  const text = child.name === "w:tab" ? "\t" : child.name === "w:noBreakHyphen" ? "-" : space ? "\n" : "";
  return { t: "piece", rPr, ops: compile(child), space, text };
}

/** xml:space="preserve" のない文字は、Word と同じく前後の空白を除いて読む。 */
function spacedText(element: XmlElement): string {
  const text = textOf(element).replace(/[\t\r\n]+/g, " ");
  return attributeOf(element, "xml:space") === "preserve" ? text : text.replace(/^ +| +$/g, "");
}

/** 文字を <w:t> にする。改行は <w:br/>、タブは <w:tab/>。 */
export function textXml(text: string): string {
  let out = "";
  for (const part of text.replace(/\r\n?|\u2028|\u2029|\u000b/g, "\n").split(/([\n\t])/)) {
    if (part === "\n") out += "<w:br/>";
    else if (part === "\t") out += "<w:tab/>";
    else if (part) out += `<w:t xml:space="preserve">${escapeXml(part)}</w:t>`;
  }
  return out;
}

/** 並びを書かれていたとおりの手順に戻す（フィールドは呼ぶ側が先に直しておく）。 */
export function tokenOps(token: Exclude<Token, FieldToken>): Op[] {
  if (token.t === "text") return [{ op: "run", rPr: token.rPr, xml: textXml(token.text), text: token.text }];
  if (token.t === "code")
    return [{ op: "run", rPr: token.rPr, xml: instructionXml(token.text), text: token.text }];
  if (token.t === "mark") return [`<w:r>${token.rPr}`, ...token.ops, "</w:r>"];
  if (token.t === "piece") return pieceOps(token);
  if (token.t === "close") return [`</${token.element.name}>`];
  return token.ops;
}

function pieceOps(token: Extract<Token, { t: "piece" }>): Op[] {
  const [only] = token.ops;
  if (token.ops.length === 1 && typeof only === "string") {
    return [{ op: "run", rPr: token.rPr, xml: only, text: token.text }];
  }
  return [`<w:r>${token.rPr}`, ...token.ops, "</w:r>"];
}

export function instructionXml(text: string): string {
  return `<w:instrText xml:space="preserve">${escapeXml(text)}</w:instrText>`;
}
