import type { SourceLine } from "./source-line.ts";

/** 折り返しをつないだ一段落。segments が、text の位置を元の位置に戻す。 */
export interface Paragraph {
  text: string;
  segments: { at: number; start: number; length: number }[];
  page: number;
  kind: SourceLine["kind"];
  /** 直前の行が文の途中で終わり、それでも新しい段落にした（番号の見間違いに用心する）。 */
  afterOpenLine: boolean;
}

/** つないだ段落の [from, to) を、元の文の一部として切り出す。 */
export function sourceSlice(source: string, paragraph: Paragraph, from: number, to: number): string {
  const start = sourceOffset(paragraph, from);
  const end = sourceOffset(paragraph, Math.max(from, to - 1)) + 1;
  return source.slice(start, Math.max(start, end)).trim();
}

function sourceOffset({ segments }: Paragraph, at: number): number {
  let found = segments[0];
  for (const segment of segments) if (segment.at <= at) found = segment;
  if (!found) return 0;
  return found.start + Math.min(Math.max(0, at - found.at), Math.max(0, found.length - 1));
}

/** 行が右端まで届いていて、まだ文が終わっていないか。 */
export function isOpenLine(line: Pick<SourceLine, "text" | "full">): boolean {
  const text = line.text.trimEnd();
  return /[、，,]$/.test(text) || (line.full && !/[。．！？!?]$/.test(text));
}

/** 段落を一行ずつ育てる。 */
export class ParagraphBuilder {
  private text = "";
  private depth = 0;
  private readonly segments: Paragraph["segments"] = [];
  readonly first: SourceLine;
  private readonly afterOpenLine: boolean;
  private last: SourceLine;

  constructor(line: SourceLine, afterOpenLine: boolean) {
    this.first = line;
    this.last = line;
    this.afterOpenLine = afterOpenLine;
    this.add(line);
  }

  add(line: SourceLine): void {
    // 表の行では、空いた初めの升（タブ）を残す。列がずれないように。
    const text =
      line.kind === "cell" ? line.text.replace(/^[ \u3000]+|[ \u3000\r]+$/g, "") : line.text.trim();
    const lead = text === "" ? 0 : line.text.indexOf(text);
    // 英数字どうしは、行の切れ目が語の切れ目だったと見る。
    if (/[0-9A-Za-z]$/.test(this.text) && /^[0-9A-Za-z]/.test(text)) this.text += " ";
    this.segments.push({ at: this.text.length, start: line.start + lead, length: text.length });
    this.text += text;
    this.last = line;
    this.depth = Math.max(0, this.depth + bracketBalance(text));
  }

  isOneLine(): boolean {
    return this.segments.length === 1;
  }

  /** 次の行（番号で始まらないと分かっているもの）が、この段落の続きか。 */
  continues(line: SourceLine, meaningfulGaps: boolean): boolean {
    if (this.first.kind !== "text" || line.kind !== "text" || this.segments.length > 400) return false;
    const turned = line.page !== this.last.page;
    if (meaningfulGaps && line.gap && !turned) return false;
    if (/^[・･•◦▪●○〇◎■□◆◇▲△▼▽▶➢✓✔※＊*【]|^[^、。（(]{1,12}[：:]/.test(line.text.trim())) return false;
    // 閉じていない括弧。十行閉じなければ、書き間違いと見る。
    const inBracket = this.depth > 0 && this.segments.length < 10 && this.last.full;
    return inBracket || isOpenLine(this.last);
  }

  finish(): Paragraph {
    const { text, segments, first, afterOpenLine } = this;
    return { text, segments, page: first.page, kind: first.kind, afterOpenLine };
  }
}

function bracketBalance(text: string): number {
  let depth = 0;
  for (const char of text) {
    if ("（(「『【〔［".includes(char)) depth += 1;
    else if ("）)」』】〕］".includes(char)) depth -= 1;
  }
  return depth;
}

/** 空行が段落の切れ目を表すか。どの行の後にも空行がある写しでは、意味がない。 */
export function gapsHaveMeaning(lines: readonly SourceLine[]): boolean {
  const gaps = lines.filter((line) => line.gap).length;
  return gaps > 0 && gaps < lines.length * 0.7;
}
