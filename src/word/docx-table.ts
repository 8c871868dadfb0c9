import { childOf, childrenOf, type XmlElement } from "../office/xml-tree.ts";

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

/** 行やます目を包むもの（内容コントロール、独自の XML、足した印）。 */
function holdsMore({ name }: XmlElement): boolean {
  return /^w:(?:sdt|sdtContent|customXml|ins|moveTo)$/.test(name);
}
