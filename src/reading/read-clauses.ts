import { readAppendix, readUnmarkedAppendix } from "./appendix-mark.ts";
import {
  type Clause,
  type ClauseBlock,
  type ClauseNode,
  clauseText,
  flatten,
  inlineLabel,
  isTitleText,
  PREAMBLE,
} from "./clause.ts";
import { gapsHaveMeaning, isOpenLine, type Paragraph, ParagraphBuilder } from "./line-join.ts";
import { type Mark, readMarks } from "./mark.ts";
import { type OpenLevel, pathNumber, placeMark } from "./mark-stack.ts";
import { lineWidth, type SourceLine, type SpecificationSource } from "./source-line.ts";

/** 行を条項の木にする。どの行も、ちょうど一つの条項に入る。 */
export function readClauses(source: SpecificationSource): ClauseNode[] {
  const tree = new ClauseTree();
  const lines = source.lines.filter((line) => line.kind !== "noise");
  const gaps = gapsHaveMeaning(source.lines);
  let builder: ParagraphBuilder | undefined;
  let previous: SourceLine | undefined;
  let opened: Opening | undefined;
  const flush = () => {
    if (builder) tree.add(builder.finish(), opened);
    builder = undefined;
  };
  let next = 0;
  for (const line of source.lines) {
    if (line.kind === "noise") {
      tree.addNoise(line.text.trim());
      continue;
    }
    next += 1;
    const open = previous !== undefined && isOpenLine(previous);
    const opening = line.kind === "text" ? tree.opening(line, lines[next], open) : undefined;
    if (!opening && builder?.continues(line, gaps) && !(opened && followsTitle(builder, line, lines[next])))
      builder.add(line);
    else {
      flush();
      opened = opening;
      if (opened) tree.open(opened, line);
      builder = new ParagraphBuilder(line, open);
    }
    previous = line;
  }
  flush();
  return tree.finish();
}

/**
 * 題の次の行が、字下げした新しい段落か。題が右端近くまで届いていても、文の続きとみなさない。
 * 字下げは段落の最初の行だけなので、その次の行より深い。
 */
function followsTitle(builder: ParagraphBuilder, line: SourceLine, after: SourceLine | undefined): boolean {
  if (!builder.isOneLine() || !after || after.kind !== "text" || readMarks(after.text.trim()).length > 0)
    return false;
  const [mark] = readMarks(builder.first.text.trim());
  const body = builder.first.text.trim().slice(mark?.length ?? 0);
  return isTitleText(body) && /[一-龠ァ-ヶー）]$/.test(body) && indent(line) > indent(after);
}

function indent(line: SourceLine): number {
  return lineWidth(/^[\s\u3000]*/.exec(line.text)?.[0] ?? "");
}

type Opening =
  | { kind: "mark"; mark: Mark; depth: number }
  | { kind: "appendix"; label: string; length: number }
  | { kind: "heading"; label: string; depth: number; length: number };

/** 見出しに使う記号。番号のある文書では、見出しとして扱わない。 */
const HEADING =
  /^([■□◆◇●○◎★▼▶])[\s\u3000]*(?=\S)|^(?:【[^】]{1,30}】|〔[^〕]{1,30}〕|［[^］]{2,30}］|＜[^＞]{2,30}＞|《[^》]{2,30}》|≪[^≫]{2,30}≫)[\s\u3000]*(?=$)/;
/** 「〔期間〕　令和７年…」: 見出しと中身が一行にある。 */
const INLINE_HEADING = /^(【[^】、。]{1,12}】|〔[^〕、。]{1,12}〕)[\s\u3000]+(?=\S)/;

/** 問いの下の、答えの頭。 */
const ANSWER = /^(?:[AＡ]|答え?|回答)[\s\u3000]?[0-9０-９]{0,3}(?:[.．:：、)）][\s\u3000]*|[\s\u3000]+)/;

class ClauseTree {
  private readonly roots: ClauseNode[] = [];
  private readonly ids = new Map<string, number>();
  private stack: OpenLevel<ClauseNode>[] = [];
  private appendix: ClauseNode | undefined;
  private current: ClauseNode;
  private caption: Paragraph | undefined;
  private readonly preamble: ClauseNode;
  /** いまの見出しの下で、項目の頭に使われている記号。見出しにはならない。 */
  private items = new Set<string>();

  constructor() {
    this.preamble = node({ id: PREAMBLE, number: "", title: "", text: "", parent: null, page: 1 }, "");
    this.current = this.preamble;
  }

