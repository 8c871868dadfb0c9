import { tint } from "../office/colour.ts";
import { SLIDE, type Slide, type SlideDeck, type SlideItem } from "../office/slide-model.ts";
import type { TextBinder } from "./bound-text.ts";
import { chartOf } from "./figure-data.ts";
import { allBlocks, isDrawnForm, type Manuscript, type ManuscriptBlock } from "./manuscript.ts";
import { pictureOf } from "./picture-size.ts";
import { drawingItems } from "./plan-drawing-slides.ts";
import { fitted, iconOf } from "./plan-icon.ts";
import { chartForm } from "./plan-part-document.ts";
import { type PlanTheme, themeOf } from "./plan-theme.ts";
import { cutLine, packLines } from "./slide-flow.ts";
import { type FlowPiece, type FlowTable, flowSlides } from "./slide-piece.ts";
import { breakTitle } from "./title-break.ts";

/** 中身を置く所（mm）。 */
const AREA = { x: 16, y: 33, width: SLIDE.width - 32, height: 142 } as const;
/** 文と図を並べるときの、図の左の端（mm）と、文の行数・字数。 */
const RIGHT = 128;
const BESIDE = { lines: 15, characters: 17 };

/** 章の扉の右（mm）と、そこに置ける文の行数・字数。 */
const DOOR = { x: 112, y: 24, width: SLIDE.width - 130, height: 142 } as const;
const DOOR_ROOM = { lines: 9, characters: 31 };

/**
 * 原稿をスライドにする。章ごとに扉、節ごとに文と表を一枚に入る分ずつ、図は文と並べて一枚。
 * 図は PowerPoint の中で値を直せる。本文の全文は、スライドにもノートにも入る。
 */
export function planSlides(manuscript: Manuscript, binder: TextBinder, created: string): SlideDeck {
  const { meta } = manuscript;
  const { theme } = themeOf(manuscript);
  const { accent, second } = theme;
  const cover: Slide = {
    title: breakTitle(meta.title, COVER_EMS),
    back: [
      fillBox(0, 0, SLIDE.width, SLIDE.height, tint(accent, 0.08)),
      fillBox(0, 48, SLIDE.width, 74, accent),
      fillBox(0, 122, SLIDE.width, 2.4, second),
    ],
    titleBox: {
      x: 24,
      y: 56,
      width: SLIDE.width - 48,
      height: 34,
      size: 34,
      color: "FFFFFF",
      align: "center",
    },
    items: [
      textBox({ y: 92, height: 16, body: meta.subtitle, size: 20, color: "FFFFFF", align: "center" }),
      textBox({
        y: 138,
        height: 22,
        body: [binder.coverDate(), meta.author].filter(Boolean).join("\n"),
        size: 18,
        align: "center",
      }),
    ],
  };
  const maker = new SlideMaker(manuscript, binder, theme);
  for (const block of manuscript.blocks) maker.add(block);
  const { title, author } = meta;
  return { title, author, created, footer: title, look: theme, slides: [cover, ...maker.finish()] };
}

function fillBox(x: number, y: number, width: number, height: number, fill: string): SlideItem {
  return { kind: "box", x, y, width, height, fill, alt: "" };
}

function textBox(given: {
  y: number;
  height: number;
  body: string;
  size: number;
  color?: string;
  align?: "left" | "center";
}): SlideItem {
  const { y, height, body, size, color, align = "left" } = given;
  return {
    ...{ kind: "box", x: AREA.x, y, width: AREA.width, height, text: body, size, align, alt: "" },
    ...(color ? { color } : {}),
  };
}

/** 題の一行に入る全角の字数: 表紙（34 pt）と、章の扉（26 pt）。 */
const COVER_EMS = 23;
const DOOR_EMS = 8;

class SlideMaker {
  readonly #manuscript: Manuscript;
  readonly #binder: TextBinder;
  readonly #theme: PlanTheme;
  readonly #slides: Slide[] = [];
  #title = "";
  /** 段三からの見出し（図の題の上に出す）。 */
  #under = "";
  #pieces: FlowPiece[] = [];
  #lines: string[] = [];
  /** 扉を置いたばかりか（続く短い文は、扉に入れる）。 */
  #atDoor = false;

