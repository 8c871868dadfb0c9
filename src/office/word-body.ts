import { figureMark } from "./figure-mark.ts";
import { coverXml } from "./word-cover.ts";
import { headingMark } from "./word-heading.ts";
import { iconName } from "./word-icon.ts";
import { headFill } from "./word-look.ts";
import {
  bodyWidth,
  headingNumbers,
  type WordBlock,
  type WordCell,
  type WordDocument,
  type WordSection,
  type WordText,
  type WordTracked,
} from "./word-model.ts";
import { sectionEnd, twips } from "./word-section.ts";
import { shapesXml } from "./word-shape.ts";
import { plainText, runsXml, trackedMark, trackedXml, xmlText } from "./word-text.ts";

const EMU_PER_MM = 36_000;

/** 本文の外に置く部品（画像、グラフ、脚注）を預けて、関係の id か番号をもらう。 */
export interface WordParts {
  image(bytes: Uint8Array, extension: "png" | "jpeg"): string;
  chart(chart: Extract<WordBlock, { kind: "chart" }>["chart"]): string;
  note(text: string): number;
}

interface Scene {
  document: WordDocument;
  numbers: Map<WordBlock, string>;
  parts: WordParts;
  /** 図形・しおりの通し番号（文書の中で一つずつ）。 */
  next(): number;
  /** ブロックごとのしおりの名。 */
  marks: Map<WordBlock, string>;
  /** いまの節。 */
  section: WordSection;
}

/** w:body の中身と、終わりの節（その設定は呼ぶ側が書く）。 */
export function bodyXml(document: WordDocument, parts: WordParts): { xml: string; section: WordSection } {
  const headings = document.blocks.filter((block) => block.kind === "heading");
  let id = 0;
  const scene: Scene = {
    document,
    numbers: headingNumbers(document.blocks),
    parts,
    next: () => {
      id += 1;
      return id;
    },
    marks: new Map(headings.map((block, at) => [block, headingMark(at)])),
    section: document.section ?? { landscape: document.landscape === true },
  };
  const xml = document.blocks.map((block) => blockXml(scene, block)).join("");
  return { xml, section: scene.section };
}

function blockXml(scene: Scene, block: WordBlock): string {
  switch (block.kind) {
    case "title":
      return `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>${runsXml(block.text)}</w:p>`;
    case "heading":
      return headingXml(scene, block);
    case "paragraph":
      return paragraphXml(scene, block);
    case "caption":
      return captionXml(scene, block);
    case "shapes":
      return figureXml(`<w:r>${shapesXml(scene.next(), block)}</w:r>`, block.tracked);
    case "cover": {
      const { accent = "0017C1", second = "767676" } = scene.document.look ?? {};
      return coverXml(block, accent, second, scene.next, scene.parts.image);
    }
    case "section": {
      const end = sectionEnd(scene.section);
      scene.section = block.section;
      return end;
    }
    case "list":
      return block.items
        .map(
          (item) =>
            `<w:p><w:pPr><w:pStyle w:val="${block.ordered ? "ListNumber" : "ListBullet"}"/></w:pPr>${runsOf(scene, item)}</w:p>`,
        )
        .join("");
    case "table":
      return tableXml(scene, block);
    case "image":
      return drawingXml(
        scene,
        block,
        pictureXml(scene.parts.image(block.png, block.extension ?? "png"), block),
      );
    case "chart":
      return drawingXml(scene, block, chartFrameXml(scene.parts.chart(block.chart)), figureMark(block.name));
    case "contents":
      return contentsXml(scene);
    case "pageBreak":
      return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>';
  }
}

function runsOf(scene: Scene, text: WordText, size?: number): string {
  return runsXml(text, size, scene.parts.note);
}

/** しおりで囲む（名がなければ、そのまま）。 */
function marked(scene: Scene, name: string | undefined, inner: string): string {
  if (!name) return inner;
  const id = scene.next();
  return `<w:bookmarkStart w:id="${id}" w:name="${xmlText(name)}"/>${inner}<w:bookmarkEnd w:id="${id}"/>`;
}

