import { writeZip } from "../office/zip.ts";

/** 試験のための Word 文書を、部品から組み立てる。値はすべて作り物。 */
export interface WordFixture {
  /** w:body の中身（最後の sectPr を除く）。 */
  body: string;
  /** 最後の節の設定。省略すると A4 縦。 */
  section?: string;
  headers?: Record<string, string>;
  footers?: Record<string, string>;
  footnotes?: string;
  numbering?: string;
  settings?: string;
  /** settings.xml から出る外部への関係。 */
  settingsRelations?: { id: string; type: string; target: string }[];
  /** そのまま足す部品（関係と種類の宣言は付けない）。 */
  extra?: Record<string, string>;
  mainType?: string;
}

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ' +
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" ' +
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" ' +
  'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" mc:Ignorable="w14"';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const types = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packageNs = "http://schemas.openxmlformats.org/package/2006";

export const a4Section =
  '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1418" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>';
export const postcardSection =
  '<w:pgSz w:w="5670" w:h="8391"/><w:pgMar w:top="567" w:right="567" w:bottom="567" w:left="567" w:header="284" w:footer="284" w:gutter="0"/>';

export function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

export function run(text: string, rPr = ""): string {
  return `<w:r>${rPr && `<w:rPr>${rPr}</w:rPr>`}<w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
}

export function paragraph(inner: string, pPr = ""): string {
  return `<w:p>${pPr && `<w:pPr>${pPr}</w:pPr>`}${inner}</w:p>`;
}

/** 印で書かれたフィールド。code の文字は命令に、< で始まるものはそのまま（入れ子のフィールドなど）入る。 */
export function field(code: string | string[], result = "", rPr = ""): string {
  const props = rPr && `<w:rPr>${rPr}</w:rPr>`;
  const mark = (type: string) => `<w:r>${props}<w:fldChar w:fldCharType="${type}"/></w:r>`;
  const parts = (Array.isArray(code) ? code : [code]).map((part) =>
    part.startsWith("<")
      ? part
      : `<w:r>${props}<w:instrText xml:space="preserve">${escaped(part)}</w:instrText></w:r>`,
  );
  const shown = result.startsWith("<") ? result : result && run(result, rPr);
  return `${mark("begin")}${parts.join("")}${mark("separate")}${shown}${mark("end")}`;
}

export function mergeField(name: string, rPr = "", switches = ""): string {
  return field(` MERGEFIELD ${name} ${switches}`, `«${name}»`, rPr);
}

export function simpleField(instruction: string, result: string): string {
  return `<w:fldSimple w:instr="${escaped(instruction)}">${run(result)}</w:fldSimple>`;
}

export function cell(inner: string, width = 4800): string {
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${inner}</w:tc>`;
}

export function row(...cells: string[]): string {
  return `<w:tr>${cells.join("")}</w:tr>`;
}

export function table(columns: number, ...rows: string[]): string {
  const grid = '<w:gridCol w:w="4800"/>'.repeat(columns);
  return `<w:tbl><w:tblPr><w:tblW w:w="${4800 * columns}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${rows.join("")}</w:tbl>`;
}

/** 図形のテキストボックス。Word と同じく、新しい書き方と古い書き方（VML）の両方に同じ中身を持つ。 */
export function textBox(inner: string, id: number): string {
  const drawing =
    `<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="${id}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">` +
    '<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>900000</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>900000</wp:posOffset></wp:positionV>' +
    `<wp:extent cx="1800000" cy="600000"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="${id}" name="枠${id}"/><wp:cNvGraphicFramePr/>` +
    '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="1800000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>' +
    `<wps:txbx><w:txbxContent>${inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>`;
  const pict =
    '<w:pict><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"/>' +
    `<v:shape id="枠${id}" o:spid="_x0000_s${1025 + id}" type="#_x0000_t202" style="width:140pt;height:47pt"><v:textbox><w:txbxContent>${inner}</w:txbxContent></v:textbox></v:shape></w:pict>`;
  return `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${drawing}</mc:Choice><mc:Fallback>${pict}</mc:Fallback></mc:AlternateContent></w:r>`;
}

/** .docx のバイト列にする。 */
export function wordFile(fixture: WordFixture): Uint8Array {
  const parts: [name: string, kind: string, type: string, xml: string][] = [];
  const add = (kind: string, name: string, xml: string | undefined, id?: string) => {
    if (xml !== undefined)
      parts.push([name, id ? `${kind} ${id}` : kind, `${types}.${kind}+xml`, head + xml]);
  };
  add("settings", "word/settings.xml", `<w:settings ${namespaces}>${fixture.settings ?? ""}</w:settings>`);
  for (const [id, xml] of Object.entries(fixture.headers ?? {}))
    add("header", `word/header-${id}.xml`, `<w:hdr ${namespaces}>${xml}</w:hdr>`, id);
  for (const [id, xml] of Object.entries(fixture.footers ?? {}))
    add("footer", `word/footer-${id}.xml`, `<w:ftr ${namespaces}>${xml}</w:ftr>`, id);
  add(
    "footnotes",
    "word/footnotes.xml",
    fixture.footnotes && `<w:footnotes ${namespaces}>${fixture.footnotes}</w:footnotes>`,
  );
  add(
    "numbering",
    "word/numbering.xml",
    fixture.numbering && `<w:numbering ${namespaces}>${fixture.numbering}</w:numbering>`,
  );
  const section = `<w:sectPr>${fixture.section ?? a4Section}</w:sectPr>`;
  const files = new Map<string, string>();
  const overrides = parts
    .map(([name, , type]) => `<Override PartName="/${name}" ContentType="${type}"/>`)
    .join("");
  const main = fixture.mainType ?? `${types}.document.main+xml`;
  files.set(
    "[Content_Types].xml",
    `${head}<Types xmlns="${packageNs}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${main}"/>${overrides}</Types>`,
  );
  files.set(
    "_rels/.rels",
    relationsXml([`<Relationship Id="rId1" Type="${relations}/officeDocument" Target="word/document.xml"/>`]),
  );
  files.set(
    "word/document.xml",
    `${head}<w:document ${namespaces}><w:body>${fixture.body}${section}</w:body></w:document>`,
  );
  const links = parts.map(([name, kind], at) => {
    const [type, id] = kind.split(" ");
    return `<Relationship Id="${id ?? `rIdPart${at}`}" Type="${relations}/${type}" Target="${name.slice(5)}"/>`;
  });
  files.set("word/_rels/document.xml.rels", relationsXml(links));
  const outside = (fixture.settingsRelations ?? []).map(
    (one) =>
      `<Relationship Id="${one.id}" Type="${relations}/${one.type}" Target="${escaped(one.target)}" TargetMode="External"/>`,
  );
  if (outside.length > 0) files.set("word/_rels/settings.xml.rels", relationsXml(outside));
  for (const [name, , , xml] of parts) files.set(name, xml);
  for (const [name, xml] of Object.entries(fixture.extra ?? {})) files.set(name, xml);
  return writeZip(new Map([...files].map(([name, xml]) => [name, new TextEncoder().encode(xml)])));
}

function relationsXml(links: string[]): string {
  return `${head}<Relationships xmlns="${packageNs}/relationships">${links.join("")}</Relationships>`;
}
