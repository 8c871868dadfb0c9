import { attributeOf, childrenOf, textOf, type XmlElement } from "../office/xml-tree.ts";

/** 打たれた目次の行（題、間、ページ）。 */
const LINE = /\S.*(?:\t|[.．・･…‥]{2,}|[ 　]{2,})[ 　.．・･…‥\t]*[0-9０-９]{1,3}\s*$/;
const HEAD = /^(?:目[\s　]*次|もくじ|CONTENTS)$/i;

/**
 * 目次の段落（欄から作られた目次と、手で打たれた目次）。原稿からは作り直すので、写さない。
 * 手で打たれたものは、「目次」の行のあとか、三行より続くものだけを見る（一行だけの表のような文と間違えない）。
 */
export function contentsIn(elements: readonly XmlElement[]): Set<XmlElement> {
  const found = new Set<XmlElement>();
  let group: XmlElement[] = [];
  let headed = false;
  let open = 0;
  const close = () => {
    if (headed || group.length >= 3) for (const one of group) found.add(one);
    [group, headed] = [[], false];
  };
  for (const element of elements) {
    if (element.name !== "w:p") continue;
    const field = contentsField(element, open);
    if (open > 0 || field > 0) found.add(element);
    open = field;
    const text = lineText(element);
    if (HEAD.test(text.trim())) {
      close();
      headed = true;
      found.add(element);
    } else if (LINE.test(text)) group.push(element);
    else if (text.trim() !== "") close();
  }
  close();
  return found;
}

/** この段落の終わりで開いている、目次の欄の深さ（中の欄も数える）。before は、始まりでの深さ。 */
function contentsField(paragraph: XmlElement, before: number): number {
  let depth = before;
  let pending = false;
  const walk = (element: XmlElement): void => {
    if (element.name === "w:fldChar") {
      const kind = attributeOf(element, "w:fldCharType");
      if (kind === "begin") {
        if (depth > 0) depth += 1;
        else pending = true;
      } else if (kind === "end") {
        if (depth > 0) depth -= 1;
        pending = false;
      }
    } else if (element.name === "w:instrText" && pending && depth === 0) {
      if (/^\s*TOC\b/.test(textOf(element))) depth = 1;
      pending = false;
    } else for (const child of childrenOf(element)) walk(child);
  };
  walk(paragraph);
  return depth;
}

function lineText(element: XmlElement): string {
  if (element.name === "w:t") return textOf(element);
  if (element.name === "w:tab") return "\t";
  return element.name.endsWith("Pr") ? "" : childrenOf(element).map(lineText).join("");
}
