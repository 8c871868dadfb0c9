import { attributeOf, childOf, childrenOf, localName, textOf, type XmlElement } from "../office/xml-tree.ts";
import { isUnread } from "../word/docx-reading.ts";
import { isOn } from "../word/docx-style.ts";
import { furiganaMark } from "./furigana.ts";
import type { WordOutline } from "./word-outline.ts";

/** 段落から分かること（見出しの段は、様式のある文書だけ）。 */
export interface WordLine {
  text: string;
  level: number | undefined;
  scheme: string | undefined;
  style: string;
  /** 箇条書きの点なら真、番号なら偽、どちらでもなければ undefined。 */
  bullet: boolean | undefined;
  /** 箇条書きの段（0 から）。 */
  depth: number;
  /** 文字のすべてが太い。 */
  strong: boolean;
  pictures: XmlElement[];
  /** 文字枠の中身。 */
  boxes: XmlElement[];
  /** 写さなかったもの、承諾したものとした直し（一文ずつ）。 */
  losses: string[];
}

/** 段落の外にあるもの（注、リンク、書き込み）を引く。 */
export interface WordBook {
  /** 脚注・文末の注を、原稿の印に。 */
  note(kind: "footnote" | "endnote", id: string): string;
  /** リンクの先（外の URL）。 */
  link(id: string): string | undefined;
  /** 書き込み（だれの、何という）。 */
  comment(id: string): string | undefined;
}

interface Found {
  text: string;
  plain: number;
  strong: number;
  pictures: XmlElement[];
  boxes: XmlElement[];
  added: string;
  removed: string;
  losses: string[];
}

/** Word の段落（w:p）を読む。breaks は、段落の中の改行の字。 */
export function readWordLine(
  element: XmlElement,
  outline: WordOutline,
  book: WordBook,
  breaks = " ",
): WordLine {
  const properties = childOf(element, "w:pPr");
  const found: Found = {
    ...{ text: "", plain: 0, strong: 0, pictures: [], boxes: [], added: "", removed: "", losses: [] },
  };
  readRuns(element, found, { book, breaks, strong: false });
  const number = outline.numberOf(properties);
  return {
    ...{ text: found.text.replaceAll(/[ \t]+/g, " ").trim(), level: outline.levelOf(properties) },
    ...{ scheme: number?.scheme, bullet: number?.bullet, style: outline.nameOf(properties) },
    ...{ depth: outline.listOf(properties)?.level ?? 0, pictures: found.pictures, boxes: found.boxes },
    strong: found.plain === 0 && found.strong > 0,
    losses: [...revision(found), ...found.losses],
  };
}

function revision({ added, removed }: Found): string[] {
  const told = [
    ...(removed === "" ? [] : [`「${brief(removed)}」を消し`]),
    ...(added === "" ? [] : [`「${brief(added)}」を足し`]),
  ];
  return told.length === 0 ? [] : [`変更履歴を承諾したものとして写しました（${told.join("、")}）。`];
}

/** 知らせに出す長さ。 */
function brief(text: string): string {
  const letters = [...text.replace(/\s+/g, " ").trim()];
  return letters.length > 60 ? `${letters.slice(0, 60).join("")}…` : letters.join("");
}

interface Reading {
  book: WordBook;
  breaks: string;
  strong: boolean;
}

function readRuns(element: XmlElement, found: Found, reading: Reading): void {
  for (const child of childrenOf(element)) {
    if (child.name === "w:del" || child.name === "w:moveFrom") found.removed += rawText(child);
    else if (child.name === "w:ruby") {
      const from = found.text.length;
      readRuns(child, found, reading);
      const mark = furiganaMark(found.text.slice(from), rubyText(child));
      if (mark === undefined) found.losses.push(`ふりがな「${rubyText(child)}」は写していません。`);
      else found.text = found.text.slice(0, from) + mark;
    } else if (isUnread(child)) continue;
    else if (child.name === "w:r" && isHidden(child)) hidden(child, found);
    else if (/^[wm]:t$/.test(child.name)) {
      const text = textOf(child);
      found.text += text;
      if (text.trim() !== "") found[reading.strong ? "strong" : "plain"] += 1;
    } else if (/^w:(tab|br|cr)$/.test(child.name))
      found.text += child.name === "w:tab" ? " " : reading.breaks;
    else if (child.name === "w:noBreakHyphen") found.text += "-";
    else if (child.name === "w:sym") found.losses.push("記号の書体の字が一つあり、写していません。");
    else if (child.name === "w:footnoteReference" || child.name === "w:endnoteReference")
      found.text += reading.book.note(
        child.name === "w:footnoteReference" ? "footnote" : "endnote",
        attributeOf(child, "w:id") ?? "",
      );
    else if (child.name === "w:commentReference") {
      const said = reading.book.comment(attributeOf(child, "w:id") ?? "");
      if (said !== undefined) found.losses.push(`元の Word の書き込み: ${said}`);
    } else if (localName(child) === "txbxContent") found.boxes.push(child);
    else if (/^w:(drawing|pict|object)$/.test(child.name)) {
      found.pictures.push(child);
      // 図の中の字は、この段落の文ではない。文字枠だけを後で読む。
      readRuns(child, { ...found, text: "" }, reading);
    } else readMore(child, found, reading);
  }
}

/** リンク、足した字、式、ほかの入れ物。 */
function readMore(child: XmlElement, found: Found, reading: Reading): void {
  const start = found.text.length;
  readRuns(child, found, { ...reading, strong: reading.strong || isBold(child) });
  const text = found.text.slice(start);
  if (child.name === "w:ins" || child.name === "w:moveTo") found.added += text;
  if (child.name === "m:oMath") found.losses.push(`式「${brief(text)}」は、字だけを写しました。`);
  const url = child.name === "w:hyperlink" ? reading.book.link(attributeOf(child, "r:id") ?? "") : undefined;
  if (url !== undefined && /^https?:/.test(url) && !text.includes(url) && text.trim() !== "")
    found.text += `（${url}）`;
}

function hidden(run: XmlElement, found: Found): void {
  const text = rawText(run);
  if (text.trim() !== "") found.losses.push(`隠し文字「${brief(text)}」は写していません。`);
}

function isHidden(run: XmlElement): boolean {
  return isOn(childOf(run, "w:rPr"), "w:vanish");
}

function isBold(run: XmlElement): boolean {
  return run.name === "w:r" && isOn(childOf(run, "w:rPr"), "w:b");
}

function rubyText(ruby: XmlElement): string {
  const said = childOf(ruby, "w:rt");
  return said ? rawText(said) : "";
}

/** 消した字も含む、中の文字。 */
function rawText(element: XmlElement): string {
  if (/^w:(t|delText)$/.test(element.name)) return textOf(element);
  return element.name.endsWith("Pr") ? "" : childrenOf(element).map(rawText).join("");
}

/** 中の文字を一行に。 */
export function flatText(element: XmlElement): string {
  if (isUnread(element)) return "";
  if (element.name === "w:t") return textOf(element);
  const inner = childrenOf(element).map(flatText).join("");
  return element.name === "w:p" || element.name === "w:tc" ? `${inner} `.trimStart() : inner.trimEnd();
}
