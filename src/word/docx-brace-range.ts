import { AppError } from "../base/error.ts";
import { type BracedToken, type BraceTag, conditionOf } from "./docx-brace-tag.ts";

const MAX_NESTING = 60;

interface Range {
  from: number;
  to: number;
  tag: BraceTag;
  no: BracedToken[];
}

/** {#…}…{/…} の範囲を、段落・表の行・文書の作りを壊さないように決めて、まとめる。 */
export class BraceRanges {
  private readonly tokens: BracedToken[];
  private readonly gone = new Set<number>();
  private readonly ranges: Range[] = [];
  /** 各位置を囲む、開いている要素の位置（外から順）。 */
  private readonly paths: number[][] = [];
  private readonly closes = new Map<number, number>();

  constructor(tokens: BracedToken[]) {
    this.tokens = tokens;
    const path: number[] = [];
    tokens.forEach((token, at) => {
      if (token.t === "close") this.closes.set(path.pop() ?? at, at);
      this.paths.push([...path]);
      if (token.t === "open") path.push(at);
    });
  }

  build(): BracedToken[] {
    this.pair();
    this.ranges.sort((a, b) => a.from - b.from || b.to - a.to);
    for (const [at, range] of this.ranges.entries()) {
      if (this.ranges.slice(at + 1).some((other) => other.from <= range.to && other.to > range.to))
        throw crossed(range.tag);
    }
    return this.assemble(0, this.tokens.length - 1, [...this.ranges]);
  }

  private pair(): void {
    const open: { at: number; tag: BraceTag }[] = [];
    this.tokens.forEach((token, at) => {
      if (token.t !== "brace" || token.tag.sign === "") return;
      if (token.tag.sign !== "/") {
        if (open.length >= MAX_NESTING) throw crossed(token.tag);
        open.push({ at, tag: token.tag });
        return;
      }
      const start = open.pop();
      if (!start || !closesTag(token.tag, start.tag)) throw unmatched(token.tag);
      this.addRange(start.at, at, start.tag);
    });
    const left = open[0];
    if (left) throw unmatched(left.tag);
  }

  private addRange(open: number, close: number, tag: BraceTag): void {
    this.gone.add(open);
    this.gone.add(close);
    const a = this.paths[open] ?? [];
    const b = this.paths[close] ?? [];
    let common = 0;
    while (common < a.length && a[common] === b[common]) common += 1;
    const first = a[common];
    const last = b[common];
    const parent = common > 0 ? this.nameAt(a[common - 1]) : "";
    if (first === undefined && last === undefined)
      this.ranges.push({ from: open + 1, to: close - 1, tag, no: [] });
    else if (parent === "w:tr") {
      const row = a[common - 1] ?? 0;
      this.addRows(row, this.closes.get(row) ?? row, tag);
    } else this.spanBlocks(first ?? open, last ?? close, tag);
  }

  /** 別々の段落や行にある始まりと終わり。 */
  private spanBlocks(first: number, last: number, tag: BraceTag): void {
    const firstEnd = this.closes.get(first) ?? first;
    const lastEnd = this.closes.get(last) ?? last;
    const alone = [first, last].every((at) => this.nameAt(at) === "w:p" && this.onlyTag(at));
    if (alone) {
      // 印だけの段落は、出すときも消すときも残さない。
      for (let at = first; at <= firstEnd; at += 1) this.gone.add(at);
      for (let at = last; at <= lastEnd; at += 1) this.gone.add(at);
      const needed = this.needsParagraph(first, lastEnd);
      this.ranges.push({
        from: firstEnd + 1,
        to: last - 1,
        tag,
        no: needed ? this.emptied(first, firstEnd) : [],
      });
      return;
    }
    if (this.nameAt(first) === "w:p" && this.nameAt(last) === "w:p") {
      // 文の途中から別の段落の途中まで。段落の終わりと始まりも範囲に入るので、消えると一つの段落になる。
      const open = this.tagAt(first, firstEnd, tag);
      const close = this.lastGone(last, lastEnd);
      this.ranges.push({ from: open + 1, to: close - 1, tag, no: [] });
      return;
    }
    this.addRows(first, lastEnd, tag);
  }

