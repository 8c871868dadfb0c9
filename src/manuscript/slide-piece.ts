import type { Slide, SlideItem, SlidePlace } from "../office/slide-model.ts";
import { linesHeight, packRows } from "./slide-flow.ts";
import { mergeCells } from "./table-merge.ts";

/** 一つの表。 */
export interface FlowTable {
  title: string;
  header: string[];
  rows: string[][];
  shares: number[];
}

/** 上から順に流す部分。head は小見出し（次の部分から離さない）。 */
export type FlowPiece =
  | { kind: "text"; lines: string[] }
  | { kind: "head"; text: string }
  | ({ kind: "table" } & FlowTable);

/** 表の題の行の高さと、部分の間の空き（mm）。 */
const CAPTION = 9;
const GAP = 4;
const HEAD = 10;
/** 表の字の大きさ（ポイント）。一枚に入るうちで、いちばん大きいものを使う。 */
const SIZES = [16, 14, 13, 12, 11] as const;

/** 節の文と表を、上から流して、入りきらなければ続きのスライドに送る。文の全部は、ノートにも入る。 */
export function flowSlides(title: string, pieces: readonly FlowPiece[], area: SlidePlace): Slide[] {
  const flow = new Flow(title, area);
  for (const [at, piece] of pieces.entries()) {
    if (piece.kind === "text") flow.text(piece.lines);
    else if (piece.kind === "table") flow.table(piece, pieces[at + 1]);
    else flow.head(piece.text, leastHeight(pieces[at + 1], area));
  }
  return flow.finish();
}

/** 小見出しの下に、少なくとも要る高さ。 */
function leastHeight(next: FlowPiece | undefined, area: SlidePlace): number {
  if (next?.kind === "text") return linesHeight(next.lines.slice(0, 1));
  if (next?.kind === "table") return Math.min(area.height - HEAD, CAPTION + smallest(next, area));
  return 0;
}

function smallest(table: FlowTable, area: SlidePlace): number {
  return packRows(table.header, table.rows, { ...area, shares: table.shares, size: 11 })[0]?.height ?? 0;
}

class Flow {
  readonly #title: string;
  readonly #area: SlidePlace;
  readonly #slides: Slide[] = [];
  #items: SlideItem[] = [];
  #notes: string[] = [];
  #used = 0;
  #count = 0;

  constructor(title: string, area: SlidePlace) {
    this.#title = title;
    this.#area = area;
  }

  finish(): Slide[] {
    this.#close();
    return this.#slides;
  }

