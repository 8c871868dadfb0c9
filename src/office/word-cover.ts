import { tint } from "./colour.ts";
import type { WordBlock } from "./word-model.ts";
import { anchorXml, bandXml } from "./word-shape.ts";
import { runsXml } from "./word-text.ts";

const EMU = 36_000;

/** 表紙。紙の上半分に絵か色、題は帯の上。字は本文の文字なので、読み上げと目次の道具に伝わる。 */
export function coverXml(
  block: Extract<WordBlock, { kind: "cover" }>,
  accent: string,
  second: string,
  next: () => number,
  image: (bytes: Uint8Array, extension: "png" | "jpeg") => string,
): string {
  const tall = block.image ? Math.min(120, (210 * block.image.height) / block.image.width) : 118;
  const bands = [
    bandXml(next(), { x: 0, y: tall, width: 210, height: 86, fill: accent }),
    bandXml(next(), { x: 0, y: tall + 86, width: 210, height: 4, fill: second }),
    bandXml(next(), { x: 0, y: tall + 90, width: 210, height: 297 - tall - 90, fill: tint(accent, 0.05) }),
    block.image ? "" : bandXml(next(), { x: 0, y: 0, width: 210, height: tall, fill: tint(accent, 0.35) }),
  ].join("");
  const picture = block.image ? pictureRun(block.image, tall, next, image) : "";
  const line = (style: string, text: string) =>
    text === "" ? "" : `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${runsXml(text)}</w:p>`;
  return [
    `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="${Math.round(((tall - 25 + 20) / 25.4) * 1440)}" w:lineRule="exact"/></w:pPr>${bands}${picture}</w:p>`,
    line("CoverTitle", block.title),
    line("CoverSubtitle", block.subtitle),
    `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="${Math.round((52 / 25.4) * 1440)}" w:lineRule="exact"/></w:pPr></w:p>`,
    line("CoverDate", block.date),
    line("CoverDate", block.author),
  ].join("");
}

function pictureRun(
  picture: NonNullable<Extract<WordBlock, { kind: "cover" }>["image"]>,
  tall: number,
  next: () => number,
  image: (bytes: Uint8Array, extension: "png" | "jpeg") => string,
): string {
  const relation = image(picture.bytes, picture.extension);
  const whole = (210 * picture.height) / picture.width;
  // 縦に長い絵は、下を切る（百分の一の千倍）。
  const cut = whole > tall ? ` b="${Math.round((1 - tall / whole) * 100_000)}"` : "";
  const [wide, high] = [210 * EMU, Math.round(tall * EMU)];
  const graphic = `<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="${relation}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${relation}"/><a:srcRect${cut}/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${wide}" cy="${high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>`;
  return `<w:r><w:drawing>${anchorXml(next(), { x: 0, y: 0, width: 210, height: tall }, graphic, picture.alt)}</w:drawing></w:r>`;
}

const style = (id: string, name: string, pPr: string, rPr: string) =>
  `<w:style w:type="paragraph" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:pPr>${pPr}</w:pPr><w:rPr>${rPr}</w:rPr></w:style>`;
const head =
  '<w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia" w:hAnsiTheme="majorHAnsi"/><w:b/>';

/** 表紙の様式。 */
export const coverStyles = [
  style(
    "CoverTitle",
    "表紙の題",
    '<w:spacing w:before="0" w:after="200" w:line="720" w:lineRule="exact"/><w:jc w:val="center"/>',
    `${head}<w:color w:val="FFFFFF"/><w:sz w:val="48"/>`,
  ),
  style(
    "CoverSubtitle",
    "表紙の副題",
    '<w:spacing w:before="0" w:after="0" w:line="480" w:lineRule="exact"/><w:jc w:val="center"/>',
    `${head}<w:color w:val="FFFFFF"/><w:sz w:val="28"/>`,
  ),
  style(
    "CoverDate",
    "表紙の日付",
    '<w:spacing w:before="60" w:after="60"/><w:jc w:val="center"/>',
    `${head}<w:sz w:val="28"/>`,
  ),
].join("");
