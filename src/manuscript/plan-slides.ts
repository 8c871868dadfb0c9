import { SLIDE, type Slide, type SlideDeck, type SlideItem } from "../office/slide-model.ts";
import type { TextBinder } from "./bound-text.ts";
import { chartOf } from "./figure-data.ts";
import type { Manuscript, ManuscriptBlock } from "./manuscript.ts";

const LEFT = 18;
const TOP = 34;
const WIDTH = SLIDE.width - LEFT * 2;
const HEIGHT = SLIDE.height - TOP - 22;
/** 一枚に置く文の行数と、表の行数。入りきらない分は、続きのスライドに送る。 */
const LINES = 11;
const ROWS = 9;
/** 一行に入る全角の字数（18 ポイント）。 */
const LINE_CHARACTERS = 44;

/**
 * 原稿をスライドにする。見出しごとに一枚（入りきらなければ続き）、図と表と指標は一つに一枚。
 * 図は PowerPoint の中で値を直せる。本文の全文は、発表者のノートに入る。
 */
export function planSlides(manuscript: Manuscript, binder: TextBinder, created: string): SlideDeck {
  const { meta } = manuscript;
  const cover: Slide = {
    title: meta.title,
    items: [text([meta.subtitle, meta.date, meta.author].filter(Boolean).join("\n"), 24)],
  };
  const maker = new SlideMaker(binder);
  for (const block of manuscript.blocks) maker.add(block);
  return {
    title: meta.title,
    author: meta.author,
    created,
    footer: meta.title,
    slides: [cover, ...maker.finish()],
  };
}

function text(body: string, size = 18): SlideItem {
  return {
    kind: "box",
    x: LEFT,
    y: TOP,
    width: WIDTH,
    height: HEIGHT,
    text: body,
    size,
    align: "left",
    alt: "",
  };
}

class SlideMaker {
  readonly #binder: TextBinder;
  readonly #slides: Slide[] = [];
  #title = "";
  #lines: string[] = [];

  constructor(binder: TextBinder) {
    this.#binder = binder;
  }

  add(block: ManuscriptBlock): void {
    const bind = (value: string) => this.#binder.bind(value, block.place);
    const number = this.#binder.numbers.get(block.id) ?? "";
    const named = (value: string) => (number === "" ? bind(value) : `${number}　${bind(value)}`);
    switch (block.kind) {
      case "heading":
        this.#flush();
        this.#title = named(block.text);
        return;
      case "paragraph":
        this.#lines.push(bind(block.text));
        return;
      case "list":
        this.#lines.push(
          ...block.items.map((item, at) => `${block.ordered ? `${at + 1}. ` : "・"}${bind(item)}`),
        );
        return;
      case "table":
      case "kpi":
        this.#flush();
        this.#table(
          named(block.caption),
          block.header.map(bind),
          block.rows.map((row) => row.map(bind)),
        );
        return;
      case "figure":
        this.#flush();
        this.#figure(block, named(block.caption));
        return;
      case "photo":
        this.#lines.push(`（${named(block.caption)}）`);
        return;
      case "measure":
      case "column":
        this.#flush();
        this.#title = named(block.title);
        if (block.kind === "measure" && block.owner) this.#lines.push(`担当: ${block.owner}`);
        for (const inner of block.body) this.add(inner);
        this.#flush();
    }
  }

  finish(): Slide[] {
    this.#flush();
    return this.#slides;
  }

  /** たまった文を、入る分ずつスライドに。 */
  #flush(): void {
    const lines = this.#lines;
    this.#lines = [];
    if (lines.length === 0) return;
    const pages: string[][] = [[]];
    let used = 0;
    for (const line of lines.flatMap(cut)) {
      const height = Math.max(1, Math.ceil([...line].length / LINE_CHARACTERS));
      if (used + height > LINES && (pages.at(-1)?.length ?? 0) > 0) {
        pages.push([]);
        used = 0;
      }
      pages.at(-1)?.push(line);
      used += height;
    }
    for (const [at, page] of pages.entries())
      this.#slides.push({
        title: this.#continued(at),
        items: [text(page.join("\n"))],
        notes: lines.join("\n"),
      });
  }

  #continued(at: number): string {
    return at === 0 ? this.#title : `${this.#title}（続き${at > 1 ? at : ""}）`;
  }

  #table(title: string, header: string[], rows: string[][]): void {
    const wide = Math.max(header.length, ...rows.map((row) => row.length));
    const full = (row: readonly string[]) => Array.from({ length: wide }, (_, at) => row[at] ?? "");
    const shares = Array.from({ length: wide }, (_, at) =>
      Math.min(24, Math.max(5, ...[header, ...rows].map((row) => [...(row[at] ?? "")].length))),
    );
    const count = Math.max(1, Math.ceil(rows.length / ROWS));
    for (let page = 0; page < count; page += 1)
      this.#slides.push({
        title: page === 0 ? title : `${title}（続き${page > 1 ? page : ""}）`,
        items: [
          {
            ...{ kind: "table", x: LEFT, y: TOP, width: WIDTH, height: HEIGHT, shares, size: 12, alt: title },
            ...{ header: full(header), rows: rows.slice(page * ROWS, (page + 1) * ROWS).map(full) },
          },
        ],
      });
  }

  #figure(block: Extract<ManuscriptBlock, { kind: "figure" }>, title: string): void {
    const data = chartOf(block, this.#binder);
    const source = block.source ? `出典: ${this.#binder.bind(block.source, block.place)}` : "";
    const items: SlideItem[] = data
      ? [
          {
            ...{ kind: "chart", x: LEFT, y: TOP, width: WIDTH, height: HEIGHT - 10, alt: block.alt || title },
            chart: { title: block.caption, unit: block.unit, ...data },
          },
        ]
      : [text("（図のデータがありません）")];
    if (source)
      items.push({
        ...{ kind: "box", x: LEFT, y: TOP + HEIGHT - 9, width: WIDTH, height: 9, text: source, size: 12 },
        ...{ align: "left", alt: "" },
      });
    this.#slides.push({ title, items });
  }
}

/** 一枚に入らない長い文を、句点で分ける。句点のない長い文は、字数で。 */
function cut(line: string): string[] {
  const most = LINES * LINE_CHARACTERS;
  if ([...line].length <= most) return [line];
  const parts: string[] = [""];
  for (const sentence of line.split(/(?<=。)/)) {
    const last = parts.length - 1;
    if ([...(parts[last] ?? ""), ...sentence].length <= most) parts[last] += sentence;
    else {
      const points = [...sentence];
      for (let at = 0; at < points.length; at += most) parts.push(points.slice(at, at + most).join(""));
    }
  }
  return parts.filter((part) => part !== "");
}
