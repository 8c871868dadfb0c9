import type { Cell } from "../office/table.ts";
import type { ClassRow } from "./class.ts";
import {
  blankRef,
  brief,
  cellsOf,
  crossedDates,
  fieldName,
  guessName,
  isDitto,
  isOrdinal,
  isSpare,
  isTotal,
} from "./schedule-cell.ts";
import { isFootnote, type ScheduleDefaults, type SheetContext, sectionOf } from "./schedule-context.ts";
import type { ScheduleField } from "./schedule-field.ts";
import { distinctCells, whenKind } from "./schedule-heading.ts";
import { isMark, type ScheduleColumn, type ScheduleLayout } from "./schedule-layout.ts";
import { readSession, seatCount } from "./schedule-row.ts";
import { isNothing, type SessionSource } from "./schedule-source.ts";

type Cells = Partial<Record<ScheduleField, Cell[]>>;

/** 空欄のとき上の行を引き継いでよい欄。定員と時間は引き継がない（空なら誤り）。 */
const groupable = new Set<string>([
  "date",
  "month",
  "venue",
  "address",
  "ward",
  "room",
  "course",
  "kind",
  "bring",
  "phone",
  "contact",
]);
/** これだけが埋まった行は、枠の行ではない（番号だけを振った空の行、暦の行）。 */
const idle = new Set<string>([
  "number",
  "weekday",
  "date",
  "year",
  "month",
  "day",
  "note",
  "status",
  "ignore",
  "content",
]);

/** 見出し一つの下の行を読む。区切りの行の値は下の行に効き、次の見出しにも引き継ぐ。 */
export class BlockReader {
  private readonly rows: Cell[][];
  private readonly layout: ScheduleLayout;
  private readonly context: SheetContext;
  private readonly base: ScheduleDefaults;
  private section: Partial<Record<ScheduleField, Cell>>;
  /** 最後の枠より後に現れた区切り。次の見出しの表のもの。 */
  private pending: Partial<Record<ScheduleField, Cell>> = {};
  private hint: ScheduleDefaults["hint"];
  private month: number | undefined;
  /** 列 → 直前の値（〃 と、空欄の引き継ぎに使う）。 */
  private readonly above = new Map<ScheduleColumn, Cell[]>();
  private grouped = new Set<ScheduleColumn>();

  constructor(rows: Cell[][], layout: ScheduleLayout, base: ScheduleDefaults, context: SheetContext) {
    this.rows = rows;
    this.layout = layout;
    this.base = base;
    this.context = context;
    this.section = { ...base.section };
    this.hint = base.hint;
    this.month = base.month;
  }

  /** 次の見出しの手前（end は含まない）まで読む。 */
  read(end: number): ClassRow[] {
    const body = this.rows.slice(this.layout.heading.bottom + 1, end);
    this.grouped = new Set(
      this.layout.columns.filter((column) => groupable.has(column.field) && this.isGrouped(column, body)),
    );
    return body.flatMap((row) => this.readRow(row));
  }

  /** 次の表にも効く、年と月の手がかり。 */
  carried(): Pick<ScheduleDefaults, "hint" | "month" | "section"> {
    return { hint: this.hint, month: this.month, section: this.pending };
  }

  /** 最初の見出しのすぐ上の「【中央区】」。日付は、日付の列がないときだけ区切りとみなす。 */
  takeTitle(rows: Cell[][]): void {
    const cells = distinctCells(rows.findLast((row) => distinctCells(row).length > 0));
    const [cell] = cells;
    if (cells.length !== 1 || !cell) return;
    const missing = (field: ScheduleField) => !this.layout.columns.some((one) => one.field === field);
    const found = sectionOf(cell, (field) => field === "kind" && missing("kind"))?.cells ?? {};
    if (found.ward || found.kind) Object.assign(this.section, found);
    const dated = crossedDates(this.layout) || !missing("date") || !missing("month") ? undefined : found.date;
    if (dated) this.section.date = dated;
  }

