import { AppError } from "../base/error.ts";
import { attributeOf, childOf, childrenOf, firstNamed, type XmlElement } from "../office/xml-tree.ts";
import { type DocxPackage, openDocx } from "../word/docx-package.ts";
import { isUnread } from "../word/docx-reading.ts";
import { addItem, nearestHeading, pictureBlock } from "./given-block.ts";
import type { Manuscript, ManuscriptBlock, ManuscriptWarning } from "./manuscript.ts";
import { NO_AUTHOR, takeCover } from "./plan-cover.ts";
import { readCaption, takesCaption, type WordCaption } from "./word-caption.ts";
import { contentsIn } from "./word-contents.ts";
import { readWordLine, type WordLine } from "./word-line-reader.ts";
import { readWordOutline, type WordOutline } from "./word-outline.ts";
import { readWordParts, sectionsIn, type WordParts } from "./word-part-reader.ts";
import { readWordPictures } from "./word-picture-reader.ts";
import { readWordTable } from "./word-table-reader.ts";
import { headingRank, readWrittenNumber } from "./written-number.ts";

/** 文の中の、図・表・章の番号。 */
const REFERENCE =
  /(?:図表|図|表)[\s　]*[0-9０-９]+(?:[－‐-][0-9０-９]+)*|第[0-9０-９一二三四五六七八九十]+章/g;

/**
 * ほかで作られた Word の計画書を、原稿にする。見出し（様式か、手書きの番号）、段落、箇条書き、表、脚注、
 * 画像、元の値の残っているグラフを写す。番号と目次は、原稿から付け直すので写さない。
 * @throws AppError BAD_INPUT（Word でない、古い形、パスワード、本文がない）、TOO_LARGE
 */
export function readWordPlan(bytes: Uint8Array, fallbackTitle = "計画"): Manuscript {
  const parts = readWordParts(openWord(bytes));
  const body = childOf(parts.document, "w:body");
  const reader = new WordPlanReader(parts);
  reader.read(body ? childrenOf(body) : []);
  if (reader.blocks.length === 0)
    throw new AppError(
      "BAD_INPUT",
      "この Word には、文も表もありません。中身のあるファイルを選んでください。",
    );
  return reader.manuscript(fallbackTitle);
}

function openWord(bytes: Uint8Array): DocxPackage {
  try {
    return openDocx(bytes);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError(error.code, error.message.replaceAll("ひな形", "計画のファイル"));
  }
}

class WordPlanReader {
  readonly blocks: ManuscriptBlock[] = [];
  private readonly files = new Map<string, Uint8Array>();
  private readonly footnotes = new Map<string, string>();
  private readonly losses: { message: string; kind: ManuscriptWarning["kind"]; at: number }[] = [];
  private readonly schemes: string[] = [];
  private readonly numbered = new Set<ManuscriptBlock>();
  private readonly unnamed = new Set<ManuscriptBlock>();
  private readonly outline: WordOutline;
  private readonly parts: WordParts;
  private contents = new Set<XmlElement>();
  private wide = new Set<XmlElement>();
  private title = "";
  private subtitle = "";
  private caption: WordCaption | undefined;
  private styled = true;
  private at = 0;

  constructor(parts: WordParts) {
    this.parts = parts;
    this.outline = readWordOutline(parts.part("styles"), parts.part("numbering"));
  }

  read(elements: readonly XmlElement[]): void {
    this.styled = elements.some(
      (one) => one.name === "w:p" && this.outline.levelOf(childOf(one, "w:pPr")) !== undefined,
    );
    this.contents = contentsIn(elements);
    const sections = sectionsIn(elements);
    this.wide = sections.wide;
    for (const message of [...this.parts.losses(), ...sections.losses]) this.tell("markup", message);
    this.walk(elements);
    this.dropCaption();
    this.tellWrittenNumbers();
  }

  /** 手で書かれた参照は、番号を付け直すと合わなくなることがある。 */
  private tellWrittenNumbers(): void {
    for (const [at, one] of this.blocks.entries()) {
      const found = one.kind === "paragraph" ? (one.text.match(REFERENCE) ?? []) : [];
      if (found.length > 0)
        this.losses.push({
          ...{ kind: "missing-reference", at },
          message: `手で書かれた番号（${[...new Set(found)].join("、")}）は文字のままです。図や表、章の番号は付け直されるので、参照に替えてください。`,
        });
    }
  }

