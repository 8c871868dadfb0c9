import { AppError } from "../base/error.ts";
import { showNumber } from "./number-format.ts";
import { TextCollector, unescapeString } from "./shared-string.ts";
import { type Cell, emptyCell, positionOf, refOf, type Table, type TableLimits } from "./table.ts";
import { readXml, type XmlTag } from "./xml-reader.ts";

/** シートを読むのに要る、ブックの側のこと。budget は全シートで共有する残りのます目。 */
export interface SheetContext {
  strings: string[];
  /** 書式番号（s 属性）→ 書式。 */
  formats: string[];
  date1904: boolean;
  limits: TableLimits;
  budget: { cells: number };
}

/** 空の行はすべてこれを指す。飛び飛びの大きな表でも行の数だけ作らない。 */
const emptyRow: Cell[] = [];

/** シートの部品を一枚の表に読む。値のないます目（罫線や色だけ）は作らない。 */
export function readSheet(part: Uint8Array, name: string, context: SheetContext): Table {
  const reader = new SheetReader(context);
  readXml(part, {
    open: (tag) => reader.open(tag),
    text: (value) => reader.text(value),
    close: (closed) => reader.close(closed),
  });
  return reader.table(name);
}

export function isOn(value: string | undefined): boolean {
  return value === "1" || value === "true" || value === "on";
}

class SheetReader {
  private readonly context: SheetContext;
  private readonly rows: Cell[][] = [];
  private readonly merges: string[] = [];
  private readonly hiddenRows: number[] = [];
  private readonly inline = new TextCollector();
  private row = -1;
  private column = -1;
  private type = "n";
  private format = 0;
  private value = "";
  private inValue = false;
  private hasFormula = false;

  constructor(context: SheetContext) {
    this.context = context;
  }

  open(tag: XmlTag): void {
    if (tag.name === "c") this.openCell(tag);
    else if (tag.name === "v") this.inValue = true;
    else if (tag.name === "f") this.hasFormula = true;
    else if (tag.name === "row") this.openRow(tag);
    else if (tag.name === "mergeCell") this.addMerge(tag.get("ref") ?? "");
    else this.inline.open(tag.name);
  }

  text(value: string): void {
    if (this.inValue) this.value += value;
    else this.inline.text(value);
  }

  close(name: string): void {
    if (name === "v") this.inValue = false;
    else if (name === "c") this.closeCell();
    else this.inline.close(name);
  }

  table(name: string): Table {
    fillMerges(this.rows, this.merges, this.context.budget);
    return { name, rows: this.rows, ...(this.hiddenRows.length > 0 ? { hiddenRows: this.hiddenRows } : {}) };
  }

  private addMerge(ref: string): void {
    if (this.merges.push(ref) > 200_000) throw tooManyCells();
  }

  private openRow(tag: XmlTag): void {
    const number = tag.get("r");
    this.row = number === undefined ? this.row + 1 : Number(number) - 1;
    this.column = -1;
    if (!Number.isInteger(this.row) || this.row < 0) throw misplaced();
    if (this.row >= this.context.limits.rows) throw tooManyCells();
    if (isOn(tag.get("hidden"))) this.hiddenRows.push(this.row + 1);
  }

  private openCell(tag: XmlTag): void {
    const ref = tag.get("r");
    const position = ref === undefined ? { row: this.row, column: this.column + 1 } : positionOf(ref);
    if (!position || position.column >= 16_384 || position.row < 0) throw misplaced();
    this.row = position.row;
    this.column = position.column;
    this.type = tag.get("t") ?? "n";
    this.format = Number(tag.get("s") ?? 0);
    this.value = "";
    this.hasFormula = false;
    this.inline.reset();
  }

  private closeCell(): void {
    const cell = this.readCell(refOf(this.row, this.column));
    if (!cell) return;
    if (this.row >= this.context.limits.rows) throw tooManyCells();
    place(this.rows, this.row, this.column, cell, this.context.budget);
  }

