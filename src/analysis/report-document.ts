import { formatWareki } from "../japan/wareki.ts";
import type { WordBlock, WordCell, WordDocument } from "../office/word-model.ts";
import type { CrossView, ViewRow } from "../tabulation/cross-view.ts";
import { questionName } from "../tabulation/question-name.ts";
import { type RankTable, rankPlaces, rankRule } from "../tabulation/rank-table.ts";
import { shareText } from "../tabulation/rounded-share.ts";
import { testWords } from "./explore-state.ts";
import { freeBlocks } from "./free-text-document.ts";
import { NO_TOTAL } from "./matrix-view.ts";
import type { ReportBook, ReportCross, ReportSection } from "./report-book.ts";
import { overviewRows } from "./report-overview.ts";
import { figureNote, rowsOf } from "./survey-figure.ts";
import { chartAlt, chartHeight, viewChart } from "./view-chart.ts";
import { waveBlocks } from "./wave-document.ts";

/** 集計表の一段の列の数。これを超える設問は、段に分ける。 */
const COLUMNS = 8;

/** 図形の名（様式を直した Word の中で、図を見分ける）。 */
export function chartName(key: string): string {
  return `図:${key}`;
}

/** 調査報告書（Word）。表紙、目次、概要、見方、設問ごと、自由記述、調査票、集計表の順。 */
export function reportDocument(book: ReportBook): WordDocument {
  return {
    ...{ title: `${book.title}　調査報告書`, author: book.author, created: book.created, footer: book.title },
    properties: { 回答の指紋: book.dataHash },
    blocks: [
      ...coverBlocks(book),
      { kind: "contents" },
      ...overviewBlocks(book),
      heading("調査の結果", true),
      ...book.sections.flatMap(sectionBlocks),
      ...waveBlocks(book.waves),
      ...freeBlocks(book),
      ...questionnaireBlocks(book),
      ...tableBlocks(book),
    ],
  };
}

function heading(text: string, newPage = false): WordBlock {
  return { kind: "heading", level: 1, text, ...(newPage ? { newPage } : {}) };
}
const paragraph = (text: string): WordBlock => ({ kind: "paragraph", text });
const small = (text: string, keepNext = false): WordBlock => ({
  ...{ kind: "paragraph", text: [{ text, size: 9, color: "4d4d4d" }] },
  keepNext,
});

function coverBlocks({ title, about, created, author }: ReportBook): WordBlock[] {
  const center = (text: string, before: number, size: number): WordBlock => ({
    ...{ kind: "paragraph", align: "center", before, text: [{ text, size }] },
  });
  return [
    center("", 120, 11),
    { kind: "title", text: title },
    center("調査報告書", 6, 20),
    center(formatWareki(created.slice(0, 10)), 260, 13),
    ...(about.owner === "" ? [] : [center(about.owner, 6, 14)]),
    ...(author === "" ? [] : [center(`（集計・分析　${author}）`, 6, 11)]),
    { kind: "pageBreak" },
  ];
}

function overviewBlocks(book: ReportBook): WordBlock[] {
  const rows = overviewRows(book);
  return [
    heading("調査の概要", true),
    {
      ...{ kind: "table", caption: "調査の概要", headColumn: true },
      columns: [{ share: 3 }, { share: 10 }],
      rows: rows.map(({ name, text }) => [name, text]),
    },
    ...errorBlocks(book),
    heading("報告書の見方", book.error !== undefined),
    { kind: "list", items: book.notes },
  ];
}

function errorBlocks({ error }: ReportBook): WordBlock[] {
  if (!error) return [];
  return [
    heading("標本誤差"),
    paragraph(
      `無作為に抽出した調査なので、結果には標本誤差がある。回答の割合と回答者の数ごとの、おおよその幅（ポイント）は次のとおりである。式は ${error.formula}。`,
    ),
    {
      ...{ kind: "table", caption: "標本誤差の早見表" },
      columns: [{ share: 3 }, ...error.shares.map(() => ({ share: 2, align: "right" as const }))],
      header: [
        "回答者の数",
        ...error.shares.map((one) => (one === 50 ? "50％" : `${one}％か${100 - one}％`)),
      ],
      rows: error.rows.map(({ n, errors }) => [
        { text: n.toLocaleString("ja-JP"), align: "right" },
        ...errors,
      ]),
    },
  ];
}

