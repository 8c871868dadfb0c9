import { type Cell, cellAt, type Table } from "../office/table.ts";
import type { MergeValue } from "../word/field-format.ts";
import { foldFieldName, resolveField } from "./notice-field.ts";

/** 一覧から読んだ、差し込む人たち。columns はひな形の項目名で、rows の一行が一人。 */
export interface NoticeList {
  columns: string[];
  rows: MergeValue[][];
  /** rows と同じ順の、元の場所（「予約者!8」）。知らせるときに名前の代わりに使う。 */
  places: string[];
  /** 項目名 → 使った見出し（またはます目）。 */
  sources: Map<string, string>;
  missing: string[];
  unused: string[];
  sheets: { name: string; people: number }[];
  warnings: string[];
}

/** ひな形の項目。literal は、列がなければ文字のまま残すもの。 */
export interface WantedField {
  name: string;
  literal: boolean;
}

/** 見出しの行。 */
export interface Header {
  table: Table;
  row: number;
  score: number;
}

type Source = { column: number } | { constant: MergeValue };

/** 見出しの見つかった一枚のシートから、人を読む。 */
export class SheetReader {
  private readonly header: Header;
  private readonly fields: WantedField[];
  private readonly list: NoticeList;
  private readonly unused: Map<string, boolean>;
  private readonly sources = new Map<string, Source>();

  constructor(header: Header, fields: WantedField[], list: NoticeList, unused: Map<string, boolean>) {
    this.header = header;
    this.fields = fields;
    this.list = list;
    this.unused = unused;
  }

  read(): void {
    this.match();
    const { table, row: top } = this.header;
    const before = this.list.rows.length;
    const nameless: number[] = [];
    const hiddenRows = new Set(table.hiddenRows);
    let hidden = 0;
    for (let row = top + 1; row < table.rows.length; row += 1) {
      const cells = table.rows[row] ?? [];
      if (this.isNote(cells)) continue;
      const values = this.fields.map((field) => this.valueAt(field.name, row));
      if (!this.hasPerson(row)) {
        if (this.hasAny(row)) nameless.push(row + 1);
        continue;
      }
      if (hiddenRows.has(row + 1)) hidden += 1;
      this.list.rows.push(values);
      this.list.places.push(`${table.name}!${row + 1}`);
    }
    this.list.sheets.push({ name: table.name, people: this.list.rows.length - before });
    this.warn(nameless, hidden, before);
  }

  /** 列の対応を決める。同じ名前が先、次に標準の項目として同じ意味のもの、最後に表の上の欄。 */
  private match(): void {
    const cells = this.header.table.rows[this.header.row] ?? [];
    const used = new Set<number>();
    for (const field of this.fields) {
      const column =
        this.exactColumn(cells, field.name) ??
        (field.literal ? undefined : this.similarColumn(cells, field.name));
      if (column !== undefined) {
        used.add(column);
        this.sources.set(field.name, { column });
        this.list.sources.set(field.name, cells[column]?.text ?? "");
      } else if (!field.literal) this.takeHeading(field.name);
    }
    cells.forEach((cell, at) => {
      const name = cell.text.replace(/\s+/g, " ").trim();
      if (name) this.unused.set(name, used.has(at) || (this.unused.get(name) ?? false));
    });
  }

  private exactColumn(cells: Cell[], name: string): number | undefined {
    const same = cells.findIndex((cell) => cell.text === name);
    if (same >= 0) return same;
    const folded = foldFieldName(name);
    const columns = cells.flatMap((cell, at) => (folded && foldFieldName(cell.text) === folded ? [at] : []));
    if (columns.length > 1) {
      this.list.warnings.push(
        `${this.header.table.name} の見出し「${name}」が二つ以上あります。左のものを使います。`,
      );
    }
    return columns[0];
  }

  private similarColumn(cells: Cell[], name: string): number | undefined {
    const key = resolveField(name)?.key;
    if (!key) return undefined;
    const fieldNames = new Set(this.fields.map((field) => foldFieldName(field.name)));
    const find = (wanted: string) =>
      cells.flatMap((cell, at) =>
        resolveField(cell.text)?.key === wanted && !fieldNames.has(foldFieldName(cell.text)) ? [at] : [],
      );
    const columns = find(key);
    // 一列に書かれた住所は、住所１に全部を入れる。
    const found = columns.length === 0 && key === "addressLine1" ? find("address") : columns;
    const [only] = found;
    if (found.length !== 1 || only === undefined) return undefined;
    this.note(`「${name}」には、一覧の「${cells[only]?.text}」の列を使います。`);
    return only;
  }

