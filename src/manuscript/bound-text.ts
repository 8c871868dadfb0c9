import { AppError } from "../base/error.ts";
import { cellAt, positionOf, type Table } from "../office/table.ts";
import { readTables } from "../office/table-reader.ts";
import { type Manuscript, type ManuscriptWarning, numbersOf, type Place } from "./manuscript.ts";

/** 本文の中の参照と数を、出す形ごとに同じ文字にする。番号が変わっても、データが変わっても、追いつく。 */
export class TextBinder {
  readonly numbers: ReadonlyMap<string, string>;
  readonly warnings: ManuscriptWarning[] = [];
  /** 使った順の脚注。 */
  readonly notes: { id: string; text: string }[] = [];
  readonly #manuscript: Manuscript;
  readonly #tables = new Map<string, Table | undefined>();

  constructor(manuscript: Manuscript) {
    this.#manuscript = manuscript;
    this.numbers = numbersOf(manuscript.blocks, manuscript.meta.numbering);
  }

  /** [[@id]] → 「第２章」、{{data/x.csv!B3|0.1}} → 数、[^id] → 「（注1）」。 */
  bind(text: string, place: Place): string {
    return text
      .replace(/\[\[@([^\]\s]+)\]\]/g, (whole, id: string) => this.#reference(whole, id, place))
      .replace(/\{\{([^}|]+)(?:\|([^}]*))?\}\}/g, (whole, source: string, format: string | undefined) =>
        this.#number(whole, source.trim(), format?.trim(), place),
      )
      .replace(/\[\^([^\]\s]+)\]/g, (whole, id: string) => this.#note(whole, id, place));
  }

  /** データの表。なければ undefined（知らせる）。 */
  table(name: string, place: Place): Table | undefined {
    if (this.#tables.has(name)) return this.#tables.get(name);
    const bytes = this.#manuscript.files.get(name);
    let table: Table | undefined;
    if (!bytes) this.#warn("missing-data", place, `データ「${name}」が、原稿のフォルダーにありません。`);
    else
      try {
        [table] = readTables(bytes, name);
      } catch (cause) {
        if (!(cause instanceof AppError)) throw cause;
        this.#warn("missing-data", place, `データ「${name}」が読めません。${cause.message}`);
      }
    this.#tables.set(name, table);
    return table;
  }

  #reference(whole: string, id: string, place: Place): string {
    const number = this.numbers.get(id);
    if (number !== undefined && number !== "") return number;
    this.#warn(
      "missing-reference",
      place,
      `参照「@${id}」の指す先がありません。id が変わったか、消されています。`,
    );
    return whole;
  }

  #number(whole: string, source: string, format: string | undefined, place: Place): string {
    const [name = "", ref = ""] = source.split("!");
    const at = positionOf(ref);
    const table = this.table(name, place);
    const cell = table && at && cellAt(table, at.row, at.column);
    if (!cell || cell.kind === "empty") {
      if (table) this.#warn("missing-data", place, `「${source}」のます目に値がありません。`);
      return whole;
    }
    if (cell.number === undefined) return cell.text;
    const digits = /\.(\d+)$/.exec(format ?? "")?.[1]?.length ?? (format === undefined ? undefined : 0);
    return digits === undefined
      ? cell.text
      : cell.number.toLocaleString("ja-JP", { minimumFractionDigits: digits, maximumFractionDigits: digits });
  }

  #note(whole: string, id: string, place: Place): string {
    const text = this.#manuscript.footnotes.get(id);
    if (text === undefined) {
      this.#warn(
        "footnote",
        place,
        `脚注「${id}」の本文がありません。「[^${id}]: 本文」の行を書いてください。`,
      );
      return whole;
    }
    let at = this.notes.findIndex((note) => note.id === id);
    if (at < 0) at = this.notes.push({ id, text }) - 1;
    return `（注${at + 1}）`;
  }

  #warn(kind: ManuscriptWarning["kind"], place: Place, message: string): void {
    if (
      !this.warnings.some(
        (one) => one.message === message && one.place.line === place.line && one.place.file === place.file,
      )
    )
      this.warnings.push({ kind, place, message });
  }
}