  private walk(elements: readonly XmlElement[]): void {
    for (const element of elements) {
      this.at += 1;
      if (this.contents.has(element)) continue;
      if (element.name === "w:p") this.paragraph(element);
      else if (element.name === "w:tbl") this.table(element);
      else if (element.name === "w:sdt" && isContents(element)) continue;
      else if (!isUnread(element)) this.walk(childrenOf(element));
    }
  }

  private lineOf(element: XmlElement, breaks?: string): WordLine {
    return readWordLine(
      element,
      this.outline,
      { ...this.parts, note: (kind, id) => this.note(kind, id) },
      breaks,
    );
  }

  private note(kind: "footnote" | "endnote", id: string): string {
    const text = this.parts.noteText(kind, id);
    if (text === "") return "";
    const name = `${kind === "footnote" ? "n" : "e"}${id}`;
    this.footnotes.set(name, text);
    return `[^${name}]`;
  }

  private paragraph(element: XmlElement): void {
    const line = this.lineOf(element);
    const before = this.blocks.length;
    if (!/^(?:toc|目次)\s*\d/.test(line.style)) this.line(line);
    for (const picture of line.pictures) this.picture(picture);
    for (const box of line.boxes) {
      this.tell("markup", "文字枠の文を、枠のあった段落のあとに置きました。");
      this.walk(childrenOf(box));
    }
    for (const message of line.losses) this.tell("markup", message, before);
  }

  private line(line: WordLine): void {
    if (line.text === "") return;
    if (this.title === "" && (line.style === "title" || line.style === "表題")) {
      this.title = line.text;
      return;
    }
    if (this.subtitle === "" && this.blocks.length === 0 && /^(?:subtitle|副題)$/.test(line.style)) {
      this.subtitle = line.text;
      return;
    }
    const level = line.level ?? (this.styled ? undefined : this.guess(line));
    const caption = level === undefined ? readCaption(line.text, line.style) : undefined;
    if (caption) {
      this.name(caption);
      return;
    }
    // 名と表の間の短い行（「単位：％」など）では、名を待つ。
    if (level !== undefined || line.text.length > 30) this.dropCaption();
    if (level !== undefined) this.heading(line, level);
    else if (line.bullet !== undefined) this.item(line.text, !line.bullet, line.depth);
    else if (/^[・●○■◆◇□‣•][\s　]*\S/.test(line.text))
      this.item(line.text.replace(/^[・●○■◆◇□‣•][\s　]*/, ""), false, 0);
    else this.put({ ...this.common("p"), kind: "paragraph", text: line.text });
  }

  /** すぐ上の、まだ名のない図・表の名にする。なければ、次の図・表を待つ。 */
  private name(caption: WordCaption): void {
    this.dropCaption();
    const last = this.blocks.at(-1);
    if (last && this.unnamed.has(last) && "caption" in last && takesCaption(last, caption)) {
      last.caption = caption.text || caption.whole;
      this.unnamed.delete(last);
      return;
    }
    this.caption = caption;
  }

  /** 待っていた名に、結ぶ図・表がなかった。文として残す。 */
  private dropCaption(): void {
    const { caption } = this;
    this.caption = undefined;
    if (caption) this.put({ ...this.common("p"), kind: "paragraph", text: caption.whole });
  }

  /** 様式のない文書では、書かれている番号の順を段にする（出てきた種類だけを詰める）。 */
  private guess(line: WordLine): number | undefined {
    const rank = headingRank(line.text, line.strong);
    if (rank === undefined) return undefined;
    this.ranks.add(rank);
    return [...this.ranks].toSorted((a, b) => a - b).indexOf(rank) + 1;
  }
  private readonly ranks = new Set<number>();

  private heading(line: WordLine, level: number): void {
    const { text, scheme = line.scheme, annex } = readWrittenNumber(line.text);
    const block: ManuscriptBlock = {
      ...{ ...this.common("h"), kind: "heading", level, text },
      ...(annex && level === 1 ? { annex: true } : {}),
      // 「資料編」だけの見出しには、番号を付けない。
      ...(annex && scheme === undefined ? { unnumbered: true } : {}),
    };
    this.put(block);
    if (scheme === undefined) return;
    this.numbered.add(block);
    if (!annex) this.schemes[level - 1] ??= scheme;
  }

  private item(text: string, ordered: boolean, depth: number): void {
    addItem(this.blocks, { text, ordered, depth }, (kind) => this.common(kind));
  }

