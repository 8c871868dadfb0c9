import type { WordBlock, WordCell, WordDocument } from "../office/word-model.ts";
import type { TextBinder } from "./bound-text.ts";
import { chartOf } from "./figure-data.ts";
import type { Manuscript, ManuscriptBlock } from "./manuscript.ts";
import { pngSize } from "./picture-size.ts";

/** 原稿を Word の文書にする。見出し・表・図・目次は、Word の中で直せる。 */
export function planDocument(manuscript: Manuscript, binder: TextBinder, created: string): WordDocument {
  const { meta } = manuscript;
  const blocks: WordBlock[] = [
    { kind: "title", text: meta.title },
    ...(meta.subtitle ? [{ kind: "paragraph" as const, text: meta.subtitle, align: "center" as const }] : []),
    ...(meta.date ? [{ kind: "paragraph" as const, text: meta.date, align: "center" as const }] : []),
    { kind: "pageBreak" },
    { kind: "heading", level: 1, text: "目次", number: false },
    { kind: "contents" },
    ...manuscript.blocks.flatMap((block) => wordBlocks(block, manuscript, binder)),
  ];
  if (binder.notes.length > 0)
    blocks.push(
      { kind: "heading", level: 1, text: "注", number: false, newPage: true },
      {
        kind: "list",
        items: binder.notes.map(({ text }, at) => `注${at + 1}　${binder.bind(text, { file: "", line: 0 })}`),
      },
    );
  return { title: meta.title, author: meta.author, created, footer: meta.title, blocks };
}

function wordBlocks(block: ManuscriptBlock, manuscript: Manuscript, binder: TextBinder): WordBlock[] {
  const bind = (text: string) => binder.bind(text, block.place);
  const number = binder.numbers.get(block.id) ?? "";
  switch (block.kind) {
    case "heading":
      return [
        {
          ...{
            kind: "heading",
            level: Math.min(3, block.level) as 1 | 2 | 3,
            number: false,
            newPage: block.level === 1,
          },
          text: number === "" ? bind(block.text) : `${number}　${bind(block.text)}`,
        },
      ];
    case "paragraph":
      return [{ kind: "paragraph", text: `　${bind(block.text)}` }];
    case "list":
      return [{ kind: "list", ordered: block.ordered, items: block.items.map(bind) }];
    case "table":
    case "kpi":
      return [caption(`${number}　${bind(block.caption)}`), wordTable(block, bind)];
    case "figure":
      return wordFigure(block, binder, `${number}　${bind(block.caption)}`);
    case "photo":
      return wordPhoto(block, manuscript, binder, `${number}　${bind(block.caption)}`);
    case "measure":
      return [
        { kind: "heading", level: 3, text: `${number}　${bind(block.title)}`, number: false },
        ...(block.owner ? [{ kind: "paragraph" as const, text: `担当: ${block.owner}` }] : []),
        ...(block.upper.length > 0
          ? [
              {
                kind: "paragraph" as const,
                text: `上位計画: ${block.upper.map((one) => manuscript.meta.upper[one] ?? one).join("、")}`,
              },
            ]
          : []),
        ...block.body.flatMap((inner) => wordBlocks(inner, manuscript, binder)),
      ];
    case "column":
      return [
        ...(block.title
          ? [
              {
                kind: "heading" as const,
                level: 3 as const,
                text: `${number}　${bind(block.title)}`,
                number: false,
              },
            ]
          : []),
        ...block.body.flatMap((inner) => wordBlocks(inner, manuscript, binder)),
      ];
  }
}

function caption(text: string): WordBlock {
  return { kind: "paragraph", text: [{ text, bold: true, size: 9.5 }], before: 6, keepNext: true };
}

function wordTable(
  block: Extract<ManuscriptBlock, { kind: "table" | "kpi" }>,
  bind: (text: string) => string,
): WordBlock {
  const wide = Math.max(block.header.length, ...block.rows.map((row) => row.length));
  const numeric = (at: number) =>
    block.rows.length > 0 && block.rows.every((row) => /^[-−△▲]?[\d,.]+[%％]?$/.test((row[at] ?? "").trim()));
  return {
    ...{ kind: "table", caption: block.caption || "表", size: 9.5 },
    columns: Array.from({ length: wide }, (_, at) => ({
      share: shareOf(block, at),
      ...(numeric(at) ? { align: "right" as const } : {}),
    })),
    header: Array.from({ length: wide }, (_, at) => bind(block.header[at] ?? "")),
    rows: block.rows.map((row) =>
      Array.from({ length: wide }, (_, at): WordCell => ({ text: bind(row[at] ?? "") })),
    ),
  };
}

/** 列の幅: いちばん長い中身に合わせ、短い列は広げすぎない。 */
function shareOf({ header, rows }: { header: string[]; rows: string[][] }, at: number): number {
  const longest = Math.max(...[header, ...rows].map((row) => [...(row[at] ?? "")].length));
  return Math.min(24, Math.max(4, longest));
}

function wordFigure(
  block: Extract<ManuscriptBlock, { kind: "figure" }>,
  binder: TextBinder,
  title: string,
): WordBlock[] {
  const chart = chartOf(block, binder);
  const source = block.source
    ? [
        {
          kind: "paragraph" as const,
          text: [{ text: `出典: ${binder.bind(block.source, block.place)}`, size: 9 }],
        },
      ]
    : [];
  if (!chart) return [caption(title), { kind: "paragraph", text: "（図のデータがありません）" }, ...source];
  return [
    caption(title),
    {
      ...{
        kind: "chart",
        width: 160,
        height: Math.min(150, 40 + chart.categories.length * 9),
        alt: block.alt || title,
      },
      chart: { title: block.caption, unit: block.unit, ...chart },
    },
    ...source,
  ];
}

function wordPhoto(
  block: Extract<ManuscriptBlock, { kind: "photo" }>,
  { files }: Manuscript,
  binder: TextBinder,
  title: string,
): WordBlock[] {
  const png = files.get(block.src);
  const size = png && pngSize(png);
  if (!png || !size) {
    binder.warnings.push({
      kind: "image",
      place: block.place,
      message: png
        ? `写真「${block.src}」は PNG ではないか、壊れています。PNG にしてから置いてください。`
        : `写真「${block.src}」が、原稿のフォルダーにありません。`,
    });
    return [caption(title), { kind: "paragraph", text: "（写真がありません）" }];
  }
  const width = Math.min(150, (size.width / 150) * 25.4);
  return [
    { kind: "image", png, width, height: (width * size.height) / size.width, alt: block.alt || title },
    caption(title),
  ];
}
