import { columnName } from "./table.ts";
import { xmlText } from "./word-text.ts";
import { writeZip } from "./zip.ts";

/** ます目の見せ方。数の書式は Excel のもので、受け取った人が直せる。 */
export type CellLook = "text" | "title" | "head" | "count" | "share" | "decimal" | "note";

export type WorkbookCell = string | number | null | { value: string | number | null; look: CellLook };

export interface WorkbookSheet {
  name: string;
  rows: readonly (readonly WorkbookCell[])[];
  /** 列の幅（半角の字の数）。省けば中身から。 */
  widths?: readonly number[];
  /** 上から固定する（そして、どのページにも刷る）行の数。 */
  headRows?: number;
  /** 左から固定する列の数。 */
  headColumns?: number;
  landscape?: boolean;
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const looks: CellLook[] = ["text", "title", "head", "count", "share", "decimal", "note"];

/** 表だけのワークブック（.xlsx）。文字はどれも文字のまま入り、式にならない。同じ中身からは同じバイト列。 */
export function writeTableWorkbook(given: readonly WorkbookSheet[]): Uint8Array {
  const sheets = named(given);
  const files: [string, string][] = [
    ["[Content_Types].xml", contentTypes(sheets.length)],
    [
      "_rels/.rels",
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    ["xl/workbook.xml", workbookXml(sheets)],
    [
      "xl/_rels/workbook.xml.rels",
      `<Relationships xmlns="${PACKAGE}/relationships">${sheets.map((_, at) => `<Relationship Id="r${at + 1}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join("")}<Relationship Id="r${sheets.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ["xl/styles.xml", stylesXml()],
    ...sheets.map((sheet, at): [string, string] => [`xl/worksheets/sheet${at + 1}.xml`, sheetXml(sheet)]),
  ];
  const encoder = new TextEncoder();
  return writeZip(
    new Map(
      files.map(([name, xml]): [string, Uint8Array] => [
        name,
        encoder.encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${xml}`),
      ]),
    ),
  );
}

/** シートの名: 31字まで、使えない字を除き、重ならないように。 */
function named(sheets: readonly WorkbookSheet[]): WorkbookSheet[] {
  const used = new Set<string>();
  return sheets.map((sheet) => {
    const plain = sheet.name.replace(/[\\/?*[\]:'\u0000-\u001f]/g, "").trim() || "表";
    let name = [...plain].slice(0, 31).join("");
    for (let n = 2; used.has(name.toLowerCase()); n += 1) name = `${[...plain].slice(0, 27).join("")} ${n}`;
    used.add(name.toLowerCase());
    return { ...sheet, name };
  });
}

function contentTypes(count: number): string {
  const sheets = Array.from(
    { length: count },
    (_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  ).join("");
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${sheets}<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`;
}

function workbookXml(sheets: readonly WorkbookSheet[]): string {
  const list = sheets
    .map(({ name }, at) => `<sheet name="${xmlText(name)}" sheetId="${at + 1}" r:id="r${at + 1}"/>`)
    .join("");
  const titles = sheets
    .map(({ name, headRows = 0 }, at) =>
      headRows > 0
        ? `<definedName name="_xlnm.Print_Titles" localSheetId="${at}">'${xmlText(name)}'!$1:$${headRows}</definedName>`
        : "",
    )
    .join("");
  return `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${list}</sheets>${titles ? `<definedNames>${titles}</definedNames>` : ""}</workbook>`;
}

function stylesXml(): string {
  const font = (inner: string) => `<font>${inner}<name val="游ゴシック"/><family val="2"/></font>`;
  const xf = (attributes: string, inner = "") =>
    `<xf xfId="0" ${attributes}${inner ? `>${inner}</xf>` : "/>"}`;
  const wrap = '<alignment vertical="center" wrapText="1"/>';
  const center = '<alignment horizontal="center" vertical="center" wrapText="1"/>';
  const cells = [
    xf('borderId="1" applyBorder="1" applyAlignment="1"', wrap),
    xf('fontId="1" applyFont="1"'),
    xf('borderId="1" fillId="2" applyBorder="1" applyFill="1" applyAlignment="1"', center),
    xf('borderId="1" numFmtId="3" applyBorder="1" applyNumberFormat="1"'),
    xf('borderId="1" numFmtId="164" applyBorder="1" applyNumberFormat="1"'),
    xf('borderId="1" numFmtId="165" applyBorder="1" applyNumberFormat="1"'),
    xf('fontId="2" applyFont="1"'),
  ];
  const side = (name: string) => `<${name} style="thin"><color rgb="FF999999"/></${name}>`;
  return `<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0"/><numFmt numFmtId="165" formatCode="0.000"/></numFmts><fonts count="3">${font('<sz val="10"/>')}${font('<b/><sz val="12"/>')}${font('<sz val="9"/><color rgb="FF555555"/>')}</fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEEF2F6"/></patternFill></fill></fills><borders count="2"><border/><border>${side("left")}${side("right")}${side("top")}${side("bottom")}</border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${cells.length}">${cells.join("")}</cellXfs></styleSheet>`;
}

function sheetXml(sheet: WorkbookSheet): string {
  const { rows, headRows = 0, headColumns = 0, landscape = false } = sheet;
  const pane =
    headRows > 0 || headColumns > 0
      ? `<pane ${headColumns > 0 ? `xSplit="${headColumns}" ` : ""}${headRows > 0 ? `ySplit="${headRows}" ` : ""}topLeftCell="${columnName(headColumns)}${headRows + 1}" activePane="${headRows > 0 && headColumns > 0 ? "bottomRight" : headRows > 0 ? "bottomLeft" : "topRight"}" state="frozen"/>`
      : "";
  const columns = (sheet.widths ?? widthsOf(rows))
    .map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join("");
  const body = rows
    .map(
      (row, at) =>
        `<row r="${at + 1}">${row.map((cell, column) => cellXml(cell, column, at + 1)).join("")}</row>`,
    )
    .join("");
  return `<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">${pane}</sheetView></sheetViews>${columns ? `<cols>${columns}</cols>` : ""}<sheetData>${body}</sheetData><pageSetup paperSize="9" orientation="${landscape ? "landscape" : "portrait"}" fitToHeight="0"/></worksheet>`;
}

function widthsOf(rows: readonly (readonly WorkbookCell[])[]): number[] {
  const widths: number[] = [];
  for (const row of rows)
    for (const [at, cell] of row.entries()) {
      const { value, look } = plainCell(cell);
      if (look === "title" || look === "note") continue;
      const wide = [...String(value ?? "")].reduce((sum, one) => sum + (one.charCodeAt(0) > 0xff ? 2 : 1), 0);
      widths[at] = Math.min(48, Math.max(widths[at] ?? 7, wide + 2));
    }
  return Array.from(widths, (width) => width ?? 7);
}

function plainCell(cell: WorkbookCell): { value: string | number | null; look: CellLook } {
  if (cell !== null && typeof cell === "object") return cell;
  return { value: cell, look: typeof cell === "number" ? "count" : "text" };
}

function cellXml(cell: WorkbookCell, column: number, row: number): string {
  const { value, look } = plainCell(cell);
  const at = `r="${columnName(column)}${row}" s="${looks.indexOf(look)}"`;
  if (value === null || value === "") return `<c ${at}/>`;
  if (typeof value === "number")
    return Number.isFinite(value) ? `<c ${at}><v>${value}</v></c>` : `<c ${at}/>`;
  return `<c ${at} t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`;
}