function headingXml(scene: Scene, block: Extract<WordBlock, { kind: "heading" }>): string {
  const annex =
    block.list === "annex"
      ? `<w:numPr><w:ilvl w:val="${block.level - 1}"/><w:numId w:val="4"/></w:numPr>`
      : "";
  const props = [
    `<w:pStyle w:val="${block.label ? "Measure" : `Heading${block.level}`}"/>`,
    block.newPage ? "<w:pageBreakBefore/>" : "",
    block.number === false ? '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>' : annex,
    block.number === false && !scene.document.look ? '<w:ind w:left="0" w:firstLine="0"/>' : "",
    block.icon ? `<w:ind w:right="${twips(block.icon.width + ICON_GAP)}"/>` : "",
    markXml(block.tracked),
  ].join("");
  const label = block.label
    ? `${marked(scene, block.mark, sequenceXml(block.label.name, block.label.number))}${runsXml("　")}`
    : "";
  const text = label + runsXml(block.text);
  const inner = block.label ? text : marked(scene, block.mark, text);
  const icon = block.icon ? iconXml(scene, block.icon) : "";
  return `<w:p><w:pPr>${props}</w:pPr>${icon}${marked(scene, scene.marks.get(block), inner)}</w:p>`;
}

/** 見出しの帯と絵の間（mm）。 */
const ICON_GAP = 5;

/** 見出しの右の絵。飾りなので読み上げない。しおりの外に置き、目次に写らないようにする。 */
function iconXml(scene: Scene, icon: NonNullable<Extract<WordBlock, { kind: "heading" }>["icon"]>): string {
  const id = scene.next();
  const [wide, tall] = [icon.width, icon.height].map((mm) => Math.round(mm * EMU_PER_MM));
  const graphic = pictureXml(scene.parts.image(icon.bytes, icon.extension), icon);
  return `<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="${id}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="column"><wp:align>right</wp:align></wp:positionH><wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV><wp:extent cx="${wide}" cy="${tall}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/><wp:docPr id="${id}" name="${iconName(id)}" descr=""/><wp:cNvGraphicFramePr/>${graphic}</wp:anchor></w:drawing></w:r>`;
}

