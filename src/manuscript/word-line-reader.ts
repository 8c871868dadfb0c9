import { attributeOf, childOf, childrenOf, localName, textOf, type XmlElement } from "../office/xml-tree.ts";
import { isUnread } from "../word/docx-reading.ts";
import type { WordOutline } from "./word-outline.ts";

/** 段落から分かること（見出しの段は、様式のある文書だけ）。 */
export interface WordLine {
  text: string;
  level: number | undefined;
  scheme: string | undefined;
  style: string;
  /** 箇条書きの点なら真、番号なら偽、どちらでもなければ undefined。 */
  bullet: boolean | undefined;
  /** 文字のすべてが太い。 */
  strong: boolean;
  pictures: XmlElement[];
  /** 文字枠の中身。 */
  boxes: XmlElement[];
}

interface Found {
  text: string;
  plain: number;
  strong: number;
  pictures: XmlElement[];
  boxes: XmlElement[];
}

/** Word の段落（w:p）を読む。note は、脚注の番号を原稿の印にする。 */
export function readWordLine(
  element: XmlElement,
  outline: WordOutline,
  note: (id: string) => string,
): WordLine {
  const properties = childOf(element, "w:pPr");
  const found: Found = { text: "", plain: 0, strong: 0, pictures: [], boxes: [] };
  readRuns(element, found, note, false);
  const number = outline.numberOf(properties);
  return {
    ...{ text: found.text.replaceAll(/[ \t]+/g, " ").trim(), level: outline.levelOf(properties) },
    ...{ scheme: number?.scheme, bullet: number?.bullet, style: outline.nameOf(properties) },
    ...{ strong: found.plain === 0 && found.strong > 0, pictures: found.pictures, boxes: found.boxes },
  };
}

function readRuns(element: XmlElement, found: Found, note: (id: string) => string, strong: boolean): void {
  for (const child of childrenOf(element)) {
    if (isUnread(child)) continue;
    if (child.name === "w:t") {
      const text = textOf(child);
      found.text += text;
      if (text.trim() !== "") found[strong ? "strong" : "plain"] += 1;
    } else if (/^w:(tab|br|cr)$/.test(child.name)) found.text += " ";
    else if (child.name === "w:footnoteReference") found.text += note(attributeOf(child, "w:id") ?? "");
    else if (localName(child) === "txbxContent") found.boxes.push(child);
    else if (child.name === "w:drawing" || child.name === "w:pict") {
      found.pictures.push(child);
      // 図の中の字は、この段落の文ではない。文字枠だけを後で読む。
      readRuns(child, { ...found, text: "" }, note, strong);
    } else readRuns(child, found, note, strong || isBold(child));
  }
}

function isBold(run: XmlElement): boolean {
  const properties = run.name === "w:r" ? childOf(run, "w:rPr") : undefined;
  const bold = properties && childOf(properties, "w:b");
  return bold !== undefined && !/^(0|false|off)$/.test(attributeOf(bold, "w:val") ?? "");
}

/** 中の文字を一行に。 */
export function flatText(element: XmlElement): string {
  if (isUnread(element)) return "";
  if (element.name === "w:t") return textOf(element);
  const inner = childrenOf(element).map(flatText).join("");
  return element.name === "w:p" || element.name === "w:tc" ? `${inner} `.trimStart() : inner.trimEnd();
}
