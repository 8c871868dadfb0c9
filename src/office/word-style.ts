import { coverStyles } from "./word-cover.ts";
import { levelsXml, lookStyles, type WordLook, type WordNumber } from "./word-look.ts";
import { noteStyles } from "./word-note.ts";

const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** 日本語の書体。Windows に入っている BIZ UD。ない機械では、テーマの書体が代わる。 */
const GOTHIC = "BIZ UDPゴシック";

function paragraphStyle(id: string, name: string, pPr: string, rPr: string, more = ""): string {
  return `<w:style w:type="paragraph" w:styleId="${id}"${more.includes("custom") ? ' w:customStyle="1"' : ""}><w:name w:val="${name}"/><w:basedOn w:val="Normal"/>${
    /^(Title|Heading)/.test(id) ? '<w:next w:val="Normal"/>' : ""
  }<w:uiPriority w:val="9"/><w:qFormat/><w:pPr>${pPr}</w:pPr><w:rPr>${rPr}</w:rPr></w:style>`;
}

const border = (side: string, rgb: string) =>
  `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="${rgb}"/>`;

/** 見出しの様式。見た目のある文書では、その形。 */
function headingStyles(own: Record<string, { pPr: string; rPr: string }>): string[] {
  return [
    { id: 1, size: 26, before: 320, line: true },
    { id: 2, size: 23, before: 220, line: false },
    { id: 3, size: 21, before: 160, line: false },
    { id: 4, size: 21, before: 120, line: false },
  ].map(({ id, size, before, line }) => {
    const drawn = own[`Heading${id}`];
    if (drawn)
      return paragraphStyle(
        `Heading${id}`,
        `heading ${id}`,
        `<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val="${id - 1}"/><w:numId w:val="1"/></w:numPr>${drawn.pPr}<w:outlineLvl w:val="${id - 1}"/>`,
        drawn.rPr,
      );
    return paragraphStyle(
      `Heading${id}`,
      `heading ${id}`,
      `<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val="${id - 1}"/><w:numId w:val="1"/></w:numPr>${
        line ? '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="2" w:color="333333"/></w:pBdr>' : ""
      }<w:spacing w:before="${before}" w:after="100"/><w:outlineLvl w:val="${id - 1}"/>`,
      `<w:b/><w:sz w:val="${size}"/>`,
    );
  });
}

/** 目次の様式。 */
function contentsStyles(): string[] {
  return [1, 2].map((level) =>
    paragraphStyle(
      `TOC${level}`,
      `toc ${level}`,
      `<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9070"/></w:tabs><w:spacing w:before="${level === 1 ? 80 : 0}" w:after="0"/><w:ind w:left="${(level - 1) * 420}"/>`,
      "",
    ),
  );
}

/** styles.xml。見出し・表・目次の形は、Word の様式として入っている。 */
export function stylesXml(look?: WordLook): string {
  const own = look ? lookStyles(look) : {};
  const headings = headingStyles(own);
  return `${declaration}<w:styles ${w}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/><w:color w:val="1A1A1A"/><w:kern w:val="2"/><w:sz w:val="21"/><w:szCs w:val="22"/><w:lang w:val="en-US" w:eastAsia="ja-JP" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="60" w:line="320" w:lineRule="atLeast"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style><w:style w:type="table" w:customStyle="1" w:styleId="Grid"><w:name w:val="まどぐちの表"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>${["top", "left", "bottom", "right", "insideH", "insideV"].map((side) => border(side, look ? "8C98A5" : "444444")).join("")}</w:tblBorders><w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="30" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>${[
    paragraphStyle(
      "Title",
      "Title",
      '<w:spacing w:before="240" w:after="240"/><w:jc w:val="center"/>',
      '<w:b/><w:spacing w:val="40"/><w:sz w:val="34"/>',
    ),
    ...headings,
    paragraphStyle(
      "Body",
      "本文の段落",
      '<w:spacing w:before="0" w:after="110" w:line="370" w:lineRule="atLeast"/><w:ind w:firstLine="210"/><w:jc w:val="both"/>',
      "",
      "custom",
    ),
    paragraphStyle(
      "Cell",
      "表の字",
      '<w:spacing w:before="0" w:after="0" w:line="290" w:lineRule="atLeast"/>',
      '<w:sz w:val="20"/>',
      "custom",
    ),
    paragraphStyle(
      "AfterTable",
      "表の後",
      '<w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/>',
      '<w:sz w:val="12"/>',
      "custom",
    ),
    paragraphStyle(
      "Figure",
      "図",
      '<w:keepLines/><w:spacing w:before="80" w:after="80" w:line="240" w:lineRule="auto"/><w:jc w:val="center"/>',
      "",
      "custom",
    ),
    paragraphStyle(
      "ListBullet",
      "List Bullet",
      '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr><w:spacing w:before="0" w:after="40"/>',
      "",
    ),
    paragraphStyle(
      "ListNumber",
      "List Number",
      '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr><w:spacing w:before="0" w:after="40"/>',
      "",
    ),
    paragraphStyle(
      "TOCHeading",
      "目次の見出し",
      '<w:spacing w:before="240" w:after="80"/>',
      '<w:b/><w:sz w:val="26"/>',
      "custom",
    ),
    ...contentsStyles(),
    paragraphStyle(
      "Header",
      "header",
      '<w:spacing w:after="0"/><w:jc w:val="right"/>',
      '<w:color w:val="555555"/><w:sz w:val="17"/>',
    ),
    paragraphStyle(
      "Footer",
      "footer",
      '<w:pBdr><w:top w:val="single" w:sz="4" w:space="4" w:color="999999"/></w:pBdr><w:spacing w:after="0"/>',
      '<w:color w:val="555555"/><w:sz w:val="17"/>',
    ),
    ...(look
      ? Object.entries(own).flatMap(([id, drawn]) => (id.startsWith("Heading") ? [] : [ownStyle(id, drawn)]))
      : []),
  ].join("")}${look ? coverStyles : ""}${noteStyles}</w:styles>`;
}

