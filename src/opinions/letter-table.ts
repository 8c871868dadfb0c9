import type { Cell } from "../office/table.ts";
import { readTables } from "../office/table-reader.ts";
import { type LetterColumn, letterColumns } from "./letter-column.ts";

const LIMITS = { cells: 20_000_000, rows: 1_048_576, tables: 50 };
/** 題や説明の下に見出しがあることが多い。この行数までを探す。 */
const HEAD_ROWS = 20;

export interface LetterRow {
  /** 表の行（1 から）。 */
  row: number;
  value(column: LetterColumn): string;
  /** 日付のますなら、その日（2024-12-05）。 */
  day: string | undefined;
  /** 意見の列の、空でない文。 */
  texts: string[];
  /** その列のますが、上の行と結合されている。 */
  merged(column: LetterColumn): boolean;
}

/**
 * 意見の表（.xlsx、.csv）から、見出しと行を見つける。表紙や題の行、二段の見出し、結合、二枚目の表でもよい。
 * 「合計」の行と、空の行は除く。意見の列のある表がなければ undefined。
 */
export function readLetterTable(
  bytes: Uint8Array,
  fileName: string,
): { columns: Map<LetterColumn, number[]>; rows: LetterRow[] } | undefined {
  let best: { cells: Cell[][]; from: number; columns: Map<LetterColumn, number[]> } | undefined;
  for (const { rows: cells } of readTables(bytes, fileName, LIMITS))
    for (let at = 0; at < Math.min(HEAD_ROWS, cells.length); at += 1)
      for (const deep of [1, 2]) {
        const columns = letterColumns(headsOf(cells, at, deep));
        if (!columns.has("text") || columns.size <= (best?.columns.size ?? 0)) continue;
        best = { cells, from: at + deep, columns };
      }
  if (best === undefined) return undefined;
  const { cells, from, columns } = best;
  const rows = cells.slice(from).flatMap((row, at) => rowOf(row, from + at + 1, columns) ?? []);
  return { columns, rows };
}

/** 見出し。二段のときは、下の段を先に見て、空いていれば上の段。 */
function headsOf(cells: readonly Cell[][], at: number, deep: number): string[] {
  const [upper = [], lower = []] = [cells[at], cells[at + 1]];
  if (deep === 1) return upper.map(({ text }) => text);
  const width = Math.max(upper.length, lower.length);
  return Array.from({ length: width }, (_, place) => {
    const [top, below] = [upper[place]?.text.trim() ?? "", lower[place]?.text.trim() ?? ""];
    if (below === "") return top;
    // 「受付」の下の「番号」「月日」、「意見」の下の「概要」。
    const joined = `${top}${below}`;
    return top !== below && letterColumns([joined]).size > 0 ? joined : below;
  });
}

function rowOf(
  cells: readonly Cell[],
  row: number,
  columns: ReadonlyMap<LetterColumn, number[]>,
): LetterRow | undefined {
  if (cells.every(({ text }) => text.trim() === "")) return undefined;
  const filled = cells.filter(({ text }) => text.trim() !== "");
  if (/^(?:合計|総計|小計|計)$/.test((filled[0]?.text ?? "").normalize("NFKC").replace(/\s/g, "")))
    return undefined;
  const placesOf = (column: LetterColumn) => columns.get(column) ?? [];
  const value = (column: LetterColumn) =>
    placesOf(column)
      .map((place) => cells[place]?.text.trim() ?? "")
      .filter(Boolean)
      .join("、");
  const date = cells[placesOf("day")[0] ?? -1];
  return {
    row,
    value,
    day: date?.kind === "date" || date?.kind === "datetime" ? date.iso?.slice(0, 10) : undefined,
    texts: placesOf("text").map((place) => cells[place]?.text ?? ""),
    merged: (column) =>
      placesOf(column).some((place) => {
        const cell = cells[place];
        return cell?.mergedFrom !== undefined && cell.mergedFrom !== cell.ref;
      }),
  };
}
