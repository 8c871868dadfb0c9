import { AppError } from "../base/error.ts";
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  textOf,
  type XmlElement,
} from "../office/xml-tree.ts";
import { isUnread, readDocxParts } from "../word/docx-reading.ts";
import { isOn } from "../word/docx-style.ts";
import { cellsOf, mergeOf, rowsOf } from "../word/docx-table.ts";
import type { CameCell, CamePaper, CameTable } from "./came-paper.ts";

/**
 * 返った Word（.docx）の表と、表の外の文。変更履歴は承諾したあとの文で、取消線の字は消したものとして読む。
 * コメントは、付いているます目に添える。
 * @throws AppError BAD_INPUT（本文がない）
 */
export function readWordPaper(parts: Map<string, Uint8Array>): CamePaper {
  const reading = readDocxParts(parts);
  const body = reading.document && childOf(reading.document, "w:body");
  if (!body)
    throw new AppError("BAD_INPUT", "Word の文書として開けません。.docx で保存し直してもらってください。");
  const comments = new Map<string, string>();
  const part = reading.part("comments");
  for (const one of part ? descendantsOf(part, (node) => node.name === "w:comment") : [])
    comments.set(attributeOf(one, "w:id") ?? "", childrenOf(one).map(plainText).join(" ").trim());
  const paper: CamePaper = { tables: [], outside: [] };
  readBlocks(body, paper, comments);
  return paper;
}

/** 本文の段落と表。内容のわく（w:sdt など）の中も見る。 */
function readBlocks(parent: XmlElement, paper: CamePaper, comments: ReadonlyMap<string, string>): void {
  for (const child of childrenOf(parent)) {
    if (isUnread(child)) continue;
    if (child.name === "w:tbl") paper.tables.push(tableOf(child, paper.tables.length + 1, comments));
    else if (child.name === "w:p") {
      const cell = cellOf([child], comments);
      for (const text of [cell.text, cell.note ? `コメント: ${cell.note}` : ""])
        if (text !== "") paper.outside.push(text);
    } else readBlocks(child, paper, comments);
  }
}

function tableOf(table: XmlElement, number: number, comments: ReadonlyMap<string, string>): CameTable {
  const rows: CameCell[][] = [];
  for (const row of rowsOf(table)) {
    const cells: CameCell[] = [];
    for (const cell of cellsOf(row)) {
      const { across, below } = mergeOf(cell);
      cells.push({ ...cellOf(childrenOf(cell), comments), ...(below ? { joined: "down" as const } : {}) });
      for (let more = across; more > 1 && cells.length < 200; more -= 1)
        cells.push({ text: "", joined: "across" });
    }
    rows.push(cells);
  }
  return { where: `表${number}`, rows };
}

interface Reading {
  lines: string[];
  line: string;
  notes: string[];
  struck: boolean;
}

/** ます目の文。段落と改行は改行に。 */
function cellOf(children: readonly XmlElement[], comments: ReadonlyMap<string, string>): CameCell {
  const found: Reading = { lines: [], line: "", notes: [], struck: false };
  for (const child of children) readNode(child, found, comments);
  if (found.line !== "") found.lines.push(found.line);
  return {
    text: found.lines.join("\n").trim(),
    ...(found.notes.length > 0 ? { note: found.notes.join("／") } : {}),
    ...(found.struck ? { struck: true } : {}),
  };
}

function readNode(node: XmlElement, found: Reading, comments: ReadonlyMap<string, string>): void {
  if (isUnread(node)) return;
  if (node.name === "w:commentReference") {
    const note = comments.get(attributeOf(node, "w:id") ?? "");
    if (note) found.notes.push(note);
  }
  if (node.name === "w:r" && isStruck(node)) {
    if (plainText(node) !== "") found.struck = true;
    return;
  }
  if (node.name === "w:br" || node.name === "w:cr") found.line += "\n";
  else if (node.name === "w:tab") found.line += " ";
  else if (node.name === "w:t") found.line += textOf(node);
  for (const child of childrenOf(node)) readNode(child, found, comments);
  // 段落の終わりの印が消されていれば（変更履歴）、次の段落に続く。
  if (node.name === "w:p" && !isEndDeleted(node)) {
    found.lines.push(found.line);
    found.line = "";
  }
}

function isStruck(run: XmlElement): boolean {
  const look = childOf(run, "w:rPr");
  return isOn(look, "w:strike") || isOn(look, "w:dstrike");
}

function isEndDeleted(paragraph: XmlElement): boolean {
  const look = childOf(paragraph, "w:pPr");
  const run = look && childOf(look, "w:rPr");
  return run !== undefined && childOf(run, "w:del") !== undefined;
}

function plainText(node: XmlElement): string {
  if (isUnread(node)) return "";
  if (node.name === "w:t") return textOf(node);
  return childrenOf(node).map(plainText).join("");
}
