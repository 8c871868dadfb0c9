import { isMark } from "./answer-decoder.ts";
import { missingNamed } from "./codebook-spelling.ts";
import type { SurveyData } from "./survey-data.ts";

/** 列の見立て。 */
export type ColumnKind =
  | "id"
  | "sa"
  | "ma-list"
  | "flag"
  | "scale"
  | "order"
  | "number"
  | "text"
  | "tool"
  | "empty";

export const columnKinds: Readonly<Record<ColumnKind, string>> = {
  id: "回答の番号",
  sa: "一つだけ選ぶ",
  "ma-list": "いくつでも選ぶ（一つのます目に区切って）",
  flag: "選んだか（選択肢ごとの列）",
  scale: "一つだけ選ぶ（段階）",
  order: "順位の数",
  number: "数",
  text: "文",
  tool: "道具が付けた列",
  empty: "空",
};

export interface ColumnLook {
  name: string;
  kind: ColumnKind;
  filled: number;
  distinct: number;
  /** 多い順の値。番号と文では空（画面に個人の値を並べない）。 */
  values: readonly { value: string; count: number }[];
  /** どうしてそう見たか。 */
  because: string;
}

/** 一つだけ選ぶものとみる、違う値の数の上限。 */
const OPTIONS = 30;
const SEPARATED = /[\n,;、；/|]/;

/** 列を一つずつ、値から見立てる。 */
export function describeColumns(data: SurveyData): ColumnLook[] {
  return data.names.map((name) => describeColumn(name, data.column(name) ?? []));
}

function describeColumn(name: string, column: readonly string[]): ColumnLook {
  const counts = new Map<string, number>();
  for (const value of column) if (value !== "") counts.set(value, (counts.get(value) ?? 0) + 1);
  const filled = column.reduce((sum, value) => sum + (value === "" ? 0 : 1), 0);
  const distinct = counts.size;
  const look = (kind: ColumnKind, because: string, show = true): ColumnLook => ({
    ...{ name, kind, filled, distinct, because },
    values: show ? ranked(counts).slice(0, OPTIONS) : [],
  });
  if (filled === 0) return look("empty", "値がありません");
  if (isToolName(name)) return look("tool", "調査の道具が付けた列（日時、メールなど）です", false);
  const values = [...counts.keys()];
  if (isIdName(name) && distinct >= filled * 0.98)
    return look("id", "列の名が番号で、値がほとんど重なりません", false);
  if (/^(0|1)$/.test(values.join("").slice(0, 1)) && values.every((one) => one === "0" || one === "1"))
    return look("flag", "値が 0 と 1 だけです");
  const told = values.filter((one) => missingNamed(one) === undefined && !isMark(one));
  const numeric = told.filter((one) => /^[-+]?(\d+|\d{1,3}(,\d{3})+)?(\.\d+)?$/.test(one));
  if (told.length > 0 && numeric.length >= told.length * 0.95)
    return numericLook(numeric, distinct, filled, look);
  const parts = partsOf(counts);
  if (parts) return look("ma-list", "区切った値があり、区切ると同じ値がくり返します");
  const long = values.reduce((sum, one) => sum + one.length, 0) / distinct;
  if (distinct <= OPTIONS && filled >= distinct * 2 && long <= 40)
    return look("sa", `違う値が ${distinct} 種類で、くり返します`);
  return look("text", `違う値が ${distinct} 種類あります`, false);
}

type Look = (kind: ColumnKind, because: string, show?: boolean) => ColumnLook;

function numericLook(numeric: readonly string[], distinct: number, filled: number, look: Look): ColumnLook {
  const numbers = numeric.map((one) => Number(one.replaceAll(",", "")));
  const small = numbers.every((one) => Number.isInteger(one) && one >= 0 && one <= 99_999);
  // 9・98・99・9999 のような、離れた大きな値は、答えのない印であることが多い。
  const core = numbers.filter((one) => !/^9{1,4}$|^9{0,2}[678]$/.test(String(one)) || one <= 8);
  const top = Math.max(0, ...core);
  if (small && distinct <= OPTIONS && top <= OPTIONS && filled >= distinct * 2)
    return look("scale", `値が 1 から ${top} までの整数です`);
  return look("number", `値が数で、${distinct} 種類あります`);
}

function isIdName(name: string): boolean {
  return /^(id|no\.?|番号|整理番号|回答番号|回答者番号|回答id|回答者id|サンプル番号|調査票番号|seq|serial|通し番号|管理番号|response\s?id|sample\s?id)$/i.test(
    name.normalize("NFKC").trim(),
  );
}

/** 調査の道具が、回答とは別に付ける列。名前とメールは、集計に使わない。 */
function isToolName(name: string): boolean {
  return /^(タイムスタンプ|timestamp|submitdate|startdate|enddate|recordeddate|datestamp|lastpage|startlanguage|seed|ip\s?(address|アドレス)|ipaddr|refurl|開始(時刻|日時)|完了(時刻|日時)|回答日時?|送信日時|最終変更時刻|メール(アドレス)?|e-?mail(address)?|名前|氏名|お名前)$/i.test(
    name.normalize("NFKC").trim(),
  );
}

/** 区切って書いた複数回答なら、区切った値と数。文の中の読点と間違えないように、くり返しを求める。 */
function partsOf(counts: ReadonlyMap<string, number>): Map<string, number> | undefined {
  const parts = new Map<string, number>();
  let [answers, separated] = [0, 0];
  for (const [value, count] of counts) {
    const split = splitList(value);
    answers += count;
    if (split.length > 1) separated += count;
    for (const part of split) parts.set(part, (parts.get(part) ?? 0) + count);
  }
  const long = [...parts.keys()].some((part) => part.length > 60);
  if (separated * 20 < answers || long || parts.size > 40) return undefined;
  const total = [...parts.values()].reduce((sum, one) => sum + one, 0);
  return parts.size * 3 <= total ? parts : undefined;
}

/** 区切った値。数のけたの「,」（1,000）は区切りとみない。 */
export function splitList(value: string): string[] {
  if (!SEPARATED.test(value) || /^\d{1,3}(,\d{3})+$/.test(value)) return [value];
  const parts = [""];
  let depth = 0;
  for (const letter of value) {
    // かっこの中の区切りの字（「スマートフォン（iPhone, Android など）」）では分けない。
    if (/[（(「『[［]/.test(letter)) depth += 1;
    else if (/[）)」』\]］]/.test(letter)) depth = Math.max(0, depth - 1);
    if (depth === 0 && SEPARATED.test(letter)) parts.push("");
    else parts[parts.length - 1] += letter;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}

/** 区切った値を、多い順に。 */
export function listValues(column: readonly string[]): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const value of column)
    if (value !== "") for (const part of splitList(value)) counts.set(part, (counts.get(part) ?? 0) + 1);
  return ranked(counts);
}

function ranked(counts: ReadonlyMap<string, number>): { value: string; count: number }[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}
