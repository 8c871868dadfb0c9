import { inkOn } from "./colour.ts";
import { xmlText } from "./word-text.ts";

const EMU = 36_000;
const emu = (mm: number) => Math.round(mm * EMU);

/** 図形の一つ（mm、図の左上から）。字のある四角か、線。 */
export type WordShape =
  | {
      kind: "box";
      x: number;
      y: number;
      width: number;
      height: number;
      fill: string;
      line?: string;
      text: string;
      /** ポイント。 */
      size: number;
      bold?: boolean;
      align?: "left" | "center";
    }
  | { kind: "line"; x: number; y: number; toX: number; toY: number; color: string };

const solid = (rgb: string) => `<a:solidFill><a:srgbClr val="${rgb}"/></a:solidFill>`;

/**
 * 図形のまとまり（DrawingML の wpg）。Word の中で一つずつ動かし、字を直せる。
 * 2010 より前の Word のために mc:AlternateContent に入れる（読めない機械では、代わりの文だけが残る）。
 */
export function shapesXml(
  id: number,
  picture: { width: number; height: number; alt: string; shapes: readonly WordShape[] },
): string {
  const [wide, tall] = [emu(picture.width), emu(picture.height)];
  const inner = picture.shapes.map((shape, at) => shapeXml(shape, at + 1)).join("");
  const group = `<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${wide}" cy="${tall}"/><a:chOff x="0" y="0"/><a:chExt cx="${wide}" cy="${tall}"/></a:xfrm></wpg:grpSpPr>${inner}</wpg:wgp>`;
  const drawing = `<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${wide}" cy="${tall}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="${id}" name="図 ${id}" descr="${xmlText(picture.alt)}"/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup">${group}</a:graphicData></a:graphic></wp:inline></w:drawing>`;
  return `<mc:AlternateContent><mc:Choice Requires="wpg">${drawing}</mc:Choice></mc:AlternateContent>`;
}

function shapeXml(shape: WordShape, id: number): string {
  if (shape.kind === "line") {
    const [left, top] = [Math.min(shape.x, shape.toX), Math.min(shape.y, shape.toY)];
    const flip = shape.toY < shape.y !== shape.toX < shape.x ? ' flipV="1"' : "";
    return `<wps:wsp><wps:cNvPr id="${id}" name="線 ${id}"/><wps:cNvCnPr/><wps:spPr><a:xfrm${flip}><a:off x="${emu(left)}" y="${emu(top)}"/><a:ext cx="${emu(Math.abs(shape.toX - shape.x))}" cy="${emu(Math.abs(shape.toY - shape.y))}"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="12700">${solid(shape.color)}</a:ln></wps:spPr><wps:bodyPr/></wps:wsp>`;
  }
  const { x, y, width, height, fill, line, text, size, bold, align = "center" } = shape;
  const edge = line ? `<a:ln w="9525">${solid(line)}</a:ln>` : "<a:ln><a:noFill/></a:ln>";
  const paragraphs = text
    .split("\n")
    .map(
      (part) =>
        `<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="${align}"/></w:pPr><w:r><w:rPr>${bold ? "<w:b/>" : ""}<w:color w:val="${inkOn(fill)}"/><w:sz w:val="${Math.round(size * 2)}"/></w:rPr><w:t xml:space="preserve">${xmlText(part)}</w:t></w:r></w:p>`,
    )
    .join("");
  return `<wps:wsp><wps:cNvPr id="${id}" name="枠 ${id}"/><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="${emu(x)}" y="${emu(y)}"/><a:ext cx="${emu(width)}" cy="${emu(height)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>${solid(fill)}${edge}</wps:spPr><wps:txbx><w:txbxContent>${paragraphs}</w:txbxContent></wps:txbx><wps:bodyPr wrap="square" lIns="54000" tIns="18000" rIns="54000" bIns="18000" anchor="ctr"><a:noAutofit/></wps:bodyPr></wps:wsp>`;
}

/** 表紙の地: 紙の端から端までの色の帯（文字の後ろ）。飾りなので、読み上げない。mm はページの左上から。 */
export function bandXml(
  id: number,
  band: { x: number; y: number; width: number; height: number; fill: string },
): string {
  const drawing = `<w:drawing>${anchorXml(id, band, `<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${emu(band.width)}" cy="${emu(band.height)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>${solid(band.fill)}<a:ln><a:noFill/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>`, "")}</w:drawing>`;
  return `<w:r><mc:AlternateContent><mc:Choice Requires="wps">${drawing}</mc:Choice></mc:AlternateContent></w:r>`;
}

/** ページの決まった所に置く（文字の後ろ）。 */
export function anchorXml(
  id: number,
  place: { x: number; y: number; width: number; height: number },
  graphic: string,
  alt: string,
): string {
  return `<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="${id}" behindDoc="1" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="page"><wp:posOffset>${emu(place.x)}</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>${emu(place.y)}</wp:posOffset></wp:positionV><wp:extent cx="${emu(place.width)}" cy="${emu(place.height)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="${id}" name="地 ${id}" descr="${xmlText(alt)}"/><wp:cNvGraphicFramePr/>${graphic}</wp:anchor>`;
}
