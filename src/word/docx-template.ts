import { AppError } from "../base/error.ts";
import {
  attributeOf,
  childOf,
  childrenOf,
  descendantsOf,
  serialiseXml,
  startTag,
  type XmlElement,
} from "../office/xml-tree.ts";
import { cleanPackage, savedPageCount } from "./docx-clean.ts";
import { noteLeftovers, refuseEmpty } from "./docx-leftover.ts";
import { numberedLists, styledLists } from "./docx-numbering.ts";
import {
  type DocxPackage,
  openDocx,
  partXml,
  relationKind,
  relationshipsOf,
  relsPartOf,
  removePart,
  resolveTarget,
  writeRelationships,
} from "./docx-package.ts";
import { estimatePages, missingReferences, type SectionPlan, sectionOps } from "./docx-section.ts";
import { referenceOps, type StoryContext, storyOps } from "./docx-story.ts";
import { countNext, instructionText, lastBlock, sectionsOf } from "./docx-survey.ts";
import { isRevision } from "./docx-token.ts";
import { type Inventory, newInventory } from "./merge-inventory.ts";
import { dependsOnRecord, type Op, optimise, visitOps } from "./merge-program.ts";

/** ヘッダーかフッターの一つ。 */
export interface PartProgram {
  part: string;
  kind: "header" | "footer";
  open: string;
  close: string;
  ops: Op[];
  /** 人によって変わる。変わらないものは元の部品を全員で使う。 */
  personal: boolean;
  /** 重ならない番号を含む。 */
  numbered: boolean;
  rels: Uint8Array | undefined;
}

export interface NoteProgram {
  part: string;
  open: string;
  close: string;
  /** 区切り線など、人ごとに増えないもの。 */
  fixed: string;
  firstId: number;
  notes: Map<string, { open: string; ops: Op[]; close: string }>;
}

/** 一度だけ読んで手順に直したひな形。何人分でも、何度でも使える。 */
export interface DocxTemplate {
  pkg: DocxPackage;
  open: string;
  close: string;
  body: Op[];
  /** 最後の節の設定。 */
  section: Op[];
  parts: Map<string, PartProgram>;
  footnotes: NoteProgram | undefined;
  endnotes: NoteProgram | undefined;
  numbering: { part: string; root: XmlElement } | undefined;
  references: Map<string, Op[]>;
  inventory: Inventory;
  /** 一枚（一組）に載る人数。 */
  peoplePerSheet: number;
  /** 一組のページ数の見積もり。 */
  pagesPerSheet: number;
  /** 人ごとに紙を改めず、続けて並べる（名簿型のメールマージ）。 */
  catalog: boolean;
}

/**
 * Word のひな形を読んで、差し込みの手順に直す。
 * @throws AppError BAD_INPUT（Word 文書でない、差し込み項目がない、書き方の誤り）、TOO_LARGE
 */
export function compileTemplate(bytes: Uint8Array): DocxTemplate {
  const pkg = openDocx(bytes);
  const catalog = isCatalog(pkg);
  const savedPages = savedPageCount(pkg);
  const cleaned = cleanPackage(pkg);
  const root = partXml(pkg, pkg.mainPart);
  const body = root && childOf(root, "w:body");
  if (!root || !body)
    throw new AppError("BAD_INPUT", "ひな形に本文がありません。Word で開いて保存し直してください。");
  const compiler = new Compiler(pkg, body, savedPages);
  const template = compiler.compile(root, catalog);
  noteLeftovers(pkg, template.inventory, cleaned);
  refuseEmpty(template.inventory);
  return template;
}

function isCatalog(pkg: DocxPackage): boolean {
  const relation = relationshipsOf(pkg, pkg.mainPart).find((one) => relationKind(one) === "settings");
  const settings = relation && partXml(pkg, resolveTarget(pkg.mainPart, relation.target));
  const merge = settings && childOf(settings, "w:mailMerge");
  const type = merge && childOf(merge, "w:mainDocumentType");
  return type !== undefined && attributeOf(type, "w:val") === "catalog";
}

class Compiler {
  private readonly pkg: DocxPackage;
  private readonly bodyElement: XmlElement;
  private readonly sections: XmlElement[];
  private readonly inventory = newInventory();
  private readonly ctx: StoryContext;
  private readonly pages: number;
  private readonly numberingPart: string | undefined;
  /** ページ番号を使うひな形か。 */
  private readonly pageNumbers: boolean;