  constructor(manuscript: Manuscript, binder: TextBinder, theme: PlanTheme) {
    this.#manuscript = manuscript;
    this.#binder = binder;
    this.#theme = theme;
  }

  add(block: ManuscriptBlock): void {
    const bind = (value: string) => this.#binder.bind(value, block.place);
    const number = this.#binder.numbers.get(block.id) ?? "";
    const named = (value: string) => (number === "" ? bind(value) : `${number}　${bind(value)}`);
    switch (block.kind) {
      case "heading":
        if (block.level > 2 && this.#title !== "") {
          this.#rest();
          this.#under = named(block.text);
          this.#pieces.push({ kind: "head", text: this.#under });
          return;
        }
        this.#flush();
        this.#title = named(block.text);
        if (block.level === 1) this.#door(block);
        return;
      case "paragraph":
        this.#lines.push(bind(block.text));
        return;
      case "list":
        this.#lines.push(
          // 入れ子の行は、親の字の下から始める。
          ...block.items.map(
            (item, at) => `${block.ordered ? `${at + 1}. ` : "・"}${bind(item).replaceAll("\n", "\n　　")}`,
          ),
        );
        return;
      case "table":
      case "kpi":
        this.#rest();
        this.#pieces.push({ kind: "table", ...tableOf(named(block.caption), block, bind) });
        return;
      case "figure":
        this.#figure(block, named(block.caption));
        return;
      case "photo":
        this.#photo(block, named(block.caption));
        return;
      case "measure":
      case "column":
        this.#flush();
        this.#title = named(block.title);
        if (block.kind === "measure") this.#measure(block);
        else for (const inner of block.body) this.add(inner);
        this.#flush();
    }
  }

  finish(): Slide[] {
    this.#flush();
    return this.#slides;
  }

  #facts(block: Extract<ManuscriptBlock, { kind: "measure" }>): string[] {
    const { upper } = this.#manuscript.meta;
    return [
      [block.owner && `担当: ${block.owner}`, block.period && `期間: ${block.period}`]
        .filter(Boolean)
        .join("　"),
      block.upper.length > 0
        ? `上位計画: ${block.upper.map((code) => `${code} ${upper[code] ?? ""}`.trim()).join("、")}`
        : "",
    ].filter(Boolean);
  }

  /** 施策。アイコンがあれば、その施策のどのスライドにも、題の右に置く。 */
  #measure(block: Extract<ManuscriptBlock, { kind: "measure" }>): void {
    const from = this.#slides.length;
    this.#lines.push(...this.#facts(block));
    for (const inner of block.body) this.add(inner);
    this.#flush();
    const icon = this.#icon(block, { x: SLIDE.width - 12 - 17, y: 6, side: 17 });
    if (!icon) return;
    const titleBox = { x: 12, y: 7, width: SLIDE.width - 24 - 20, height: 18, size: 22 } as const;
    const color = this.#theme.accent;
    for (const [at, slide] of this.#slides.slice(from).entries())
      this.#slides[from + at] = {
        ...slide,
        titleBox: { ...titleBox, color, align: "left" },
        items: [...slide.items, icon],
      };
  }

  /** 飾りの絵（枠の真ん中に置く）。 */
  #icon(
    block: Pick<ManuscriptBlock, "id" | "place">,
    { x, y, side }: { x: number; y: number; side: number },
  ): SlideItem | undefined {
    const icon = iconOf(this.#manuscript, this.#binder, this.#theme, block);
    if (!icon) return undefined;
    const { width, height } = fitted(icon, side);
    return {
      ...{ kind: "image", x: x + (side - width) / 2, y: y + (side - height) / 2, width, height, alt: "" },
      ...{ bytes: icon.bytes, extension: icon.extension },
    };
  }

  /** 章の扉。その章の節を並べる。 */
  #door({ id, place }: Pick<ManuscriptBlock, "id" | "place">): void {
    const { accent } = this.#theme;
    const all = this.#manuscript.blocks;
    const from = all.findIndex((block) => block.id === id);
    const rest = all.slice(from + 1);
    const end = rest.findIndex((block) => block.kind === "heading" && block.level === 1);
    const sections = allBlocks(end < 0 ? rest : rest.slice(0, end)).flatMap((block) =>
      block.kind === "heading" && block.level === 2
        ? [`${this.#binder.numbers.get(block.id) ?? ""}　${this.#binder.bind(block.text, block.place)}`]
        : [],
    );
    // 色の帯の上では、どんな絵も見えるように、白い四角の上に置く。
    const icon = this.#icon({ id, place }, { x: 15, y: 19, side: 26 });
    this.#slides.push({
      title: breakTitle(this.#title, DOOR_EMS),
      footerX: DOOR.x,
      back: [
        // 下の題とページ番号は、白い所に刷る。
        fillBox(0, 0, 96, SLIDE.height - 13, accent),
        fillBox(96, 0, SLIDE.width - 96, SLIDE.height, "FFFFFF"),
        ...(icon ? [fillBox(12, 16, 32, 32, "FFFFFF"), icon] : []),
      ],
      titleBox: { x: 12, y: 40, width: 76, height: 90, size: 26, color: "FFFFFF", align: "left" },
      items: [
        { kind: "box", ...DOOR, alt: "", align: "left", text: sections.join("\n"), size: 20, after: 10 },
      ],
    });
    this.#atDoor = true;
  }

  /** 扉に続く短い文を、扉の右の上に入れる。節のない章の扉には、長い文もはじめの一枚分を。入らなかった文を返す。 */
  #onDoor(lines: readonly string[]): readonly string[] {
    const door = this.#slides.at(-1);
    const [list] = door?.items ?? [];
    const pages = packLines(lines, DOOR_ROOM);
    if (!this.#atDoor || !door || list?.kind !== "box") return lines;
    const short = (list.text ?? "") !== "";
    const own = pages[0] ?? [];
    // 一段落で扉に入らないものは、扉に置かない。
    const fits = own.join("").length <= DOOR_ROOM.lines * DOOR_ROOM.characters;
    if (own.length === 0 || !fits || (short && pages.length > 1)) return lines;
    const height = short ? 62 : DOOR.height;
    const text: SlideItem = {
      ...{ kind: "box", ...DOOR, height, text: own.join("\n"), size: 18, after: 8, align: "left", alt: "" },
      ...(short ? { anchor: "top" as const } : {}),
    };
    const moved = {
      ...list,
      y: DOOR.y + height + 4,
      height: DOOR.height - height - 4,
      anchor: "top" as const,
    };
    this.#slides[this.#slides.length - 1] = {
      ...door,
      items: short ? [text, moved] : [text],
      notes: own.join("\n"),
    };
    return lines.slice(own.length);
  }

  /** たまった文を、流す部分にする。 */
  #rest(): void {
    if (this.#lines.length === 0) return;
    const lines = this.#lines;
    this.#lines = [];
    const left = this.#pieces.length === 0 ? this.#onDoor(lines) : lines;
    if (left.length < lines.length) this.#atDoor = false;
    if (left.length > 0) this.#pieces.push({ kind: "text", lines: left.flatMap(cutLine) });
  }

  /** たまった文と表を、入る分ずつスライドに。 */
  #flush(): void {
    this.#rest();
    const pieces = this.#pieces;
    this.#pieces = [];
    this.#under = "";
    this.#atDoor = false;
    this.#slides.push(...flowSlides(this.#title, pieces, AREA));
  }

  /** 図。前の文が短ければ、左に文、右に図を置いて一枚にする。 */
  #figure(block: Extract<ManuscriptBlock, { kind: "figure" }>, title: string): void {
    const beside = packLines(this.#lines, BESIDE);
    // 原稿から描く図（体系図など）は、いつも一枚を使う。
    const short = this.#lines.length > 0 && beside.length === 1 && !isDrawnForm(block.form);
    const lines = short ? this.#lines : [];
    if (short) this.#lines = [];
    // 直前の小見出しは、図のスライドの題になる。
    const last = this.#pieces.at(-1);
    const under = this.#under;
    if (short && last?.kind === "head") this.#pieces.pop();
    this.#flush();
    this.#under = under;
    const place = short ? { ...AREA, x: RIGHT, width: AREA.x + AREA.width - RIGHT } : AREA;
    const items =
      drawingItems(block, this.#manuscript, this.#binder, this.#theme) ?? this.#chart(block, title, place);
    const source = block.source ? `出典: ${this.#binder.bind(block.source, block.place)}` : "";
    if (source)
      items.push({
        ...textBox({ y: AREA.y + AREA.height - 3, height: 8, body: source, size: 11 }),
        x: place.x,
        width: place.width,
      });
    if (!short) {
      this.#slides.push({ title, items });
      return;
    }
    const text: SlideItem = {
      ...{
        kind: "box",
        ...AREA,
        width: RIGHT - AREA.x - 10,
        text: lines.join("\n"),
        size: 16,
        align: "left",
      },
      ...{ anchor: "top", after: 8, alt: "" },
    };
    const name = textBox({ y: AREA.y, height: 9, body: title, size: 14 });
    const moved = items.map((item) =>
      item.kind === "chart" ? { ...item, y: item.y + 9, height: item.height - 9 } : item,
    );
    const heading = { ...name, x: place.x, width: place.width, bold: true } as SlideItem;
    this.#slides.push({
      title: under || this.#title || title,
      items: [text, heading, ...moved],
      notes: lines.join("\n"),
    });
  }

  #chart(
    block: Extract<ManuscriptBlock, { kind: "figure" }>,
    title: string,
    place: { x: number; y: number; width: number; height: number },
  ): SlideItem[] {
    const data = chartOf(block, this.#binder);
    if (!data)
      return [
        {
          ...textBox({ y: place.y, height: place.height, body: "（図のデータがありません）", size: 18 }),
          x: place.x,
          width: place.width,
        },
      ];
    const form = chartForm(block);
    return [
      {
        ...{ kind: "chart", ...place, height: place.height - 6 },
        alt: `${block.alt || title}［図の番号 ${block.id}］`,
        chart: { title: "", unit: block.unit, form, size: 13, colours: this.#theme.palette, ...data },
      },
    ];
  }

  #photo(block: Extract<ManuscriptBlock, { kind: "photo" }>, title: string): void {
    const picture = pictureOf(this.#manuscript.files.get(block.src));
    if (!picture) {
      this.#lines.push(`（${title}）`);
      return;
    }
    this.#flush();
    const scale = Math.min(AREA.width / picture.width, (AREA.height - 10) / picture.height);
    const [width, height] = [picture.width * scale, picture.height * scale];
    this.#slides.push({
      title,
      items: [
        {
          ...{ kind: "image", x: AREA.x + (AREA.width - width) / 2, y: AREA.y, width, height },
          ...{ bytes: picture.bytes, extension: picture.extension, alt: block.alt || title },
        },
        ...(block.rights
          ? [textBox({ y: AREA.y + height + 2, height: 7, body: `権利: ${block.rights}`, size: 11 })]
          : []),
      ],
    });
  }
}

/** 流す表。列の幅の決めがなければ、中身の長さに合わせる。 */
function tableOf(
  title: string,
  { header, rows, widths }: Extract<ManuscriptBlock, { kind: "table" | "kpi" }>,
  bind: (text: string) => string,
): FlowTable {
  const wide = Math.max(header.length, ...rows.map((row) => row.length));
  const full = (row: readonly string[]) => Array.from({ length: wide }, (_, at) => bind(row[at] ?? ""));
  const all = [header, ...rows];
  const shares = Array.from(
    { length: wide },
    (_, at) => widths?.[at] ?? Math.min(24, Math.max(5, ...all.map((row) => [...(row[at] ?? "")].length))),
  );
  return { title, header: full(header), rows: rows.map(full), shares };
}
