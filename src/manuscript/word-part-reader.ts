import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  firstNamed,
  localName,
  textOf,
  type XmlElement,
} from "../office/xml-tree.ts";
import {
  type DocxPackage,
  partXml,
  relationKind,
  relationshipsOf,
  resolveTarget,
} from "../word/docx-package.ts";
import { flatText, type WordBook } from "./word-line-reader.ts";

/** Word の本文と、本文の指す部品。 */
export interface WordParts extends Omit<WordBook, "note"> {
  document: XmlElement;
  part(kind: string): XmlElement | undefined;
  /** 関係の id の指す部品の名。 */
  target(id: string): string | undefined;
  xml(part: string): XmlElement | undefined;
  bytes(part: string): Uint8Array | undefined;
  /** 注の文。なければ空。 */
  noteText(kind: "footnote" | "endnote", id: string): string;
  coreTitle(): string;
  /** 文書の全体について、写していないもの。 */
  losses(): string[];
}

/** 開いた Word から、部品を引けるようにする。 */
export function readWordParts(pkg: DocxPackage): WordParts {
  const all = relationshipsOf(pkg, pkg.mainPart);
  const own = all.filter(({ external }) => !external);
  const related = new Map(own.map((one) => [one.id, resolveTarget(pkg.mainPart, one.target)]));
  const links = new Map(all.filter(({ external }) => external).map(({ id, target }) => [id, target]));
  const xmls = (kind: string) =>
    own
      .filter((one) => relationKind(one) === kind)
      .flatMap((one) => partXml(pkg, resolveTarget(pkg.mainPart, one.target)) ?? []);
  const notes = {
    footnote: notesIn(xmls("footnotes")[0]),
    endnote: notesIn(xmls("endnotes")[0]),
  };
  const comments = commentsIn(xmls("comments")[0]);
  const target = (id: string) => related.get(id);
  const document = partXml(pkg, pkg.mainPart) ?? { name: "w:document", attrs: [], children: [] };
  return {
    ...{ document, target, part: (kind) => xmls(kind)[0], xml: (part) => partXml(pkg, part) },
    ...{
      bytes: (part) => pkg.parts.get(part),
      link: (id) => links.get(id),
      comment: (id) => comments.get(id),
    },
    noteText: (kind, id) => notes[kind].get(id) ?? "",
    coreTitle() {
      const core = partXml(pkg, "docProps/core.xml");
      const found = core && childrenOf(core).find((one) => localName(one) === "title");
      return found ? textOf(found).trim() : "";
    },
    losses() {
      const edges = [...xmls("header"), ...xmls("footer")].map(edgeText);
      const shown = [...new Set(edges)].filter((text) => /[^\d\s０-９/／－―-]/.test(text));
      return shown.map((text) => `ヘッダー・フッターの「${text.slice(0, 60)}」は写していません。`);
    },
  };
}

function notesIn(notes: XmlElement | undefined): Map<string, string> {
  return new Map(
    (notes ? childrenOf(notes) : [])
      .filter((one) => attributeOf(one, "w:type") === undefined)
      .map((one) => [attributeOf(one, "w:id") ?? "", flatText(one).trim()]),
  );
}

function commentsIn(comments: XmlElement | undefined): Map<string, string> {
  return new Map(
    (comments ? childrenOf(comments) : []).map((one) => [
      attributeOf(one, "w:id") ?? "",
      `「${flatText(one).trim()}」（${attributeOf(one, "w:author") || "名前なし"}）`,
    ]),
  );
}

/** ヘッダー・フッターの文。欄から作る字（ページの番号、題）は除く。 */
function edgeText(edge: XmlElement): string {
  let depth = 0;
  const walk = (element: XmlElement): string => {
    if (element.name === "w:fldSimple") return "";
    if (element.name === "w:fldChar") {
      const kind = attributeOf(element, "w:fldCharType");
      depth += kind === "begin" ? 1 : kind === "end" ? -1 : 0;
      return "";
    }
    if (element.name === "w:t") return depth > 0 ? "" : textOf(element);
    return element.name.endsWith("Pr") ? "" : childrenOf(element).map(walk).join("");
  };
  return walk(edge).replaceAll(/\s+/g, " ").trim();
}

/** 横向きのページの表と、段組のあること。 */
export function sectionsIn(elements: readonly XmlElement[]): { wide: Set<XmlElement>; losses: string[] } {
  const wide = new Set<XmlElement>();
  let own: XmlElement[] = [];
  let columns = 0;
  for (const element of elements) {
    own.push(element);
    const section =
      element.name === "w:sectPr" ? element : childOf(childOf(element, "w:pPr") ?? element, "w:sectPr");
    if (!section) continue;
    const size = childOf(section, "w:pgSz");
    if (size && attributeOf(size, "w:orient") === "landscape")
      for (const one of own) for (const table of tablesIn(one)) wide.add(table);
    const look = childOf(section, "w:cols");
    if (Number((look && attributeOf(look, "w:num")) ?? 1) > 1) columns += 1;
    own = [];
  }
  return {
    wide,
    losses: columns > 0 ? [`段組のところが${columns}つあり、一段にしました（文は、読む順のまま）。`] : [],
  };
}

function tablesIn(element: XmlElement): XmlElement[] {
  if (element.name === "w:tbl") return [element];
  return firstNamed(element, "tbl") ? descendantsOf(element, ({ name }) => name === "w:tbl") : [];
}
