import type { Day } from "../base/time.ts";
import { formatWareki } from "../japan/wareki.ts";
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
    ...{ title, author, created, footer: title },
    blocks: [
      { kind: "title", text: title },
      { kind: "paragraph", text: formatWareki(today), align: "right" },
      { kind: "paragraph", text: author, align: "right", after: 12 },
      { kind: "contents" },
      ...chapters,
      ...closing(sources, usage, unsourced),
    ],
  };
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
      rows: [...above, ...body].slice(0, 200),
    },
    ...notes.map((text): WordBlock => ({ kind: "paragraph", text })),
  ];
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
  const header = ["資料", ...items, ...(own.some(({ status }) => status !== "") ? ["状況"] : [])];
  return [
    {
      ...{ kind: "table", caption, header, size: 9, headColumn: true },
      columns: header.map((_, at) => ({ share: at === 0 ? 3 : 2 })),
      rows: rows.map(({ name, sources, cells, status }) => [
        `${name}（${sources.map((source) => sourceCode(source)).join("、")}）`,
        ...cells,
        ...(header.length > items.length + 1 ? [status] : []),
      ]),
    },
  ];
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
