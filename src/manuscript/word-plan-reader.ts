import { AppError } from "../base/error.ts";
import {
  attributeOf,
  childOf,
  childrenOf,
  firstNamed,
  localName,
  textOf,
  type XmlElement,
} from "../office/xml-tree.ts";
import {
  type DocxPackage,
  openDocx,
  partXml,
  relationKind,
  relationshipsOf,
  resolveTarget,
} from "../word/docx-package.ts";
import { isUnread } from "../word/docx-reading.ts";
import { wordValue } from "../word/docx-style.ts";
import { cellsOf, rowsOf } from "../word/docx-table.ts";
import type { Manuscript, ManuscriptBlock, ManuscriptWarning } from "./manuscript.ts";
import { takeCover } from "./plan-cover.ts";
import { readWordChart } from "./word-chart-reader.ts";
import { flatText, readWordLine, type WordLine } from "./word-line-reader.ts";
import { readWordOutline, type WordOutline } from "./word-outline.ts";
import { headingRank, readWrittenNumber } from "./written-number.ts";

const PICTURE = /\.(png|jpe?g|gif|svg|webp)$/i;

/**
 * ほかで作られた Word の計画書を、原稿にする。見出し（様式か、手書きの番号）、段落、箇条書き、表、脚注、
 * 画像、元の値の残っているグラフを写す。番号と目次は、原稿から付け直すので写さない。
 * @throws AppError BAD_INPUT（Word でない、古い形、パスワード、本文がない）、TOO_LARGE
 */