const ownNames: Record<string, string> = {
  Measure: "施策の見出し",
  ColumnHead: "コラムの題",
  Column: "コラム",
  Caption: "caption",
  Source: "出典",
};

function ownStyle(id: string, { pPr, rPr }: { pPr: string; rPr: string }): string {
  return paragraphStyle(id, ownNames[id] ?? id, pPr, rPr, id === "Caption" ? "" : "custom");
}

/** numbering.xml。見出し（１ → (1) → ア）、中点、番号。 */
export function numberingXml(numbering?: {
  body: readonly (WordNumber | undefined)[];
  annex: readonly (WordNumber | undefined)[];
}): string {
  const level = (at: number, format: string, text: string, left: number, style = "") =>
    `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${style}<w:suff w:val="tab"/><w:lvlText w:val="${text}"/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="${left}"/></w:tabs><w:ind w:left="${left}" w:hanging="${left - (at === 0 ? 0 : at * 140)}"/></w:pPr></w:lvl>`;
  const outline = [
    level(0, "decimalFullWidth", "%1", 480, '<w:pStyle w:val="Heading1"/>'),
    level(1, "decimal", "(%2)", 600, '<w:pStyle w:val="Heading2"/>'),
    level(2, "aiueoFullWidth", "%3", 720, '<w:pStyle w:val="Heading3"/>'),
  ].join("");
  const styled = (at: number) => `<w:pStyle w:val="Heading${at + 1}"/>`;
  const own = numbering ? levelsXml(numbering.body, styled) : outline;
  const annex = numbering
    ? `<w:abstractNum w:abstractNumId="3"><w:multiLevelType w:val="multilevel"/>${levelsXml(numbering.annex, () => "")}</w:abstractNum>`
    : "";
  const single = (id: number, format: string, text: string, style: string) =>
    `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="singleLevel"/>${level(0, format, text, 420, `<w:pStyle w:val="${style}"/>`)}</w:abstractNum>`;
  return `${declaration}<w:numbering ${w}><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>${own}</w:abstractNum>${single(1, "bullet", "・", "ListBullet")}${single(2, "decimal", "%1.", "ListNumber")}${annex}${(numbering
    ? [0, 1, 2, 3]
    : [0, 1, 2]
  )
    .map((id) => `<w:num w:numId="${id + 1}"><w:abstractNumId w:val="${id}"/></w:num>`)
    .join("")}</w:numbering>`;
}

/** settings.xml。開いたときに尋ねる設定（updateFields）は入れない。 */
export function settingsXml(noted = false): string {
  return `${declaration}<w:settings ${w}><w:zoom w:percent="100"/><w:defaultTabStop w:val="840"/><w:characterSpacingControl w:val="compressPunctuation"/>${noted ? '<w:footnotePr><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr>' : ""}<w:compat><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="ja-JP"/></w:settings>`;
}

/** theme1.xml。日本語の字は、英字の書体に引きずられずゴシックになる。 */
export function themeXml(look?: WordLook): string {
  const [one = "0017C1", two = "767676", three = "4979F5", four = "B34B00", five = "197A4B", six = "949494"] =
    look?.palette ?? [];
  const colors = [
    ["dk1", '<a:sysClr val="windowText" lastClr="000000"/>'],
    ["lt1", '<a:sysClr val="window" lastClr="FFFFFF"/>'],
    ["dk2", '<a:srgbClr val="333333"/>'],
    ["lt2", '<a:srgbClr val="F2F2F2"/>'],
    ["accent1", `<a:srgbClr val="${one}"/>`],
    ["accent2", `<a:srgbClr val="${two}"/>`],
    ["accent3", `<a:srgbClr val="${three}"/>`],
    ["accent4", `<a:srgbClr val="${four}"/>`],
    ["accent5", `<a:srgbClr val="${five}"/>`],
    ["accent6", `<a:srgbClr val="${six}"/>`],
    ["hlink", '<a:srgbClr val="0017C1"/>'],
    ["folHlink", '<a:srgbClr val="5C3D99"/>'],
  ]
    .map(([name, value]) => `<a:${name}>${value}</a:${name}>`)
    .join("");
  const font = (name: string) =>
    `<a:latin typeface="${name}"/><a:ea typeface="${name}"/><a:cs typeface=""/><a:font script="Jpan" typeface="${name}"/>`;
  const [head, body] = [look?.headFont ?? GOTHIC, look?.bodyFont ?? GOTHIC];
  const fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>';
  const line = `<a:ln w="6350">${fill}</a:ln>`;
  const effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
  return `${declaration}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="madoguchi"><a:themeElements><a:clrScheme name="madoguchi">${colors}</a:clrScheme><a:fontScheme name="madoguchi"><a:majorFont>${font(head)}</a:majorFont><a:minorFont>${font(body)}</a:minorFont></a:fontScheme><a:fmtScheme name="madoguchi"><a:fillStyleLst>${fill.repeat(3)}</a:fillStyleLst><a:lnStyleLst>${line.repeat(3)}</a:lnStyleLst><a:effectStyleLst>${effect.repeat(3)}</a:effectStyleLst><a:bgFillStyleLst>${fill.repeat(3)}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>`;
}
