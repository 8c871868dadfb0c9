import { isDatePiece } from "../office/date-format.ts";
import { builtInFormats, sectionsOf } from "../office/format-section.ts";
import { tree, type XlsxBook } from "./xlsx-book.ts";
import { relationshipsOf } from "./xlsx-link.ts";
import {
  attribute,
  childOf,
  childrenOf,
  newElement,
  setAttribute,
  sibling,
  writeElement,
  type XmlElement,
} from "./xlsx-xml.ts";

/** セルの書式が受けとる値の種類。 */
export type FormatKind = "text" | "general" | "number" | "date" | "time";

/** ブックの書式の表。書式は番号（cellXfs の順）で呼ぶ。 */
export interface Styles {
  root: XmlElement | undefined;
  formats: XmlElement[];
  codes: Map<number, string>;
  kinds: Map<number, FormatKind>;
  composed: Map<string, number>;
}

/** 書式の表を開く。 */
export function openStyles(book: XlsxBook): Styles {
  const link = relationshipsOf(book, book.workbook).find(({ kind }) => kind === "styles");
  const root = link && book.parts.has(link.target) ? tree(book, link.target).root : undefined;
  const cells = root && childOf(root, "cellXfs");
  const codes = new Map<number, string>(
    Object.entries(builtInFormats).map(([id, code]) => [Number(id), code]),
  );
  const custom = root && childOf(root, "numFmts");
  for (const element of custom ? childrenOf(custom, "numFmt") : []) {
    codes.set(Number(attribute(element, "numFmtId")), attribute(element, "formatCode") ?? "");
  }
  return {
    root,
    formats: cells ? childrenOf(cells, "xf") : [],
    codes,
    kinds: new Map(),
    composed: new Map(),
  };
}

function numberOf(styles: Styles, style: number, name: string): number {
  const format = styles.formats[style];
  return format ? Number(attribute(format, name) ?? 0) : 0;
}

/** 表示形式（"0000"、"@"、"yyyy/m/d" …）。 */
export function formatCode(styles: Styles, style: number): string {
  return styles.codes.get(numberOf(styles, style, "numFmtId")) ?? "General";
}

/** 表示形式が受けとる値の種類。 */
export function formatKind(styles: Styles, style: number): FormatKind {
  const known = styles.kinds.get(style);
  if (known) return known;
  const kind = kindOf(formatCode(styles, style));
  styles.kinds.set(style, kind);
  return kind;
}

function kindOf(code: string): FormatKind {
  const pieces = sectionsOf(code)[0]?.pieces ?? [];
  const codes = pieces.filter((piece) => piece.kind !== "literal");
  if (codes.some((piece) => piece.kind === "elapsed" || isDatePiece(piece))) {
    const letters = codes.map((piece) => piece.text.toLowerCase()).join(" ");
    const clockOnly = !/[ydegr]|a{3}/.test(letters) && /[hs]/.test(letters);
    return clockOnly ? "time" : "date";
  }
  if (codes.some((piece) => piece.text === "@")) return "text";
  if (codes.length === 0 || codes.some((piece) => /^(General|G\/標準)$/i.test(piece.text))) return "general";
  return "number";
}

/** 罫線か塗りつぶしがある（人が作った枠である）か。 */
export function isDrawn(styles: Styles, style: number): boolean {
  return hasBorder(styles, style) || numberOf(styles, style, "fillId") > 1;
}

/** 罫線があるか。 */
export function hasBorder(styles: Styles, style: number): boolean {
  const border = borderOf(styles, style);
  return (
    border?.children.some(
      (node) => typeof node !== "string" && (attribute(node, "style") ?? "none") !== "none",
    ) ?? false
  );
}

/** 塗りつぶしの番号（縞の見分けに使う）。 */
export function fillOf(styles: Styles, style: number): number {
  return numberOf(styles, style, "fillId");
}

function borderOf(styles: Styles, style: number): XmlElement | undefined {
  const borders = styles.root && childOf(styles.root, "borders");
  return borders && childrenOf(borders, "border")[numberOf(styles, style, "borderId")];
}

/**
 * base の書式の、上か下の罫線だけを from のものに替えた書式の番号。同じなら base のまま。
 * 行を足したとき、縞の色を保ちながら、表の端の太い線を端の行だけに置くために使う。
 */
export function withEdge(styles: Styles, base: number, from: number, edge: "top" | "bottom"): number {
  const own = borderOf(styles, base);
  const other = borderOf(styles, from);
  if (!styles.root || !own || !other || base === from) return base;
  const side = (border: XmlElement) => {
    const found = childOf(border, edge);
    return found ? writeElement(found) : "";
  };
  if (side(own) === side(other)) return base;
  return compose(styles, `${base}/${from}/${edge}`, base, (xf) => {
    const border: XmlElement = {
      ...own,
      children: own.children.filter((node) => typeof node === "string" || !node.name.endsWith(edge)),
    };
    const replacement = childOf(other, edge);
    // 順は left right top bottom diagonal と決まっている。
    const order = edge === "top" ? /(left|right|start|end)$/ : /(left|right|start|end|top)$/;
    const at = border.children.findLastIndex((node) => typeof node !== "string" && order.test(node.name));
    if (replacement) border.children.splice(at + 1, 0, replacement);
    border.paired = true;
    setAttribute(xf, "borderId", String(append(styles.root, "borders", border)));
    setAttribute(xf, "applyBorder", "1");
  });
}

/** base の書式に、from の罫線をつけた書式の番号（見本の行がない様式で、見出しの枠を本体へ続ける）。 */
export function withBorders(styles: Styles, base: number, from: number): number {
  if (!styles.root || !hasBorder(styles, from) || hasBorder(styles, base)) return base;
  return compose(styles, `${base}+${from}`, base, (xf) => {
    setAttribute(xf, "borderId", String(numberOf(styles, from, "borderId")));
    setAttribute(xf, "applyBorder", "1");
  });
}

function compose(styles: Styles, key: string, base: number, change: (xf: XmlElement) => void): number {
  const known = styles.composed.get(key);
  if (known !== undefined) return known;
  const source = styles.formats[base];
  if (!source) return base;
  const xf: XmlElement = { ...source, children: [...source.children] };
  change(xf);
  const index = append(styles.root, "cellXfs", xf);
  styles.formats.push(xf);
  styles.composed.set(key, index);
  return index;
}

function append(root: XmlElement | undefined, list: string, item: XmlElement): number {
  if (!root) return 0;
  const parent = childOf(root, list) ?? newElement(sibling(root, list), {});
  const index = parent.children.filter((node) => typeof node !== "string").length;
  parent.children.push(item);
  setAttribute(parent, "count", String(index + 1));
  return index;
}