/** 「図1」の形の通し番号。番号は SEQ の欄なので、Word の中で並べ替えても振り直せる。 */
function sequenceXml(name: string, number: string): string {
  return `${runsXml(name)}<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> SEQ ${xmlText(name)} \\* ARABIC </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${runsXml(number)}<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
}

function captionXml(scene: Scene, block: Extract<WordBlock, { kind: "caption" }>): string {
  const number = marked(scene, block.mark, sequenceXml(block.name, block.number));
  const next = block.newPage ? "<w:pageBreakBefore/>" : "";
  return `<w:p><w:pPr><w:pStyle w:val="Caption"/>${next}</w:pPr>${number}${runsXml("　")}${runsOf(scene, block.text)}</w:p>`;
}

const paragraphStyles = {
  ...{ column: "Column", columnHead: "ColumnHead", source: "Source", body: "Body" },
  ...{ caption: "Caption", bullet: "ListBullet", measure: "Measure" },
};

/** 段落の終わりの、変更履歴の印。 */
function markXml(tracked: WordTracked | undefined): string {
  return tracked ? `<w:rPr>${trackedMark(tracked)}</w:rPr>` : "";
}

function paragraphXml(scene: Scene, block: Extract<WordBlock, { kind: "paragraph" }>): string {
  const spacing = [
    block.before === undefined ? "" : ` w:before="${Math.round(block.before * 20)}"`,
    block.after === undefined ? "" : ` w:after="${Math.round(block.after * 20)}"`,
  ].join("");
  const props = [
    block.style ? `<w:pStyle w:val="${paragraphStyles[block.style]}"/>` : "",
    block.keepNext ? "<w:keepNext/>" : "",
    spacing === "" ? "" : `<w:spacing${spacing}/>`,
    block.indent === undefined
      ? ""
      : `<w:ind w:left="${twips(block.indent)}"${block.hanging ? ` w:hanging="${twips(block.hanging)}"` : ""}/>`,
    block.align === undefined ? "" : `<w:jc w:val="${block.align}"/>`,
    markXml(block.tracked),
  ].join("");
  const inner = marked(scene, block.mark, runsOf(scene, block.text));
  return `<w:p>${props === "" ? "" : `<w:pPr>${props}</w:pPr>`}${inner}</w:p>`;
}

function tableXml(scene: Scene, block: Extract<WordBlock, { kind: "table" }>): string {
  const total = twips(block.width ?? bodyWidth(scene.section));
  const shares = block.columns.reduce((sum, column) => sum + column.share, 0) || 1;
  const widths = block.columns.map((column) => Math.round((total * column.share) / shares));
  const head = block.header
    ? rowXml(
        scene,
        block,
        widths,
        block.header.map((cell) => ({
          ...(typeof cell === "string" ? { text: cell } : cell),
          ...({ head: true, align: "center" } as const),
        })),
        true,
        block.tracked,
      )
    : "";
  const rows = block.rows
    .map((row, at) => rowXml(scene, block, widths, row, false, block.tracked ?? block.rowTracked?.[at]))
    .join("");
  const look = `<w:tblLook w:val="0000" w:firstRow="${block.header ? 1 : 0}" w:lastRow="0" w:firstColumn="${block.headColumn ? 1 : 0}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>`;
  const props = `<w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="${total}" w:type="dxa"/>${
    block.align ? `<w:jc w:val="${block.align}"/>` : ""
  }<w:tblLayout w:type="fixed"/>${look}<w:tblCaption w:val="${xmlText(block.caption)}"/></w:tblPr>`;
  const grid = `<w:tblGrid>${widths.map((width) => `<w:gridCol w:w="${width}"/>`).join("")}</w:tblGrid>`;
  if (block.rows.length === 0 && !block.header) return "";
  // 表の直後に段落がないと、続く表とくっつく。
  return `<w:tbl>${props}${grid}${head}${rows}</w:tbl><w:p><w:pPr><w:pStyle w:val="AfterTable"/>${markXml(block.tracked)}</w:pPr></w:p>`;
}

function rowXml(
  scene: Scene,
  block: Extract<WordBlock, { kind: "table" }>,
  widths: readonly number[],
  cells: readonly (WordCell | string)[],
  header: boolean,
  tracked?: WordTracked,
): string {
  const last = !header && cells === block.rows.at(-1);
  const height =
    block.rowHeight === undefined || header
      ? ""
      : `<w:trHeight w:val="${twips(block.rowHeight)}" w:hRule="atLeast"/>`;
  const props = `<w:trPr><w:cantSplit/>${height}${header ? "<w:tblHeader/>" : ""}${trackedMark(tracked)}</w:trPr>`;
  let at = 0;
  const drawn = cells.map((given) => {
    const cell: WordCell = typeof given === "string" ? { text: given } : given;
    const span = Math.min(cell.span ?? 1, Math.max(1, widths.length - at));
    const width = widths.slice(at, at + span).reduce((sum, one) => sum + one, 0);
    const head = cell.head ?? (block.headColumn === true && at === 0);
    const align = cell.align ?? block.columns[at]?.align;
    at += span;
    const { text, fill, merge } = cell;
    // 終わりの行のほかは、次の行と同じページに置く。
    const keep = block.together === true && !last;
    const top = block.cellTop === true && !header;
    return cellXml(scene, { text, width, span, head, align, size: block.size, fill, merge, keep, top });
  });
  return `<w:tr>${props}${drawn.join("")}</w:tr>`;
}