  /** 表の行が一つも残らないなら、表ごと範囲にする（行のない表は開けない）。 */
  private addRows(from: number, to: number, tag: BraceTag): void {
    const table = this.paths[from]?.at(-1);
    if (this.nameAt(from) !== "w:tr" || table === undefined) {
      this.ranges.push({ from, to, tag, no: [] });
      return;
    }
    const end = this.closes.get(table) ?? to;
    const others = this.tokens.some(
      (token, at) =>
        token.t === "open" &&
        token.element.name === "w:tr" &&
        this.paths[at]?.at(-1) === table &&
        (at < from || at > to),
    );
    this.ranges.push(others ? { from, to, tag, no: [] } : { from: table, to: end, tag, no: [] });
  }

  private tagAt(from: number, to: number, tag: BraceTag): number {
    for (let at = from; at <= to; at += 1) {
      const token = this.tokens[at];
      if (token?.t === "brace" && token.tag === tag) return at;
    }
    return from;
  }

  private lastGone(from: number, to: number): number {
    for (let at = to; at >= from; at -= 1) {
      const token = this.tokens[at];
      if (token?.t === "brace" && token.tag.sign === "/" && this.gone.has(at)) return at;
    }
    return to;
  }

  private nameAt(at: number | undefined): string {
    const token = at === undefined ? undefined : this.tokens[at];
    return token?.t === "open" ? token.element.name : "";
  }

  /** 段落の中身が印だけか（空白は無視）。 */
  private onlyTag(paragraph: number): boolean {
    const end = this.closes.get(paragraph) ?? paragraph;
    for (let at = paragraph + 1; at < end; at += 1) {
      const token = this.tokens[at];
      if (token?.t === "text" && token.text.trim() === "") continue;
      if (token?.t === "atom" || (token?.t === "brace" && token.tag.sign !== "")) continue;
      return false;
    }
    return true;
  }

  /** 表のます目や枠の最後の段落まで消えると、Word が開けない文書になる。 */
  private needsParagraph(first: number, end: number): boolean {
    const path = this.paths[first] ?? [];
    const parent = this.nameAt(path.at(-1));
    if (parent === "w:body" || parent === "") return this.tokens[end + 1] === undefined;
    return this.tokens[end + 1]?.t === "close";
  }

  private emptied(from: number, to: number): BracedToken[] {
    return this.tokens
      .slice(from, to + 1)
      .filter((token) => token.t === "open" || token.t === "close" || token.t === "atom");
  }

  private assemble(from: number, to: number, ranges: Range[]): BracedToken[] {
    const out: BracedToken[] = [];
    for (let at = from; at <= to; at += 1) {
      const range = ranges[0];
      if (range && range.from === at) {
        ranges.shift();
        const inner: Range[] = [];
        while (ranges[0] && ranges[0].to <= range.to) inner.push(ranges.shift() as Range);
        out.push({
          t: "section",
          tag: range.tag,
          yes: this.assemble(range.from, range.to, inner),
          no: range.no,
        });
        at = Math.max(range.to, range.from - 1);
        if (range.to < range.from) at = range.from - 1;
        continue;
      }
      const token = this.tokens[at];
      if (token && !this.gone.has(at)) out.push(token);
    }
    return out;
  }
}

function closesTag(close: BraceTag, open: BraceTag): boolean {
  if (close.body === "") return true;
  const fold = (text: string) => text.normalize("NFKC").replace(/\s/g, "");
  return fold(close.body) === fold(open.body) || fold(close.body) === fold(conditionOf(open).name);
}

function unmatched(tag: BraceTag): AppError {
  return new AppError(
    "BAD_INPUT",
    `ひな形の ${tag.raw} に対応する${tag.sign === "/" ? "始まり（{#…}）" : `終わり（{/${conditionOf(tag).name}}）`}がありません。ひな形を直してください。`,
  );
}

function crossed(tag: BraceTag): AppError {
  return new AppError(
    "BAD_INPUT",
    `ひな形の ${tag.raw} の範囲が、ほかの範囲や表の行と交差しています。範囲が入れ子になるように直してください。`,
  );
}