  private table(element: XmlElement): void {
    const { rows, losses, pictures, boxes } = readWordTable(element, (one) => this.lineOf(one, "<br>"));
    const filled = rows.flat().filter((one) => !/^(?:|<<|\^\^)$/.test(one));
    const before = this.blocks.length;
    const [header = [], ...rest] = rows;
    if (header.length === 1 || rest.length === 0) {
      // 枠で囲んだ文（一ますの表）は、文に戻す。
      for (const text of filled.flatMap((one) => one.split("<br>")))
        this.put({ ...this.common("p"), kind: "paragraph", text });
    } else if (filled.length > 0) {
      const block = { ...this.common("t"), kind: "table" as const, caption: "", header, rows: rest };
      this.putNamed(block, "表", this.wide.has(element) ? { wide: true } : {});
    }
    for (const message of new Set(losses)) this.tell("markup", message, before);
    for (const picture of pictures) this.picture(picture);
    for (const box of boxes) this.walk(childrenOf(box));
    if (pictures.length > 0) this.tell("image", "表のます目の中の画像を、表のあとに置きました。", before);
  }

  private picture(element: XmlElement): void {
    const { found, losses } = readWordPictures(element, this.parts);
    for (const one of found) {
      const block = pictureBlock(one, this.files, (kind) => this.common(kind));
      if (block.kind === "list") this.put(block);
      else this.putNamed(block, block.caption || "図");
    }
    for (const { kind, message } of losses) this.tell(kind, message);
  }

  /** 図・表を置く。名は、待っている名、元の題、いちばん近い見出しの順。 */
  private putNamed(
    block: ManuscriptBlock & { caption: string },
    otherwise: string,
    look: { wide?: boolean } = {},
  ): void {
    const { caption } = this;
    const named = caption && takesCaption(block, caption);
    if (named) this.caption = undefined;
    else this.dropCaption();
    const near = (/^[図表]$/.test(otherwise) ? nearestHeading(this.blocks) : undefined) ?? otherwise;
    const put = { ...block, ...look, caption: named ? caption.text || caption.whole : near };
    this.put(put);
    if (!named) this.unnamed.add(put);
  }

  private common(kind: string) {
    return { id: `${kind}${this.at}-${this.blocks.length}`, named: false, place: this.place() };
  }

  private place() {
    return { file: "Word", line: this.at };
  }

  private put(block: ManuscriptBlock): void {
    this.blocks.push(block);
  }

  /** 写さなかったもの。ところは、置いた部分（はじめに置いた番号を言わなければ、いちばん後の部分）。 */
  private tell(kind: ManuscriptWarning["kind"], message: string, from = this.blocks.length - 1): void {
    this.losses.push({ kind, message, at: Math.max(0, Math.min(from, this.blocks.length - 1)) });
  }

  manuscript(fallbackTitle: string): Manuscript {
    const levels = new Set([...this.numbered].map((one) => (one.kind === "heading" ? one.level : 0)));
    for (const one of this.blocks)
      if (one.kind === "heading" && levels.has(one.level) && !this.numbered.has(one) && !one.annex)
        one.unnumbered = true;
    const cover = takeCover(this.blocks, this.title || this.parts.coreTitle());
    if (cover.author === NO_AUTHOR)
      this.losses.push({
        ...{ kind: "markup", at: 0 },
        message: `表紙に作成者がないので「${NO_AUTHOR}」としました。「表紙・番号・用語」で直してください。`,
      });
    const numbering = ["", "", "", ""].map((_, at) => this.schemes[at] ?? "");
    return {
      meta: {
        ...{ title: cover.title || fallbackTitle, author: cover.author },
        subtitle: this.subtitle || cover.subtitle,
        ...{ date: cover.date, numbering, glossary: {}, upper: {} },
      },
      ...{ blocks: cover.blocks, footnotes: this.footnotes, files: this.files },
      warnings: this.warningsFor(cover.blocks),
    };
  }

  /** 知らせを、残った部分に結ぶ（表紙に移った行のものは、はじめの部分に）。 */
  private warningsFor(kept: readonly ManuscriptBlock[]): ManuscriptWarning[] {
    const left = new Set(kept);
    return this.losses.map(({ kind, message, at }) => {
      const own = this.blocks[at];
      const block = own && left.has(own) ? own : kept[0];
      if (block) block.named = true;
      const heading = this.blocks.slice(0, at + 1).findLast((one) => one.kind === "heading");
      const file = heading?.kind === "heading" ? `Word「${heading.text}」` : "Word のはじめ";
      return {
        ...{ kind, message, place: { file, line: block?.place.line ?? 1 } },
        ...(block ? { block: block.id } : {}),
      };
    });
  }
}

/** 目次の枠か。 */
function isContents(element: XmlElement): boolean {
  const gallery = firstNamed(element, "docPartGallery");
  return gallery !== undefined && /table of contents/i.test(attributeOf(gallery, "w:val") ?? "");
}
