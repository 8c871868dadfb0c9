import {
  attributeOf,
  childOf,
  childrenOf,
  serialiseXml,
  setAttribute,
  type XmlElement,
} from "../office/xml-tree.ts";
import type { Op } from "./merge-program.ts";

/** 一組の中の節の並びから決まる、節の直し方。 */
export interface SectionPlan {
  /** 一組の最初の節か。二組目からは新しい紙で始める。 */
  first: boolean;
  /** 表裏で一組なので、二組目からも奇数ページ（紙の表）で始める。 */
  odd: boolean;
  /** ページ番号を組ごとに 1 から振り直す。 */
  restartPages: boolean;
  /** 脚注の番号を組ごとに振り直す。 */
  restartNotes: boolean;
  /** この節にはなく、後ろの節にだけあるヘッダー・フッター。空のものを置かないと、前の人のものが続いてしまう。 */
  missing: { element: "w:headerReference" | "w:footerReference"; type: string }[];
}

/** 空のヘッダー・フッターを指す、関係番号の代わりの名前。 */
export const emptyHeader = "empty-header";
export const emptyFooter = "empty-footer";

const referenceNames = new Set(["w:headerReference", "w:footerReference"]);

/** 節の設定（sectPr）を手順にする。 */
export function sectionOps(section: XmlElement, plan: SectionPlan): Op[] {
  const references = childrenOf(section).filter((child) => referenceNames.has(child.name));
  const ops: Op[] = ["<w:sectPr>"];
  for (const one of references) {
    ops.push(`<${one.name} w:type="${attributeOf(one, "w:type") ?? "default"}" r:id="`);
    ops.push({ op: "part", id: attributeOf(one, "r:id") ?? "" }, '"/>');
  }
  if (!plan.first) return [...ops, restXml(section, plan), "</w:sectPr>"];
  const missing = plan.missing.flatMap(({ element, type }): Op[] => [
    `<${element} w:type="${type}" r:id="`,
    { op: "part", id: element === "w:headerReference" ? emptyHeader : emptyFooter },
    '"/>',
  ]);
  const next = [restXml(section, plan, "nextPage")];
  const odd = [restXml(section, plan, "oddPage")];
  const start: Op[] = plan.odd ? [{ op: "choose", test: { kind: "oddStart" }, yes: odd, no: next }] : next;
  const yes = [restXml(section, plan)];
  ops.push({ op: "choose", test: { kind: "firstSheet" }, yes, no: [...missing, ...start] }, "</w:sectPr>");
  return ops;
}

/** later は、二組目からの始め方。 */
function restXml(section: XmlElement, plan: SectionPlan, later?: "nextPage" | "oddPage"): string {
  const children = childrenOf(section).filter(
    (child) => !referenceNames.has(child.name) && child.name !== "w:sectPrChange",
  );
  const out = children.filter((child) => child.name !== "w:type" || !later);
  if (later) insertInOrder(out, { name: "w:type", attrs: [["w:val", later]], children: [] });
  if (plan.first && plan.restartPages) restartPages(out);
  if (plan.restartNotes) restartNotes(out);
  return out.map(serialiseXml).join("");
}

function restartPages(children: XmlElement[]): void {
  const at = children.findIndex((child) => child.name === "w:pgNumType");
  const old = children[at];
  if (old && childOrAttribute(old)) return;
  const next: XmlElement = { name: "w:pgNumType", attrs: [...(old?.attrs ?? [])], children: [] };
  setAttribute(next, "w:start", "1");
  if (at >= 0) children[at] = next;
  else insertInOrder(children, next);
}

function childOrAttribute(element: XmlElement): boolean {
  return attributeOf(element, "w:start") !== undefined;
}

function restartNotes(children: XmlElement[]): void {
  if (children.some((child) => child.name === "w:footnotePr" && childOf(child, "w:numRestart"))) return;
  const at = children.findIndex((child) => child.name === "w:footnotePr");
  const old = children[at];
  const restart: XmlElement = { name: "w:numRestart", attrs: [["w:val", "eachSect"]], children: [] };
  const next: XmlElement = {
    name: "w:footnotePr",
    attrs: [],
    children: [...(old ? childrenOf(old) : []), restart],
  };
  if (at >= 0) children[at] = next;
  else insertInOrder(children, next);
}

/** sectPr の子の順（順が違うと Word が開けない）。 */
const order = (
  "w:footnotePr w:endnotePr w:type w:pgSz w:pgMar w:paperSrc w:pgBorders w:lnNumType w:pgNumType w:cols w:formProt " +
  "w:vAlign w:noEndnote w:titlePg w:textDirection w:bidi w:rtlGutter w:docGrid w:printerSettings"
).split(" ");

function insertInOrder(children: XmlElement[], element: XmlElement): void {
  const rank = order.indexOf(element.name);
  const at = children.findIndex((child) => order.indexOf(child.name) > rank);
  if (at < 0) children.push(element);
  else children.splice(at, 0, element);
}

/** 一組の中のどこかの節にあり、最初の節にはないヘッダー・フッター。 */
export function missingReferences(sections: XmlElement[]): SectionPlan["missing"] {
  const keys = (section: XmlElement) =>
    childrenOf(section)
      .filter((child) => referenceNames.has(child.name))
      .map((child) => `${child.name} ${attributeOf(child, "w:type") ?? "default"}`);
  const first = new Set(sections[0] ? keys(sections[0]) : []);
  const others = new Set(
    sections
      .slice(1)
      .flatMap(keys)
      .filter((key) => !first.has(key)),
  );
  return [...others].map((key) => {
    const [element, type = "default"] = key.split(" ");
    return { element: element === "w:footerReference" ? "w:footerReference" : "w:headerReference", type };
  });
}

/**
 * 一組が何ページになりそうか。はっきり書かれた改ページと節の区切り、Word が最後に数えたページ数から見積もる。
 * 実際のページ数は PDF にして数える。
 */
export function estimatePages(
  body: XmlElement,
  sections: XmlElement[],
  savedPages: number | undefined,
): number {
  let breaks = 0;
  let rendered = 0;
  const walk = (element: XmlElement) => {
    for (const child of childrenOf(element)) {
      if (child.name === "w:txbxContent" || child.name === "w:sectPrChange") continue;
      if (child.name === "w:br" && attributeOf(child, "w:type") === "page") breaks += 1;
      if (child.name === "w:pageBreakBefore" && !/^(0|false|off)$/.test(attributeOf(child, "w:val") ?? ""))
        breaks += 1;
      if (child.name === "w:lastRenderedPageBreak") rendered += 1;
      walk(child);
    }
  };
  walk(body);
  for (const section of sections.slice(1)) {
    const type = childOf(section, "w:type");
    if (!/^(continuous|nextColumn)$/.test((type && attributeOf(type, "w:val")) ?? "nextPage")) breaks += 1;
  }
  const counted = 1 + Math.max(breaks, rendered);
  return counted > 1 ? counted : (savedPages ?? 1);
}
