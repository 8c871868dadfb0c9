import type { Day } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
import { planThemes } from "../manuscript/plan-theme.ts";
import type { WordBlock, WordDocument } from "../office/word-model.ts";
import { compareSources } from "./compare-source.ts";
import type { SourceUse, UnsourcedUse } from "./research-hand.ts";
import { citationOf, kindOf, lackingOf, type Source, sourceCode, sourceKinds } from "./source.ts";

/** 調査報告書に入れるもの。 */
export interface ReportInput {
  sources: readonly Source[];
  usage: ReadonlyMap<string, readonly SourceUse[]>;
  unsourced: readonly UnsourcedUse[];
  author: string;
  created: string;
  today: Day;
}

/**
 * 調査報告書（仕様書３(1)(ｱ)①–⑤を一つに）。資料ごとに、分かったこと、引用、書誌、計画で使ったところ。
 * 終わりに、出典の足りないものと、まだ使っていないものを挙げる。
 */
export function researchReport({
  sources,
  usage,
  unsourced,
  author,
  created,
  today,
}: ReportInput): WordDocument {
  const title = "動向調査等報告書";
  const chapters = sourceKinds.flatMap(({ kind, clause, chapter }): WordBlock[] => {
    const own = sources.filter((source) => source.kind === kind);
    if (own.length === 0) return [];
    return [
      { kind: "heading", level: 1, text: `${chapter}（仕様書３(1)(ｱ)${clause}）` },
      ...comparison(kind, own),
      ...own.flatMap((source) => sourceBlocks(source, usage.get(sourceCode(source)) ?? [])),
    ];
  });
  return {
    ...{ title, author, created, header: title, ...(planThemes.office ? { look: planThemes.office } : {}) },
    ...{ section: { bare: true }, numbering: NUMBERING },
    blocks: [
      { kind: "cover", title, subtitle: "仕様書３(1)(ｱ)①から⑤まで", date: formatWareki(today), author },
      { kind: "section", section: { page: { format: "lowerRoman", start: 1 } } },
      { kind: "contents" },
      { kind: "section", section: { page: { format: "decimal", start: 1 } } },
      ...numbered([...overview(sources, usage), ...chapters, ...closing(sources, usage, unsourced)]),
    ],
  };
}

/** 見出しの番号（１、(1)）。章は、新しいページから。 */
const NUMBERING = {
  body: [
    { format: "decimalFullWidth", text: "%1" },
    { format: "decimal", text: "(%2)" },
  ],
  annex: [],
} as const;

/** 目次に出す番号と、表の前の通し番号の題を付ける。 */
function numbered(blocks: readonly WordBlock[]): WordBlock[] {
  const at = { chapter: 0, section: 0, table: 0 };
  return blocks.flatMap((block): WordBlock[] => {
    if (block.kind === "table" && block.caption) {
      at.table += 1;
      return [{ kind: "caption", name: "表", number: String(at.table), text: block.caption }, block];
    }
    if (block.kind !== "heading") return [block];
    if (block.level === 1) [at.chapter, at.section] = [at.chapter + 1, 0];
    else at.section += 1;
    const shownNumber =
      block.level === 1
        ? [...String(at.chapter)].map((digit) => "０１２３４５６７８９"[Number(digit)] ?? digit).join("")
        : `(${at.section})`;
    return [{ ...block, shownNumber, newPage: block.level === 1 && at.chapter > 1 }];
  });
}

/** はじめに: 仕様書の項目ごとに、調べた資料の数と、計画で使った数。 */
function overview(sources: readonly Source[], usage: ReportInput["usage"]): WordBlock[] {
  const used = (source: Source) => (usage.get(sourceCode(source)) ?? []).length > 0;
  const rows = sourceKinds.map(({ kind, clause, chapter }) => {
    const own = sources.filter((source) => source.kind === kind);
    return [clause, chapter, String(own.length), String(own.filter(used).length)];
  });
  return [
    { kind: "heading", level: 1, text: "調べたことのまとめ" },
    {
      kind: "paragraph",
      text: `${sources.length}件の資料を調べ、${sources.filter(used).length}件を計画の本文で使った。使ったところは、資料ごとに示す。`,
    },
    {
      ...{ kind: "table", caption: "調べた資料と、計画で使った資料", size: 9.5 },
      header: ["仕様書３(1)(ｱ)", "調べたこと", "資料", "使った資料"],
      columns: [{ share: 3 }, { share: 7 }, { share: 2, align: "right" }, { share: 3, align: "right" }],
      rows,
    },
  ];
}

function sourceBlocks(source: Source, uses: readonly SourceUse[]): WordBlock[] {
  const { title, finding, quote, licence, status, table } = source;
  const code = sourceCode(source);
  const state =
    status === "" ? [] : [`${source.kind === "technology" ? "成熟の度合い" : "達成の状況"}: ${status}`];
  return [
    { kind: "heading", level: 2, text: `${title}（${code}）` },
    ...(finding ? [{ kind: "paragraph" as const, text: finding }] : []),
    ...(quote ? [{ kind: "paragraph" as const, text: `「${quote}」`, indent: 8 }] : []),
    ...(table ? statisticsTable(title, table) : []),
    {
      kind: "list",
      items: [
        `出典: ${citationOf(source)}`,
        ...(licence ? [`利用の条件: ${licence}`] : []),
        ...state,
        uses.length > 0
          ? `計画で使ったところ: ${uses.map(({ place }) => place).join("、")}`
          : "計画では、まだ使っていない。",
      ],
    },
  ];
}