  /** この行が新しい条項を開くなら、どこに。 */
  opening(line: SourceLine, next: SourceLine | undefined, afterOpenLine: boolean): Opening | undefined {
    const text = line.text.trim();
    const appendix = readAppendix(text);
    if (appendix && !(afterOpenLine && /[、のをにはがとで]$/.test(text)))
      return { kind: "appendix", label: appendix.label, length: appendix.length };
    if (this.answers(text)) return undefined;
    const marks = readMarks(text);
    const unmarked =
      marks.length === 0 && (this.stack.length > 0 || this.appendix) ? readUnmarkedAppendix(text) : undefined;
    // 「別記」の次の行の「個人情報取扱特記事項」は、別記の題。
    const names =
      this.current === this.appendix && this.current.blocks.length <= 1 && this.current.clause.title === "";
    if (unmarked && !names && !afterOpenLine && next && startsAgain(next.text.trim()))
      return { kind: "appendix", label: unmarked.label, length: 0 };
    if (marks.length > 0) {
      const body = text.slice(marks[0]?.length ?? 0);
      const titleLike = isTitleText(body) && !line.full;
      const placed = placeMark(marks, this.stack, { titleLike, afterOpenLine });
      if (placed) return { kind: "mark", ...placed };
    }
    const inline = INLINE_HEADING.exec(text);
    if (inline && this.stack.every((level) => level.scheme === "記号")) {
      const label = bracketsOf(inline[0]);
      const at = this.stack.findIndex((level) => level.label === label);
      return { kind: "heading", label, depth: Math.max(0, at), length: inline[0].length };
    }
    return HEADING.test(text) ? this.heading(text, next) : undefined;
  }

  /** 「Q1」の下の「A1　…」は、答え。番号でない。 */
  private answers(text: string): boolean {
    return ANSWER.test(text) && this.stack.some((level) => level.scheme === "Q");
  }

  /** 「■ 委託内容」「◆ 会場設営」。上の記号の見出しの下に、別の記号の見出しが来てもよい。同じ記号の行が続けば、項目。 */
  private heading(text: string, next: SourceLine | undefined): Opening | undefined {
    const heading = HEADING.exec(text);
    const label = heading?.[1] ?? bracketsOf(text);
    const unnumbered = this.stack.every((level) => level.scheme === "記号");
    // 一度見出しに使った記号は、番号の下からでも次の見出しになる。
    const at = this.stack.findIndex((level) => level.scheme === "記号" && level.label === label);
    const follows = HEADING.exec(next?.text.trim() ?? "");
    const same = follows !== null && (follows[1] ?? bracketsOf(follows[0])) === label;
    const opens =
      (unnumbered || at >= 0) && isTitleText(text) && next !== undefined && !same && !this.items.has(label);
    if (!heading || !opens) {
      this.items.add(label);
      return undefined;
    }
    const depth = at >= 0 ? at : this.stack.length;
    return { kind: "heading", label, depth, length: heading[1] ? heading[0].length : 0 };
  }

  open(opening: Opening, line: SourceLine): void {
    if (opening.kind === "appendix") {
      this.openAppendix(opening, line);
      return;
    }
    const { depth } = opening;
    // 上の見出しに戻れば、下の項目の記号を忘れる。
    if (opening.kind === "heading") this.items = new Set();
    const label = opening.kind === "mark" ? opening.mark.label : opening.label;
    const above = this.stack.slice(0, depth);
    const parent = above.at(-1)?.node ?? this.appendix;
    const base = this.appendix?.clause.number ?? "";
    const number = pathNumber(
      base,
      above.map((level) => level.label),
      label,
    );
    const opened = node(
      this.clause(number, parent, line),
      opening.kind === "mark" ? opening.mark.scheme : "記号",
    );
    this.attach(opened, parent);
    const value = opening.kind === "mark" ? opening.mark.value : 0;
    this.stack = [...above, { scheme: opened.scheme, value, label, node: opened }];
  }

  private openAppendix({ label }: { label: string }, line: SourceLine): void {
    this.appendix = node(this.clause(label, undefined, line), "");
    this.attach(this.appendix, undefined);
    this.stack = [];
  }

  private clause(number: string, parent: ClauseNode | undefined, line: SourceLine): Clause {
    const seen = (this.ids.get(number) ?? 0) + 1;
    this.ids.set(number, seen);
    const id = seen === 1 ? number : `${number}#${seen}`;
    return { id, number, title: "", text: "", parent: parent?.clause.id ?? null, page: line.page };
  }

  private attach(opened: ClauseNode, parent: ClauseNode | undefined): void {
    (parent?.children ?? this.roots).push(opened);
    this.current = opened;
  }

