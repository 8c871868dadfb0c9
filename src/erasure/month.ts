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
  field: "handled" | "handlers" | "measures" | "incidents" | "training" | "moves" | "standard";
  label: string;
  unit: "人" | "件" | "回";
  kinds: readonly string[];
  /** subject=同じ方は一人、actor=同じ従業者は一人、each=一件ずつ。 */
  count: "subject" | "actor" | "each";
  /** 個人情報の帳簿の記録なら、どの帳簿か。 */
  registers?: readonly string[];
  /** 帳簿の一件の、選んだ区分（規程の種類、点検したもの）。 */
  picks?: readonly string[];
  /** その月に書いた数ではなく、月の終わりに有効な（結んでいない）数。 */
  standing?: true;
  /** その業務でだけ使う数。0 なら、画面にも様式にも出さない。 */
  special?: true;
}

/** 様式１に入る数。記録にある事実だけを数える。 */
export const monthFigures: readonly MonthFigure[] = [
  figure("taken", "handled", "新しく受け付けた方", "人", ["booking.taken", "wait.opened"], "subject"),
  figure("revealed", "handled", "個人情報を表示した方", "人", ["person.revealed"], "subject"),
  figure(
    "people",
    "handled",
    "取り扱った方",
    "人",
    ["booking.taken", "wait.opened", "person.revealed"],
    "subject",
  ),
  {
    ...figure("letters", "handled", "受け取った意見書", "件", ["comment.received"], "each"),
    special: true,
  },
  {
    ...figure(
      "answers",
      "handled",
      "調査の回答の取り込み・閲覧",
      "件",
      ["survey.imported", "survey.read", "analysis.people"],
      "each",
    ),
    special: true,
  },
  figure("lists", "handled", "予約者リストの作成・引渡し", "件", ["list.made"], "each"),
  figure("printed", "handled", "受講通知書の印刷", "件", ["batch.printed"], "each"),
  figure(
    "handlers",
    "handlers",
    "個人情報を取り扱った従業者",
    "人",
    [
      ...["person.revealed", "booking.taken", "list.made", "batch.printed", "file.delivered"],
      ...["comment.received", "survey.imported", "survey.read", "analysis.people"],
    ],
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
  entered("inspections", "measures", "点検・監査", ["inspection", "audit"]),
  entered("supervision", "measures", "監督の署名", ["supervision"]),
  entered("reviews", "measures", "アクセス権の見直し", ["access-review"]),
  figure("incidents", "incidents", "事故・違反（兆候を含む）", "件", ["privacy-incident.recorded"], "each"),
  figure("training", "training", "研修の修了", "件", ["training.completed"], "each"),
  {
    ...figure(
      "slips",
      "moves",
      "受渡し・持出し・貸与の記録",
      "件",
      ["privacy.entered", "inquiry.handed"],
      "each",
    ),
    registers: ["loan", "handover", "takeout", "copy"],
  },
  figure("erasures", "moves", "消去", "件", ["erasure.scrubbed"], "each"),
  ...standards(),
];

/** 基準の項目ごとの、月の終わりに有効な帳簿の件数（「適・否」を並べる様式のもと）。10 は、この報告そのもの。 */
function standards(): MonthFigure[] {
  const of = (
    item: string,
    title: string,
    books: readonly string[],
    picks?: readonly string[],
  ): MonthFigure => ({
    ...figure(
      `standard-${item}`,
      "standard",
      `基準${item} ${title}`,
      "件",
      ["privacy.entered", "privacy.closed"],
      "each",
    ),
    ...{ registers: books, standing: true, ...(picks && { picks }) },
  });
  return [
    of("1", "基本方針、規程及び取扱手順の策定", ["document"], ["policy", "rule", "procedure"]),
    of("2", "総括保護管理者及び保護管理者の設置", ["officer"]),
    of("3", "従業者の指定、教育及び監督", ["handler"]),
    of("4", "管理区域の設定及び安全管理措置の実施", ["area"]),
    of("5", "セキュリティ強化のための管理策", ["terminal", "media"]),
    of("6", "事件・事故における報告連絡体制", ["document"], ["contacts", "emergency", "report"]),
    of("7", "情報資産の搬送及び持ち運ぶ際の保護体制", ["inspection"], ["container"]),
    of("8", "関係法令の遵守", ["document"], ["law"]),
    of("9", "定期監査の実施", ["audit"]),
    of("11", "ISMS・プライバシーマーク等の規格認証", ["certificate"]),
  ];
}

function entered(
  key: string,
  field: MonthFigure["field"],
  label: string,
  books: readonly string[],
): MonthFigure {
  return { ...figure(key, field, label, "件", ["privacy.entered"], "each"), registers: books };
}

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

/** その数のもとになる記録（帳簿の記録は、その帳簿のものだけ。月の終わりの数では、結んだものを除く）。 */
export function eventsOf(of: MonthFigure, events: readonly RecordedEvent[]): RecordedEvent[] {
  const own = events.filter(
    ({ kind, payload }) =>
      of.kinds.includes(kind) &&
      (!kind.startsWith("privacy.") ||
        of.registers === undefined ||
        of.registers.includes(String(payload.register))),
  );
  if (!of.standing) return own;
  const closed = new Set(own.filter(({ kind }) => kind === "privacy.closed").map(({ about }) => about));
  return own.filter(
    ({ kind, about, payload }) =>
      kind === "privacy.entered" &&
      !closed.has(about) &&
      (of.picks === undefined || of.picks.includes(String(payload.kind ?? payload.item))),
  );
}

/** 数える。 */
export function countFigure(of: MonthFigure, events: readonly RecordedEvent[]): number {
  const own = eventsOf(of, events);
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
