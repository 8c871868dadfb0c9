import { AppError } from "../base/error.ts";
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  firstNamed,
  localName,
  parseXml,
  textOf,
  type XmlElement,
} from "../office/xml-tree.ts";
import {
  type DocxPackage,
  partXml,
  relationKind,
  relationshipsOf,
  resolveTarget,
} from "../word/docx-package.ts";
import { addItem, nearestHeading, pictureBlock } from "./given-block.ts";
import type { Manuscript, ManuscriptBlock, ManuscriptWarning } from "./manuscript.ts";
import { NO_AUTHOR } from "./plan-cover.ts";
import { readWordPictures } from "./word-picture-reader.ts";

/**
 * PowerPoint（概要版など）を、原稿にする。スライドの題を見出しに、文・箇条書き・表・画像・値の残っているグラフを、
 * 書かれた順に写す。図形だけの絵・ノート・隠したスライド・動きは写さず、どのスライドのことかを言って知らせる。
 * @throws AppError BAD_INPUT（スライドに読める字がない、壊れている）
 */
export function readSlidePlan(parts: Map<string, Uint8Array>, fallbackTitle = "計画"): Manuscript {
  const contentTypes = parseXml(parts.get("[Content_Types].xml") ?? new Uint8Array());
  const pkg: DocxPackage = { parts, mainPart: "ppt/presentation.xml", contentTypes };
  const reader = new SlidePlanReader(pkg);
  reader.read();
  if (reader.blocks.length === 0)
    throw new AppError(
      "BAD_INPUT",
      "この PowerPoint には、読める字も表もありません。画像だけのスライドは読み込めません。",
    );
  return reader.manuscript(fallbackTitle);
}

class SlidePlanReader {
  readonly blocks: ManuscriptBlock[] = [];
  private readonly files = new Map<string, Uint8Array>();
  private readonly losses: { kind: ManuscriptWarning["kind"]; message: string; at: number; slide: number }[] =
    [];
  private readonly pkg: DocxPackage;
  private related = new Map<string, string>();
  private title = "";
  private subtitle = "";
  private slide = 0;

  constructor(pkg: DocxPackage) {
    this.pkg = pkg;
  }

  read(): void {
    const { pkg } = this;
    const slides = new Map(
      relationshipsOf(pkg, pkg.mainPart).map((one) => [one.id, resolveTarget(pkg.mainPart, one.target)]),
    );
    const show = partXml(pkg, pkg.mainPart);
    const list = show && childOf(show, "p:sldIdLst");
    for (const one of list ? childrenOf(list) : []) {
      const part = slides.get(attributeOf(one, "r:id") ?? "");
      const tree = part === undefined ? undefined : partXml(pkg, part);
      this.slide += 1;
      if (part !== undefined && tree) this.readSlide(part, tree);
    }
  }