export function readWordPlan(bytes: Uint8Array, fallbackTitle = "計画"): Manuscript {
  const pkg = openWord(bytes);
  const document = partXml(pkg, pkg.mainPart);
  const body = document && childOf(document, "w:body");
  const reader = new WordPlanReader(pkg);
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
  private readonly warnings: ManuscriptWarning[] = [];
  private readonly schemes: string[] = [];
  private readonly numbered = new Set<ManuscriptBlock>();
  private readonly outline: WordOutline;
  private readonly related: Map<string, string>;
  private readonly notes: Map<string, string>;
  private title = "";
  private caption = "";
  private styled = true;
  private at = 0;
  private readonly pkg: DocxPackage;

  constructor(pkg: DocxPackage) {
    this.pkg = pkg;
    const relations = relationshipsOf(pkg, pkg.mainPart).filter(({ external }) => !external);
    this.related = new Map(relations.map((one) => [one.id, resolveTarget(pkg.mainPart, one.target)]));
    const part = (kind: string) => {
      const found = relations.find((one) => relationKind(one) === kind);
      return found && partXml(pkg, resolveTarget(pkg.mainPart, found.target));
    };
    this.outline = readWordOutline(part("styles"), part("numbering"));
    const footnotes = part("footnotes");
    this.notes = new Map(
      (footnotes ? childrenOf(footnotes) : [])
        .filter((one) => attributeOf(one, "w:type") === undefined)
        .map((one) => [attributeOf(one, "w:id") ?? "", flatText(one)]),
    );
  }

  read(elements: readonly XmlElement[]): void {
    this.styled = elements.some(
      (one) => one.name === "w:p" && this.outline.levelOf(childOf(one, "w:pPr")) !== undefined,
    );
    this.walk(elements);
  }

  private walk(elements: readonly XmlElement[]): void {
    for (const element of elements) {
      this.at += 1;
      if (element.name === "w:p") this.paragraph(element);
      else if (element.name === "w:tbl") this.table(element);
      else if (element.name === "w:sdt" && isContents(element)) continue;
      else if (!isUnread(element)) this.walk(childrenOf(element));
    }
  }

  private lineOf(element: XmlElement): WordLine {
    return readWordLine(element, this.outline, (id) => this.note(id));
  }

  private note(id: string): string {
    const text = this.notes.get(id);
    if (text === undefined || text === "") return "";
    this.footnotes.set(`n${id}`, text);
    return `[^n${id}]`;
  }

  private paragraph(element: XmlElement): void {
    const line = this.lineOf(element);
    if (!/^(?:toc|目次)\s*\d/.test(line.style)) this.line(line);
    for (const picture of line.pictures) this.picture(picture);
    for (const box of line.boxes) this.walk(childrenOf(box));
  }

  private line(line: WordLine): void {
    if (line.text === "") return;
    if (this.title === "" && (line.style === "title" || line.style === "表題")) {
      this.title = line.text;
      return;
    }
    if (/caption|図表番号/.test(line.style) || /^(?:図表|表|図)[\s　]*[0-9０-９]/.test(line.text)) {
      this.caption = line.text.replace(/^(?:図表|表|図)[\s　]*[0-9０-９－.-]*[\s　:：.．]*/, "");
      if (/caption|図表番号/.test(line.style)) return;
      if (line.text.length <= 60) return;
    }
    const level = line.level ?? (this.styled ? undefined : this.guess(line));
    if (level !== undefined) this.heading(line, level);
    else if (line.bullet !== undefined) this.item(line.text, !line.bullet);
    else if (/^[・●○■◆◇□‣•][\s　]*\S/.test(line.text))
      this.item(line.text.replace(/^[・●○■◆◇□‣•][\s　]*/, ""), false);
    else this.put({ ...this.common("p"), kind: "paragraph", text: line.text });
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

  private item(text: string, ordered: boolean): void {
    const last = this.blocks.at(-1);
    if (last?.kind === "list" && last.ordered === ordered) last.items.push(text);
    else this.put({ ...this.common("l"), kind: "list", ordered, items: [text] });
  }

  private table(element: XmlElement): void {
    const rows = rowsOf(element).map((row) => this.cells(row));
    const width = Math.max(0, ...rows.map(({ length }) => length));
    const texts = rows.map((row) => Array.from({ length: width }, (_, at) => row[at] ?? ""));
    const filled = texts.flat().filter((one) => one !== "");
    if (filled.length === 0) return;
    const [header = [], ...rest] = texts;
    if (width === 1 || rest.length === 0) {
      // 枠で囲んだ文（一ますの表）は、文に戻す。
      for (const text of filled) this.put({ ...this.common("p"), kind: "paragraph", text });
      return;
    }
    this.put({ ...this.common("t"), kind: "table", caption: this.nameOf("表"), header, rows: rest });
  }

  private cells(row: XmlElement): string[] {
    return cellsOf(row).flatMap((cell) => {
      const span = wordValue(childOf(cell, "w:tcPr"), "w:gridSpan");
      const text = childrenOf(cell)
        .filter(({ name }) => name === "w:p" || name === "w:tbl")
        .map((one) => (one.name === "w:p" ? this.lineOf(one).text : flatText(one)))
        .filter((one) => one !== "")
        .join(" ");
      return [text, ...Array.from({ length: Math.min(63, Math.max(0, Number(span ?? 1) - 1)) }, () => "")];
    });
  }

  private picture(element: XmlElement): void {
    const about = firstNamed(element, "docPr");
    const alt = (about && (attributeOf(about, "descr") ?? attributeOf(about, "title"))) ?? "";
    const link = (name: string, key: string) => {
      const found = firstNamed(element, name);
      return found && this.related.get(attributeOf(found, key) ?? "");
    };
    const chart = link("chart", "r:id");
    if (chart !== undefined) {
      this.chart(chart, alt);
      return;
    }
    const source = link("blip", "r:embed") ?? link("imagedata", "r:id");
    const bytes = source === undefined ? undefined : this.pkg.parts.get(source);
    if (source === undefined || !bytes) return;
    if (!PICTURE.test(source)) {
      this.warn(
        "image",
        `画像（${source.split("/").at(-1)}）の形は原稿に置けません。PNG に直して入れてください。`,
      );
      return;
    }
    const src = `images/${source.split("/").at(-1)}`;
    this.files.set(src, bytes);
    this.put({ ...this.common("f"), kind: "photo", caption: this.nameOf("図"), src, alt, rights: "" });
  }

  private chart(part: string, alt: string): void {
    const tree = partXml(this.pkg, part);
    const read = tree && readWordChart(tree);
    if (!read) {
      this.warn(
        "missing-data",
        "元の値の残っていないグラフがありました。データを CSV で置き直してください。",
      );
      return;
    }
    const data = `data/chart-${this.files.size + 1}.csv`;
    this.files.set(data, new TextEncoder().encode(read.csv));
    this.put({
      ...{ ...this.common("f"), kind: "figure", caption: this.nameOf(read.title || "図"), data },
      ...{ source: "", alt, unit: "", form: read.form },
    });
  }

  private nameOf(otherwise: string): string {
    const last = this.blocks.findLast((one) => one.kind === "heading");
    const name = this.caption || (last?.kind === "heading" ? last.text : otherwise);
    this.caption = "";
    return name;
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

  private warn(kind: ManuscriptWarning["kind"], message: string): void {
    this.warnings.push({ kind, place: this.place(), message });
  }

  manuscript(fallbackTitle: string): Manuscript {
    const levels = new Set([...this.numbered].map((one) => (one.kind === "heading" ? one.level : 0)));
    for (const one of this.blocks)
      if (one.kind === "heading" && levels.has(one.level) && !this.numbered.has(one) && !one.annex)
        one.unnumbered = true;
    const cover = takeCover(this.blocks, this.title || coreTitle(this.pkg));
    const numbering = ["", "", "", ""].map((_, at) => this.schemes[at] ?? "");
    return {
      meta: {
        ...{ title: cover.title || fallbackTitle, subtitle: cover.subtitle, author: cover.author },
        ...{ date: cover.date, numbering, glossary: {}, upper: {} },
      },
      ...{ blocks: cover.blocks, footnotes: this.footnotes, files: this.files, warnings: this.warnings },
    };
  }
}

/** 文書のプロパティの題。 */
function coreTitle(pkg: DocxPackage): string {
  const core = partXml(pkg, "docProps/core.xml");
  const found = core && childrenOf(core).find((one) => localName(one) === "title");
  return found ? textOf(found).trim() : "";
}

/** 目次の枠か。 */
function isContents(element: XmlElement): boolean {
  const gallery = firstNamed(element, "docPartGallery");
  return gallery !== undefined && /table of contents/i.test(attributeOf(gallery, "w:val") ?? "");
}
