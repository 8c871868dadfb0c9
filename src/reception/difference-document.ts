import { xmlText } from "../office/word-text.ts";
import { writeZip } from "../office/zip.ts";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

/** 見出し一行と文字・数の行からなる、一枚のワークブック（.xlsx）。文字はどれも文字のまま入り、式にならない。 */
export function plainWorkbook(
  sheetName: string,
  title: string,
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): Uint8Array {
  const lines = [[title], head, ...rows].map((row, at) => rowXml(row, at + 1, at < 2 ? 1 : 0));
  const sheet = `<worksheet xmlns="${MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="2" topLeftCell="A3" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columnsXml(head, rows)}</cols><sheetData>${lines.join("")}</sheetData><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`;
  const parts: [string, string][] = [
    [
      "[Content_Types].xml",
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
    ],
    [
      "_rels/.rels",
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      "xl/workbook.xml",
      `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="${xmlText(sheetName)}" sheetId="1" r:id="r1"/></sheets><definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">'${xmlText(sheetName.replaceAll("'", "''"))}'!$1:$2</definedName></definedNames></workbook>`,
    ],
    [
      "xl/_rels/workbook.xml.rels",
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="r1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    ],
    [
      "xl/styles.xml",
      `<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="游ゴシック"/></font><font><b/><sz val="11"/><name val="游ゴシック"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf xfId="0"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs></styleSheet>`,
    ],
    ["xl/worksheets/sheet1.xml", sheet],
  ];
  const encoder = new TextEncoder();
  const declared = (xml: string) =>
    encoder.encode(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${xml}`);
  return writeZip(new Map(parts.map(([path, xml]) => [path, declared(xml)])));
}

/** 列の幅は、見出しと値のいちばん長いものに合わせる（全角は二字分、8〜48 字分）。 */
function columnsXml(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const letters = (value: string | number) =>
    [...String(value)].reduce((sum, letter) => sum + (letter > "\u00ff" ? 2 : 1), 0);
  return head
    .map((title, at) => {
      const longest = rows.reduce((most, row) => Math.max(most, letters(row[at] ?? "")), letters(title));
      const width = Math.min(48, Math.max(8, longest + 2));
      return `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`;
    })
    .join("");
}

function rowXml(row: readonly (string | number)[], at: number, style: number): string {
  const cells = row.map((value) =>
    typeof value === "number"
      ? `<c s="${style}"><v>${value}</v></c>`
      : `<c s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`,
  );
  return `<row r="${at}">${cells.join("")}</row>`;
}