function sectionBlocks(section: ReportSection): WordBlock[] {
  const { view } = section;
  const people = view.total.people.toLocaleString("ja-JP");
  return [
    { kind: "heading", level: 2, text: `${section.heading}（n=${people}）` },
    small(section.text, true),
    { kind: "paragraph", text: section.finding.text, keepNext: true },
    ...chartBlocks(view, section.key),
    ...(view.ranks
      ? [rankWordTable(view.ranks, section.heading, view.total.hidden)]
      : [viewTable(view, section.heading)]),
    small(`${view.ranks ? rankRule(view.ranks) : ""}${figureNote(view)}`),
    ...section.crosses.flatMap(crossBlocks),
  ];
}

function crossBlocks(cross: ReportCross): WordBlock[] {
  const tests = cross.view.blocks.flatMap(({ title, test }) => {
    const words = test && testWords(test);
    return words ? [`${title}: ${words.differs ? "差がある" : "差があるとは言えない"}。${words.line}`] : [];
  });
  return [
    { kind: "heading", level: 3, text: cross.title },
    { kind: "paragraph", text: cross.finding.text, keepNext: true },
    ...chartBlocks(cross.view, cross.key),
    ...crossTables(cross.view, cross.title),
    small(`${tests.join("")}${figureNote(cross.view)}`),
  ];
}

function chartBlocks(view: CrossView, key: string): WordBlock[] {
  // 平均ひとつだけの棒は、何も見せない。
  if (view.total.people === 0 || (view.question.type === "number" && view.blocks.length === 0)) return [];
  const chart = viewChart(view);
  return [
    {
      ...{ kind: "chart", chart, width: 158, height: chartHeight(chart) },
      ...{ alt: chartAlt(view), name: chartName(key) },
    },
  ];
}

/** 単純集計の表（表の形の設問は、項目ごとの表）。 */
function viewTable(view: CrossView, caption: string): WordBlock {
  const right = { share: 2, align: "right" as const };
  if (view.total.code === NO_TOTAL) return crossTables(view, caption)[0] ?? paragraph("");
  if (view.question.type === "number") return meanTable(view, caption);
  const mean = view.total.mean;
  const rows = view.columns.map((column, at): (WordCell | string)[] => {
    const cell = view.total.cells[at];
    return [
      column.kind === "net" ? `　${column.label}` : column.label,
      (cell?.people ?? 0).toLocaleString("ja-JP"),
      view.total.hidden ? "x" : shareText(cell?.count ?? 0, view.total.base),
    ];
  });
  return {
    ...{ kind: "table", caption, size: 9.5, width: 130, align: "center" },
    columns: [{ share: 7 }, right, right],
    header: ["選択肢", "人数", "％"],
    rows: [
      ...rows,
      ...(mean
        ? [
            [
              "平均",
              mean.n.toLocaleString("ja-JP"),
              `${mean.value.toFixed(2)}${mean.se === undefined ? "" : `（標準誤差 ${mean.se.toFixed(2)}）`}`,
            ],
          ]
        : []),
      ["計（分母）", view.total.people.toLocaleString("ja-JP"), ""],
    ],
  };
}

/** 順位の設問の表: 順位ごと、どれか、得点。 */
function rankWordTable(ranks: RankTable, caption: string, hidden: boolean): WordBlock {
  const right = { share: 2, align: "right" as const };
  const share = (count: number) => (hidden ? "x" : shareText(count, ranks.base));
  const places = rankPlaces(ranks).map((one) => `${one}（％）`);
  return {
    ...{ kind: "table", caption, size: 9.5 },
    columns: [{ share: 6 }, ...places.map(() => right), right, right],
    header: ["選択肢", ...places, "いずれか（％）", "得点"],
    rows: [
      ...ranks.options.map(({ label, counts, any, score }) => [
        label,
        ...counts.map(({ count }) => share(count)),
        share(any.count),
        hidden ? "x" : score.toFixed(2),
      ]),
      [{ text: `計（分母）　${ranks.people.toLocaleString("ja-JP")}人`, span: places.length + 3 }],
    ],
  };
}