  private readSlide(part: string, tree: XmlElement): void {
    if (attributeOf(tree, "show") === "0") {
      this.tell("markup", "隠してあるスライドは写していません。");
      return;
    }
    const relations = relationshipsOf(this.pkg, part).filter(({ external }) => !external);
    this.related = new Map(relations.map((one) => [one.id, resolveTarget(part, one.target)]));
    const shapes = firstNamed(tree, "spTree");
    const all = shapes ? shapesIn(shapes) : [];
    const titled = all.find((one) => /^(?:title|ctrTitle)$/.test(holderOf(one)));
    const title = titled ? wordsIn([titled], " ") : "";
    const cover = this.slide === 1 && all.every((one) => holderOf(one) !== "body" && localName(one) === "sp");
    if (cover && title !== "") this.title = title;
    // 題のないスライドと、同じ題の続くスライドは、前のスライドの続きとする。
    else if (title !== "" && title.replace(/[（(]続き.*$/, "") !== this.near(""))
      this.put({ ...this.common("h"), kind: "heading", level: 1, text: title });
    for (const one of all) if (one !== titled) this.shape(one, cover);
    for (const relation of relations) {
      const kind = relationKind(relation);
      if (kind === "notesSlide") this.note(partXml(this.pkg, resolveTarget(part, relation.target)), all);
      if (kind === "comments") this.tell("markup", "書き込み（コメント）は写していません。");
    }
  }

  /** スライドの字を写しただけのノートは、何も失わない。 */
  private note(note: XmlElement | undefined, shown: readonly XmlElement[]): void {
    if (!note) return;
    const holders = shapesIn(firstNamed(note, "spTree") ?? note).filter((one) => holderOf(one) === "body");
    const said = wordsIn(holders, " ");
    const bare = (text: string) => text.replaceAll(/\s/g, "");
    if (said !== "" && !bare(wordsIn(shown, "")).includes(bare(said)))
      this.tell("markup", `ノートは写していません（「${said.slice(0, 100)}」）。`);
  }

  private shape(one: XmlElement, cover: boolean): void {
    const kind = localName(one);
    if (/^(?:sldNum|dt|ftr)$/.test(holderOf(one))) return;
    if (kind === "graphicFrame" && firstNamed(one, "tbl")) this.table(one);
    else if (kind === "pic" || kind === "graphicFrame") this.picture(one);
    else if (kind === "sp") {
      const lines = linesOf(one);
      const text = lines.map((line) => line.text).join(" ");
      if (cover && holderOf(one) === "subTitle" && this.subtitle === "") this.subtitle = text;
      else if (lines.length === 0) this.empty(one);
      else this.text(lines);
    }
  }

  /** 字のない図形。位置だけの枠は、何も失わない。 */
  private empty(one: XmlElement): void {
    if (holderOf(one) === "" && firstNamed(one, "custGeom"))
      this.tell("image", "手で描いた図形があり、写していません。図は、画像にして入れてください。");
  }

  private text(lines: readonly { text: string; bullet: boolean; depth: number }[]): void {
    for (const { text, bullet, depth } of lines)
      if (bullet) addItem(this.blocks, { text, ordered: false, depth }, (kind) => this.common(kind));
      else this.put({ ...this.common("p"), kind: "paragraph", text });
  }

  private table(frame: XmlElement): void {
    const rows = descendantsOf(frame, ({ name }) => name === "a:tr").map((row) =>
      childrenOf(row)
        .filter(({ name }) => name === "a:tc")
        .map((cell) => {
          if (attributeOf(cell, "hMerge") === "1") return "<<";
          if (attributeOf(cell, "vMerge") === "1") return "^^";
          return wordsIn([cell], "<br>");
        }),
    );
    const [header = [], ...rest] = rows;
    if (rest.length === 0) {
      for (const text of header.filter(Boolean)) this.put({ ...this.common("p"), kind: "paragraph", text });
      return;
    }
    this.put({ ...this.common("t"), kind: "table", caption: this.near("表"), header, rows: rest });
  }

  private picture(frame: XmlElement): void {
    const { found, losses } = readWordPictures(frame, {
      target: (id) => this.related.get(id),
      xml: (part) => partXml(this.pkg, part),
      bytes: (part) => this.pkg.parts.get(part),
    });
    for (const one of found) {
      const block = pictureBlock(one, this.files, (kind) => this.common(kind));
      this.put(block.kind === "list" ? block : { ...block, caption: block.caption || this.near("図") });
    }
    for (const { kind, message } of losses) this.tell(kind, message);
  }

  private near(otherwise: string): string {
    return nearestHeading(this.blocks) ?? otherwise;
  }

  private common(kind: string) {
    const at = this.blocks.length + 1;
    return {
      id: `${kind}${this.slide}-${at}`,
      named: false,
      place: { file: "PowerPoint", line: this.slide },
    };
  }

  private put(block: ManuscriptBlock): void {
    this.blocks.push(block);
  }

  private tell(kind: ManuscriptWarning["kind"], message: string): void {
    this.losses.push({ kind, message, at: Math.max(0, this.blocks.length - 1), slide: this.slide });
  }

  manuscript(fallbackTitle: string): Manuscript {
    const warnings = this.losses.map(({ kind, message, at, slide }): ManuscriptWarning => {
      const block = this.blocks[at];
      if (block) block.named = true;
      return {
        ...{ kind, message: `${slide}枚目: ${message}`, place: { file: "PowerPoint", line: slide } },
        ...(block ? { block: block.id } : {}),
      };
    });
    return {
      meta: {
        ...{ title: this.title || fallbackTitle, subtitle: this.subtitle, author: NO_AUTHOR, date: "" },
        ...{ numbering: ["", "", "", ""], glossary: {}, upper: {} },
      },
      ...{ blocks: this.blocks, footnotes: new Map(), files: this.files, warnings },
    };
  }
}

/** まとまり（グループ）の中もほどいた、図形の並び（置かれた順）。 */
function shapesIn(tree: XmlElement): XmlElement[] {
  return childrenOf(tree).flatMap((one) => {
    const kind = localName(one);
    if (kind === "grpSp") return shapesIn(one);
    if (one.name === "mc:AlternateContent") return shapesIn(childOf(one, "mc:Choice") ?? one);
    return /^(?:sp|pic|graphicFrame|cxnSp)$/.test(kind) ? [one] : [];
  });
}

/** 置き場所の種類（title、body …）。自由に置いた図形は空。 */
function holderOf(shape: XmlElement): string {
  const holder = firstNamed(shape, "ph");
  return holder ? (attributeOf(holder, "type") ?? "body") : "";
}

/** 段落ごとの文。本文の置き場所では、点のないと書かれていなければ箇条書き。 */
function linesOf(shape: XmlElement): { text: string; bullet: boolean; depth: number }[] {
  const body = holderOf(shape) === "body";
  return descendantsOf(shape, ({ name }) => name === "a:p").flatMap((line) => {
    const look = childOf(line, "a:pPr");
    const text = wordsOf(line).replaceAll(/\s+/g, " ").trim();
    const has = (name: string) => look !== undefined && childOf(look, name) !== undefined;
    if (text === "") return [];
    const depth = Number((look && attributeOf(look, "lvl")) ?? 0) || 0;
    return [{ text, bullet: has("a:buChar") || has("a:buAutoNum") || (body && !has("a:buNone")), depth }];
  });
}

/** 図形の段落の文を、順につなぐ。 */
function wordsIn(shapes: readonly XmlElement[], between: string): string {
  return shapes.flatMap((one) => linesOf(one).map(({ text }) => text)).join(between);
}

function wordsOf(element: XmlElement): string {
  if (element.name === "a:t") return textOf(element);
  if (element.name === "a:br") return " ";
  return element.name.endsWith("Pr") ? "" : childrenOf(element).map(wordsOf).join("");
}
