/** 表の一つのます。text は Excel で見えるとおり（日付、百分率、先頭の0）。 */
export interface Cell {
  text: string;
  kind: "text" | "number" | "date" | "time" | "datetime" | "bool" | "error" | "empty";
  /** 元の数。日付はシリアル値、真偽は 1 か 0。 */
  number?: number;
  /** date は 2025-09-17、time は 09:00（秒があれば 09:00:30、24時を超える経過時間は 26:30）、datetime は 2025-09-17T09:00。 */
  iso?: string;
  /** 「B4」の形。 */
  ref: string;
  /** 結合されたます目で、値がそこから来ているときの起点。 */
  mergedFrom?: string;
  /** 数式だけがあり、計算結果が保存されていない。 */
  uncomputed?: true;
}

/** 一枚の表。rows[0] は1行目、row[0] は A 列（値のある最後の列まで）。空の行は空の配列。 */
export interface Table {
  name: string;
  hidden?: boolean;
  rows: Cell[][];
  /** 隠されている行の番号（1 から）。絞り込みで隠れた行も含む。中身は rows に入っている。 */
  hiddenRows?: number[];
}

/** 表から読み込んでよい量。 */
export interface TableLimits {
  /** 全部の表を合わせた、値のあるます目と、その間を埋める空のます目。 */
  cells: number;
  rows: number;
  tables: number;
}

export const defaultTableLimits: TableLimits = { cells: 1_000_000, rows: 1_048_576, tables: 500 };

/** 0 → A、26 → AA。 */
export function columnName(index: number): string {
  let name = "";
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  }
  return name;
}

/** 行と列（どちらも 0 から）→「B4」。 */
export function refOf(row: number, column: number): string {
  return columnName(column) + (row + 1);
}

/** 「B4」「$B$4」→ 行と列（0 から）。Excel の表の外なら undefined。 */
export function positionOf(ref: string): { row: number; column: number } | undefined {
  const parts = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i.exec(ref);
  if (!parts) return undefined;
  let column = 0;
  for (const letter of (parts[1] ?? "").toUpperCase()) column = column * 26 + letter.charCodeAt(0) - 64;
  const row = Number(parts[2]);
  if (row < 1 || row > 1_048_576 || column > 16_384) return undefined;
  return { row: row - 1, column: column - 1 };
}

/** ます目を読む。表の外は空のます目。 */
export function cellAt(table: Table, row: number, column: number): Cell {
  return table.rows[row]?.[column] ?? emptyCell(row, column);
}

export function emptyCell(row: number, column: number): Cell {
  return { text: "", kind: "empty", ref: refOf(row, column) };
}
