import type { Cell } from "../office/table.ts";
import type { ScheduleField } from "./schedule-field.ts";
import type { YearHint } from "./schedule-year.ts";

/** 一枠分の材料。欄ごとのます目（横に結合された見出しの下は二つ以上）。 */
export interface SessionSource {
  cells: Partial<Record<ScheduleField, Cell[]>>;
  /** 「午前の部」などの分ける言葉。 */
  variant: string;
  /** 表題や区切りの行から補った欄。使われたときだけ知らせる。 */
  assumed: { field: ScheduleField; cell: Cell; message: string }[];
  /** 欄がないか空のときに指すます目。 */
  refs: Partial<Record<ScheduleField, string>>;
  /** 行の先頭。列そのものがないときに指す。 */
  rowRef: string;
}

export interface RowContext {
  hint: YearHint | undefined;
  /** 「8月」の見出しの下の「5日」。 */
  month: number | undefined;
  note(message: string, ref: string): void;
  fault(cell: string, message: string): void;
}

/** 誤りのとき指すます目。 */
export function refOf(source: SessionSource, field: ScheduleField): string {
  return source.cells[field]?.[0]?.ref ?? source.refs[field] ?? source.rowRef;
}

/** 欄の文字。横に分かれていればつなぐ。 */
export function textOf(cells: Cell[] | undefined): string {
  const texts = (cells ?? []).map((cell) => cell.text.trim()).filter((text) => text !== "");
  return [...new Set(texts)].join(" ");
}

/** 「－」「×」「なし」。 */
export function isNothing(text: string): boolean {
  return /^[(（]?([×✕✖ー－―—‐–-]+|なし|無し?|ナシ|該当なし|休み?|休館日?|休講)[)）]?$/.test(text.trim());
}

export function isUndecided(text: string): boolean {
  return /^[(（]?(日時|日程|日付|時間|会場|場所|講座|内容)?(は|が)?(未定|調整中|検討中|後日(決定|連絡|お知らせ|通知)?|確認中|tbd)[)）]?$/i.test(
    text.trim(),
  );
}