  /** 段落を、開いている条項に入れる。opening は、その段落が番号で始まるとき。 */
  add(paragraph: Paragraph, opening: Opening | undefined): void {
    if (opening) {
      const length = opening.kind === "mark" ? opening.mark.length : opening.length;
      const from = Math.min(paragraph.text.length, length);
      if (this.caption && opening.kind === "mark") {
        this.current.blocks.push({ paragraph: this.caption, from: 0, role: "caption" });
        this.current.clause.title = this.caption.text.replace(/^[（(]|[）)]$/g, "").trim();
      } else this.keepCaption();
      this.caption = undefined;
      this.addOpened(paragraph, from, opening);
      return;
    }
    this.keepCaption();
    const isCaption = /^[（(][^（()）]{1,40}[）)]$/.test(paragraph.text);
    if (isCaption) this.caption = paragraph;
    else this.addBody(paragraph);
  }

  private addOpened(paragraph: Paragraph, from: number, opening: Opening): void {
    const body = paragraph.text.slice(from).trim();
    const clause = this.current.clause;
    const label =
      clause.title === "" && opening.kind === "mark" ? inlineLabel(paragraph.text.slice(from)) : undefined;
    if (label) {
      clause.title = label.title;
      this.current.blocks.push({ paragraph, from: from + label.length, role: "body" });
      return;
    }
    // 「〔期間〕　令和７年…」。
    const inline =
      opening.kind === "heading" ? INLINE_HEADING.exec(paragraph.text.trim())?.[1]?.slice(1, -1) : undefined;
    if (inline !== undefined) {
      clause.title = inline.trim();
      this.current.blocks.push({ paragraph, from, role: "body" });
      return;
    }
    const asks = opening.kind === "mark" && opening.mark.scheme === "Q";
    const isTitle = clause.title === "" && (isTitleText(body) || asks);
    if (isTitle) clause.title = body.replace(/^[【〔［＜《≪]|[】〕］＞》≫]$/g, "").trim();
    const role = isTitle || opening.kind !== "mark" ? "title" : "body";
    this.current.blocks.push({ paragraph, from, role });
  }

  /** 別紙の見出しの次の行は、別紙の題。 */
  private addBody(paragraph: Paragraph): void {
    const { clause, blocks } = this.current;
    const names = this.current === this.appendix && clause.title === "" && blocks.length === 1;
    // 「(3)」だけの行の次の、短い行は題。
    const [first] = blocks;
    const bare =
      clause.title === "" &&
      blocks.length === 1 &&
      first !== undefined &&
      first.paragraph.text.slice(first.from).trim() === "" &&
      clause.number !== "";
    const role: ClauseBlock["role"] = names || (bare && isTitleText(paragraph.text)) ? "title" : "body";
    if (role === "title") clause.title = paragraph.text;
    if (this.current === this.preamble && clause.title === "" && isTitleText(paragraph.text))
      clause.title = paragraph.text;
    const from = this.answers(paragraph.text) ? (ANSWER.exec(paragraph.text)?.[0].length ?? 0) : 0;
    blocks.push({ paragraph, from, role });
  }

  /** 条の題と思った括弧書きの後に番号が来なかった。ただの段落として入れる。 */
  private keepCaption(): void {
    if (this.caption) this.addBody(this.caption);
    this.caption = undefined;
  }

  addNoise(text: string): void {
    this.current.noise.push(text);
  }

  finish(): ClauseNode[] {
    this.keepCaption();
    const hasPreamble = this.preamble.blocks.length > 0 || this.preamble.noise.length > 0;
    const roots = hasPreamble ? [this.preamble, ...this.roots] : this.roots;
    for (const one of flatten(roots)) one.clause.text = clauseText(one);
    return roots;
  }
}

/** 見出しを囲む括弧の組（「【】」「〔〕」）。 */
function bracketsOf(text: string): string {
  const at = "【〔［＜《≪".indexOf(text.trim().charAt(0));
  return at < 0 ? "【】" : (["【】", "〔〕", "［］", "＜＞", "《》", "≪≫"][at] ?? "【】");
}

/** 番号が 1 から始まる行か、最初の条の題。 */
function startsAgain(text: string): boolean {
  return readMarks(text)[0]?.value === 1 || /^[（(](?:目的|趣旨|総則|基本的事項|定義)[）)]$/.test(text);
}

function node(clause: Clause, scheme: string): ClauseNode {
  return { clause, scheme, blocks: [], noise: [], children: [] };
}
