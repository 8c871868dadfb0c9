import { bodyXml, type WordParts } from "./word-body.ts";
import { chartParts } from "./word-chart.ts";
import type { WordDocument } from "./word-model.ts";
import { notesXml } from "./word-note.ts";
import { FIRST_NOTE } from "./word-note-mark.ts";
import { sectionXml, twips } from "./word-section.ts";
import { numberingXml, settingsXml, stylesXml, themeXml } from "./word-style.ts";
import { REVISION, runsXml, xmlText } from "./word-text.ts";
import { writeZip } from "./zip.ts";

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const officeDocument = "http://schemas.openxmlformats.org/officeDocument/2006";
const namespaces = [
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"',
  `xmlns:r="${officeDocument}/relationships"`,
  'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"',
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"',
].join(" ");
const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/**
 * 文書（.docx）を作る。同じ内容からは、同じバイト列ができる。
 * 見出し・番号・目次・表の見出し行・ページ番号は、Word の様式と欄のまま入るので、受け取った人が直せる。
 */
export function writeWordDocument(document: WordDocument): Uint8Array {
  const parts = new Map<string, Uint8Array>();
  const relations: { id: string; type: string; target: string }[] = [
    { id: "rId1", type: "styles", target: "styles.xml" },
    { id: "rId2", type: "numbering", target: "numbering.xml" },
    { id: "rId3", type: "settings", target: "settings.xml" },
    { id: "rId4", type: "theme", target: "theme/theme1.xml" },
    { id: "rId5", type: "footer", target: "footer1.xml" },
    { id: "rId6", type: "header", target: "header1.xml" },
    { id: "rId7", type: "header", target: "header2.xml" },
    { id: "rId8", type: "footer", target: "footer2.xml" },
  ];
  const counts = { image: 0, chart: 0 };
  const notes: string[] = [];
  const relate = (type: string, target: string) => {
    const id = `rId${relations.length + 1}`;
    relations.push({ id, type, target });
    return id;
  };
  const outside: WordParts = {
    image: (bytes, extension) => {
      counts.image += 1;
      parts.set(`word/media/image${counts.image}.${extension}`, bytes);
      return relate("image", `media/image${counts.image}.${extension}`);
    },
    note: (text) => {
      notes.push(text);
      return notes.length - 1 + FIRST_NOTE;
    },
    chart: (chart) => {
      counts.chart += 1;
      for (const [name, bytes] of chartParts(chart, counts.chart)) parts.set(name, bytes);
      return relate("chart", `charts/chart${counts.chart}.xml`);
    },
  };
  let revision = 900_000;
  const made = bodyXml(document, outside);
  if (notes.length > 0) relate("footnotes", "footnotes.xml");
  const body = made.xml.replaceAll(`"${REVISION}"`, () => {
    revision += 1;
    return `"${revision}"`;
  });
  const files: [string, string][] = [
    ["[Content_Types].xml", contentTypes(document, counts, notes.length > 0)],
    ["_rels/.rels", packageRelations(document)],
    ["docProps/core.xml", coreXml(document)],
    ["docProps/app.xml", appXml(document)],
    ...(document.properties
      ? [["docProps/custom.xml", customXml(document.properties)] as [string, string]]
      : []),
    [
      "word/document.xml",
      `${declaration}<w:document ${namespaces}><w:body>${body}${sectionXml(made.section, document.section !== undefined)}</w:body></w:document>`,
    ],
    ["word/_rels/document.xml.rels", relationsXml(relations)],
    ["word/styles.xml", stylesXml(document.look)],
    ["word/numbering.xml", numberingXml(document.numbering)],
    ["word/settings.xml", settingsXml(notes.length > 0)],
    ["word/theme/theme1.xml", themeXml(document.look)],
    ["word/footer1.xml", footerXml(document)],
    ["word/header1.xml", headerXml(document.header ?? "")],
    ["word/header2.xml", headerXml("")],
    ["word/footer2.xml", emptyFooter()],
    ...(notes.length > 0 ? [["word/footnotes.xml", notesXml(notes)] as [string, string]] : []),
  ];
  const encoder = new TextEncoder();
  return writeZip(
    new Map<string, Uint8Array>([
      ...files.map(([name, text]): [string, Uint8Array] => [name, encoder.encode(text)]),
      ...parts,
    ]),
  );
}

