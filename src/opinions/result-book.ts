import type { CountBook, CountLine, Counts } from "./count-book.ts";
import { publicText } from "./mask-text.ts";
import type { AnswerStatus } from "./period-rule.ts";

/** 一つの答えの行。 */
export interface ResultRow {
  no: number;
  chapter: string;
  /** 該当箇所（分類の名と頁）。 */
  place: string;
  summary: string;
  /** この概要にまとめた意見の数。 */
  opinions: number;
  letters: number;
  answer: string;
  status: string;
  /** 内部用だけ: もとの意見の名と文。 */
  sources: readonly { name: string; text: string }[];
}

/** 案の変更。 */
export interface ResultChange {
  no: number;
  place: string;
  before: string;
  after: string;
  reason: string;
}

/** 「意見の概要と市の考え方」のもと。人の名は入らない。 */
export interface ResultBook {
  /** public=公表用、internal=内部用（もとの意見の文を添える）。 */
  edition: "public" | "internal";
  title: string;
  client: string;
  clientUnit: string;
  span: string;
  days: number;
  published: readonly { label: string; text: string }[];
  counts: CountBook;
  labels: { channel(key: string): string; age(key: string): string };
  statuses: readonly AnswerStatus[];
  rows: readonly ResultRow[];
  changes: readonly ResultChange[];
  aside: { late: number; copies: number };
  today: string;
  created: string;
}

/** 公表用にする: もとの文を除き、伏せた所の長さをそろえる。 */
export function publicBook(book: ResultBook): ResultBook {
  const clean = ({ sources: _sources, ...row }: ResultRow): ResultRow => ({
    ...{ ...row, sources: [], summary: publicText(row.summary), answer: publicText(row.answer) },
  });
  return {
    ...{ ...book, edition: "public", rows: book.rows.map(clean) },
    changes: book.changes.map((one) => ({
      ...{
        ...one,
        before: publicText(one.before),
        after: publicText(one.after),
        reason: publicText(one.reason),
      },
    })),
  };
}

/** 書き出しを止めるもの。数・行・区分が、互いに合わない。 */
export function resultFaults(book: ResultBook): string[] {
  const { counts, rows } = book;
  const faults = [...counts.faults];
  const opinions = rows.reduce((sum, row) => sum + row.opinions, 0);
  if (opinions !== counts.total.opinions)
    faults.push(
      `答えの表の件数の和 ${opinions} が、意見数 ${counts.total.opinions} と合いません。答えのない意見があります。`,
    );
  for (const { key, opinions: own } of counts.byStatus) {
    const found = rows.filter((row) => row.status === key).reduce((sum, row) => sum + row.opinions, 0);
    if (key !== "未定" && found !== own)
      faults.push(`区分 ${key} の意見数 ${own} が、答えの表の ${found} と合いません。`);
  }
  const needed = new Set(book.statuses.filter(({ needsChange }) => needsChange).map(({ code }) => code));
  const changed = new Set(book.changes.map(({ no }) => no));
  for (const { no, status } of rows)
    if (needed.has(status) && !changed.has(no))
      faults.push(`No.${no} は「修正する」ですが、修正箇所の表にありません。`);
  return faults;
}

export interface CountColumns {
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** 提出方法の表（横に方法、縦に数え方）。方法が多くても、合計が右の端にある。 */
export function channelTable(book: ResultBook): CountColumns {
  const { byChannel, total } = book.counts;
  const row = (label: string, name: keyof Counts, unit: string) => [
    `${label}（${unit}）`,
    ...byChannel.map((line) => count(line[name])),
    count(total[name]),
  ];
  return {
    head: ["", ...byChannel.map(({ key }) => book.labels.channel(key)), "計"],
    rows: [
      row("提出者", "people", "人"),
      row("通数", "letters", "通"),
      row("意見数", "opinions", "件"),
      row("異なる意見", "distinct", "件"),
    ],
  };
}

/** 縦に並べる表（年代、章、区分）。 */
export function lineTable(
  lines: readonly CountLine[],
  total: Counts,
  label: (key: string) => string,
  head: string,
): CountColumns {
  const cells = (name: string, of: Counts) => [
    ...[name, count(of.people), count(of.letters), count(of.opinions), count(of.distinct)],
  ];
  return {
    head: [head, "提出者（人）", "通数（通）", "意見数（件）", "異なる意見（件）"],
    rows: [...lines.map((line) => cells(label(line.key), line)), cells("合計", total)],
  };
}

/** 表の下に必ず書くこと。 */
export function countNotes(book: ResultBook): string[] {
  const { counts, aside } = book;
  return [
    "一人の方の意見書に複数の意見がある場合は、それぞれを一件と数えています。",
    "「異なる意見」は、同じ趣旨の意見を一つにまとめた数です。件数の多さで、案の採否を決めるものではありません。",
    ...(counts.twice > 0
      ? [
          `二つ以上の方法で提出した方がいるため、方法ごとの提出者の和は、合計より${counts.twice}人多くなっています。`,
        ]
      : []),
    "同じ趣旨の意見は、提出方法・年代・章をまたぐことがあるため、異なる意見の和は合計と一致しないことがあります。",
    `一字も違わない文を一つと数えると、${count(counts.strings)}件です。`,
    ...(counts.kids.letters > 0
      ? [`このうちキッズコメントは、${count(counts.kids.letters)}通、${count(counts.kids.opinions)}件です。`]
      : []),
    ...(aside.late > 0 ? [`募集期間のあとに届いた${count(aside.late)}通は、数に含めていません。`] : []),
    ...(aside.copies > 0 ? [`同じ書面が重ねて届いた${count(aside.copies)}通は、数に含めていません。`] : []),
  ];
}

export function count(value: number): string {
  return value.toLocaleString("ja-JP");
}

/** 章ごとの行。章の順は、章別の表の順。 */
export function rowsByChapter(book: ResultBook): { chapter: string; rows: ResultRow[] }[] {
  const byChapter = Map.groupBy(book.rows, ({ chapter }) => chapter);
  const order = book.counts.bySection.map(({ key }) => key);
  return [...byChapter]
    .map(([chapter, rows]) => ({ chapter, rows }))
    .sort((a, b) => order.indexOf(a.chapter) - order.indexOf(b.chapter));
}
