import { AppError } from "../base/error.ts";
import { attributeOf, childOf, childrenOf, textOf, type XmlElement } from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { isUnread, readDocxParts } from "../word/docx-reading.ts";
import { type DocxStyles, readDocxStyles } from "../word/docx-style.ts";
import { cellsOf, rowsOf } from "../word/docx-table.ts";
import { DocxMarks } from "./docx-mark.ts";
import { markPageNoise } from "./page-noise.ts";
import { SourceBuilder, type SpecificationSource } from "./source-line.ts";
import { isFullLine, wrapWidth } from "./wrap-width.ts";

/**
 * Word 文書（.docx）から行を取り出す。自動の番号は見えている文字にし、表は行ごと、脚注と文字枠は段落の後に置く。
 * 変更履歴の削除と、ふりがなは読まない。
 * @throws AppError BAD_INPUT（Word 文書でない、壊れている、パスワード）、TOO_LARGE
 */
export function readDocxSource(bytes: Uint8Array): SpecificationSource {
  const { document, part } = readDocxParts(openZip(bytes, {}, (name) => /\.(xml|rels)$/i.test(name)));
  const body = document && childOf(document, "w:body");
  if (!body)
    throw new AppError(
      "BAD_INPUT",
      "Word 文書（.docx）として読めません。Word で開いて保存し直してください。",
    );
  const walker = new DocxWalker({
    marks: new DocxMarks(part("numbering")),
    styles: readDocxStyles(part("styles")),
    notes: new Map([...notesOf(part("footnotes"), "w:footnote"), ...notesOf(part("endnotes"), "w:endnote")]),
  });
  walker.blocks(childrenOf(body));
  // 折り返した文をそのまま段落にした文書（文字のファイルから作った Word など）もある。
  const wrap = wrapWidth(walker.out.lines.filter((line) => line.kind === "text").map((line) => line.text));
  const lines = walker.out.lines.map((line) => ({
    ...line,
    full: line.kind === "text" && isFullLine(line.text, wrap),
  }));
  return {
    format: "docx",
    text: walker.out.text,
    lines: markPageNoise(lines),
    pages: walker.page,
    dropped: [],
    warnings: [],
  };
}

function notesOf(part: XmlElement | undefined, name: string): [string, XmlElement][] {
  return (part ? childrenOf(part) : [])
    .filter((one) => one.name === name && !attributeOf(one, "w:type"))
    .map((one) => [`${name}/${attributeOf(one, "w:id") ?? ""}`, one]);
}

interface DocxParts {
  marks: DocxMarks;
  styles: DocxStyles;
  notes: Map<string, XmlElement>;
}

class DocxWalker {
  readonly out = new SourceBuilder();
  page = 1;
  private gap = false;
  private readonly parts: DocxParts;

  constructor(parts: DocxParts) {
    this.parts = parts;
  }

  blocks(elements: readonly XmlElement[]): void {
    for (const element of elements) {
      if (isUnread(element)) continue;
      if (element.name === "w:p") this.paragraph(element);
      else if (element.name === "w:tbl") this.table(element);
      else this.blocks(childrenOf(element));
    }
  }

  private paragraph(element: XmlElement): void {
    const { text, after } = this.paragraphText(element);
    for (const row of text.split("\n")) this.line(row, "text");
    for (const box of after) this.blocks(childrenOf(box));
  }

  private line(text: string, kind: "text" | "cell"): void {
    if (text.trim() === "") {
      this.gap = true;
      return;
    }
    this.out.add({ text, page: this.page, kind, full: false, gap: this.gap });
    this.gap = false;
  }

  /** 番号つきの段落の文字と、その後に置くもの（文字枠、脚注）。 */
  private paragraphText(element: XmlElement): { text: string; after: XmlElement[] } {
    const after: XmlElement[] = [];
    const text = this.inline(element, after);
    const place = this.parts.styles.listOf(childOf(element, "w:pPr"));
    const mark = place && text.trim() !== "" ? this.parts.marks.next(place) : "";
    return { text: `${mark}${text}`, after };
  }

  private inline(element: XmlElement, after: XmlElement[]): string {
    let out = "";
    for (const child of childrenOf(element)) {
      if (isUnread(child)) continue;
      if (child.name === "w:txbxContent") after.push(child);
      else if (child.name === "w:footnoteReference" || child.name === "w:endnoteReference") {
        const note = this.parts.notes.get(
          `${child.name.replace("Reference", "")}/${attributeOf(child, "w:id") ?? ""}`,
        );
        if (note) after.push(note);
      } else out += this.piece(child, after);
    }
    return out;
  }

  private piece(child: XmlElement, after: XmlElement[]): string {
    switch (child.name) {
      case "w:t":
        return textOf(child);
      case "w:tab":
      case "w:ptab":
        return "\u3000";
      case "w:noBreakHyphen":
        return "-";
      case "w:br":
        if (attributeOf(child, "w:type") === "page") this.page += 1;
        return attributeOf(child, "w:type") === "column" ? "" : "\n";
      case "w:cr":
        return "\n";
      case "w:lastRenderedPageBreak":
        this.page += 1;
        return "";
      default:
        return this.inline(child, after);
    }
  }

  /** 表は一行ずつ。一つだけのます目（囲み）の中は、ふつうの段落として読む。 */
  private table(element: XmlElement): void {
    for (const row of rowsOf(element)) {
      const cells = cellsOf(row);
      if (cells.length === 1) for (const cell of cells) this.blocks(childrenOf(cell));
      else this.row(cells);
    }
  }

  private row(cells: XmlElement[]): void {
    const texts = cells.map((cell) => this.cellParagraphs(cell));
    this.line(texts.map((one) => one[0] ?? "").join("\t"), "cell");
    for (const rest of texts) for (const text of rest.slice(1)) this.line(text, "cell");
  }

  private cellParagraphs(cell: XmlElement): string[] {
    const out: string[] = [];
    for (const paragraph of paragraphsOf(cell)) {
      const { text, after } = this.paragraphText(paragraph);
      const rows = text.split("\n").map((one) => one.trim());
      out.push(...rows.filter((one) => one !== ""), ...after.flatMap((one) => this.cellParagraphs(one)));
    }
    return out;
  }
}

function paragraphsOf(element: XmlElement): XmlElement[] {
  return childrenOf(element).flatMap((child) =>
    isUnread(child) ? [] : child.name === "w:p" ? [child] : paragraphsOf(child),
  );
}