  /** 会場や日時が表の上に一度だけ書かれている一覧では、その値を全員に使う。 */
  private takeHeading(name: string): void {
    const { table, row: top } = this.header;
    const folded = foldFieldName(name);
    for (let row = 0; row < top; row += 1) {
      const cells = table.rows[row] ?? [];
      const at = cells.findIndex((cell) => foldFieldName(cell.text) === folded);
      const label = at < 0 ? undefined : cells[at];
      const value = label && cells.slice(at + 1).find((cell) => cell.text !== "" && !isPartOf(cell, label));
      if (!value || resolveField(value.text)) continue;
      this.sources.set(name, { constant: cellValue(value) });
      this.list.sources.set(name, value.ref);
      this.note(
        `「${name}」の列がないので、${table.name} の ${value.ref} の値をこのシートの全員に使います。`,
      );
      return;
    }
  }

  private note(text: string): void {
    if (!this.list.warnings.includes(text)) this.list.warnings.push(text);
  }

  private valueAt(name: string, row: number): MergeValue {
    const source = this.sources.get(name);
    if (!source) return { text: "" };
    return "constant" in source ? source.constant : cellValue(cellAt(this.header.table, row, source.column));
  }

  /** 全体が一つに結合された行（注意書き）と、途中でくり返された見出し。 */
  private isNote(cells: Cell[]): boolean {
    const filled = cells.filter((cell) => cell.text !== "");
    const origin = (cell: Cell) => cell.mergedFrom ?? cell.ref;
    if (filled.length > 1 && filled.every((cell) => origin(cell) === origin(filled[0] ?? cell))) return true;
    const header = this.header.table.rows[this.header.row] ?? [];
    return filled.length > 1 && filled.every((cell) => cell.text === header[cells.indexOf(cell)]?.text);
  }

  /** 氏名の項目があれば、氏名のある行が人。なければ、どれかの項目に値のある行。 */
  private hasPerson(row: number): boolean {
    const name = this.fields.find(
      (field) => resolveField(field.name)?.key === "name" && this.sources.has(field.name),
    );
    return name ? this.valueAt(name.name, row).text.trim() !== "" : this.hasAny(row);
  }

  private hasAny(row: number): boolean {
    return this.fields.some((field) => {
      const source = this.sources.get(field.name);
      return source !== undefined && "column" in source && this.valueAt(field.name, row).text.trim() !== "";
    });
  }

  private warn(nameless: number[], hidden: number, before: number): void {
    const { table } = this.header;
    if (nameless.length > 0) {
      const rows = nameless.length > 10 ? `${nameless.slice(0, 10).join("、")} …` : nameless.join("、");
      this.list.warnings.push(
        `${table.name} に氏名のない行が ${nameless.length} 行あります（${rows} 行目）。差し込みません。`,
      );
    }
    if (hidden > 0)
      this.list.warnings.push(`${table.name} の隠れている行（絞り込みを含む）${hidden} 人も差し込みます。`);
    const short = this.shortPostalCount(before);
    if (short > 0)
      this.list.warnings.push(
        `${table.name} に郵便番号が 6 けたの人が ${short} 人います。Excel が先頭の 0 を落としていないか確かめてください。`,
      );
    const cancelled = this.cancelledCount(before);
    if (cancelled > 0)
      this.list.warnings.push(
        `${table.name} に状態が「取消」などの人が ${cancelled} 人います。このまま差し込むので、送らない人は一覧から除いてください。`,
      );
  }

  private shortPostalCount(before: number): number {
    const at = this.fields.findIndex((field) => resolveField(field.name)?.key === "postalCode");
    return this.list.rows
      .slice(before)
      .filter((row) => /^\d{6}$/.test(row[at]?.text.normalize("NFKC").trim() ?? "")).length;
  }

  private cancelledCount(before: number): number {
    const cells = this.header.table.rows[this.header.row] ?? [];
    const column = cells.findIndex((cell) =>
      /^(状態|状況|ステータス|予約状況)$/.test(foldFieldName(cell.text)),
    );
    if (column < 0) return 0;
    const rows = this.list.places
      .slice(before)
      .map((place) => Number(place.slice(place.lastIndexOf("!") + 1)) - 1);
    return rows.filter((row) =>
      /取消|取り消し|キャンセル|辞退|中止|欠席/.test(cellAt(this.header.table, row, column).text),
    ).length;
  }
}

function isPartOf(cell: Cell, label: Cell): boolean {
  return cell.mergedFrom !== undefined && cell.mergedFrom === (label.mergedFrom ?? label.ref);
}

function cellValue(cell: Cell): MergeValue {
  // 計算の誤り（#N/A など）を、はがきに刷らない。
  if (cell.kind === "error") return { text: "" };
  const value: MergeValue = { text: cell.text };
  if (cell.iso !== undefined) value.iso = cell.iso;
  if (cell.number !== undefined && cell.kind === "number") value.number = cell.number;
  return value;
}
