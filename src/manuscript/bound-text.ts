import { AppError } from "../base/error.ts";
import { dayParts, isDay } from "../japan/day.ts";
import { formatFiscalYear, formatWareki } from "../japan/wareki.ts";
import { cellAt, positionOf, type Table } from "../office/table.ts";
import { readTables } from "../office/table-reader.ts";
import { splitFurigana } from "./furigana.ts";
import { allBlocks, type Manuscript, type ManuscriptWarning, numbersOf, type Place } from "./manuscript.ts";

/** 字のまとまり。target は指す部分の id、note は notes の何番目か、reading はふりがな（{漢字|かんじ}）。 */
export interface BoundRun {
  text: string;
  bold?: true;
  target?: string;
  note?: number;
  reading?: string;
}

/** 見出しの、章からの番号。数字が続くところは「の」でつなぐ（資料２の３）。 */
function pathsOf({ blocks }: Manuscript, numbers: ReadonlyMap<string, string>): Map<string, string> {
  const paths = new Map<string, string>();
  const above: string[] = [];
  for (const block of allBlocks(blocks)) {
    if (block.kind !== "heading") continue;
    above.length = block.level - 1;
    above[block.level - 1] = numbers.get(block.id) ?? "";
    const path = [...above].filter(Boolean).reduce((text, part) => {
      const joint = /[\d０-９]$/.test(text) && /^[\d０-９]/.test(part) ? "の" : "";
      return text + joint + part;
    }, "");
    if (path !== "" && numbers.has(block.id)) paths.set(block.id, path);
  }
  return paths;
}

const TOKEN = /(\[\[@[^\]\s]+\]\]|\{\{[^}]+\}\}|\[\^[^\]\s]+\])/;

/** 公用文の数字: 一桁は全角、二桁からは半角。 */
function wide(text: string): string {
  return text.replace(/\d+/g, (digits) =>
    digits.length === 1 ? String.fromCodePoint((digits.codePointAt(0) ?? 48) + 0xfee0) : digits,
  );
}

/** 本文の中の参照と数を、出す形ごとに同じ文字にする。番号が変わっても、データが変わっても、追いつく。 */
export class TextBinder {
  readonly numbers: ReadonlyMap<string, string>;
  readonly warnings: ManuscriptWarning[] = [];
  /** 使った順の脚注。 */
  readonly notes: { id: string; text: string }[] = [];
  /** 使った資料（ID → 書誌の一文）。使った順。 */
  readonly cited = new Map<string, string>();
  /** 見出し → 章からの番号（「第２章８」）。 */
  readonly #paths: ReadonlyMap<string, string>;
  readonly #manuscript: Manuscript;
  readonly #tables = new Map<string, Table | undefined>();

  constructor(manuscript: Manuscript) {
    this.#manuscript = manuscript;
    this.numbers = numbersOf(manuscript.blocks, manuscript.meta.numbering, manuscript.meta.annexNumbering);
    this.#paths = pathsOf(manuscript, this.numbers);
  }

  /**
   * [[@id]] → 「第２章」、{{data/x.csv!B3|0.1}} → 数、{{年度:2024}} → 「令和６年度（2024年度）」、
   * {{日:2024-12-02}} → 「令和６年12月２日」、[^id] と [^src:ID] → 「（注1）」。**太字** の印は除く。
   */
  bind(text: string, place: Place): string {
    return this.runs(text, place)
      .map((run) => run.text)
      .join("");
  }

  /** bind と同じ文字を、太字・参照先・注のまとまりに分けて。 */
  runs(given: string, place: Place): BoundRun[] {
    // ほかの道具の書き方: <br> は改行、[文](場所) は「文（場所）」。
    const text = given
      .replace(/<br\s*\/?>/gi, "\n")
      .replace(/(?<!!)\[([^\][]+)\]\((https?:\/\/[^)\s]+)\)/g, "$1（$2）");
    return text.split(/(\*\*[^*]+\*\*)/).flatMap((part) => {
      const strong = /^\*\*([^*]+)\*\*$/.exec(part)?.[1];
      const runs = this.#plainRuns(strong ?? part, place);
      return strong === undefined ? runs : runs.map((run) => ({ ...run, bold: true as const }));
    });
  }

  #plainRuns(text: string, place: Place): BoundRun[] {
    return text.split(TOKEN).flatMap((part): BoundRun[] => {
      if (part === "") return [];
      const [, id] = /^\[\[@([^\]\s]+)\]\]$/.exec(part) ?? [];
      if (id !== undefined) {
        const shown = this.#reference(part, id, place);
        return [shown === part ? { text: part } : { text: shown, target: id }];
      }
      const [, note] = /^\[\^([^\]\s]+)\]$/.exec(part) ?? [];
      if (note !== undefined) return [this.#note(part, note, place)];
      const [, inside] = /^\{\{(.+)\}\}$/.exec(part) ?? [];
      return inside === undefined ? splitFurigana(part) : [{ text: this.#braces(part, inside, place) }];
    });
  }

  #braces(whole: string, inside: string, place: Place): string {
    const [, year] = /^年度[:：](\d{4})$/.exec(inside) ?? [];
    if (year) return this.fiscalYear(Number(year));
    const [, day] = /^日[:：](\d{4}-\d{2}-\d{2})$/.exec(inside) ?? [];
    if (day) return this.#day(whole, day, place);
    const [source = "", format] = inside.split("|");
    return this.#number(whole, source.trim(), format?.trim(), place);
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
    const number = this.#paths.get(id) ?? this.numbers.get(id);
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

  /** 年度。原稿の決め（years）で、和暦、西暦、両方。 */
  fiscalYear(year: number): string {
    const wareki = wide(formatFiscalYear(year));
    const { years = "both" } = this.#manuscript.meta;
    if (years === "wareki") return wareki;
    return years === "western" ? `${year}年度` : `${wareki}（${year}年度）`;
  }

  /** 表紙の日。2025-03-31 の形なら、原稿の決めの書き方に。ほかは、書いたまま。 */
  coverDate(): string {
    const { date } = this.#manuscript.meta;
    return isDay(date) ? this.#day(date, date, { file: "plan.yaml", line: 1 }) : date;
  }

  #day(whole: string, day: string, place: Place): string {
    if (!isDay(day)) {
      this.#warn("markup", place, `「${day}」という日はありません。`);
      return whole;
    }
    if (this.#manuscript.meta.years !== "western") return wide(formatWareki(day));
    const { year, month, date } = dayParts(day);
    return `${year}年${month}月${date}日`;
  }

  #note(whole: string, id: string, place: Place): BoundRun {
    const text = id.startsWith("src:") ? this.#source(id.slice(4)) : this.#manuscript.footnotes.get(id);
    if (text === undefined) {
      this.#warn(
        id.startsWith("src:") ? "source" : "footnote",
        place,
        id.startsWith("src:")
          ? `調べた資料「${id.slice(4)}」が登録されていません。動向調査の登録簿か sources.yaml に足してください。`
          : `脚注「${id}」の本文がありません。「[^${id}]: 本文」の行を書いてください。`,
      );
      return { text: whole };
    }
    let at = this.notes.findIndex((note) => note.id === id);
    if (at < 0) at = this.notes.push({ id, text }) - 1;
    return { text: `（注${at + 1}）`, note: at };
  }

  #source(id: string): string | undefined {
    const text = this.#manuscript.sources?.get(id);
    if (text !== undefined) this.cited.set(id, text);
    return text;
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