function relationsXml(relations: readonly { id: string; type: string; target: string }[]): string {
  const rows = relations.map(
    ({ id, type, target }) =>
      `<Relationship Id="${id}" Type="${officeDocument}/relationships/${type}" Target="${target}"/>`,
  );
  return `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rows.join("")}</Relationships>`;
}

function packageRelations(document: WordDocument): string {
  const core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
  const custom = document.properties
    ? `<Relationship Id="rId4" Type="${officeDocument}/relationships/custom-properties" Target="docProps/custom.xml"/>`
    : "";
  return `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${officeDocument}/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="${core}" Target="docProps/core.xml"/><Relationship Id="rId3" Type="${officeDocument}/relationships/extended-properties" Target="docProps/app.xml"/>${custom}</Relationships>`;
}

function contentTypes(
  document: WordDocument,
  counts: { image: number; chart: number },
  noted: boolean,
): string {
  const overrides: [string, string][] = [
    ["/word/document.xml", `${wordType}.document.main+xml`],
    ["/word/styles.xml", `${wordType}.styles+xml`],
    ["/word/numbering.xml", `${wordType}.numbering+xml`],
    ["/word/settings.xml", `${wordType}.settings+xml`],
    ["/word/footer1.xml", `${wordType}.footer+xml`],
    ["/word/header1.xml", `${wordType}.header+xml`],
    ["/word/footer2.xml", `${wordType}.footer+xml`],
    ["/word/header2.xml", `${wordType}.header+xml`],
    ...(noted ? [["/word/footnotes.xml", `${wordType}.footnotes+xml`] as [string, string]] : []),
    ["/word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"],
    ["/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"],
    ["/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"],
    ...Array.from({ length: counts.chart }, (_, at): [string, string] => [
      `/word/charts/chart${at + 1}.xml`,
      "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
    ]),
  ];
  if (document.properties)
    overrides.push([
      "/docProps/custom.xml",
      "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    ]);
  const rows = overrides.map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`);
  const sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${counts.image > 0 ? '<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>' : ""}${counts.chart > 0 ? `<Default Extension="xlsx" ContentType="${sheet}"/>` : ""}${rows.join("")}</Types>`;
}

/** 作成者は事業者の名だけ。最後に直した人の欄は空にする。 */
function coreXml(document: WordDocument): string {
  return `${declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xmlText(document.title)}</dc:title>${document.subject ? `<dc:subject>${xmlText(document.subject)}</dc:subject>` : ""}<dc:creator>${xmlText(document.author)}</dc:creator><dc:language>ja-JP</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">${document.created}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${document.created}</dcterms:modified></cp:coreProperties>`;
}

function appXml(document: WordDocument): string {
  return `${declaration}<Properties xmlns="${officeDocument}/extended-properties"><Application>まどぐち</Application><Company>${xmlText(document.author)}</Company></Properties>`;
}

function customXml(properties: Readonly<Record<string, string>>): string {
  const rows = Object.entries(properties).map(
    ([name, value], at) =>
      `<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="${at + 2}" name="${xmlText(name)}"><vt:lpwstr>${xmlText(value)}</vt:lpwstr></property>`,
  );
  return `${declaration}<Properties xmlns="${officeDocument}/custom-properties" xmlns:vt="${officeDocument}/docPropsVTypes">${rows.join("")}</Properties>`;
}

function emptyFooter(): string {
  return `${declaration}<w:ftr ${namespaces}><w:p><w:pPr><w:spacing w:after="0"/></w:pPr></w:p></w:ftr>`;
}

function headerXml(header: string): string {
  return `${declaration}<w:hdr ${namespaces}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>${runsXml(header)}</w:p></w:hdr>`;
}

function footerXml(document: WordDocument): string {
  const field = (code: string) =>
    `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${code} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;
  // 節で紙の向きが変わる文書では、番号だけを真ん中に刷る。
  if (document.section)
    return `${declaration}<w:ftr ${namespaces}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:pBdr><w:top w:val="nil"/></w:pBdr><w:jc w:val="center"/></w:pPr>${field("PAGE")}</w:p></w:ftr>`;
  const right = twips(document.landscape ? 247 : 160);
  return `${declaration}<w:ftr ${namespaces}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:tabs><w:tab w:val="right" w:pos="${right}"/></w:tabs></w:pPr>${runsXml(document.footer ?? "")}<w:r><w:tab/></w:r>${field("PAGE")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>${field("NUMPAGES")}</w:p></w:ftr>`;
}