  constructor(pkg: DocxPackage, body: XmlElement, savedPages: number | undefined) {
    this.pkg = pkg;
    this.bodyElement = body;
    this.sections = sectionsOf(body);
    this.pages = estimatePages(body, this.sections, savedPages);
    this.numberingPart = this.related("numbering");
    const instructions = [body, ...this.storyParts()].map(instructionText).join("\n");
    this.pageNumbers = /\b(PAGE|NUMPAGES|SECTIONPAGES)\b/i.test(instructions);
    const numbering = this.numberingPart ? partXml(pkg, this.numberingPart) : undefined;
    const last = lastBlock(body);
    if ([body, ...this.storyParts()].some((story) => descendantsOf(story, isRevision).length > 0)) {
      this.inventory.warnings.add("ひな形に変更履歴があります。すべて反映したものとして差し込みます。");
    }
    this.ctx = {
      inventory: this.inventory,
      bookmarks: new Set(
        descendantsOf(body, (one) => one.name === "w:bookmarkStart").map(
          (one) => attributeOf(one, "w:name") ?? "",
        ),
      ),
      lists: numberedLists(numbering),
      sectionPages: this.sections.length <= 1 ? this.pages : undefined,
      section: (element) => this.section(element),
      lastParagraph: last?.name === "w:p" ? last : undefined,
      hasMergeFields: /\bMERGE(FIELD|BARCODE)\b/i.test(instructions),
      manyPerSheet: /\bNEXT(IF)?\b/i.test(instructionText(body)),
      references: new Map(),
    };
  }

  compile(root: XmlElement, catalog: boolean): DocxTemplate {
    const { pkg, ctx } = this;
    const blocks = this.bodyElement.children.filter(
      (child) => typeof child === "string" || child.name !== "w:sectPr",
    );
    const body = storyOps(blocks, ctx);
    const final = childrenOf(this.bodyElement).find((child) => child.name === "w:sectPr");
    const section = final ? this.section(final) : [];
    const parts = this.compileParts();
    const before = childrenOf(root)
      .filter((child) => child.name !== "w:body")
      .map(serialiseXml)
      .join("");
    const numbering = this.numberingPart ? partXml(pkg, this.numberingPart) : undefined;
    if (this.usesStyledLists(body)) {
      this.inventory.warnings.add(
        "様式（スタイル）で番号を付けた段落は、二人目から番号が続きます。番号は段落に直接付けるか、文字で書いてください。",
      );
    }
    const programs = [body, section, ...[...parts.values()].map((part) => part.ops)];
    return {
      pkg,
      open: `${startTag(root)}>${before}<w:body>`,
      close: "</w:body></w:document>",
      body: optimise(body),
      section: optimise(section),
      parts,
      footnotes: this.compileNotes("footnotes"),
      endnotes: this.compileNotes("endnotes"),
      numbering: this.numberingPart && numbering ? { part: this.numberingPart, root: numbering } : undefined,
      references: this.compileReferences(programs),
      inventory: this.inventory,
      peoplePerSheet: 1 + countNext(body),
      pagesPerSheet: this.pages,
      catalog,
    };
  }

  private related(kind: string): string | undefined {
    const found = relationshipsOf(this.pkg, this.pkg.mainPart).find(
      (one) => relationKind(one) === kind && !one.external,
    );
    return found && resolveTarget(this.pkg.mainPart, found.target);
  }

  private storyParts(): XmlElement[] {
    return relationshipsOf(this.pkg, this.pkg.mainPart)
      .filter((one) => /^(header|footer|footnotes|endnotes)$/.test(relationKind(one)) && !one.external)
      .flatMap((one) => partXml(this.pkg, resolveTarget(this.pkg.mainPart, one.target)) ?? []);
  }

  private section(element: XmlElement): Op[] {
    const first = this.sections.indexOf(element) === 0;
    const type = childOf(element, "w:type");
    const odd = (type && attributeOf(type, "w:val")) === "oddPage" || this.pages % 2 === 0;
    const plan: SectionPlan = {
      first,
      // 表裏で一組（偶数ページ）なら、前の人があふれても表から始まるように奇数ページで改める。
      odd,
      restartPages: this.pageNumbers,
      restartNotes: this.related("footnotes") !== undefined,
      missing: first ? missingReferences(this.sections) : [],
    };
    return sectionOps(element, plan);
  }

