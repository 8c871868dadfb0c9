import type { Fault } from "../base/error.ts";
import type { Day, Instant } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { formatWareki } from "../japan/wareki.ts";

/** 資料の種類。仕様書３(1)(ｱ)の①–⑤に、この順で対応する。 */
export const sourceKinds = [
  { kind: "survey", label: "市民アンケート等", clause: "①", chapter: "市民アンケート等の集計・分析" },
  { kind: "measure", label: "本市の取組", clause: "②", chapter: "本市のこれまでの取組状況" },
  { kind: "ministry", label: "国の動き", clause: "③", chapter: "国の動向" },
  { kind: "municipality", label: "他自治体", clause: "③", chapter: "他自治体の動向" },
  { kind: "technology", label: "技術", clause: "④", chapter: "デジタル技術の動向" },
  { kind: "statistics", label: "統計", clause: "⑤", chapter: "統計" },
  { kind: "plan", label: "関連計画", clause: "⑤", chapter: "デジタル分野の関連計画" },
] as const;
export type SourceKind = (typeof sourceKinds)[number]["kind"];

export function isSourceKind(value: string | undefined): value is SourceKind {
  return sourceKinds.some(({ kind }) => kind === value);
}

export function kindOf(kind: SourceKind): (typeof sourceKinds)[number] {
  return sourceKinds.find((one) => one.kind === kind) ?? sourceKinds[0];
}

/** 技術の成熟の度合い。 */
export const maturities = ["研究", "実証", "実用に移行中", "実用", "普及"] as const;
/** 過去の取組の達成の状況。 */
export const achievements = ["達成", "おおむね達成", "未達成", "測っていない"] as const;

/** 読み込んだ統計の表。rows[0] から headRows 行が見出し。 */
export interface SourceTable {
  file: string;
  rows: string[][];
  headRows: number;
  unit: string;
  notes: string[];
}

/** 列の見出し。大見出しと小見出しは「15歳未満 男」とつなぎ、同じ言葉は一度だけ。 */
export function tableHeads({ rows, headRows }: Pick<SourceTable, "rows" | "headRows">): string[] {
  const heads = rows.slice(0, headRows);
  const wide = Math.max(0, ...heads.map((row) => row.length));
  return Array.from({ length: wide }, (_, at) =>
    [...new Set(heads.map((row) => row[at] ?? ""))].filter(Boolean).join(" "),
  );
}

/** 資料の一件に書くこと。 */
export interface SourceInput {
  kind: SourceKind;
  title: string;
  /** 発行者。 */
  publisher: string;
  /** 公表の日や年（書かれているとおり）。 */
  published: string;
  url: string;
  /** 頁・表の番号。 */
  page: string;
  /** 見た日。 */
  accessed: string;
  licence: string;
  /** 引用（原文のまま）。 */
  quote: string;
  /** 分かったこと。 */
  finding: string;
  tags: string[];
  /** 他自治体・取組の名（比べる表の行）。 */
  subject: string;
  /** 比べる項目（名 → 値）。 */
  facts: [string, string][];
  /** 技術の成熟の度合い、過去の取組の達成の状況。 */
  status: string;
  table?: SourceTable | undefined;
}

export interface Source extends SourceInput {
  id: string;
  number: number;
  madeAt: Instant;
  edition: number;
}

/** 「S-01」。本文の [^src:S-01] が指す。 */
export function sourceCode({ number }: Pick<Source, "number">): string {
  return `S-${String(number).padStart(2, "0")}`;
}

/** 書誌の一文（脚注と参考文献に出す）。 */
export function citationOf(source: Omit<Source, "table">): string {
  const { publisher, title, published, page, url, accessed } = source;
  const seen = isDay(accessed) ? `（${formatWareki(accessed)}閲覧）` : "";
  const head = [publisher, `「${title}」`].filter(Boolean).join("");
  return `${[head, published, page, url].filter(Boolean).join("、")}${seen}`;
}

/** 出典として足りないもの。空なら、そのまま引ける。 */
export function lackingOf(
  source: Pick<Source, "publisher" | "url" | "page" | "accessed" | "licence" | "quote">,
): string[] {
  const { publisher, url, page, accessed, licence, quote } = source;
  return [
    publisher === "" ? "発行者" : "",
    url === "" && page === "" ? "頁かアドレス" : "",
    accessed === "" ? "見た日" : "",
    licence === "" ? "利用の条件" : "",
    quote === "" ? "引用" : "",
  ].filter(Boolean);
}

/** 欄の誤り。today より後に見ることはできない。 */
export function sourceFaults(given: SourceInput, today: Day): Fault[] {
  const fault = (field: string, message: string): Fault => ({ field, message });
  return [
    ...(given.title.trim() === "" ? [fault("title", "資料の名を書いてください。")] : []),
    ...(given.accessed !== "" && !isDay(given.accessed)
      ? [fault("accessed", "見た日は「2024-06-10」の形で書いてください。")]
      : []),
    ...(isDay(given.accessed) && given.accessed > today
      ? [fault("accessed", "見た日が、今日より後です。")]
      : []),
    ...(given.url !== "" && !/^https?:\/\/\S+$/i.test(given.url)
      ? [fault("url", "アドレスは http:// か https:// で始めてください。紙の資料なら空のままにします。")]
      : []),
    ...(given.kind === "technology" && given.status !== "" && !maturities.some((one) => one === given.status)
      ? [fault("status", "成熟の度合いを一覧から選んでください。")]
      : []),
  ];
}

/** 「項目: 値」の行から、比べる項目へ。値のない行は知らせずに項目だけ残す。 */
export function readFacts(text: string): [string, string][] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [, name = line, value = ""] = /^([^:：]+)[:：]\s*(.*)$/.exec(line) ?? [];
      return [name.trim(), value.trim()];
    });
}
