import type { XlsxBook, XlsxSheet } from "./xlsx-book.ts";
import type { Styles } from "./xlsx-style.ts";
import type { SharedStrings } from "./xlsx-text.ts";

/** 欄の名を知っている者。様式の見出しや札の文字を、渡された欄に結びつける。 */
export interface FieldFinder {
  /** 見出し（parent は上の段の見出し）に当たる、一人ごとの欄。 */
  column(header: string, parent: string): string | undefined;
  /** 表題の札（会場、日時 …）に当たる、一枚ごとの欄。 */
  title(label: string): string | undefined;
  /** 人を表す欄（氏名、電話 …）。見出しの行を見分ける手がかりで、見本に残った値を消してよい。 */
  person(field: string): boolean;
  /** 通し番号の見出し。 */
  serial(header: string): boolean;
}

/** 開いたブックと、共に使う表。 */
export interface BookTools {
  book: XlsxBook;
  strings: SharedStrings;
  styles: Styles;
  finder: FieldFinder;
  /** 日付の書式のセルに、日付として読めず文字のまま入れた数（見出しごと）。 */
  misfits: Map<string, number>;
}

export interface ListColumn {
  column: number;
  /** 一人が何行も使う様式で、その人の何行目か（0 から）。 */
  offset: number;
  header: string;
  field: string | undefined;
  serial: boolean;
  /** 同じ見出しが横に繰り返す様式（左に 1〜10、右に 11〜20）で、左から何番目の組か（0 から）。 */
  lane: number;
}

/** 一枚の名簿の形。行はすべて 1 から。 */
export interface ListLayout {
  sheet: XlsxSheet;
  headerTop: number;
  headerRow: number;
  columns: ListColumn[];
  /** 本体の最初の行、一人の行数、見本が何人分あるか（0 なら見本の行がない）。 */
  first: number;
  height: number;
  blocks: number;
}

/** 行が、名簿の見出しと本体の外（表題や欄外の注）にあるか。 */
export function outside(layout: ListLayout, row: number): boolean {
  return row < layout.headerTop || row >= layout.first + layout.blocks * layout.height;
}
