import { AppError } from "../base/error.ts";
import { decodeText } from "../office/csv-encoding.ts";
import { readMarks } from "./mark.ts";
import { markPageNoise } from "./page-noise.ts";
import type { SourceLine, SpecificationSource } from "./source-line.ts";
import { isFullLine, wrapWidth } from "./wrap-width.ts";

/** 読める文字の数の上限（約 4000 ページ）。 */
export const MAX_CHARACTERS = 6_000_000;

/** .txt のバイト列から行を取り出す（UTF-8、UTF-16、Shift_JIS、EUC-JP、JIS）。 */
export function readTextSource(bytes: Uint8Array): SpecificationSource {
  try {
    return textSource(decodeText(bytes).text);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "BAD_INPUT") throw error;
    throw new AppError(
      "BAD_INPUT",
      `文字のファイルとして読めません（${error.faults[0]?.row ?? 1} 行目に読めない文字があります）。仕様書は .txt（UTF-8 か Shift_JIS）、.docx、.pdf のいずれかをご用意ください。`,
    );
  }
}

/** 文字列から行を取り出す。どの文字も、どれかの行に入る。 */
export function textSource(text: string): SpecificationSource {
  if (text.length > MAX_CHARACTERS)
    throw new AppError("TOO_LARGE", "仕様書が長すぎて読めません。部分に分けてお試しください。");
  const rows = splitLines(text);
  const wrap = wrapWidth(rows.map((row) => row.text));
  let page = 1;
  let gap = false;
  const lines: SourceLine[] = [];
  for (const { text: row, start, turns } of rows) {
    page += turns;
    if (row.trim() === "") {
      gap = true;
      continue;
    }
    lines.push({
      text: row,
      start,
      page,
      kind: isTabbedRow(row) ? "cell" : "text",
      full: isFullLine(row, wrap),
      gap,
    });
    gap = false;
  }
  return { format: "txt", text, lines: markPageNoise(lines), pages: page, dropped: [], warnings: [] };
}

/** タブで区切った表の行か。番号の後のタブは数えない。 */
function isTabbedRow(row: string): boolean {
  const cells = row.trim().split(/\t+/);
  const numbered = readMarks(`${cells[0] ?? ""} `).some((mark) => mark.length >= (cells[0] ?? "").length);
  return cells.length - (numbered ? 1 : 0) >= 2;
}

/** 改行と form feed で切る。turns は、その行の前にあった form feed の数。 */
function splitLines(text: string): { text: string; start: number; turns: number }[] {
  const rows: { text: string; start: number; turns: number }[] = [];
  let start = 0;
  let turns = 0;
  for (const found of text.matchAll(/\r\n|[\n\r\f\u2028\u2029]|$/g)) {
    rows.push({ text: text.slice(start, found.index), start, turns });
    turns = found[0] === "\f" ? 1 : 0;
    start = found.index + found[0].length;
  }
  return rows;
}
