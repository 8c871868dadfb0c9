import { writeZip } from "../office/zip.ts";

/** 市のブックを、部品の XML から作る（絞り込み、表、図など、読むだけの見本にはないものを持たせるため）。 */
export interface WorkbookFixture {
  sheets: {
    name: string;
    /** `<worksheet>` の中身。名前空間は付く。 */
    xml: string;
    state?: "hidden";
    /** シートの関係: id → [種類, 行き先]。 */
    links?: Record<string, [kind: string, target: string]>;
  }[];
  /** `<definedNames>` の中身。 */
  names?: string;
  /** そのほかの部品: 名 → [中身, 種類]。 */
  parts?: Record<string, [body: string | Uint8Array, type: string]>;
  /** xl/workbook.xml に付ける種類。 */
  main?: string;
  workbookPr?: string;
}

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** 書式の番号: 0 素、1 見出し、2 枠、3 枠「@」、4 枠「0000」、5 枠の日付、6 枠の和暦、7 縞、8 下線の太い枠、9 枠の時刻、10 枠の「#,##0」。 */
const borderOf = (bottom: string) =>
  `<border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="${bottom}"/><diagonal/></border>`;
const xf = (format: number, fill: number, border: number) =>
  `<xf numFmtId="${format}" fontId="0" fillId="${fill}" borderId="${border}" xfId="0" applyNumberFormat="1"/>`;
const styles = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0000"/><numFmt numFmtId="165" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><fonts count="1"><font><sz val="11"/><name val="ＭＳ Ｐゴシック"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFDDEBF7"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF2F2F2"/></patternFill></fill></fills><borders count="3"><border><left/><right/><top/><bottom/><diagonal/></border>${borderOf("thin")}${borderOf("medium")}</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="11">${[
  xf(0, 0, 0),
  xf(0, 2, 1),
  xf(0, 0, 1),
  xf(49, 0, 1),
  xf(164, 0, 1),
  xf(14, 0, 1),
  xf(165, 0, 1),
  xf(0, 3, 1),
  xf(0, 0, 2),
  xf(20, 0, 1),
  xf(3, 0, 1),
].join(
  "",
)}</cellXfs><cellStyles count="1"><cellStyle name="標準" xfId="0" builtinId="0"/></cellStyles><dxfs count="1"><dxf><font><strike/></font></dxf></dxfs></styleSheet>`;

/** 関係の部品。 */
export function relationshipsXml(links: Record<string, [kind: string, target: string]>): string {
  const items = Object.entries(links).map(([id, [kind, target]]) => {
    const type = kind.includes("/") ? kind : `${RELS}/${kind}`;
    return `<Relationship Id="${id}" Type="${type}" Target="${target}"${/^https?:/.test(target) ? ' TargetMode="External"' : ""}/>`;
  });
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${items.join("")}</Relationships>`;
}

/** ブックを作る。 */
export function workbookOf(book: WorkbookFixture): Uint8Array {
  const parts = new Map<string, Uint8Array>();
  const types: string[] = [
    `<Override PartName="/xl/workbook.xml" ContentType="${book.main ?? `${SHEET}.sheet.main+xml`}"/>`,
  ];
  const put = (name: string, body: string | Uint8Array, type?: string) => {
    parts.set(name, typeof body === "string" ? new TextEncoder().encode(body) : body);
    if (type !== undefined) types.push(`<Override PartName="/${name}" ContentType="${type}"/>`);
  };
  const links: Record<string, [string, string]> = {};
  for (const [at, sheet] of book.sheets.entries()) {
    const name = `worksheets/sheet${at + 1}.xml`;
    links[`rId${at + 1}`] = ["worksheet", name];
    put(
      `xl/${name}`,
      `${HEAD}<worksheet xmlns="${MAIN}" xmlns:r="${RELS}">${sheet.xml}</worksheet>`,
      `${SHEET}.worksheet+xml`,
    );
    if (sheet.links) put(`xl/worksheets/_rels/sheet${at + 1}.xml.rels`, relationshipsXml(sheet.links));
  }
  links.rIdS = ["styles", "styles.xml"];
  for (const name of Object.keys(book.parts ?? {}))
    if (name === "xl/vbaProject.bin")
      links.rIdV = ["http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"];
  const list = book.sheets.map(
    (sheet, at) =>
      `<sheet name="${sheet.name}" sheetId="${at + 1}"${sheet.state ? ` state="${sheet.state}"` : ""} r:id="rId${at + 1}"/>`,
  );
  const names = book.names === undefined ? "" : `<definedNames>${book.names}</definedNames>`;
  put(
    "xl/workbook.xml",
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELS}">${book.workbookPr ?? "<workbookPr/>"}<bookViews><workbookView activeTab="0"/></bookViews><sheets>${list.join("")}</sheets>${names}</workbook>`,
  );
  put("xl/_rels/workbook.xml.rels", relationshipsXml(links));
  put("xl/styles.xml", styles, `${SHEET}.styles+xml`);
  for (const [name, [body, type]] of Object.entries(book.parts ?? {}))
    put(name, body, type === "" ? undefined : type);
  put("_rels/.rels", relationshipsXml({ rId1: ["officeDocument", "xl/workbook.xml"] }));
  const defaults = `<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>`;
  const file = new Map<string, Uint8Array>([
    [
      "[Content_Types].xml",
      new TextEncoder().encode(
        `${HEAD}<Types xmlns="${PACKAGE}/content-types">${defaults}${types.join("")}</Types>`,
      ),
    ],
  ]);
  for (const [name, body] of parts) file.set(name, body);
  return writeZip(file);
}

/** 一つのセル: 文字（inlineStr）、数、数式（=で始まる）、空。style を添えられる。 */
export type FixtureValue = string | number | null | [value: string | number | null, style: number];

/** 行の並びを `<sheetData>` にする。rows の鍵は行の番号。 */
export function sheetData(rows: Record<number, FixtureValue[]>): string {
  const out = Object.entries(rows).map(
    ([row, cells]) =>
      `<row r="${row}">${cells.map((cell, at) => cellXml(cell, Number(row), at)).join("")}</row>`,
  );
  return `<sheetData>${out.join("")}</sheetData>`;
}

function cellXml(cell: FixtureValue, row: number, at: number): string {
  const [value, style] = Array.isArray(cell) ? cell : [cell, 0];
  if (value === null && style === 0) return "";
  const open = `<c r="${String.fromCharCode(65 + at)}${row}"${style === 0 ? "" : ` s="${style}"`}`;
  if (value === null) return `${open}/>`;
  if (typeof value === "number") return `${open}><v>${value}</v></c>`;
  const text = value.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return value.startsWith("=")
    ? `${open}><f>${text.slice(1)}</f></c>`
    : `${open} t="inlineStr"><is><t>${text}</t></is></c>`;
}