  text(lines: readonly string[]): void {
    let rest = [...lines];
    while (rest.length > 0) {
      const room = this.#area.height - this.#used;
      let fits = rest.length;
      while (fits > 0 && linesHeight(rest.slice(0, fits)) > room) fits -= 1;
      if (fits === 0 && this.#items.length > 0) {
        this.#close();
        continue;
      }
      const part = rest.slice(0, Math.max(1, fits));
      rest = rest.slice(part.length);
      const height = Math.min(room, linesHeight(part));
      this.#notes.push(...part);
      this.#put({
        ...{ kind: "box", ...this.#at(height), text: part.join("\n"), size: 18, align: "left" },
        ...{ anchor: "top", after: 7, alt: "" },
      });
    }
  }

  head(text: string, next: number): void {
    if (this.#items.length > 0 && this.#used + HEAD + next > this.#area.height) this.#close();
    this.#notes.push(text);
    this.#put({
      ...{ kind: "box", ...this.#at(HEAD - 3), text, size: 18, bold: true, align: "left" },
      ...{ anchor: "top", alt: "" },
    });
  }

  table(table: FlowTable, next?: FlowPiece): void {
    // 続く表も同じ枚に入るなら、表の題を題にせず、二つを並べる。
    const height =
      next?.kind === "table"
        ? 2 * CAPTION + GAP + smallest(table, this.#area) + smallest(next, this.#area)
        : undefined;
    const both = height !== undefined && height < this.#area.height * 0.8;
    if (both && this.#items.length > 0 && this.#used + height > this.#area.height) this.#close();
    const alone = this.#items.length === 0 && !both;
    const size = this.#sizeOf(table, alone ? 0 : CAPTION);
    if (size === undefined && this.#items.length > 0) {
      this.#close();
      this.table(table, next);
      return;
    }
    const { shares, header } = table;
    const pages = packRows(header, table.rows, {
      ...this.#area,
      shares,
      size: size ?? (shares.length > 5 ? 11 : 13),
    });
    for (const [at, page] of pages.entries()) {
      if (at > 0) this.#close();
      if (!alone)
        this.#put({
          ...{
            kind: "box",
            ...this.#at(CAPTION - 1),
            text: table.title,
            size: 14,
            bold: true,
            align: "left",
          },
          ...{ anchor: "top", alt: "" },
        });
      const from = pages.slice(0, at).reduce((sum, { rows }) => sum + rows.length, 0);
      this.#put({
        ...{ kind: "table", ...this.#at(page.height), shares, size: size ?? (shares.length > 5 ? 11 : 13) },
        ...{ alt: table.title, ...merged(header, table.rows, from, page.rows.length) },
      });
      if (alone) this.#close(at === 0 ? table.title : `${table.title}（続き${at > 1 ? at : ""}）`);
    }
  }

  /** 残りに一枚で入る、いちばん大きい字。入らなければ undefined。 */
  #sizeOf({ header, rows, shares }: FlowTable, more: number): number | undefined {
    const height = this.#area.height - this.#used - more;
    const most = shares.length > 6 ? 13 : 16;
    return SIZES.find((size) => {
      if (size > most || (size < 12 && more > 0 && shares.length <= 5)) return false;
      const pages = packRows(header, rows, { ...this.#area, height: Math.max(1, height), shares, size });
      return pages.length === 1 && (pages[0]?.height ?? 0) <= height;
    });
  }

  #at(height: number): SlidePlace {
    return { ...this.#area, y: this.#area.y + this.#used, height };
  }

  #put(item: SlideItem): void {
    this.#items.push(item);
    this.#used += item.height + (item.kind === "box" && item.size === 14 ? 0 : GAP);
  }

  #close(title?: string): void {
    if (this.#items.length > 0) {
      const again =
        this.#count > 0 ? `${this.#title}（続き${this.#count > 1 ? this.#count : ""}）` : this.#title;
      if (title === undefined) this.#count += 1;
      this.#slides.push({
        title: title ?? again,
        items: this.#items,
        ...(this.#notes.length > 0 ? { notes: this.#notes.join("\n") } : {}),
      });
    }
    this.#items = [];
    this.#notes = [];
    this.#used = 0;
  }
}

/** 一枚に置く行の、文と結合。前の枚から続く縦の結合は、文をもう一度書く。 */
function merged(
  header: readonly string[],
  rows: readonly string[][],
  from: number,
  count: number,
): {
  header: string[];
  rows: string[][];
  spans: Map<string, { span: number; down: number } | "left" | "above">;
} {
  const spans = new Map<string, { span: number; down: number } | "left" | "above">();
  const note = (cells: ReturnType<typeof mergeCells>[number], at: number) => {
    for (const { at: column, span, down, covered } of cells)
      if (covered) spans.set(`${at},${column}`, covered);
      else if (span > 1 || down > 1) spans.set(`${at},${column}`, { span, down });
    return cells.map(({ text }) => text);
  };
  const page = rows.slice(from, from + count).map((row, at) =>
    at > 0
      ? row
      : row.map((text, column) => {
          let up = from;
          while (up > 0 && (rows[up]?.[column] ?? "").trim() === "^^") up -= 1;
          return text.trim() === "^^" ? (rows[up]?.[column] ?? "") : text;
        }),
  );
  return {
    header: mergeCells([header]).flatMap((cells) => note(cells, -1)),
    rows: mergeCells(page).map(note),
    spans,
  };
}
