import { attributeOf, childOf, childrenOf, type XmlElement } from "../office/xml-tree.ts";
import { wordValue } from "./docx-style.ts";

/** 変更履歴で消された行か。 */
export function isDeletedRow(element: XmlElement): boolean {
  const props = element.name === "w:tr" ? childOf(element, "w:trPr") : undefined;
  return props !== undefined && childOf(props, "w:del") !== undefined;
}

/** この表の行（繰り返しの枠の中も。消された行は除く）。入れ子の表の行は、ます目の中身として読む。 */
export function rowsOf(element: XmlElement): XmlElement[] {
  return childrenOf(element).flatMap((child) =>
    child.name === "w:tr" ? (isDeletedRow(child) ? [] : [child]) : holdsMore(child) ? rowsOf(child) : [],
  );
}

/** この行のます目（枠に入れたますも）。 */
export function cellsOf(row: XmlElement): XmlElement[] {
  return childrenOf(row).flatMap((child) =>
    child.name === "w:tc" ? [child] : holdsMore(child) ? cellsOf(child) : [],
  );
}

/** ます目の結合。across は横に結んだ列の数（1〜64。Word の列は 63 まで）、below は上のますの続きか。 */
export function mergeOf(cell: XmlElement): { across: number; below: boolean } {
  const properties = childOf(cell, "w:tcPr");
  const merge = properties && childOf(properties, "w:vMerge");
  const across = Number(wordValue(properties, "w:gridSpan") ?? 1) || 1;
  return {
    across: Math.min(64, Math.max(1, across)),
    below: merge !== undefined && attributeOf(merge, "w:val") !== "restart",
  };
}

/** 行やます目を包むもの（内容コントロール、独自の XML、足した印）。 */
function holdsMore({ name }: XmlElement): boolean {
  return /^w:(?:sdt|sdtContent|customXml|ins|moveTo)$/.test(name);
}
