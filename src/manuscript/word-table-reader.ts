import { childOf, childrenOf, type XmlElement } from "../office/xml-tree.ts";
import { wordValue } from "../word/docx-style.ts";
import { cellsOf, mergeOf, rowsOf } from "../word/docx-table.ts";
import { flatText, type WordLine } from "./word-line-reader.ts";

/** Word の表。結合は、原稿の印（<< と ^^）にする。 */
export interface WordTable {
  rows: string[][];
  losses: string[];
  /** ます目の中の図。 */
  pictures: XmlElement[];
  boxes: XmlElement[];
}

/** 表（w:tbl）を読む。lineOf は、ます目の中の段落を読む。 */
export function readWordTable(element: XmlElement, lineOf: (paragraph: XmlElement) => WordLine): WordTable {
  const table: WordTable = { rows: [], losses: [], pictures: [], boxes: [] };
  const rows = rowsOf(element).map((row) => [
    // 段付きの行の、左の空き。
    ...Array.from({ length: skipped(row) }, () => ""),
    ...cellsOf(row).flatMap((cell) => readCell(cell, table, lineOf)),
  ]);
  const width = Math.max(0, ...rows.map(({ length }) => length));
  table.rows = rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ""));
  return table;
}

function skipped(row: XmlElement): number {
  const properties = childOf(row, "w:trPr");
  return Math.min(63, Number(wordValue(properties, "w:gridBefore") ?? 0) || 0);
}

function readCell(cell: XmlElement, table: WordTable, lineOf: (paragraph: XmlElement) => WordLine): string[] {
  const { across, below } = mergeOf(cell);
  const lines = childrenOf(cell).flatMap((one): string[] => {
    if (one.name === "w:tbl") {
      table.losses.push("表の中の表は、ます目の文にしました。");
      return [flatText(one).replaceAll(/\s+/g, " ").trim()];
    }
    if (one.name !== "w:p") return [flatText(one).trim()];
    const line = lineOf(one);
    table.losses.push(...line.losses);
    table.pictures.push(...line.pictures);
    table.boxes.push(...line.boxes);
    return [line.text];
  });
  const text = lines.filter((one) => one !== "").join("<br>");
  return [below && text === "" ? "^^" : text, ...Array.from({ length: across - 1 }, () => "<<")];
}