  private readCell(ref: string): Cell | undefined {
    if (this.type === "inlineStr") return textCell(this.inline.value(), ref);
    if (this.value === "")
      return this.hasFormula && this.type !== "str"
        ? { text: "", kind: "empty", ref, uncomputed: true }
        : undefined;
    switch (this.type) {
      case "s":
        return textCell(this.context.strings[Number(this.value)] ?? "", ref);
      case "str":
        return textCell(unescapeString(this.value), ref);
      case "b":
        return {
          text: isOn(this.value) ? "TRUE" : "FALSE",
          kind: "bool",
          number: isOn(this.value) ? 1 : 0,
          ref,
        };
      case "e":
        return { text: this.value, kind: "error", ref };
      case "d":
        return this.numberCell(serialOfIso(this.value), ref, "yyyy/m/d");
      default:
        return this.numberCell(Number(this.value), ref, "General");
    }
  }

  private numberCell(value: number, ref: string, standard: string): Cell {
    if (!Number.isFinite(value)) return textCell(this.value, ref) ?? emptyCell(this.row, this.column);
    const format = this.context.formats[this.format] ?? "General";
    const shown = showNumber(value, format === "General" ? standard : format, this.context.date1904);
    return { ...shown, number: value, ref };
  }
}

function textCell(text: string, ref: string): Cell | undefined {
  return text === "" ? undefined : { text, kind: "text", ref };
}

/** ISO の日付（t="d"）→ 1900年基準のシリアル値。 */
function serialOfIso(iso: string): number {
  const ms = Date.parse(
    iso.length <= 10 ? `${iso}T00:00:00Z` : /Z$|[+-]\d\d:\d\d$/.test(iso) ? iso : `${iso}Z`,
  );
  return ms / 86_400_000 + 25_569;
}

function place(rows: Cell[][], row: number, column: number, cell: Cell, budget: { cells: number }): void {
  let cells = rows[row];
  if (!cells) {
    cells = [];
    while (rows.length < row) rows.push(emptyRow);
    rows[row] = cells;
  } else if (cells === emptyRow) {
    cells = [];
    rows[row] = cells;
  }
  budget.cells -= Math.max(1, column + 1 - cells.length);
  if (budget.cells < 0) throw tooManyCells();
  while (cells.length < column) cells.push(emptyCell(row, cells.length));
  cells[column] = cell;
}

/** 結合した範囲に起点の値を入れる。値のある行と列の中だけ（A1:XFD1048576 の結合でも広げない）。 */
function fillMerges(rows: Cell[][], merges: string[], budget: { cells: number }): void {
  const lastRow = rows.length - 1;
  let lastColumn = -1;
  for (const row of rows) lastColumn = Math.max(lastColumn, row.length - 1);
  let work = 4 * budget.cells;
  for (const merge of merges) {
    const [from, to] = merge.split(":").map(positionOf);
    const anchor = from && rows[from.row]?.[from.column];
    if (!from || !to || !anchor || anchor.kind === "empty") continue;
    for (let row = from.row; row <= Math.min(to.row, lastRow); row++) {
      for (let column = from.column; column <= Math.min(to.column, lastColumn); column++) {
        if (--work < 0) throw tooManyCells();
        if (row === from.row && column === from.column) continue;
        place(rows, row, column, { ...anchor, ref: refOf(row, column), mergedFrom: anchor.ref }, budget);
      }
    }
  }
}

function misplaced(): AppError {
  return new AppError(
    "BAD_INPUT",
    "シートの中のます目の位置が壊れています。Excel で開いて保存し直してください。",
  );
}

function tooManyCells(): AppError {
  return new AppError(
    "TOO_LARGE",
    "表が大きすぎるため読み込めません。使っていない行・列・シートを削除するか、分けて保存してからお試しください。",
  );
}
