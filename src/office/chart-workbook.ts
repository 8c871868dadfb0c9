import { columnName } from "./table.ts";
import { chartXml } from "./word-chart.ts";
import type { WordChart } from "./word-model.ts";
import { xmlText } from "./word-text.ts";
import { writeZip } from "./zip.ts";

/** 一枚のシート: 題、表、表の下の文、表の下に棒グラフ。 */
interface ChartSheet {
  name: string;
  title: string;
  heads: readonly string[];
  rows: readonly (readonly (string | number)[])[];
  notes: readonly string[];
  /** categories は表の一列目のはじめの行。series は、同じ名の列を指す。 */
  chart?: WordChart | undefined;
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPE = "application/vnd.openxmlformats-officedocument";
const DRAWING = "http://schemas.openxmlformats.org/drawingml/2006";
/** 見出しの行。題の下に一行空ける。 */
const HEAD_ROW = 3;
/** 図の高さ（行）。 */
const CHART_ROWS = 17;

/** 表と、値を直すと動く棒グラフのワークブック（.xlsx）。文字は文字のまま入り、式にならない。 */
export function writeChartWorkbook(given: readonly ChartSheet[]): Uint8Array {
  const sheets = given.map((sheet, at) => ({ ...sheet, name: sheetName(sheet.name, at, given) }));
  const parts = new Map<string, string>();
  const types: string[] = [];
  for (const [at, sheet] of sheets.entries()) {
    const n = at + 1;
    parts.set(`xl/worksheets/sheet${n}.xml`, sheetXml(sheet));
    types.push(override(`/xl/worksheets/sheet${n}.xml`, `${TYPE}.spreadsheetml.worksheet+xml`));
    if (sheet.chart === undefined) continue;
    parts.set(
      `xl/worksheets/_rels/sheet${n}.xml.rels`,
      relations([["drawing", `../drawings/drawing${n}.xml`]]),
    );
    parts.set(`xl/drawings/drawing${n}.xml`, drawingXml(sheet));
    parts.set(`xl/drawings/_rels/drawing${n}.xml.rels`, relations([["chart", `../charts/chart${n}.xml`]]));
    parts.set(`xl/charts/chart${n}.xml`, chartOf(sheet, sheet.chart));
    types.push(override(`/xl/drawings/drawing${n}.xml`, `${TYPE}.drawing+xml`));
    types.push(override(`/xl/charts/chart${n}.xml`, `${TYPE}.drawingml.chart+xml`));
  }
  parts.set("[Content_Types].xml", contentTypes(types));
  parts.set("_rels/.rels", relations([["officeDocument", "xl/workbook.xml"]]));
  parts.set("xl/workbook.xml", workbookXml(sheets));
  parts.set(
    "xl/_rels/workbook.xml.rels",
    relations([
      ...sheets.map((_, at): [string, string] => ["worksheet", `worksheets/sheet${at + 1}.xml`]),
      ["styles", "styles.xml"],
    ]),
  );
  parts.set("xl/styles.xml", stylesXml);
  const encoder = new TextEncoder();
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  return writeZip(
    new Map(
      [...parts].map(([path, xml]) => [path, encoder.encode(xml.startsWith("<?xml") ? xml : head + xml)]),
    ),
  );
}

/** シートの名: 使えない字を除き、31字まで。重なれば番号を付ける。 */
function sheetName(name: string, at: number, all: readonly ChartSheet[]): string {
  const plain = [...name.replace(/[\\/?*[\]:']/g, " ").trim()].slice(0, 27).join("") || `表${at + 1}`;
  const same = all.slice(0, at).filter((one) => one.name === name).length;
  return same === 0 ? plain : `${plain} ${same + 1}`;
}

function override(part: string, type: string): string {
  return `<Override PartName="${part}" ContentType="${type}"/>`;
}

function contentTypes(types: readonly string[]): string {
  const fixed = [
    override("/xl/workbook.xml", `${TYPE}.spreadsheetml.sheet.main+xml`),
    override("/xl/styles.xml", `${TYPE}.spreadsheetml.styles+xml`),
  ];
  return `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${[...fixed, ...types].join("")}</Types>`;
}

function relations(list: readonly (readonly [string, string])[]): string {
  const rows = list.map(
    ([type, target], at) => `<Relationship Id="rId${at + 1}" Type="${DOCUMENT}/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}/relationships">${rows.join("")}</Relationships>`;
}

function workbookXml(sheets: readonly ChartSheet[]): string {
  const list = sheets.map(
    ({ name }, at) => `<sheet name="${xmlText(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`,
  );
  return `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets>${list.join("")}</sheets></workbook>`;
}

const stylesXml = `<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0"/></numFmts><fonts count="3"><font><sz val="10"/><name val="游ゴシック"/></font><font><b/><sz val="10"/><name val="游ゴシック"/></font><font><b/><sz val="14"/><name val="游ゴシック"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF2F2F2"/></patternFill></fill></fills><borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf xfId="0"/><xf xfId="0" fontId="2" applyFont="1"/><xf xfId="0" fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1"/><xf xfId="0" borderId="1" applyBorder="1"/><xf xfId="0" numFmtId="164" borderId="1" applyNumberFormat="1" applyBorder="1"/></cellXfs></styleSheet>`;

function sheetXml(sheet: ChartSheet): string {
  const { title, heads, rows, notes, chart } = sheet;
  // 表、図、文の順に、縦に並べる。
  const below = HEAD_ROW + rows.length + 2 + (chart === undefined ? 0 : CHART_ROWS + 1);
  const lines = [
    rowXml([title], 1, () => 1),
    rowXml(heads, HEAD_ROW, () => 2),
    ...rows.map((row, at) =>
      rowXml(row, HEAD_ROW + 1 + at, (value, column) =>
        column === 0 ? 2 : typeof value === "number" ? 4 : 3,
      ),
    ),
    ...notes.map((note, at) => rowXml([note], below + at, () => 0)),
  ];
  const widths = heads.map((head, at) => {
    const longest = Math.max(wide(head), ...rows.map((row) => wide(String(row[at] ?? ""))));
    return `<col min="${at + 1}" max="${at + 1}" width="${Math.min(48, longest + 3)}" customWidth="1"/>`;
  });
  const drawing = chart === undefined ? "" : '<drawing r:id="rId1"/>';
  const cols = widths.length === 0 ? "" : `<cols>${widths.join("")}</cols>`;
  return `<worksheet xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="${HEAD_ROW}" topLeftCell="A${HEAD_ROW + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${cols}<sheetData>${lines.join("")}</sheetData><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>${drawing}</worksheet>`;
}

/** 半角に数えた字の幅。 */
function wide(text: string): number {
  return [...text].reduce((sum, char) => sum + ((char.codePointAt(0) ?? 0) < 0x100 ? 1 : 2), 0);
}

function rowXml(
  row: readonly (string | number)[],
  at: number,
  styleOf: (value: string | number, column: number) => number,
): string {
  const cells = row.map((value, column) => {
    const open = `<c r="${columnName(column)}${at}" s="${styleOf(value, column)}"`;
    if (typeof value === "number") return `${open}><v>${value}</v></c>`;
    return `${open} t="inlineStr"><is><t xml:space="preserve">${xmlText(value)}</t></is></c>`;
  });
  return `<row r="${at}">${cells.join("")}</row>`;
}

function chartOf(sheet: ChartSheet, chart: WordChart): string {
  const columns = chart.series.map(({ name }, at) => {
    const found = sheet.heads.indexOf(name);
    return found > 0 ? found : at + 1;
  });
  return chartXml(chart, { sheet: sheet.name, row: HEAD_ROW, columns });
}

function drawingXml({ heads, rows }: ChartSheet): string {
  const top = HEAD_ROW + rows.length + 1;
  const corner = (column: number, row: number) =>
    `<xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${row}</xdr:row><xdr:rowOff>0</xdr:rowOff>`;
  return `<xdr:wsDr xmlns:xdr="${DRAWING}/spreadsheetDrawing" xmlns:a="${DRAWING}/main"><xdr:twoCellAnchor><xdr:from>${corner(0, top)}</xdr:from><xdr:to>${corner(Math.max(6, Math.min(heads.length, 9)), top + CHART_ROWS - 1)}</xdr:to><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="chart"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="${DRAWING}/chart"><c:chart xmlns:c="${DRAWING}/chart" xmlns:r="${DOCUMENT}" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame><xdr:clientData/></xdr:twoCellAnchor></xdr:wsDr>`;
}
