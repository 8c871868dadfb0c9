import type { WordBlock, WordDocument, WordRun } from "../office/word-model.ts";
import {
  type CountColumns,
  channelTable,
  countNotes,
  lineTable,
  type ResultBook,
  rowsByChapter,
} from "./result-book.ts";

/** 「意見の概要と市の考え方」の Word（A4）。並びは、案件と期間 → 数 → 意見と考え方 → 修正箇所。 */
export function resultDocument(book: ResultBook): WordDocument {
  const internal = book.edition === "internal";
  return {
    title: `${book.title}　意見の概要と市の考え方`,
    subject: internal ? "内部用" : "パブリックコメントの結果",
    author: book.client,
    created: book.created,
    header: internal ? "内部用（公表しないこと）" : book.today,
    footer: `${book.title}　意見の概要と${cityWord(book)}の考え方`,
    blocks: [
      { kind: "title", text: `「${book.title}」に対する\n意見の概要と${cityWord(book)}の考え方` },
      {
        kind: "paragraph",
        text: `${book.today}\n${[book.client, book.clientUnit].filter(Boolean).join("　")}`,
        align: "right",
      },
      ...openingBlocks(book),
      ...countBlocks(book),
      ...answerBlocks(book),
      ...changeBlocks(book),
      ...(internal ? sourceBlocks(book) : []),
    ],
  };
}

/** 「札幌市」→「市」、「北海道」→「道」。どちらでもなければ、その名。 */
export function cityWord({ client }: Pick<ResultBook, "client">): string {
  return /[市区町村]$/.test(client) ? client.slice(-1) : client;
}

function openingBlocks(book: ResultBook): WordBlock[] {
  const rows = [
    ["案件名", book.title],
    ["募集期間", `${book.span}（${book.days}日間）`],
    ...book.published.map(({ label, text }) => [label, text]),
  ];
  return [
    { kind: "heading", level: 1, text: "意見募集の概要" },
    {
      kind: "table",
      caption: "意見募集の概要",
      columns: [{ share: 2 }, { share: 8 }],
      headColumn: true,
      rows,
    },
  ];
}

function countBlocks(book: ResultBook): WordBlock[] {
  const { counts, labels } = book;
  const status = (key: string) => {
    const found = book.statuses.find(({ code }) => code === key);
    return found ? `${found.code}　${found.label}` : key;
  };
  return [
    { kind: "heading", level: 1, text: "提出された意見の数" },
    { kind: "heading", level: 2, text: "提出方法別" },
    tableOf("提出方法別の数", channelTable(book)),
    { kind: "heading", level: 2, text: "年代別" },
    tableOf("年代別の数", lineTable(counts.byAge, counts.total, labels.age, "年代")),
    { kind: "heading", level: 2, text: "章別" },
    tableOf(
      "章別の数",
      lineTable(counts.bySection, counts.total, (key) => key, "章"),
    ),
    {
      ...{ kind: "chart", width: 150, height: 66 },
      chart: {
        title: "章別の意見数",
        categories: counts.bySection.map(({ key }) => shortLabel(key)),
        series: [{ name: "意見数", values: counts.bySection.map(({ opinions }) => opinions) }],
        unit: "件",
      },
      alt: `章別の意見数。${counts.bySection.map(({ key, opinions }) => `${key} ${opinions}件`).join("、")}`,
    },
    { kind: "heading", level: 2, text: "意見への対応の区分別" },
    tableOf("区分別の数", lineTable(counts.byStatus, counts.total, status, "区分")),
    { kind: "list", items: countNotes(book) },
  ];
}

function tableOf(caption: string, { head, rows }: CountColumns): WordBlock {
  const first = head[0] === "章" || head[0] === "区分" ? 4 : 2;
  return {
    kind: "table",
    caption,
    columns: head.map((_, at) => ({
      share: at === 0 ? first : 1.3,
      ...(at === 0 ? {} : { align: "right" as const }),
    })),
    header: head.map((one) => one || "数え方"),
    rows,
    headColumn: true,
    size: 9,
  };
}

function answerBlocks(book: ResultBook): WordBlock[] {
  return [
    { kind: "heading", level: 1, text: `意見の概要と${cityWord(book)}の考え方`, newPage: true },
    {
      kind: "paragraph",
      text: "意見は、趣旨を損なわないように要約し、同じ趣旨のものはまとめています。件数は、まとめた意見の数です。",
    },
    ...rowsByChapter(book).flatMap(({ chapter, rows }): WordBlock[] => [
      { kind: "heading", level: 2, text: chapter },
      {
        kind: "table",
        caption: `${chapter}の意見と考え方`,
        columns: [1, 2, 5, 1, 5.6, 1].map((share, at) => ({
          share,
          ...(at === 0 || at === 3
            ? { align: "right" as const }
            : at === 5
              ? { align: "center" as const }
              : {}),
        })),
        header: ["No.", "該当箇所", "意見の概要", "件数", `${cityWord(book)}の考え方`, "区分"],
        rows: rows.map((row) => [
          ...[String(row.no), row.place, row.summary, String(row.opinions), row.answer, row.status],
        ]),
        size: 9,
      },
    ]),
  ];
}

function changeBlocks(book: ResultBook): WordBlock[] {
  const heading: WordBlock = {
    kind: "heading",
    level: 1,
    text: "意見に基づき案を修正した箇所",
    newPage: book.changes.length > 0,
  };
  if (book.changes.length === 0)
    return [heading, { kind: "paragraph", text: "意見に基づき修正した箇所はありません。" }];
  return [
    heading,
    {
      kind: "table",
      caption: "修正前と修正後",
      columns: [1, 2.4, 4.5, 4.5, 3.2].map((share) => ({ share })),
      header: ["意見No.", "箇所", "修正前", "修正後", "理由"],
      rows: book.changes.map((one) => [
        ...[String(one.no), one.place, one.before === "" ? "（新設）" : one.before],
        { text: one.after === "" ? "（削除）" : changedRuns(one.before, one.after) },
        one.reason,
      ]),
      size: 9,
    },
  ];
}

/** 図の軸では、長い章の名を短くする（表には、そのまま出る）。 */
function shortLabel(key: string): string {
  return [...key].length > 11 ? `${[...key].slice(0, 10).join("")}…` : key;
}

/** 変わった所にだけ下線を引く（前と後で同じ、はじめと終わりは引かない）。 */
function changedRuns(before: string, after: string): WordRun[] {
  const [a, b] = [[...before], [...after]];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a.at(-1 - tail) === b.at(-1 - tail)) tail += 1;
  const end = b.length - tail;
  const runs: WordRun[] = [
    { text: b.slice(0, head).join("") },
    { text: b.slice(head, end).join(""), underline: true },
    { text: b.slice(end).join("") },
  ];
  return runs.filter(({ text }) => text !== "");
}

function sourceBlocks(book: ResultBook): WordBlock[] {
  return [
    { kind: "heading", level: 1, text: "もとの意見（個人情報を伏せたもの）", newPage: true },
    {
      kind: "table",
      caption: "もとの意見",
      columns: [{ share: 1 }, { share: 1.6 }, { share: 10 }],
      header: ["No.", "意見", "文"],
      rows: book.rows.flatMap((row) => row.sources.map(({ name, text }) => [String(row.no), name, text])),
      size: 8,
    },
  ];
}
