import { columnName, refOf } from "../office/table.ts";
import { writeZip } from "../office/zip.ts";

/** 見本のます目。文字列、数（書式つき可）、真偽など。空は null。 */
export type FixtureCell =
  | string
  | number
  | boolean
  | null
  | { value: number; format: string }
  | { formula: string; result?: string | number }
  | { error: string }
  | { inline: string }
  | { rich: string[]; furigana?: string };

export interface FixtureSheet {
  name: string;
  rows: FixtureCell[][];
  merges?: string[];
  hidden?: boolean;
  hiddenRows?: number[];
  /** sheetData の代わりに入れる素の XML。 */
  rawSheetData?: string;
}

export interface FixtureBook {
  sheets: FixtureSheet[];
  date1904?: boolean;
  /** ISO/IEC 29500 Strict の名前空間で書く。 */
  strict?: boolean;
  /** 要素に付ける接頭辞（x: など）。 */
  prefix?: string;
}

const transitional = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const strictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main";
const officeRels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const strictRels = "http://purl.oclc.org/ooxml/officeDocument/relationships";
const packageRels = "http://schemas.openxmlformats.org/package/2006/relationships";

/** 試験用の .xlsx を作る。Excel が書くのと同じ部品（共有文字列、書式、関係）を持つ。 */
export function xlsxOf(book: FixtureBook | FixtureSheet[]): Uint8Array {
  const full = Array.isArray(book) ? { sheets: book } : book;
  const writer = new BookWriter(full);
  return writeZip(writer.parts());
}

/** 一枚だけの .xlsx。 */
export function sheetOf(rows: FixtureCell[][], more: Omit<FixtureSheet, "name" | "rows"> = {}): Uint8Array {
  return xlsxOf([{ name: "Sheet1", rows, ...more }]);
}

/** 日付の文字列（2025-09-17 か 2025-09-17T09:00）→ シリアル値。 */
export function serialOf(iso: string): number {
  return Date.parse(`${iso.length === 10 ? `${iso}T00:00` : iso}:00Z`) / 86_400_000 + 25_569;
}

class BookWriter {
  private readonly book: FixtureBook;
  private readonly strings: string[] = [];
  private readonly formats: string[] = [];

  constructor(book: FixtureBook) {
    this.book = book;
  }

