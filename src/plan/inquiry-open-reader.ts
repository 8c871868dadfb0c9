import { AppError } from "../base/error.ts";
import {
  attributeOf,
  childrenOf,
  descendantsOf,
  localName,
  parseXml,
  unescapeXml,
  type XmlElement,
} from "../office/xml-tree.ts";
import type { CameCell, CamePaper, CameTable } from "./came-paper.ts";

/** 空のます目の続きを、これより広げない。 */
const WIDE = 60;

/**
 * 返った OpenDocument（.odt、.ods）の表と、表の外の文。変更履歴は承諾したあとの文で読む。
 * @throws AppError BAD_INPUT（中身がない）
 */
export function readOpenPaper(parts: Map<string, Uint8Array>): CamePaper {
  const part = parts.get("content.xml");
  if (!part)
    throw new AppError(
      "BAD_INPUT",
      "OpenDocument の文書として開けません。Word（.docx）か Excel（.xlsx）で保存し直してもらってください。",
    );
  const root = parseXml(part);
  const struck = new Set(
    [...descendantsOf(root, (node) => node.name === "style:style")]
      .filter((style) =>
        childrenOf(style).some((look) => {
          const line = attributeOf(look, "style:text-line-through-style");
          return line !== undefined && line !== "none";
        }),
      )
      .map((style) => attributeOf(style, "style:name") ?? ""),
  );
  const paper: CamePaper = { tables: [], outside: [] };
  readBlocks(root, paper, struck);
  return paper;
}

function readBlocks(parent: XmlElement, paper: CamePaper, struck: ReadonlySet<string>): void {
  for (const child of childrenOf(parent)) {
    if (isAside(child)) continue;
    if (child.name === "table:table") paper.tables.push(tableOf(child, paper.tables.length + 1, struck));
    else if (child.name === "text:p" || child.name === "text:h") {
      const { text, note } = cellOf([child], struck);
      for (const one of [text, note ? `コメント: ${note}` : ""]) if (one !== "") paper.outside.push(one);
    } else readBlocks(child, paper, struck);
  }
}

/** 本文でないもの（消した文の控え、様式、見出しと脚）。 */
function isAside({ name }: XmlElement): boolean {
  return /^(text:tracked-changes|office:automatic-styles|office:font-face-decls|office:scripts|table:named-expressions)$/.test(
    name,
  );
}

function tableOf(table: XmlElement, number: number, struck: ReadonlySet<string>): CameTable {
  const name = attributeOf(table, "table:name");
  const rows: CameCell[][] = [];
  const down = new Map<number, number>();
  for (const row of rowsOf(table)) {
    const cells: CameCell[] = [];
    for (const cell of childrenOf(row)) {
      const times = Math.min(
        Number(attributeOf(cell, "table:number-columns-repeated") ?? 1),
        WIDE - cells.length,
      );
      if (cell.name !== "table:table-cell" && cell.name !== "table:covered-table-cell") continue;
      const covered = cell.name === "table:covered-table-cell";
      for (let at = 0; at < times; at += 1) {
        const below = (down.get(cells.length) ?? 0) > 0;
        if (covered) cells.push({ text: "", joined: below ? "down" : "across" });
        else {
          const high = Number(attributeOf(cell, "table:number-rows-spanned") ?? 1);
          if (high > 1) down.set(cells.length, high);
          cells.push(cellOf(childrenOf(cell), struck));
        }
      }
    }
    for (const [column, left] of down) down.set(column, left - 1);
    const repeat = Number(attributeOf(row, "table:number-rows-repeated") ?? 1);
    const blank = cells.every(({ text, note }) => text === "" && note === undefined);
    for (let at = 0; at < (blank ? Math.min(repeat, 1) : Math.min(repeat, 100)); at += 1) rows.push(cells);
  }
  return { where: name && !/^(Table|表)\d*$/.test(name) ? `シート「${name}」` : `表${number}`, rows };
}

function rowsOf(parent: XmlElement): XmlElement[] {
  return childrenOf(parent).flatMap((child) =>
    child.name === "table:table-row" ? [child] : /rows?$|row-group$/.test(child.name) ? rowsOf(child) : [],
  );
}

interface Reading {
  lines: string[];
  line: string;
  notes: string[];
  struck: boolean;
}

function cellOf(children: readonly XmlElement[], struck: ReadonlySet<string>): CameCell {
  const found: Reading = { lines: [], line: "", notes: [], struck: false };
  for (const child of children) readNode(child, found, struck);
  return {
    text: found.lines.join("\n").trim(),
    ...(found.notes.length > 0 ? { note: found.notes.join("／") } : {}),
    ...(found.struck ? { struck: true } : {}),
  };
}

function readNode(node: XmlElement, found: Reading, struck: ReadonlySet<string>): void {
  if (isAside(node)) return;
  if (node.name === "office:annotation") {
    const inner: Reading = { lines: [], line: "", notes: [], struck: false };
    for (const child of childrenOf(node))
      if (localName(child) === "p" || localName(child) === "list") readNode(child, inner, struck);
    const note = inner.lines.join(" ").trim();
    if (note !== "") found.notes.push(note);
    return;
  }
  if (node.name === "text:span" && struck.has(attributeOf(node, "text:style-name") ?? "")) {
    found.struck = true;
    return;
  }
  if (node.name === "text:line-break") found.line += "\n";
  else if (node.name === "text:tab") found.line += " ";
  else if (node.name === "text:s")
    found.line += " ".repeat(Math.min(Number(attributeOf(node, "text:c") ?? 1), 100));
  for (const child of node.children) {
    if (typeof child !== "string") readNode(child, found, struck);
    else if (/^text:(p|h|span|a|ruby-base)$/.test(node.name)) found.line += unescapeXml(child);
  }
  if (node.name === "text:p" || node.name === "text:h") {
    found.lines.push(found.line);
    found.line = "";
  }
}
