import type { Sheet, SheetRule, SheetText } from "./pdf-sheet.ts";
import { xmlText } from "./word-text.ts";
import { writeZip } from "./zip.ts";

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const schemas = "http://schemas.openxmlformats.org";
const shapes = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape";
const wordType = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const namespaces = [
  `xmlns:w="${schemas}/wordprocessingml/2006/main"`,
  `xmlns:wp="${schemas}/drawingml/2006/wordprocessingDrawing"`,
  `xmlns:a="${schemas}/drawingml/2006/main"`,
  `xmlns:wps="${shapes}"`,
].join(" ");
/** PDF と同じ書体の、Windows と macOS での名。 */
const FONT = "BIZ UDPGothic";
const INK = "#1a1a1a";

/**
 * 面を順に並べた Word の文書（.docx）。drawSheets の PDF と同じ位置に、字は書き直せる字の枠、罫と印とバーコードは図形で入る。
 * 一面がちょうど一ページで、あふれてもページは増えない。
 */
export function writeSheets(sheets: Iterable<Sheet>, info: { title: string }): Uint8Array {
  const pages: string[] = [];
  let size: Pick<Sheet, "width" | "height"> = { width: 100, height: 148 };
  let id = 0;
  const next = () => {
    id += 1;
    return id;
  };
  for (const sheet of sheets) {
    size = sheet;
    const drawn = [
      ...sheet.rules.map((rule) => ruleXml(rule, next())),
      ...sheet.paths.map((path) => pathXml(path, next())),
      ...sheet.texts.filter((one) => one.text.trim() !== "").map((one) => textXml(one, next())),
    ];
    const turn = pages.length > 0 ? "<w:pageBreakBefore/>" : "";
    pages.push(
      `<w:p><w:pPr>${turn}<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr>${drawn.join("")}</w:p>`,
    );
  }
  const section =
    `<w:sectPr><w:pgSz w:w="${twips(size.width)}" w:h="${twips(size.height)}"/>` +
    '<w:pgMar w:top="0" w:right="0" w:bottom="0" w:left="0" w:header="0" w:footer="0" w:gutter="0"/></w:sectPr>';
  const files: [string, string][] = [
    ["[Content_Types].xml", contentTypes()],
    [
      "_rels/.rels",
      relations([
        `${schemas}/officeDocument/2006/relationships/officeDocument|word/document.xml`,
        `${schemas}/package/2006/relationships/metadata/core-properties|docProps/core.xml`,
      ]),
    ],
    [
      "docProps/core.xml",
      `<cp:coreProperties xmlns:cp="${schemas}/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${xmlText(info.title)}</dc:title></cp:coreProperties>`,
    ],
    [
      "word/_rels/document.xml.rels",
      relations([`${schemas}/officeDocument/2006/relationships/styles|styles.xml`]),
    ],
    ["word/styles.xml", styles()],
    [
      "word/document.xml",
      `<w:document ${namespaces}><w:body>${pages.join("")}${section}</w:body></w:document>`,
    ],
  ];
  const encode = new TextEncoder();
  return writeZip(new Map(files.map(([name, xml]) => [name, encode.encode(declaration + xml)])));
}

function textXml({ text, x, y, size, bold, color = INK, turned }: SheetText, id: number): string {
  // 折り返さない枠。字は左上から始まるので、幅は広めでよい。回す字は、ちょうど一字の枠を回す。
  const wide = turned ? size : size * ([...text].length + 1);
  const points = Math.max(2, Math.round((size * 72 * 2) / 25.4));
  const look =
    `<w:rPr>${bold ? "<w:b/>" : ""}<w:color w:val="${color.slice(1)}"/>` +
    `<w:sz w:val="${points}"/><w:szCs w:val="${points}"/></w:rPr>`;
  const body =
    `<wps:txbx><w:txbxContent><w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="${twips(size)}" w:lineRule="exact"/></w:pPr>` +
    `<w:r>${look}<w:t xml:space="preserve">${xmlText(text)}</w:t></w:r></w:p></w:txbxContent></wps:txbx>`;
  const turn = turned ? ' vert="vert"' : "";
  return anchor(
    { id, x, y, width: wide, height: size * 1.1 },
    `${frame(wide, size * 1.1)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>`,
    {
      text: true,
      body: `${body}<wps:bodyPr${turn} wrap="${turned ? "square" : "none"}" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"><a:noAutofit/></wps:bodyPr>`,
    },
  );
}

function ruleXml({ x, y, width, height, line, color = INK, round }: SheetRule, id: number): string {
  const fill = `<a:solidFill><a:srgbClr val="${color.slice(1)}"/></a:solidFill>`;
  const look =
    line === undefined
      ? `${fill}<a:ln><a:noFill/></a:ln>`
      : `<a:noFill/><a:ln w="${emu(line)}">${fill}</a:ln>`;
  const shape = `<a:prstGeom prst="${round ? "ellipse" : "rect"}"><a:avLst/></a:prstGeom>`;
  return anchor({ id, x, y, width, height }, `${frame(width, height)}${shape}${look}`);
}