  private compileParts(): Map<string, PartProgram> {
    const used = new Set(
      this.sections.flatMap((section) => childrenOf(section).map((child) => attributeOf(child, "r:id"))),
    );
    const parts = new Map<string, PartProgram>();
    const relations = relationshipsOf(this.pkg, this.pkg.mainPart);
    const unused = new Set<string>();
    for (const relation of relations) {
      const kind = relationKind(relation);
      if ((kind !== "header" && kind !== "footer") || relation.external) continue;
      const part = resolveTarget(this.pkg.mainPart, relation.target);
      const root = partXml(this.pkg, part);
      if (!root || !used.has(relation.id)) {
        unused.add(relation.id);
        removePart(this.pkg, part);
        continue;
      }
      parts.set(relation.id, this.partProgram(part, kind, root));
    }
    writeRelationships(
      this.pkg,
      this.pkg.mainPart,
      relations.filter((one) => !unused.has(one.id)),
    );
    return parts;
  }

  private partProgram(part: string, kind: "header" | "footer", root: XmlElement): PartProgram {
    const ops = optimise(
      storyOps(root.children, { ...this.ctx, lastParagraph: undefined, manyPerSheet: false }),
    );
    let numbered = false;
    visitOps(ops, (op) => {
      if (op.op === "serial" || op.op === "keyed" || op.op === "once") numbered = true;
    });
    return {
      part,
      kind,
      open: `${startTag(root)}>`,
      close: `</${root.name}>`,
      ops,
      personal: dependsOnRecord(ops),
      numbered,
      rels: this.pkg.parts.get(relsPartOf(part)),
    };
  }

  private compileNotes(kind: "footnotes" | "endnotes"): NoteProgram | undefined {
    const part = this.related(kind);
    const root = part && partXml(this.pkg, part);
    if (!part || !root) return undefined;
    const all = childrenOf(root);
    const fixed = all.filter(
      (note) => attributeOf(note, "w:type") !== undefined && attributeOf(note, "w:type") !== "normal",
    );
    const notes = all.filter((note) => !fixed.includes(note));
    const programs = notes.map((note) => {
      const ops = optimise(
        storyOps(note.children, { ...this.ctx, lastParagraph: undefined, manyPerSheet: false }),
      );
      return [
        attributeOf(note, "w:id") ?? "",
        { open: `<${note.name} w:id="`, ops, close: `</${note.name}>` },
      ] as const;
    });
    const firstId = Math.max(0, ...fixed.map((note) => Number(attributeOf(note, "w:id")) || 0)) + 1;
    return {
      part,
      open: `${startTag(root)}>`,
      close: `</${root.name}>`,
      fixed: fixed.map(serialiseXml).join(""),
      firstId,
      notes: new Map(programs),
    };
  }

  private compileReferences(programs: Op[][]): Map<string, Op[]> {
    const wanted = new Set<string>();
    for (const program of programs) {
      visitOps(program, (op) => {
        if (op.op === "value" && op.value.kind === "reference") wanted.add(op.value.name.toLowerCase());
        // 式の中の名前は実行してみないと分からないので、あるものを全部用意する。
        if (op.op === "value" && op.value.kind === "formula")
          for (const name of this.ctx.references.keys()) wanted.add(name);
      });
    }
    const found = [...this.ctx.references].filter(([name]) => wanted.has(name));
    return new Map(found.map(([name, tokens]) => [name, referenceOps(tokens, this.ctx)]));
  }

  private usesStyledLists(body: Op[]): boolean {
    const styles = this.related("styles");
    if (this.ctx.lists.size === 0 || !styles) return false;
    const root = partXml(this.pkg, styles);
    const numbered = root ? childrenOf(root).filter((style) => styledLists(style, this.ctx.lists)) : [];
    const xml = body.filter((op) => typeof op === "string").join("");
    return numbered.some((style) =>
      xml.includes(`<w:pStyle w:val="${attributeOf(style, "w:styleId") ?? ""}"/>`),
    );
  }
}