  private readRow(row: Cell[]): ClassRow[] {
    const cells = distinctCells(row);
    if (cells.length === 0 || isTotal(cells) || isFootnote(row)) return [];
    if (cells.length === 1 && this.takeSection(cells[0] as Cell)) return [];
    const own = this.layout.columns.filter((column) => cellsOf(row, column).length > 0);
    if (own.length === 0) return [];
    const stopped = cells.find((cell) =>
      /^[【(（※]*(開催)?(中止|取りやめ|取り止め|休講)/.test(cell.text.trim()),
    );
    if (stopped) {
      this.context.note("中止と書かれた行は読みませんでした", stopped.ref);
      return [];
    }
    if (own.every((column) => idle.has(column.field) && !this.hasTime(row, column))) {
      if (own.some((column) => column.field === "date"))
        this.context.note("日付のほかに何も書かれていない行は読みませんでした", cells[0]?.ref ?? "");
      this.remember(row);
      return [];
    }
    const sources = this.sessions(row, cells[0]?.ref ?? "");
    this.pending = {};
    this.remember(row);
    return sources.flatMap((source) => this.finish(source));
  }

  private hasTime(row: Cell[], column: ScheduleColumn): boolean {
    return (
      column.field === "date" &&
      cellsOf(row, column).some(
        (cell) => cell.kind === "datetime" || whenKind(cell) === "time" || /\d\s*[:時：]/.test(cell.text),
      )
    );
  }

  private finish(source: SessionSource): ClassRow[] {
    const { sheet } = this.context;
    for (const { field, cell, message } of source.assumed) {
      if (source.cells[field]?.[0] === cell) this.context.note(message, source.rowRef);
    }
    const read = readSession(source, { ...this.context, hint: this.hint, month: this.month });
    return read.map(({ cell, ...row }) => ({
      ...row,
      source: sheet === undefined ? { cell } : { sheet, cell },
    }));
  }

  /** 一つのます目だけの行。区切りの行なら覚えて真を返す。 */
  private takeSection(cell: Cell): boolean {
    const column = this.layout.columns.find((one) =>
      one.indexes.some((index) => this.rows.some((row) => row[index] === cell)),
    );
    const merged = cell.mergedFrom !== undefined;
    if (/^(以下余白|以上)$/.test(cell.text.trim())) return true;
    if (cell.kind === "number" || (column && idle.has(column.field) && column.field === "number" && !merged))
      return /^\d+$/.test(cell.text);
    const missing = (field: ScheduleField) => !this.layout.columns.some((one) => one.field === field);
    const found = sectionOf(cell, missing);
    if (!found) {
      this.context.note("意味の分からない行を読み飛ばしました", cell.ref);
      return true;
    }
    if (found.hint) this.hint = { ...found.hint, why: `見出し${found.hint.why}` };
    if (found.month !== undefined) this.month = found.month;
    Object.assign(this.section, found.cells);
    Object.assign(this.pending, found.cells);
    return true;
  }

  /** 行の材料を、「午前の部／午後の部」や縦横の表の列ごとの枠に分ける。 */
  private sessions(row: Cell[], rowRef: string): SessionSource[] {
    const cross = this.layout.columns.filter((column) => column.field === "cross");
    if (cross.length > 0) return cross.flatMap((column) => this.crossed(row, column, rowRef));
    const variants = [
      ...new Set(this.layout.columns.map((column) => column.variant).filter((variant) => variant !== "")),
    ];
    if (variants.length === 0) return [this.source(row, this.layout.columns, "", rowRef)];
    const common = this.layout.columns.filter((column) => column.variant === "");
    return variants.flatMap((variant) => {
      const own = this.layout.columns.filter((column) => column.variant === variant);
      const filled = own
        .flatMap((column) => this.resolve(row, column))
        .filter((cell) => !isNothing(cell.text));
      return filled.length === 0 ? [] : [this.source(row, [...common, ...own], variant, rowRef)];
    });
  }

  private source(row: Cell[], columns: ScheduleColumn[], variant: string, rowRef: string): SessionSource {
    const cells: Cells = {};
    const refs: SessionSource["refs"] = {};
    for (const column of columns) {
      if (column.field === "cross" || column.field === "ignore") continue;
      const field = column.field;
      const found = this.resolve(row, column);
      this.addCells(cells, field, found);
      refs[field] ??= row[column.indexes[0] ?? 0]?.ref ?? blankRef(column, rowRef);
      if (column.fixed.time && found.length > 0) cells.time ??= [column.fixed.time];
      if (column.fixed.date && found.length > 0) cells.date ??= [column.fixed.date];
    }
    const kind = /講習会|相談会|体験会/.exec(variant)?.[0];
    const label: Cell = { text: variant, kind: "text", ref: rowRef };
    if (kind && !cells.kind) cells.kind = [{ ...label, text: kind }];
    else if (variant !== "" && !cells.course && !isOrdinal(variant) && !this.hasCross())
      cells.course = [label];
    const assumed = this.addDefaults(cells, columns);
    this.courseFromKind(cells, this.layout.columns, rowRef);
    return { cells, refs, variant, rowRef, assumed };
  }

  private hasCross(): boolean {
    return this.layout.columns.some((column) => column.field === "cross");
  }

  /** 会場の欄が二列に分かれているときの二列目は、住所か部屋。 */
  private addCells(cells: Cells, field: ScheduleField, found: Cell[]): void {
    if (found.length === 0 || (field === "number" && cells.number)) return;
    const [first, ...more] = found;
    if (field !== "venue" || more.length === 0 || !first) {
      cells[field] = [...(cells[field] ?? []), ...found];
      return;
    }
    cells.venue = [first];
    for (const cell of more) {
      const field = /[市区町村].*\d|丁目|番地|〒|条[東西南北]/.test(cell.text.normalize("NFKC"))
        ? "address"
        : "room";
      cells[field] = [...(cells[field] ?? []), cell];
    }
  }

  /** 表題や区切りの行の値で補う。列がある欄は、区切りの行の値だけで補う（空欄は誤りのまま）。 */
  private addDefaults(cells: Cells, columns: ScheduleColumn[]): SessionSource["assumed"] {
    const assumed: SessionSource["assumed"] = [];
    for (const [field, cell] of Object.entries(this.section) as [ScheduleField, Cell][]) {
      if ((cells[field] ?? []).length > 0) continue;
      cells[field] = [cell];
      assumed.push({
        field,
        cell,
        message: `${fieldName(field)}は区切りの行「${brief(cell.text)}」から補いました`,
      });
    }
    for (const [field, cell] of Object.entries(this.base.cells) as [ScheduleField, Cell][]) {
      const covered = columns.some((column) => column.field === field) || (cells[field] ?? []).length > 0;
      const timed = cells.start !== undefined || cells.date?.some((one) => whenKind(one) === "time");
      if (covered || (field === "time" && timed)) continue;
      cells[field] = [cell];
      // 問合せ先には人の名前が入ることがあるので、中身は書かない。
      const shown = field === "contact" ? "" : `の「${brief(cell.text)}」`;
      assumed.push({ field, cell, message: `${fieldName(field)}は ${cell.ref} ${shown}から補いました` });
    }
    return assumed;
  }

  /** 講座名がどこにもなければ、種別（講習会、相談会）を講座の名前とする。 */
  private courseFromKind(cells: Cells, columns: ScheduleColumn[], rowRef: string): void {
    if (
      cells.course ||
      !cells.kind ||
      columns.some((column) => column.field === "course" || column.field === "cross")
    )
      return;
    cells.course = cells.kind;
    this.context.note("講座名の列がないため、種別を講座名としました", rowRef);
  }

  /** 縦横の表のます目一つ。中身は印・時間帯・日付・人数・会場や講座の名前のどれか。 */
  private crossed(row: Cell[], column: ScheduleColumn, _rowRef: string): SessionSource[] {
    const [cell] = cellsOf(row, column);
    if (!cell || isNothing(cell.text)) return [];
    const source = this.source(
      row,
      this.layout.columns.filter((one) => one.field !== "cross" && !isSpare(one, column)),
      column.variant,
      cell.ref,
    );
    const { cells } = source;
    if (column.fixed.date) cells.date = [column.fixed.date];
    if (column.fixed.time) cells.time = [column.fixed.time];
    const { word, about } = column.fixed;
    if (word && about) cells[about] = [word];
    else if (word && !isOrdinal(word.text)) this.place(cells, word, guessName(word));
    if (isMark(cell.text)) return [source];
    const kind = whenKind(cell);
    if (kind === "date") cells.date = [cell];
    else if (kind === "time") cells.time = [cell];
    else if (cells.capacity === undefined && seatCount(cell.text) !== undefined) cells.capacity = [cell];
    else this.place(cells, cell, ["venue", "course", "room"]);
    return [source];
  }

  private place(cells: Cells, cell: Cell, fields: ScheduleField[]): void {
    const free = fields.find(
      (field) => (cells[field] ?? []).length === 0 || this.isDefault(cells[field], field),
    );
    if (free) cells[free] = [cell];
    else this.context.fault(cell.ref, "この欄が何を表すか分かりません。時間帯か ○ をご記入ください。");
  }

  private isDefault(found: Cell[] | undefined, field: ScheduleField): boolean {
    return found?.[0] !== undefined && found[0] === this.base.cells[field];
  }

  /** 〃 は上の値に、まとめ書きの空欄は上の値に読み替える。 */
  private resolve(row: Cell[], column: ScheduleColumn): Cell[] {
    const found = cellsOf(row, column);
    const above = this.above.get(column);
    if (found.length > 0 && found.every((cell) => isDitto(cell.text))) {
      if (above) return above;
      this.context.fault(found[0]?.ref ?? "", "「〃」の指す上の行がありません。値をご記入ください。");
      return [];
    }
    if (found.length > 0 || !above || !this.grouped.has(column)) return found;
    if (column.field === "date" && this.section.date) return found;
    this.context.note(
      `空欄の${fieldName(column.field as ScheduleField)}は、上の行を引き継ぎました`,
      row[column.indexes[0] ?? 0]?.ref ?? "",
    );
    return above;
  }

  private remember(row: Cell[]): void {
    for (const column of this.layout.columns) {
      const found = cellsOf(row, column);
      if (found.length > 0 && !found.every((cell) => isDitto(cell.text))) this.above.set(column, found);
    }
  }

  /** 結合の消えた表のまとめ書き（最初の行だけに書き、続く行は空ける）か。 */
  private isGrouped(column: ScheduleColumn, body: Cell[][]): boolean {
    let blanks = 0;
    let filled = 0;
    let before: string | undefined;
    for (const row of body) {
      if (distinctCells(row).length < 2 || isFootnote(row) || isTotal(distinctCells(row))) continue;
      const found = cellsOf(row, column);
      if (found.some((cell) => cell.mergedFrom !== undefined)) return false;
      const text = found.map((cell) => cell.text).join(" ");
      if (text !== "" && text === before) return false;
      if (text === "") blanks++;
      else filled++;
      before = text;
    }
    return filled > 0 && blanks >= 2 && blanks >= (blanks + filled) / 3;
  }
}
