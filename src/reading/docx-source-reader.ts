import { AppError } from "../base/error.ts";
import { attributeOf, childOf, childrenOf, parseXml, textOf, type XmlElement } from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { relationKind, relationshipsOf, resolveTarget } from "../word/docx-package.ts";
import { DocxMarks, type NumberingReference } from "./docx-mark.ts";
import { markPageNoise } from "./page-noise.ts";
import { SourceBuilder, type SpecificationSource } from "./source-line.ts";
import { isFullLine, wrapWidth } from "./wrap-width.ts";

/**
 * Word 文書（.docx）から行を取り出す。自動の番号は見えている文字にし、表は行ごと、脚注と文字枠は段落の後に置く。
 * 変更履歴の削除と、ふりがなは読まない。
 * @throws AppError BAD_INPUT（Word 文書でない、壊れている、パスワード）、TOO_LARGE
 */
export function readDocxSource(bytes: Uint8Array): SpecificationSource {
  const parts = openZip(bytes, {}, (name) => /\.(xml|rels)$/i.test(name));
  const pkg = { parts, mainPart: "", contentTypes: { name: "Types", attrs: [], children: [] } };
  const main = relationshipsOf(pkg, "").find((one) => relationKind(one) === "officeDocument");
  const mainPart = main ? resolveTarget("", main.target) : "word/document.xml";
  const document = xmlOf(parts, mainPart);
  const body = document && childOf(document, "w:body");
  if (!body)
    throw new AppError(
      "BAD_INPUT",
      "Word 文書（.docx）として読めません。Word で開いて保存し直してください。",
    );
  const related = new Map(
    relationshipsOf(pkg, mainPart)
      .filter((one) => !one.external)
      .map((one) => [relationKind(one), resolveTarget(mainPart, one.target)]),
  );
  const part = (kind: string) => xmlOf(parts, related.get(kind) ?? "");
  const walker = new DocxWalker({
    marks: new DocxMarks(part("numbering")),
    styles: styleNumbering(part("styles")),
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

function xmlOf(parts: Map<string, Uint8Array>, name: string): XmlElement | undefined {
  const bytes = parts.get(name);
  return bytes ? parseXml(bytes) : undefined;
}

interface Style {
  base: string | undefined;
  numbering: Partial<NumberingReference>;
}

/** 段落の様式 → 番号。様式から番号が付く見出しのため。 */
function styleNumbering(styles: XmlElement | undefined): Map<string, Style> {
  const found = new Map<string, Style>();
  for (const style of styles ? childrenOf(styles) : []) {
    if (style.name !== "w:style") continue;
    const props = childOf(style, "w:pPr");
    const base = childOf(style, "w:basedOn");
    found.set(attributeOf(style, "w:styleId") ?? "", {
      base: base && attributeOf(base, "w:val"),
      numbering: numberingOf(props),
    });
  }
  return found;
}

function numberingOf(props: XmlElement | undefined): Partial<NumberingReference> {
  const numPr = props && childOf(props, "w:numPr");
  const value = (name: string) => {
    const child = numPr && childOf(numPr, name);
    return child && attributeOf(child, "w:val");
  };
  const list = value("w:numId");
  const level = value("w:ilvl");
  return {
    ...(list === undefined ? {} : { list }),
    ...(level === undefined ? {} : { level: Number(level) }),
  };
}

function notesOf(part: XmlElement | undefined, name: string): [string, XmlElement][] {
  return (part ? childrenOf(part) : [])
    .filter((one) => one.name === name && !attributeOf(one, "w:type"))
    .map((one) => [`${name}/${attributeOf(one, "w:id") ?? ""}`, one]);
}

interface DocxParts {
  marks: DocxMarks;
  styles: Map<string, Style>;
  notes: Map<string, XmlElement>;
}

/** 読まないもの: 削除、移動元、フィールドの式、ふりがな、置き換え用の古い図。 */
const SKIPPED = new Set([
  "w:del",
  "w:moveFrom",
  "w:instrText",
  "w:delText",
  "w:rt",
  "mc:Fallback",
  "w:pPr",
  "w:rPr",
  "w:sectPr",
  "w:tblPr",
  "w:trPr",
  "w:tcPr",
]);

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
      if (SKIPPED.has(element.name)) continue;
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
    const reference = this.reference(childOf(element, "w:pPr"));
    const mark = reference && text.trim() !== "" ? this.parts.marks.next(reference) : "";
    return { text: `${mark}${text}`, after };
  }

  private reference(props: XmlElement | undefined): NumberingReference | undefined {
    const own = numberingOf(props);
    let { list, level } = own;
    const styled = props && childOf(props, "w:pStyle");
    let style = styled && this.parts.styles.get(attributeOf(styled, "w:val") ?? "");
    for (let depth = 0; style && depth < 12; depth++) {
      list ??= style.numbering.list;
      level ??= style.numbering.level;
      style = style.base === undefined ? undefined : this.parts.styles.get(style.base);
    }
    return list === undefined || list === "0" ? undefined : { list, level: level ?? 0 };
  }

  private inline(element: XmlElement, after: XmlElement[]): string {
    let out = "";
    for (const child of childrenOf(element)) {
      if (SKIPPED.has(child.name)) continue;
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
    const rows = rowsOf(element).filter((row) => !isDeletedRow(row));
    for (const row of rows) {
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
    SKIPPED.has(child.name) ? [] : child.name === "w:p" ? [child] : paragraphsOf(child),
  );
}

function cellsOf(row: XmlElement): XmlElement[] {
  return childrenOf(row).flatMap((child) =>
    child.name === "w:tc"
      ? [child]
      : child.name === "w:sdt" || child.name === "w:sdtContent"
        ? cellsOf(child)
        : [],
  );
}

/** この表の行。入れ子の表の行は、ます目の中身として読む。 */
function rowsOf(element: XmlElement): XmlElement[] {
  return childrenOf(element).flatMap((child) =>
    child.name === "w:tr" ? [child] : child.name === "w:tbl" || SKIPPED.has(child.name) ? [] : rowsOf(child),
  );
}

function isDeletedRow(row: XmlElement): boolean {
  const props = childOf(row, "w:trPr");
  return props !== undefined && childOf(props, "w:del") !== undefined;
}
