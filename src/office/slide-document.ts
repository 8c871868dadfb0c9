import { SLIDE, type Slide, type SlideDeck, type SlideItem } from "./slide-model.ts";
import { emu, itemXml, paragraphs } from "./slide-shape.ts";
import { chartParts } from "./word-chart.ts";
import type { WordLook } from "./word-look.ts";
import { themeXml } from "./word-style.ts";
import { xmlText } from "./word-text.ts";
import { writeZip } from "./zip.ts";

/** フッターの置き場所（ミリ）。 */
const FOOTER = { x: 12, y: 180, width: 220, height: 7 };

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const office = "http://schemas.openxmlformats.org/officeDocument/2006";
const pack = "http://schemas.openxmlformats.org/package/2006";
const type = "application/vnd.openxmlformats-officedocument.presentationml";
const namespaces = `xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${office}/relationships" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"`;
const colours =
  '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" folHlink="folHlink"/>';
const group =
  '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/><a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>';

type Link = [kind: string, target: string];

/**
 * スライド（.pptx）を作る。題は題の枠に、表は見出し行のある表に、図は図形とグラフのまま入るので、受け取った人が直せる。
 * 同じ内容からは、同じバイト列ができる。
 */
export function writeSlides(deck: SlideDeck): Uint8Array {
  const parts = new Map<string, Uint8Array>();
  const encoder = new TextEncoder();
  const put = (name: string, xml: string) => parts.set(name, encoder.encode(`${declaration}${xml}`));
  const relate = (name: string, links: readonly Link[]) => put(name, relationsXml(links));
  const slides = deck.slides.map((slide, at) => slideParts(deck, slide, at + 1, parts));
  const count = slides.length;
  const charts = slides.reduce((sum, one) => sum + one.charts, 0);
  const images = [...parts.keys()].some((name) => name.startsWith("ppt/media/"));
  put("[Content_Types].xml", contentTypes(count, charts, images));
  put(
    "_rels/.rels",
    `<Relationships xmlns="${pack}/relationships"><Relationship Id="rId1" Type="${office}/relationships/officeDocument" Target="ppt/presentation.xml"/><Relationship Id="rId2" Type="${pack}/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="${office}/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>`,
  );
  put("docProps/core.xml", coreXml(deck));
  put(
    "docProps/app.xml",
    `<Properties xmlns="${office}/extended-properties"><Application>まどぐち</Application><Company>${xmlText(deck.author)}</Company></Properties>`,
  );
  put("ppt/presentation.xml", presentationXml(count));
  relate("ppt/_rels/presentation.xml.rels", [
    ["slideMaster", "slideMasters/slideMaster1.xml"],
    ["notesMaster", "notesMasters/notesMaster1.xml"],
    ["theme", "theme/theme1.xml"],
    ...slides.map((_, at): Link => ["slide", `slides/slide${at + 1}.xml`]),
  ]);
  put("ppt/slideMasters/slideMaster1.xml", masterXml(deck.look));
  relate("ppt/slideMasters/_rels/slideMaster1.xml.rels", [
    ["slideLayout", "../slideLayouts/slideLayout1.xml"],
    ["theme", "../theme/theme1.xml"],
  ]);
  put("ppt/slideLayouts/slideLayout1.xml", layoutXml());
  relate("ppt/slideLayouts/_rels/slideLayout1.xml.rels", [
    ["slideMaster", "../slideMasters/slideMaster1.xml"],
  ]);
  put("ppt/notesMasters/notesMaster1.xml", notesMasterXml());
  relate("ppt/notesMasters/_rels/notesMaster1.xml.rels", [["theme", "../theme/theme2.xml"]]);
  for (const at of [1, 2]) parts.set(`ppt/theme/theme${at}.xml`, encoder.encode(themeXml(deck.look)));
  for (const [at, one] of slides.entries()) {
    put(`ppt/slides/slide${at + 1}.xml`, one.xml);
    relate(`ppt/slides/_rels/slide${at + 1}.xml.rels`, one.links);
    put(`ppt/notesSlides/notesSlide${at + 1}.xml`, notesXml(deck.slides[at]?.notes ?? ""));
    relate(`ppt/notesSlides/_rels/notesSlide${at + 1}.xml.rels`, [
      ["notesMaster", "../notesMasters/notesMaster1.xml"],
      ["slide", `../slides/slide${at + 1}.xml`],
    ]);
  }
  return writeZip(parts);
}