function statisticsTable(
  caption: string,
  { rows, headRows, unit, notes }: NonNullable<Source["table"]>,
): WordBlock[] {
  const [head = [], ...body] = rows.slice(Math.max(0, headRows - 1));
  const above = rows.slice(0, Math.max(0, headRows - 1));
  return [
    ...(unit ? [{ kind: "paragraph" as const, text: `（単位：${unit}）`, align: "right" as const }] : []),
    {
      ...{ kind: "table", caption, header: head, size: head.length > 6 ? 8 : 9 },
      columns: head.map((_, at) => ({
        share: at === 0 ? 3 : 2,
        ...(at > 0 ? { align: "right" as const } : {}),
      })),
      rows: [...above, ...body].slice(0, 200).map((row) => row.map(grouped)),
    },
    ...notes.map((text): WordBlock => ({ kind: "paragraph", text })),
  ];
}

/** 五桁からの数を、三桁ごとに区切る。 */
function grouped(cell: string): string {
  return /^\d{5,}$/.test(cell) ? Number(cell).toLocaleString("ja-JP") : cell;
}

function comparison(kind: Source["kind"], own: readonly Source[]): WordBlock[] {
  const { items, rows } = compareSources(own);
  if (rows.length < 2) return [];
  const caption =
    kind === "measure"
      ? "取組・指標・達成の状況"
      : kind === "technology"
        ? "技術の比べ"
        : `${kindOf(kind).label}の比べ`;
  const stated = own.some(({ status }) => status !== "");
  return itemGroups(rows.map(({ cells }) => cells)).flatMap((group): WordBlock[] => {
    const used = items.flatMap((_, at) => (group.some((row) => rows[row]?.cells[at] !== "") ? [at] : []));
    const header = ["資料", ...used.map((at) => items[at] ?? ""), ...(stated ? ["状況"] : [])];
    return [
      {
        ...{ kind: "table", caption, header, size: 9, headColumn: true },
        columns: header.map((_, at) => ({ share: at === 0 ? 3 : 2 })),
        rows: group.flatMap((row) => {
          const one = rows[row];
          if (!one) return [];
          const { name, sources, cells, status } = one;
          return [
            [
              `${name}（${sources.map((source) => sourceCode(source)).join("、")}）`,
              ...used.map((at) => grouped(cells[at] ?? "")),
              ...(stated ? [status] : []),
            ],
          ];
        }),
      },
    ];
  });
}

/** 同じ項目を持つ行どうしをまとめる（共に持つ項目のない行を一つの表に並べると、空のますばかりになる）。 */
function itemGroups(rows: readonly (readonly string[])[]): number[][] {
  const groups: { rows: number[]; items: Set<number> }[] = [];
  for (const [row, cells] of rows.entries()) {
    const items = new Set(cells.flatMap((cell, at) => (cell === "" ? [] : [at])));
    const near = groups.filter((group) => [...items].some((item) => group.items.has(item)));
    const [first] = near;
    if (!first) {
      groups.push({ rows: [row], items });
      continue;
    }
    first.rows.push(row);
    for (const other of near.slice(1)) {
      first.rows.push(...other.rows);
      for (const item of other.items) first.items.add(item);
      groups.splice(groups.indexOf(other), 1);
    }
    for (const item of items) first.items.add(item);
  }
  return groups.map((group) => group.rows.toSorted((a, b) => a - b));
}

function closing(
  sources: readonly Source[],
  usage: ReportInput["usage"],
  unsourced: ReportInput["unsourced"],
): WordBlock[] {
  const lacking = sources.flatMap((source) => {
    const names = lackingOf(source);
    return names.length > 0 ? [`${sourceCode(source)} ${source.title}: ${names.join("・")}がない`] : [];
  });
  const unknown = [...usage.keys()].filter((code) => !sources.some((source) => sourceCode(source) === code));
  return [
    { kind: "heading", level: 1, text: "確かめること" },
    { kind: "heading", level: 2, text: "出典の足りない資料" },
    lacking.length > 0
      ? { kind: "list", items: lacking }
      : { kind: "paragraph", text: "すべての資料に、発行者、場所、見た日、利用の条件、引用がある。" },
    { kind: "heading", level: 2, text: "計画の原稿の、出典のない文" },
    unsourced.length > 0
      ? {
          ...{ kind: "table", caption: "出典のない文", header: ["ところ", "文", "見たわけ"], size: 9 },
          columns: [{ share: 4 }, { share: 9 }, { share: 4 }],
          rows: unsourced.map(({ place, sentence, why }) => [place, sentence, why]),
        }
      : {
          kind: "paragraph",
          text: "ほかの自治体や国のこと、調べたこと、手で打った数を、出典なしに言う文はない。",
        },
    ...(unknown.length > 0
      ? [
          { kind: "heading" as const, level: 2 as const, text: "登録のない資料を引いているところ" },
          {
            ...{ kind: "list" as const },
            items: unknown.map(
              (code) => `${code}: ${(usage.get(code) ?? []).map(({ place }) => place).join("、")}`,
            ),
          },
        ]
      : []),
  ];
}