  parts(): Map<string, Uint8Array> {
    const rels = this.book.strict ? strictRels : officeRels;
    const sheets = this.book.sheets.map((sheet) => this.sheet(sheet));
    const texts: [string, string][] = [
      [
        "[Content_Types].xml",
        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
      ],
      [
        "_rels/.rels",
        `<Relationships xmlns="${packageRels}"><Relationship Id="rId1" Type="${rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
      ],
      ["xl/workbook.xml", this.workbook()],
      ["xl/_rels/workbook.xml.rels", this.relations(rels)],
      ...sheets.map((xml, at): [string, string] => [`xl/worksheets/sheet${at + 1}.xml`, xml]),
      ["xl/sharedStrings.xml", this.root("sst", this.strings.join(""))],
      ["xl/styles.xml", this.styles()],
    ];
    const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
    return new Map(texts.map(([name, xml]) => [name, new TextEncoder().encode(declaration + xml)]));
  }

  private root(name: string, body: string): string {
    const p = this.book.prefix ?? "";
    const main = this.book.strict ? strictMain : transitional;
    const rels = this.book.strict ? strictRels : officeRels;
    return `<${p}${name} xmlns${p ? `:${p.slice(0, -1)}` : ""}="${main}" xmlns:r="${rels}">${body}</${p}${name}>`;
  }

  private workbook(): string {
    const p = this.book.prefix ?? "";
    const sheets = this.book.sheets.map(
      (sheet, at) =>
        `<${p}sheet name="${escapeXml(sheet.name)}" sheetId="${at + 1}"${sheet.hidden ? ' state="hidden"' : ""} r:id="rId${at + 1}"/>`,
    );
    const properties = this.book.date1904 ? `<${p}workbookPr date1904="1"/>` : "";
    return this.root("workbook", `${properties}<${p}sheets>${sheets.join("")}</${p}sheets>`);
  }

  private relations(rels: string): string {
    const targets = [
      ...this.book.sheets.map((_, at) => ["worksheet", `worksheets/sheet${at + 1}.xml`]),
      ["sharedStrings", "/xl/sharedStrings.xml"],
      ["styles", "styles.xml"],
    ];
    const list = targets.map(
      ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${rels}/${type}" Target="${target}"/>`,
    );
    return `<Relationships xmlns="${packageRels}">${list.join("")}</Relationships>`;
  }

  private styles(): string {
    const p = this.book.prefix ?? "";
    const formats = this.formats.map(
      (code, at) => `<${p}numFmt numFmtId="${at + 164}" formatCode="${escapeXml(code)}"/>`,
    );
    const cells = this.formats.map((_, at) => `<${p}xf numFmtId="${at + 164}"/>`);
    return this.root(
      "styleSheet",
      `<${p}numFmts>${formats.join("")}</${p}numFmts><${p}cellStyleXfs><${p}xf numFmtId="14"/></${p}cellStyleXfs>` +
        `<${p}cellXfs><${p}xf numFmtId="0"/>${cells.join("")}</${p}cellXfs>`,
    );
  }

  private sheet(sheet: FixtureSheet): string {
    const p = this.book.prefix ?? "";
    const rows = sheet.rows.map((cells, row) => {
      const body = cells.map((cell, column) => this.cell(cell, refOf(row, column))).join("");
      const hidden = sheet.hiddenRows?.includes(row + 1) ? ' hidden="1"' : "";
      return `<${p}row r="${row + 1}"${hidden}>${body}</${p}row>`;
    });
    const width = Math.max(1, ...sheet.rows.map((row) => row.length));
    const merges = (sheet.merges ?? []).map((ref) => `<${p}mergeCell ref="${ref}"/>`).join("");
    return this.root(
      "worksheet",
      `<${p}dimension ref="A1:${columnName(width - 1)}${Math.max(1, sheet.rows.length)}"/>` +
        `<${p}sheetData>${sheet.rawSheetData ?? rows.join("")}</${p}sheetData>` +
        (merges ? `<${p}mergeCells>${merges}</${p}mergeCells>` : ""),
    );
  }

  private cell(cell: FixtureCell, ref: string): string {
    const p = this.book.prefix ?? "";
    if (cell === null) return "";
    const c = (attributes: string, body: string) => `<${p}c r="${ref}"${attributes}>${body}</${p}c>`;
    const v = (value: string | number) =>
      `<${p}v>${typeof value === "string" ? escapeXml(value) : value}</${p}v>`;
    if (typeof cell === "string")
      return c(' t="s"', v(this.string(`<${p}t xml:space="preserve">${escapeXml(cell)}</${p}t>`)));
    if (typeof cell === "number") return c("", v(cell));
    if (typeof cell === "boolean") return c(' t="b"', v(cell ? 1 : 0));
    if ("format" in cell) return c(` s="${this.format(cell.format)}"`, v(cell.value));
    if ("error" in cell) return c(' t="e"', v(cell.error));
    if ("inline" in cell)
      return c(' t="inlineStr"', `<${p}is><${p}t>${escapeXml(cell.inline)}</${p}t></${p}is>`);
    if ("rich" in cell) return c(' t="s"', v(this.string(this.rich(cell.rich, cell.furigana))));
    const type = typeof cell.result === "string" ? ' t="str"' : "";
    return c(
      type,
      `<${p}f>${escapeXml(cell.formula)}</${p}f>${cell.result === undefined ? "" : v(cell.result)}`,
    );
  }

  private rich(runs: string[], furigana: string | undefined): string {
    const p = this.book.prefix ?? "";
    const body = runs
      .map((run) => `<${p}r><${p}rPr><${p}b/></${p}rPr><${p}t>${escapeXml(run)}</${p}t></${p}r>`)
      .join("");
    return furigana ? `${body}<${p}rPh sb="0" eb="1"><${p}t>${escapeXml(furigana)}</${p}t></${p}rPh>` : body;
  }

  private string(xml: string): number {
    const p = this.book.prefix ?? "";
    return this.strings.push(`<${p}si>${xml}</${p}si>`) - 1;
  }

  private format(code: string): number {
    const known = this.formats.indexOf(code);
    return (known < 0 ? this.formats.push(code) - 1 : known) + 1;
  }
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
