import type { RecordedEvent } from "../base/event.ts";
import { type Day, type Instant, instantOf } from "../base/time.ts";
import { addMonths, endOfMonth } from "../japan/day.ts";
import { personOf } from "../tasks/view.ts";

/** 「2025-08」。 */
export type Month = string;

export function isMonth(text: string): text is Month {
  return /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
}

export function monthSpan(month: Month): { from: Instant; to: Instant; last: Day } {
  const first = `${month}-01`;
  return {
    from: instantOf(first, "00:00"),
    to: instantOf(addMonths(first, 1), "00:00"),
    last: endOfMonth(first),
  };
}

/** 一つの数。記録の種類から数え、開けばその行が見える。 */
export interface MonthFigure {
  key: string;
  /** 様式１のどの欄に入るか。 */
  field: "handled" | "handlers" | "measures" | "incidents" | "training" | "moves";
  label: string;
  unit: "人" | "件" | "回";
  kinds: readonly string[];
  /** subject=同じ方は一人、actor=同じ従業者は一人、each=一件ずつ。 */
  count: "subject" | "actor" | "each";
}

/** 様式１に入る数。記録にある事実だけを数える。 */
export const monthFigures: readonly MonthFigure[] = [
  figure("taken", "handled", "新しく受け付けた方", "人", ["booking.taken", "wait.opened"], "subject"),
  figure("revealed", "handled", "個人情報を表示した方", "人", ["person.revealed"], "subject"),
  figure("lists", "handled", "予約者リストの作成・引渡し", "件", ["list.made"], "each"),
  figure("printed", "handled", "受講通知書の印刷", "件", ["batch.printed"], "each"),
  figure(
    "handlers",
    "handlers",
    "個人情報を取り扱った従業者",
    "人",
    ["person.revealed", "booking.taken", "list.made", "batch.printed", "file.delivered"],
    "actor",
  ),
  figure("backups", "measures", "控えの取得", "回", ["backup.made"], "each"),
  figure("drills", "measures", "控えを戻す訓練", "回", ["backup.drilled", "privacy-drill.run"], "each"),
  figure("protected", "measures", "パスワード付きの写し", "件", ["file.protected"], "each"),
  figure(
    "accounts",
    "measures",
    "役割・登録の見直し",
    "件",
    ["account.created", "account.changed", "account.disabled"],
    "each",
  ),
  figure("incidents", "incidents", "事故・違反（兆候を含む）", "件", ["privacy-incident.recorded"], "each"),
  figure("training", "training", "研修の修了", "件", ["training.completed"], "each"),
  figure("slips", "moves", "受渡し・持出し・貸与の記録", "件", ["privacy.entered", "inquiry.handed"], "each"),
  figure("erasures", "moves", "消去", "件", ["erasure.scrubbed"], "each"),
];

function figure(
  key: string,
  field: MonthFigure["field"],
  label: string,
  unit: MonthFigure["unit"],
  kinds: readonly string[],
  count: MonthFigure["count"],
): MonthFigure {
  return { key, field, label, unit, kinds, count };
}

/** 数える。 */
export function countFigure(of: MonthFigure, events: readonly RecordedEvent[]): number {
  const own = events.filter((event) => of.kinds.includes(event.kind));
  if (of.count === "each") return own.length;
  const who = (event: RecordedEvent) => (of.count === "subject" ? personOf(event) : event.actor);
  return new Set(own.map(who)).size;
}

/** 欄の文: 「新しく受け付けた方 120人、…」。 */
export function fieldText(
  field: MonthFigure["field"],
  values: readonly { figure: MonthFigure; value: number }[],
): string {
  return values
    .filter((one) => one.figure.field === field)
    .map(({ figure: { label, unit }, value }) => `${label} ${value.toLocaleString("ja-JP")}${unit}`)
    .join("\n");
}