/** 塗りつぶす形。path は M・h・v・V・z だけ（カスタマバーコードの棒）。 */
function pathXml({ x, y, d }: Sheet["paths"][number], id: number): string {
  const corners: [number, number][][] = [];
  let at: [number, number] = [0, 0];
  for (const [, command, given = ""] of d.matchAll(/([MhvVHz])([^MhvVHz]*)/g)) {
    const [first = 0, second = 0] = given
      .trim()
      .split(/[\s,]+/)
      .map(Number);
    if (command === "z") continue;
    if (command === "M") at = [first, second];
    if (command === "h") at = [at[0] + first, at[1]];
    if (command === "H") at = [first, at[1]];
    if (command === "v") at = [at[0], at[1] + first];
    if (command === "V") at = [at[0], first];
    if (command === "M") corners.push([at]);
    else corners.at(-1)?.push(at);
  }
  const all = corners.flat();
  const [width, height] = [
    Math.max(0.1, ...all.map(([left]) => left)),
    Math.max(0.1, ...all.map(([, top]) => top)),
  ];
  const point = ([left, top]: [number, number]) => `<a:pt x="${emu(left)}" y="${emu(top)}"/>`;
  const path = corners
    .map(([first, ...rest]) =>
      first === undefined
        ? ""
        : `<a:moveTo>${point(first)}</a:moveTo>${rest.map((one) => `<a:lnTo>${point(one)}</a:lnTo>`).join("")}<a:close/>`,
    )
    .join("");
  const shape =
    '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>' +
    `<a:pathLst><a:path w="${emu(width)}" h="${emu(height)}">${path}</a:path></a:pathLst></a:custGeom>`;
  const fill = `<a:solidFill><a:srgbClr val="${INK.slice(1)}"/></a:solidFill><a:ln><a:noFill/></a:ln>`;
  return anchor({ id, x, y, width, height }, `${frame(width, height)}${shape}${fill}`);
}

interface Place {
  id: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** ページの左上からの位置に置く図形。 */
function anchor(place: Place, look: string, content?: { text: true; body: string }): string {
  const { id, x, y, width, height } = place;
  const offset = (axis: "H" | "V", mm: number) =>
    `<wp:position${axis} relativeFrom="page"><wp:posOffset>${emu(mm)}</wp:posOffset></wp:position${axis}>`;
  return (
    `<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="${id}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">` +
    `<wp:simplePos x="0" y="0"/>${offset("H", x)}${offset("V", y)}<wp:extent cx="${emu(width)}" cy="${emu(height)}"/>` +
    `<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="${id}" name="${content ? "字" : "図形"}${id}"/><wp:cNvGraphicFramePr/>` +
    `<a:graphic><a:graphicData uri="${shapes}"><wps:wsp><wps:cNvSpPr${content ? ' txBox="1"' : ""}/><wps:spPr>${look}</wps:spPr>` +
    `${content ? content.body : "<wps:bodyPr/>"}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>`
  );
}

function frame(width: number, height: number): string {
  return `<a:xfrm><a:off x="0" y="0"/><a:ext cx="${emu(width)}" cy="${emu(height)}"/></a:xfrm>`;
}

function styles(): string {
  return (
    `<w:styles xmlns:w="${schemas}/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr>` +
    `<w:rFonts w:ascii="${FONT}" w:hAnsi="${FONT}" w:eastAsia="${FONT}" w:cs="${FONT}"/><w:lang w:val="ja-JP" w:eastAsia="ja-JP"/>` +
    "</w:rPr></w:rPrDefault></w:docDefaults></w:styles>"
  );
}

function contentTypes(): string {
  const part = (name: string, type: string) => `<Override PartName="/${name}" ContentType="${type}"/>`;
  return (
    `<Types xmlns="${schemas}/package/2006/content-types">` +
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
    '<Default Extension="xml" ContentType="application/xml"/>' +
    part("word/document.xml", `${wordType}.document.main+xml`) +
    part("word/styles.xml", `${wordType}.styles+xml`) +
    part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml") +
    "</Types>"
  );
}

function relations(lines: readonly string[]): string {
  const each = lines.map((line, at) => {
    const [type = "", target = ""] = line.split("|");
    return `<Relationship Id="rId${at + 1}" Type="${type}" Target="${target}"/>`;
  });
  return `<Relationships xmlns="${schemas}/package/2006/relationships">${each.join("")}</Relationships>`;
}

function emu(mm: number): number {
  return Math.round(mm * 36_000);
}

function twips(mm: number): number {
  return Math.round((mm * 1440) / 25.4);
}