/** クロス集計の表。列が多ければ段に分ける。 */
function crossTables(view: CrossView, caption: string): WordBlock[] {
  if (view.question.type === "number") return [meanTable(view, caption)];
  const marks = view.ask.marks && view.total.code !== NO_TOTAL;
  const steps = Math.max(1, Math.ceil(view.columns.length / COLUMNS));
  const size = Math.ceil(view.columns.length / steps);
  return Array.from({ length: steps }, (_, step): WordBlock => {
    const places = view.columns.map((_one, at) => at).slice(step * size, (step + 1) * size);
    return {
      ...{ kind: "table", caption: steps > 1 ? `${caption}（${step + 1}）` : caption, size: 7.5 },
      columns: [
        { share: 5 },
        { share: 2, align: "right" },
        ...places.map(() => ({ share: 2, align: "right" as const })),
      ],
      header: ["", "n", ...places.map((at) => view.columns[at]?.label ?? "")],
      rows: lines(view).map(({ row, title }) =>
        row
          ? [
              `${row.label}${row.small ? "＊" : ""}`,
              row.people.toLocaleString("ja-JP"),
              ...places.map((at) => cellText(row, at, marks)),
            ]
          : [{ text: title, head: true, span: places.length + 2 }],
      ),
    };
  });
}

/** 全体、軸の名、区分の順。軸が一つなら名の行は要らない。 */
function lines(view: CrossView): { row?: ViewRow; title: string }[] {
  const top = view.total.code === NO_TOTAL ? [] : [{ row: view.total, title: "" }];
  return [
    ...top,
    ...view.blocks.flatMap(({ title, rows }) => [
      ...(view.blocks.length > 1 ? [{ title }] : []),
      ...rows.map((row) => ({ row, title })),
    ]),
  ];
}

function cellText(row: ViewRow, at: number, marks: boolean): string {
  const cell = row.cells[at];
  if (!cell || row.hidden) return "x";
  const mark = marks && cell.mark ? (cell.mark === "up" ? "▲" : "▽") : "";
  return `${mark}${shareText(cell.count, row.base)}${cell.letters ? ` ${cell.letters}` : ""}`;
}

function meanTable(view: CrossView, caption: string): WordBlock {
  const right = { share: 2, align: "right" as const };
  return {
    ...{ kind: "table", caption, size: 9 },
    columns: [{ share: 5 }, right, right, right],
    header: ["", "n", "平均", "標準誤差"],
    rows: rowsOf(view).map((row) => [
      `${row.label}${row.small ? "＊" : ""}`,
      row.people.toLocaleString("ja-JP"),
      row.mean ? row.mean.value.toFixed(2) : "…",
      row.mean?.se === undefined ? "…" : row.mean.se.toFixed(2),
    ]),
  };
}

/** 調査票に単純集計を入れたもの。 */
function questionnaireBlocks({ questionnaire }: ReportBook): WordBlock[] {
  return [
    heading("調査票と単純集計", true),
    paragraph("調査票の設問と選択肢に、回答者数（n）と割合を入れたものである。"),
    ...questionnaire.flatMap((view): WordBlock[] => [
      {
        kind: "paragraph",
        keepNext: true,
        before: 8,
        text: [
          { text: `${questionName(view.question.id)}　${view.question.text}`, bold: true },
          { text: `（n=${view.total.people.toLocaleString("ja-JP")}）` },
        ],
      },
      {
        ...{ kind: "table", caption: `${questionName(view.question.id)}の単純集計`, size: 9 },
        columns: [{ share: 1, align: "center" }, { share: 9 }, { share: 2, align: "right" }],
        rows: questionnaireRows(view),
      },
    ]),
  ];
}

function questionnaireRows(view: CrossView): string[][] {
  const { mean } = view.total;
  if (view.question.type === "number") return [["", "平均", mean ? mean.value.toFixed(2) : "…"]];
  return view.columns.flatMap(({ key, label, kind }, at) => {
    const cell = view.total.cells[at];
    const share = view.total.hidden ? "x" : shareText(cell?.count ?? 0, view.total.base);
    return kind === "net" ? [] : [[kind === "option" ? key : "", label, `${share}％`]];
  });
}

function tableBlocks({ tables }: ReportBook): WordBlock[] {
  return [
    heading("集計表", true),
    paragraph(
      "設問ごとに、全体と軸の区分の割合（％）を示す。▲は全体より有意に高く、▽は低い（調整済み残差、5％水準）。",
    ),
    ...tables.flatMap((view): WordBlock[] => [
      {
        kind: "paragraph",
        keepNext: true,
        before: 8,
        text: [{ text: `${questionName(view.question.id)}　${view.question.short}`, bold: true }],
      },
      ...crossTables(view, `${questionName(view.question.id)}の集計表`),
      small(figureNote(view)),
    ]),
  ];
}