function slideParts(
  deck: SlideDeck,
  slide: Slide,
  number: number,
  parts: Map<string, Uint8Array>,
): { xml: string; links: Link[]; charts: number } {
  const links: Link[] = [
    ["slideLayout", "../slideLayouts/slideLayout1.xml"],
    ["notesSlide", `../notesSlides/notesSlide${number}.xml`],
  ];
  let charts = 0;
  const drawn = (list: readonly SlideItem[], from: number) =>
    list.map((item, at) =>
      itemXml(item, at + from, deck.look, () => {
        if (item.kind === "image") {
          const known = [...parts.keys()].filter((name) => name.startsWith("ppt/media/")).length + 1;
          parts.set(`ppt/media/image${known}.${item.extension}`, item.bytes);
          links.push(["image", `../media/image${known}.${item.extension}`]);
          return `rId${links.length}`;
        }
        charts += 1;
        const known = [...parts.keys()].filter((name) => /^ppt\/charts\/chart\d+\.xml$/.test(name)).length;
        if (item.kind === "chart")
          for (const [name, bytes] of chartParts(item.chart, known + 1))
            parts.set(name.replace(/^word\//, "ppt/"), bytes);
        links.push(["chart", `../charts/chart${known + 1}.xml`]);
        return `rId${links.length}`;
      }),
    );
  const items = drawn(slide.items, 5);
  const back = drawn(slide.back ?? [], 5 + slide.items.length);
  const { titleBox } = slide;
  const title = placeholder(
    2,
    "題",
    '<p:ph type="title"/>',
    titleBox ? box(titleBox.x, titleBox.y, titleBox.width, titleBox.height) : "",
    paragraphs(slide.title, titleBox ?? {}),
  );
  const footer = placeholder(
    3,
    "フッター",
    '<p:ph type="ftr" sz="quarter" idx="11"/>',
    slide.footerX === undefined
      ? ""
      : box(slide.footerX, FOOTER.y, FOOTER.x + FOOTER.width - slide.footerX, FOOTER.height),
    paragraphs(deck.footer, { size: 10 }),
  );
  const page = placeholder(
    4,
    "ページ番号",
    '<p:ph type="sldNum" sz="quarter" idx="12"/>',
    "",
    pageNumber(String(number)),
  );
  return {
    xml: `<p:sld ${namespaces}><p:cSld><p:spTree>${group}${back.join("")}${title}${items.join("")}${footer}${page}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>`,
    links,
    charts,
  };
}

function placeholder(id: number, name: string, ph: string, shape: string, text: string, body = ""): string {
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="${name}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr>${ph}</p:nvPr></p:nvSpPr><p:spPr>${shape}</p:spPr><p:txBody><a:bodyPr ${body}/><a:lstStyle/>${text}</p:txBody></p:sp>`;
}

const box = (x: number, y: number, width: number, height: number) =>
  `<a:xfrm><a:off x="${emu(x)}" y="${emu(y)}"/><a:ext cx="${emu(width)}" cy="${emu(height)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>`;

function pageNumber(shown: string): string {
  return `<a:p><a:pPr algn="r"/><a:fld id="{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}" type="slidenum"><a:rPr lang="ja-JP" sz="1000"><a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/></a:rPr><a:t>${shown}</a:t></a:fld></a:p>`;
}

/** 題・フッター・ページ番号の枠。母型と型で同じ。 */
function frames(): string {
  return [
    placeholder(
      2,
      "題",
      '<p:ph type="title"/>',
      box(12, 7, SLIDE.width - 24, 18),
      paragraphs("題"),
      'anchor="ctr"',
    ),
    placeholder(
      3,
      "フッター",
      '<p:ph type="ftr" sz="quarter" idx="11"/>',
      box(FOOTER.x, FOOTER.y, FOOTER.width, FOOTER.height),
      paragraphs(" ", { size: 10 }),
      'anchor="ctr"',
    ),
    placeholder(
      4,
      "ページ番号",
      '<p:ph type="sldNum" sz="quarter" idx="12"/>',
      box(SLIDE.width - 52, 180, 40, 7),
      pageNumber("‹#›"),
      'anchor="ctr"',
    ),
  ].join("");
}

function masterXml(look?: WordLook): string {
  const level = (size: number, bold: string) =>
    `<a:lvl1pPr algn="l"><a:defRPr sz="${size}"${bold}><a:solidFill>${look ? `<a:srgbClr val="${bold ? look.accent : look.ink}"/>` : '<a:schemeClr val="tx1"/>'}</a:solidFill><a:latin typeface="+mj-lt"/><a:ea typeface="+mj-ea"/></a:defRPr></a:lvl1pPr>`;
  return `<p:sldMaster ${namespaces}><p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg><p:spTree>${group}${look ? rule(look) : ""}${frames()}</p:spTree></p:cSld>${colours}<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst><p:txStyles><p:titleStyle>${level(2200, ' b="1"')}</p:titleStyle><p:bodyStyle>${level(1400, "")}</p:bodyStyle><p:otherStyle>${level(1000, "")}</p:otherStyle></p:txStyles></p:sldMaster>`;
}

/** 題の下の線（飾り）。 */
function rule({ accent }: WordLook): string {
  return `<p:sp><p:nvSpPr><p:cNvPr id="9" name="題の線"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr>${box(12, 26.5, SLIDE.width - 24, 0.8)}<a:solidFill><a:srgbClr val="${accent}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>`;
}

function layoutXml(): string {
  return `<p:sldLayout ${namespaces} type="titleOnly" preserve="1"><p:cSld name="題と図"><p:spTree>${group}${frames()}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>`;
}

function notesMasterXml(): string {
  const image = `<p:sp><p:nvSpPr><p:cNvPr id="2" name="スライド"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg" idx="2"/></p:nvPr></p:nvSpPr><p:spPr>${box(20, 20, 150, 84)}</p:spPr></p:sp>`;
  return `<p:notesMaster ${namespaces}><p:cSld><p:spTree>${group}${image}${placeholder(3, "ノート", '<p:ph type="body" idx="3"/>', box(20, 120, 150, 150), paragraphs("ノート"))}</p:spTree></p:cSld>${colours}</p:notesMaster>`;
}

function notesXml(notes: string): string {
  const image =
    '<p:sp><p:nvSpPr><p:cNvPr id="2" name="スライド"/><p:cNvSpPr><a:spLocks noGrp="1" noRot="1" noChangeAspect="1"/></p:cNvSpPr><p:nvPr><p:ph type="sldImg"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>';
  return `<p:notes ${namespaces}><p:cSld><p:spTree>${group}${image}${placeholder(3, "ノート", '<p:ph type="body" idx="1"/>', "", paragraphs(notes))}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>`;
}

function presentationXml(count: number): string {
  const ids = Array.from({ length: count }, (_, at) => `<p:sldId id="${256 + at}" r:id="rId${at + 4}"/>`);
  return `<p:presentation ${namespaces} saveSubsetFonts="1"><p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst><p:sldIdLst>${ids.join("")}</p:sldIdLst><p:sldSz cx="${emu(SLIDE.width)}" cy="${emu(SLIDE.height)}"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>`;
}

function relationsXml(links: readonly Link[]): string {
  const rows = links.map(
    ([kind, target], at) =>
      `<Relationship Id="rId${at + 1}" Type="${office}/relationships/${kind}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="${pack}/relationships">${rows.join("")}</Relationships>`;
}

function contentTypes(slides: number, charts: number, images: boolean): string {
  const each = (count: number, path: string, kind: string) =>
    Array.from({ length: count }, (_, at): [string, string] => [`${path}${at + 1}.xml`, kind]);
  const overrides: [string, string][] = [
    ["/ppt/presentation.xml", `${type}.presentation.main+xml`],
    ["/ppt/slideMasters/slideMaster1.xml", `${type}.slideMaster+xml`],
    ["/ppt/slideLayouts/slideLayout1.xml", `${type}.slideLayout+xml`],
    ["/ppt/notesMasters/notesMaster1.xml", `${type}.notesMaster+xml`],
    ...each(2, "/ppt/theme/theme", "application/vnd.openxmlformats-officedocument.theme+xml"),
    ...each(slides, "/ppt/slides/slide", `${type}.slide+xml`),
    ...each(slides, "/ppt/notesSlides/notesSlide", `${type}.notesSlide+xml`),
    ...each(charts, "/ppt/charts/chart", "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"),
    ["/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"],
    ["/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"],
  ];
  const rows = overrides.map(([part, kind]) => `<Override PartName="${part}" ContentType="${kind}"/>`);
  const sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  return `<Types xmlns="${pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${charts > 0 ? `<Default Extension="xlsx" ContentType="${sheet}"/>` : ""}${images ? '<Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>' : ""}${rows.join("")}</Types>`;
}

/** 作成者は事業者の名だけ。最後に直した人の欄は空にする。 */
function coreXml({ title, author, created }: SlideDeck): string {
  return `<cp:coreProperties xmlns:cp="${pack}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xmlText(title)}</dc:title><dc:creator>${xmlText(author)}</dc:creator><dc:language>ja-JP</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">${created}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${created}</dcterms:modified></cp:coreProperties>`;
}
