import { inkOn, tint } from "./colour.ts";
import type { SlideItem, SlidePlace } from "./slide-model.ts";
import type { WordLook } from "./word-look.ts";
import { xmlText } from "./word-text.ts";

/** mm → EMU。 */
export function emu(mm: number): number {
  return Math.round(mm * 36_000);
}

const transform = (place: SlidePlace, prefix = "a") =>
  `<${prefix}:xfrm><a:off x="${emu(place.x)}" y="${emu(place.y)}"/><a:ext cx="${emu(place.width)}" cy="${emu(place.height)}"/></${prefix}:xfrm>`;
const colour = (rgb: string) => `<a:solidFill><a:srgbClr val="${rgb.toUpperCase()}"/></a:solidFill>`;

/** 一つの字の段落。改行ごとに段落を分ける。 */
export function paragraphs(
  text: string,
  look: {
    size?: number | undefined;
    bold?: boolean | undefined;
    color?: string | undefined;
    align?: string | undefined;
    after?: number | undefined;
  } = {},
): string {
  const align = { left: "l", center: "ctr", right: "r" }[look.align ?? "left"] ?? "l";
  const props = `lang="ja-JP" altLang="en-US"${look.size ? ` sz="${Math.round(look.size * 100)}"` : ""}${look.bold ? ' b="1"' : ""} dirty="0"`;
  const fill = `${look.color ? colour(look.color) : ""}<a:latin typeface="+mn-lt"/><a:ea typeface="+mn-ea"/>`;
  return text
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => {
      const run = line === "" ? "" : `<a:r><a:rPr ${props}>${fill}</a:rPr><a:t>${xmlText(line)}</a:t></a:r>`;
      const space = look.after
        ? `><a:spcAft><a:spcPts val="${Math.round(look.after * 100)}"/></a:spcAft></a:pPr>`
        : "/>";
      return `<a:p><a:pPr algn="${align}"${space}${run}<a:endParaRPr ${props}/></a:p>`;
    })
    .join("");
}

/** 図形・表・グラフの XML。relate は、グラフか画像の関係の id を返す。 */
export function itemXml(
  item: SlideItem,
  id: number,
  look: WordLook | undefined,
  relate: () => string,
): string {
  if (item.kind === "box") return boxXml(item, id);
  if (item.kind === "image")
    return `<p:pic><p:nvPicPr><p:cNvPr id="${id}" name="画像 ${id}" descr="${xmlText(item.alt)}"/><p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="${relate()}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>${transform(item)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>`;
  const frame = (inner: string, uri: string) =>
    `<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="${id}" name="${item.kind === "table" ? "表" : "グラフ"} ${id}" descr="${xmlText(item.alt)}"/><p:cNvGraphicFramePr>${item.kind === "table" ? '<a:graphicFrameLocks noGrp="1"/>' : ""}</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>${transform(item, "p")}<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/${uri}">${inner}</a:graphicData></a:graphic></p:graphicFrame>`;
  if (item.kind === "table") return frame(tableXml(item, look), "table");
  return frame(
    `<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="${relate()}"/>`,
    "chart",
  );
}

function boxXml(item: Extract<SlideItem, { kind: "box" }>, id: number): string {
  const { shape = "rect", fill, line, weight = 0.75, dash, text = "" } = item;
  const edge = line
    ? `<a:ln w="${Math.round(weight * 12_700)}">${colour(line)}${dash ? '<a:prstDash val="dash"/>' : ""}</a:ln>`
    : "<a:ln><a:noFill/></a:ln>";
  const descr = item.alt === "" ? "" : ` descr="${xmlText(item.alt)}"`;
  const body = `<p:txBody><a:bodyPr wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="${item.anchor === "top" ? "t" : "ctr"}"><a:noAutofit/></a:bodyPr><a:lstStyle/>${paragraphs(text, item)}</p:txBody>`;
  return `<p:sp><p:nvSpPr><p:cNvPr id="${id}" name="図形 ${id}"${descr}/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>${transform(item)}<a:prstGeom prst="${shape}"><a:avLst/></a:prstGeom>${fill ? colour(fill) : "<a:noFill/>"}${edge}</p:spPr>${body}</p:sp>`;
}

/** 結合の印。 */
function spanXml({ spans }: Extract<SlideItem, { kind: "table" }>, row: number, column: number): string {
  const span = spans?.get(`${row},${column}`);
  if (!span) return "";
  if (span === "left") return ' hMerge="1"';
  if (span === "above") return ' vMerge="1"';
  const { span: wide, down } = span;
  return `${down > 1 ? ` rowSpan="${down}"` : ""}${wide > 1 ? ` gridSpan="${wide}"` : ""}`;
}

function tableXml(item: Extract<SlideItem, { kind: "table" }>, look: WordLook | undefined): string {
  const { shares, header, rows, size = 12, width, height } = item;
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const columns = shares.map((share) => `<a:gridCol w="${emu((width * share) / whole)}"/>`).join("");
  const tall = emu(height / (rows.length + 1));
  const edge = (name: string) => `<a:${name} w="6350">${colour("999999")}</a:${name}>`;
  const edges = ["lnL", "lnR", "lnT", "lnB"].map(edge).join("");
  const headFill = look ? tint(look.accent, 0.16) : "E5ECFA";
  const cell = (text: string, head: boolean, fill: string | undefined, span: string) =>
    `<a:tc${span}><a:txBody><a:bodyPr/><a:lstStyle/>${paragraphs(text, { size, bold: head, color: fill ? inkOn(fill) : undefined })}</a:txBody><a:tcPr marL="54000" marR="54000" marT="18000" marB="18000" anchor="ctr">${edges}${colour(fill ?? (head ? headFill : "FFFFFF"))}</a:tcPr></a:tc>`;
  const row = (cells: readonly string[], at: number) =>
    `<a:tr h="${tall}">${shares.map((_, column) => cell(cells[column] ?? "", at < 0, item.fills?.get(`${at},${column}`), spanXml(item, at, column))).join("")}</a:tr>`;
  return `<a:tbl><a:tblPr firstRow="1"/><a:tblGrid>${columns}</a:tblGrid>${row(header, -1)}${rows.map((cells, at) => row(cells, at)).join("")}</a:tbl>`;
}
