import { attributeOf, type XmlAttribute, type XmlElement, type XmlNode } from "../office/xml-tree.ts";
import { isDropped } from "./docx-token.ts";
import type { KeyedKind, Op } from "./merge-program.ts";

/** 要素を手順に直すときに要ること。 */
export interface ElementContext {
  /** 段落や文字の並びとして中を読むもの（テキストボックスなど）。 */
  story(nodes: XmlNode[]): Op[];
  section(element: XmlElement): Op[];
  /** 区切りを置く段落か（本文の最後の段落の pPr）。 */
  isLastProperties(element: XmlElement): boolean;
  bookmarks: Set<string>;
  /** 番号を人ごとに振り直す箇条書き。 */
  lists: Set<string>;
}

/** 中に段落や文字を持つ要素。 */
const storyHolders = new Set(["w:txbxContent", "w:rt", "w:rubyBase", "mc:Choice", "mc:Fallback"]);
const transparent = new Set(["w:ins", "w:moveTo"]);
/** 内容コントロールの番号と、外のデータとの結び付き。残すと、開いたときに差し込んだ値が書き戻される。 */
const controlExtras = new Set([
  "w:id",
  "w:dataBinding",
  "w15:dataBinding",
  "w15:webExtensionLinked",
  "w15:webExtensionCreated",
]);

/** 要素一つを手順にする。重なってはならない番号は、ここで付け替えの印に変える。 */
export function elementOps(element: XmlElement, ctx: ElementContext): Op[] {
  if (isDropped(element)) return [];
  if (transparent.has(element.name)) return childOps(element, ctx);
  const special = specials[element.name];
  if (special) return special(element, ctx);
  return wrapped(element, childOps(element, ctx), ctx);
}

function wrapped(element: XmlElement, inner: Op[], ctx: ElementContext): Op[] {
  const tag = tagOps(element, ctx);
  if (inner.length === 0) return [...tag, "/>"];
  return [...tag, ">", ...inner, `</${element.name}>`];
}

function childOps(element: XmlElement, ctx: ElementContext): Op[] {
  if (storyHolders.has(element.name)) return ctx.story(element.children);
  return element.children.flatMap((child): Op[] => {
    if (typeof child !== "string") return elementOps(child, ctx);
    return child.trim() !== "" || element.name.endsWith(":t") ? [child] : [];
  });
}

type Special = (element: XmlElement, ctx: ElementContext) => Op[];

const specials: Record<string, Special> = {
  "w:sectPr": (element, ctx) => ctx.section(element),
  "w:pPr": (element, ctx) => {
    const inner = childOps(element, ctx);
    return wrapped(element, ctx.isLastProperties(element) ? [...inner, { op: "tail" }] : inner, ctx);
  },
  "w:numId": (element, ctx) => {
    const id = attributeOf(element, "w:val") ?? "";
    return ctx.lists.has(id) ? ['<w:numId w:val="', { op: "list", id }, '"/>'] : wrapped(element, [], ctx);
  },
  "w:bookmarkStart": (element) => {
    const id = attributeOf(element, "w:id") ?? "";
    const name = attributeOf(element, "w:name") ?? "";
    const rest = element.attrs
      .filter(([key]) => key !== "w:id" && key !== "w:name")
      .map(([key, raw]) => ` ${key}="${raw}"`);
    return [
      '<w:bookmarkStart w:id="',
      { op: "keyed", kind: "bookmarkId", key: id },
      '" w:name="',
      { op: "keyed", kind: "bookmarkName", key: name },
      `"${rest.join("")}/>`,
    ];
  },
  "w:bookmarkEnd": (element) => {
    const id = attributeOf(element, "w:id") ?? "";
    return ['<w:bookmarkEnd w:id="', { op: "keyed", kind: "bookmarkId", key: id }, '"/>'];
  },
  "w:footnoteReference": (element) => noteReference(element, "footnote"),
  "w:endnoteReference": (element) => noteReference(element, "endnote"),
  "mc:AlternateContent": (element, ctx) => {
    const branches = element.children
      .filter((child) => typeof child !== "string")
      .map((child) => elementOps(child, ctx));
    return [...tagOps(element, ctx), ">", { op: "either", branches }, "</mc:AlternateContent>"];
  },
  "v:shapetype": (element, ctx) => {
    const ops = wrapped(element, childOps(element, ctx), ctx);
    return [{ op: "once", key: attributeOf(element, "id") ?? "", ops }];
  },
  "w:sdtPr": (element, ctx) => {
    const kept = element.children.filter(
      (child) => typeof child === "string" || !controlExtras.has(child.name),
    );
    return wrapped(element, childOps({ ...element, children: kept }, ctx), ctx);
  },
};

function noteReference(element: XmlElement, kind: "footnote" | "endnote"): Op[] {
  const id = attributeOf(element, "w:id") ?? "";
  const rest = element.attrs.filter(([key]) => key !== "w:id").map(([key, raw]) => ` ${key}="${raw}"`);
  return [`<${element.name}${rest.join("")} w:id="`, { op: "note", kind, id }, '"/>'];
}

/** 編集の記録（rsid）と段落の番号。なくてもよく、残すと人数分だけ重なる。 */
const droppedAttributes = /^(w:rsid\w*|w14:(paraId|textId)|wp14:(anchorId|editId))$/;

/** 開始タグ（> を除く）を手順にする。 */
export function tagOps(element: XmlElement, ctx: Pick<ElementContext, "bookmarks">): Op[] {
  const out: Op[] = [`<${element.name}`];
  for (const attribute of element.attrs) {
    if (droppedAttributes.test(attribute[0])) continue;
    out.push(...attributeOps(element, attribute, ctx));
  }
  return out;
}

function attributeOps(
  element: XmlElement,
  [name, raw]: XmlAttribute,
  ctx: Pick<ElementContext, "bookmarks">,
): Op[] {
  const keyed = (kind: KeyedKind, key: string): Op[] => [` ${name}="`, { op: "keyed", kind, key }, '"'];
  if (element.name === "wp:docPr" && name === "id") return [' id="', { op: "serial" }, '"'];
  if (element.name.startsWith("v:") && element.name !== "v:shapetype") {
    if (name === "id") return keyed("vml", raw);
    if (name === "o:spid") return keyed("spid", raw);
    // テキストボックスの続き先。
    const linked = name === "style" ? /^([\s\S]*mso-next-textbox:#)([^;]+)([\s\S]*)$/.exec(raw) : null;
    if (linked)
      return [` ${name}="${linked[1]}`, { op: "keyed", kind: "vml", key: linked[2] ?? "" }, `${linked[3]}"`];
  }
  if (name === "ShapeID" || name === "w:shapeid") return keyed("vml", raw);
  if ((element.name === "wps:txbx" || element.name === "wps:linkedTxbx") && name === "id")
    return keyed("textBox", raw);
  if (element.name === "w:hyperlink" && name === "w:anchor" && ctx.bookmarks.has(raw))
    return keyed("bookmarkName", raw);
  return [` ${name}="${raw}"`];
}
