import { parseXml, type XmlElement } from "../office/xml-tree.ts";
import { relationKind, relationshipsOf, resolveTarget } from "./docx-package.ts";

/** 読むだけのために開いた Word 文書。マクロ付きなど、差し込みには使えないものも読む。 */
export interface DocxReading {
  /** 本文の部品（w:document）。なければ undefined。 */
  document: XmlElement | undefined;
  /** 本文から指す部品（styles、numbering、footnotes …）。なければ undefined。 */
  part(kind: string): XmlElement | undefined;
}

/**
 * 部品の名 → 中身から、本文と、本文の指す部品を読む。部品の名は、関係をたどって知る（名は作った道具による）。
 * @throws AppError BAD_INPUT（XML が壊れている）
 */
export function readDocxParts(parts: Map<string, Uint8Array>): DocxReading {
  const pkg = { parts, mainPart: "", contentTypes: { name: "Types", attrs: [], children: [] } };
  const main = relationshipsOf(pkg, "").find((one) => relationKind(one) === "officeDocument");
  const mainPart = main ? resolveTarget("", main.target) : "word/document.xml";
  const related = new Map(
    relationshipsOf(pkg, mainPart)
      .filter((one) => !one.external)
      .map((one) => [relationKind(one), resolveTarget(mainPart, one.target)]),
  );
  const xmlOf = (name: string) => {
    const bytes = parts.get(name);
    return bytes ? parseXml(bytes) : undefined;
  };
  return { document: xmlOf(mainPart), part: (kind) => xmlOf(related.get(kind) ?? "") };
}

const UNREAD = new Set(["w:del", "w:moveFrom", "w:instrText", "w:delText", "w:rt", "mc:Fallback"]);

/** 文として読まない要素か: 設定のまとまり（…Pr）、消した文字、移した元、欄の式、ふりがな、古い図の写し。 */
export function isUnread({ name }: XmlElement): boolean {
  return UNREAD.has(name) || name.endsWith("Pr");
}
