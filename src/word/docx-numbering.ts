import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  setAttribute,
  type XmlElement,
} from "../office/xml-tree.ts";

/** 番号を人ごとに 1 から振り直す箇条書き（記号の箇条書きは数えない）。 */
export function numberedLists(numbering: XmlElement | undefined): Set<string> {
  if (!numbering) return new Set();
  const abstracts = new Map(
    childrenOf(numbering)
      .filter((child) => child.name === "w:abstractNum")
      .map((child) => [attributeOf(child, "w:abstractNumId") ?? "", child]),
  );
  const lists = childrenOf(numbering).filter((child) => child.name === "w:num");
  return new Set(
    lists
      .filter((list) => counts(abstracts.get(abstractOf(list))))
      .map((list) => attributeOf(list, "w:numId") ?? ""),
  );
}

function abstractOf(list: XmlElement): string {
  const reference = childOf(list, "w:abstractNumId");
  return (reference && attributeOf(reference, "w:val")) ?? "";
}

function counts(abstract: XmlElement | undefined): boolean {
  if (!abstract) return false;
  return descendantsOf(abstract, (one) => one.name === "w:numFmt").some(
    (format) => !/^(bullet|none)$/.test(attributeOf(format, "w:val") ?? ""),
  );
}

/** 段落の様式から番号が付いている箇条書き（様式の numId）。人ごとの振り直しはできない。 */
export function styledLists(styles: XmlElement | undefined, lists: Set<string>): boolean {
  if (!styles) return false;
  return descendantsOf(styles, (one) => one.name === "w:numId").some((one) =>
    lists.has(attributeOf(one, "w:val") ?? ""),
  );
}

/** 二人目からの番号の組を書き足す。元の組と同じ形で、番号だけ初めに戻す。 */
export class ListCopies {
  private next = 0;
  private readonly originals: Map<string, XmlElement>;
  private readonly made: XmlElement[] = [];
  private readonly numbering: XmlElement;

  constructor(numbering: XmlElement) {
    this.numbering = numbering;
    const lists = childrenOf(numbering).filter((child) => child.name === "w:num");
    this.originals = new Map(lists.map((list) => [attributeOf(list, "w:numId") ?? "", list]));
    this.next = Math.max(0, ...lists.map((list) => Number(attributeOf(list, "w:numId")) || 0)) + 1;
  }

  get count(): number {
    return this.made.length;
  }

  /** 写しを一つ作り、その番号を返す。 */
  copy(id: string): string {
    const original = this.originals.get(id);
    if (!original) return id;
    const copied: XmlElement = { name: "w:num", attrs: [], children: [] };
    setAttribute(copied, "w:numId", String(this.next));
    const overrides = new Map(
      childrenOf(original)
        .filter((child) => child.name === "w:lvlOverride")
        .map((child) => [attributeOf(child, "w:ilvl") ?? "0", child]),
    );
    const abstract = childOf(original, "w:abstractNumId");
    if (abstract) copied.children.push(abstract);
    for (const level of this.levelsOf(original))
      copied.children.push(overrides.get(level.index) ?? restart(level));
    this.made.push(copied);
    this.next += 1;
    return String(this.next - 1);
  }

  private levelsOf(list: XmlElement): { index: string; start: string }[] {
    const id = abstractOf(list);
    const abstract = childrenOf(this.numbering).find(
      (child) => child.name === "w:abstractNum" && attributeOf(child, "w:abstractNumId") === id,
    );
    return (abstract ? childrenOf(abstract) : [])
      .filter((child) => child.name === "w:lvl")
      .map((level) => {
        const start = childOf(level, "w:start");
        return {
          index: attributeOf(level, "w:ilvl") ?? "0",
          start: (start && attributeOf(start, "w:val")) ?? "1",
        };
      });
  }

  /** 書き足した番号の部品。num は abstractNum のあと、numIdMacAtCleanup の前に並ぶ。 */
  finish(): XmlElement {
    const children = [...this.numbering.children];
    const at = children.findIndex(
      (child) => typeof child !== "string" && child.name === "w:numIdMacAtCleanup",
    );
    children.splice(at < 0 ? children.length : at, 0, ...this.made);
    return { ...this.numbering, children };
  }
}

function restart(level: { index: string; start: string }): XmlElement {
  const start: XmlElement = { name: "w:startOverride", attrs: [["w:val", level.start]], children: [] };
  return { name: "w:lvlOverride", attrs: [["w:ilvl", level.index]], children: [start] };
}