function cellXml(
  scene: Scene,
  cell: {
    text: WordText;
    width: number;
    span: number;
    head: boolean;
    align: string | undefined;
    size: number | undefined;
    fill: string | undefined;
    merge: WordCell["merge"];
    keep: boolean;
    top: boolean;
  },
): string {
  const fill = cell.fill ?? (cell.head ? headFill(scene.document.look) : undefined);
  const props = [
    `<w:tcW w:w="${cell.width}" w:type="dxa"/>`,
    cell.span > 1 ? `<w:gridSpan w:val="${cell.span}"/>` : "",
    cell.merge === undefined ? "" : cell.merge === "start" ? '<w:vMerge w:val="restart"/>' : "<w:vMerge/>",
    fill ? `<w:shd w:val="clear" w:color="auto" w:fill="${fill}"/>` : "",
    `<w:vAlign w:val="${cell.top ? "top" : "center"}"/>`,
  ].join("");
  const align = cell.align ? `<w:jc w:val="${cell.align}"/>` : "";
  return `<w:tc><w:tcPr>${props}</w:tcPr><w:p><w:pPr><w:pStyle w:val="Cell"/>${cell.keep ? "<w:keepNext/>" : ""}${align}</w:pPr>${runsOf(scene, cell.text, cell.size)}</w:p></w:tc>`;
}

function drawingXml(
  scene: Scene,
  block: { width: number; height: number; alt: string; name?: string; tracked?: WordTracked },
  graphic: string,
  mark?: string,
): string {
  const id = scene.next();
  const [wide, tall] = [block.width, block.height].map((mm) => Math.round(mm * EMU_PER_MM));
  const drawing = `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${wide}" cy="${tall}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="${id}" name="${xmlText(block.name ?? `図 ${id}`)}" descr="${xmlText(block.alt)}"/><wp:cNvGraphicFramePr/>${graphic}</wp:inline></w:drawing></w:r>`;
  return figureXml(marked(scene, mark, drawing), block.tracked);
}

function figureXml(run: string, tracked: WordTracked | undefined): string {
  return `<w:p><w:pPr><w:pStyle w:val="Figure"/>${markXml(tracked)}</w:pPr>${trackedXml(tracked, run)}</w:p>`;
}

function pictureXml(relation: string, block: { width: number; height: number }): string {
  const [wide, tall] = [block.width, block.height].map((mm) => Math.round(mm * EMU_PER_MM));
  return `<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr><pic:cNvPr id="0" name="${relation}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="${relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${wide}" cy="${tall}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>`;
}

function chartFrameXml(relation: string): string {
  return `<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="${relation}"/></a:graphicData></a:graphic>`;
}

/** 目次の欄。中身も書いておくので、開いたときに「更新しますか」と尋ねられない。 */
function contentsXml(scene: Scene): string {
  const shown = scene.document.blocks.flatMap((block) =>
    block.kind === "heading" && block.level <= 2 && block.tracked !== "deleted" ? [block] : [],
  );
  const every = scene.document.blocks.filter((block) => block.kind === "heading");
  const { pages } = scene.document;
  const code = `TOC \\o "1-2" \\h \\z${pages ? "" : " \\n"}`;
  const begin = `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ${xmlText(code)} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`;
  const end = `<w:r><w:fldChar w:fldCharType="end"/></w:r>`;
  const lines = shown.map((block, at) => {
    const mark = scene.marks.get(block) ?? "";
    const number = block.shownNumber ?? scene.numbers.get(block) ?? "";
    const page = pages?.[every.indexOf(block)];
    const text = runsXml(`${number}${number === "" ? "" : "　"}${plainText(block.text)}`);
    const tail =
      page === undefined
        ? ""
        : `<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGEREF ${mark} \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>${page}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    return `<w:p><w:pPr><w:pStyle w:val="TOC${block.level}"/></w:pPr>${at === 0 ? begin : ""}<w:hyperlink w:anchor="${mark}" w:history="1">${text}${tail}</w:hyperlink>${at === shown.length - 1 ? end : ""}</w:p>`;
  });
  const title = '<w:p><w:pPr><w:pStyle w:val="TOCHeading"/></w:pPr><w:r><w:t>目次</w:t></w:r></w:p>';
  return shown.length === 0 ? "" : `${title}${lines.join("")}`;
}
