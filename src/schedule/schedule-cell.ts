import type { Cell } from "../office/table.ts";
import { foldText } from "./class.ts";
import { fieldOf, type ScheduleField } from "./schedule-field.ts";
import { distinctCells } from "./schedule-heading.ts";
import type { ScheduleColumn, ScheduleLayout } from "./schedule-layout.ts";

/** 見出しに日付が並ぶ表か。 */
export function crossedDates(layout: ScheduleLayout): boolean {
  return layout.columns.some((column) => column.fixed.date !== undefined);
}

/** 見出しの名前が講座らしければ講座、そうでなければ会場から当てはめる。 */
export function guessName(word: Cell): ScheduleField[] {
  return fieldOf(word.text) === "course" || fieldOf(word.text) === "kind"
    ? ["course", "venue"]
    : ["venue", "course"];
}

/** 「午前の部」「第2回」「#1」「A日程」のような、名前でない分け方。 */
export function isOrdinal(variant: string): boolean {
  const rest = foldText(variant).replace(
    /第?\d+(回目?|部|講|期|コマ|時限|班|組)?|午前|午後|夜間?|昼|の部|[月火水木金土日]曜?日?|日程|[a-e#()・:~〜-]/g,
    "",
  );
  return rest === "";
}

/** ほかの枠だけの列か。 */
export function isSpare(column: ScheduleColumn, cross: ScheduleColumn): boolean {
  return column.variant !== "" && column.variant !== cross.variant;
}

/** 空欄を指すます目。 */
export function blankRef(column: ScheduleColumn, rowRef: string): string {
  const letters = /^[A-Z]+/.exec(column.ref)?.[0] ?? "A";
  return letters + (/\d+$/.exec(rowRef)?.[0] ?? "");
}

/** 列のます目。横の結合のくり返しは一度だけ。 */
export function cellsOf(row: Cell[], column: ScheduleColumn): Cell[] {
  return distinctCells(column.indexes.flatMap((index) => row[index] ?? []));
}

/** 合計の行か。 */
export function isTotal(cells: Cell[]): boolean {
  return cells
    .slice(0, 3)
    .some((cell) =>
      /^(合計|総計|小計|累計|計|総数|延べ?|平均)(数|人数|定員|回数)?([:(].*)?$/.test(foldText(cell.text)),
    );
}

/** 「上と同じ」の印か。 */
export function isDitto(text: string): boolean {
  return /^(〃|々|仝|″|”|“|"|''|´´|同上|同じ|同左|上に同じ|同)$/.test(text.trim());
}

/** 知らせに載せる長さ。 */
export function brief(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}…` : text;
}

const names: Partial<Record<ScheduleField, string>> = {
  date: "日付",
  time: "時間",
  month: "月",
  venue: "会場",
  address: "住所",
  ward: "区",
  room: "部屋",
  course: "講座名",
  kind: "種別",
  bring: "持ち物",
  phone: "電話",
  contact: "問合せ先",
  capacity: "定員",
};

/** 知らせに書く欄の名前。 */
export function fieldName(field: ScheduleField): string {
  return names[field] ?? field;
}
