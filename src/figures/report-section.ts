import { complaintTopics, reportLabels, severities } from "../answers/complaint.ts";
import { pendingReasons } from "../answers/inquiry.ts";
import { type Day, minuteOf } from "../base/time.ts";
import type { CallFigure } from "../calls/call-figures.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import { callDefinitions } from "../telephony/call-definition.ts";
import { type ActName, actNames } from "./count-acts.ts";
import { actsOn, type PhoneFigures } from "./read-figures.ts";
import { percentText, type ReportCell, type ReportSection } from "./report.ts";

/** 表の下にいつも刷る、数の決めごと。 */
export const definitionNotes: readonly string[] = callDefinitions.map(({ term, text }) => `${term}：${text}`);

const shortDay = (day: Day) => formatMonthDay(day, { weekday: true });

/** 日次の「対応件数」。時間帯（一時間）ごと。 */
export function hourSection({ calls }: PhoneFigures): ReportSection {
  const hours = new Map<string, CallFigure>();
  const none = { offered: 0, answered: 0, abandoned: 0, missed: 0, closed: 0, live: 0 };
  for (const slot of calls.byHalfHour) {
    const hour = slot.slot.slice(0, 2);
    const sum = hours.get(hour) ?? { ...none };
    for (const name of ["offered", "answered", "abandoned"] as const) sum[name] += slot[name];
    hours.set(hour, sum);
  }
  const list = [...hours].filter(([, one]) => one.offered > 0).sort(([a], [b]) => (a < b ? -1 : 1));
  const { total, busy } = calls;
  const row = (label: string, name: "offered" | "answered" | "abandoned") => [
    label,
    ...list.map(([, one]) => one[name]),
    total[name],
  ];
  const labels = list.map(([hour]) => `${Number(hour)}時台`);
  return {
    title: "対応件数",
    table: {
      heads: ["", ...labels, "計"],
      rows: [row("入電", "offered"), row("応答", "answered"), row("放棄", "abandoned")],
    },
    chart: {
      ...{ title: "時間帯別の入電", unit: "件", categories: labels.map((one) => one.slice(0, -1)) },
      series: [{ name: "入電", values: list.map(([, one]) => one.offered) }],
    },
    notes: [
      `応答率 ${percentText(total.answered, total.offered)}。時間外の着信 ${total.closed}件（自動音声で案内）。話中 ${busy === undefined ? "－" : `${busy}件`}。`,
    ],
  };
}

/** 日別の対応件数。 */
export function daySection({ calls }: PhoneFigures): ReportSection {
  const open = calls.byDay.filter((row) => row.offered > 0 || row.closed > 0);
  const line = (label: string, one: CallFigure, busy: number | undefined): ReportCell[] => [
    ...[label, one.offered, one.answered, one.abandoned, one.missed],
    ...[percentText(one.answered, one.offered), one.closed, busy ?? "－"],
  ];
  return {
    title: "日別の対応件数",
    table: {
      heads: ["日", "入電", "応答", "放棄", "ほか", "応答率", "時間外", "話中"],
      rows: [
        ...open.map((row) => line(shortDay(row.day), row, row.busy)),
        line("計", calls.total, calls.busy),
      ],
      total: true,
    },
    chart: {
      ...{ title: "日別の入電と応答", unit: "件" },
      categories: open.map(({ day }) => `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`),
      series: [
        { name: "入電", values: open.map((row) => row.offered) },
        { name: "応答", values: open.map((row) => row.answered) },
      ],
    },
    notes: definitionNotes,
  };
}

/** 半時間ごと。 */
export function slotSection({ calls }: PhoneFigures): ReportSection {
  const slots = calls.byHalfHour.filter((one) => one.offered > 0);
  return {
    title: "時間帯別（半時間）の対応件数",
    table: {
      heads: ["時間帯", "入電", "応答", "放棄", "応答率"],
      rows: slots.map((one) => [
        ...[`${one.slot}から`, one.offered, one.answered, one.abandoned],
        percentText(one.answered, one.offered),
      ]),
    },
    chart: {
      ...{ title: "時間帯別の入電", unit: "件", categories: slots.map((one) => one.slot) },
      series: [{ name: "入電", values: slots.map((one) => one.offered) }],
    },
    notes: [],
  };
}

/** 問い合わせの内容。日が二つ以上なら日ごとの列、一日なら、その電話で終わった数（６(7)）を添える。 */
export function itemSection(figures: PhoneFigures): ReportSection {
  const { items, days } = figures;
  const shown = days.filter((_, at) => items.some((item) => (item.byDay[at] ?? 0) > 0));
  return shown.length > 1 ? itemDays(figures, shown) : itemsOfDay(figures);
}

function itemsOfDay(figures: PhoneFigures): ReportSection {
  const { items, inquiries } = figures;
  return {
    title: "問い合わせの内容",
    half: true,
    table: {
      heads: ["項目", "件数", "その電話で終結"],
      rows: [
        ...items.map((item) => [item.label, item.total, item.first]),
        ["計", inquiries.total, firstOf(figures)],
      ],
      total: true,
    },
    notes: [
      `その電話で終わった割合 ${percentText(firstOf(figures), inquiries.total)}。${reasonText(figures)}`,
    ],
  };
}

function itemDays({ items, days, inquiries }: PhoneFigures, shown: readonly Day[]): ReportSection {
  const on = (item: PhoneFigures["items"][number], day: Day) => item.byDay[days.indexOf(day)] ?? 0;
  return {
    title: "問い合わせの内容（日別）",
    table: {
      heads: ["項目", ...shown.map((day) => `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`), "計"],
      rows: [
        ...items.map((item) => [item.label, ...shown.map((day) => on(item, day)), item.total]),
        ["計", ...shown.map((day) => items.reduce((sum, item) => sum + on(item, day), 0)), inquiries.total],
      ],
      total: true,
    },
    chart: {
      ...{ title: "問い合わせの内容", unit: "件", categories: items.map(({ label }) => label) },
      series: [{ name: "計", values: items.map(({ total }) => total) }],
    },
    notes: [],
  };
}

function firstOf({ items }: PhoneFigures): number {
  return items.reduce((sum, item) => sum + item.first, 0);
}

function reasonText({ inquiries: { reasons } }: PhoneFigures): string {
  if (reasons.length === 0) return "終わらなかったものはありません。";
  return `終わらなかった理由：${reasons.map(({ reason, n }) => `${pendingReasons[reason]} ${n}件`).join("、")}。`;
}

/** その電話で終わった割合（６(7)）と、終わらなかった理由。 */
export function firstSection(figures: PhoneFigures): ReportSection {
  const { inquiries, items } = figures;
  const first = firstOf(figures);
  return {
    title: "コールセンターで終わった割合",
    table: {
      heads: ["項目", "件数", "その電話で終わった", "割合"],
      rows: [
        ...items.map((item) => [item.label, item.total, item.first, percentText(item.first, item.total)]),
        ["計", inquiries.total, first, percentText(first, inquiries.total)],
      ],
      total: true,
    },
    notes: [reasonText(figures)],
  };
}

/** 応答 ＝ 予約 ＋ 変更 ＋ 取消 ＋ 待機 ＋ 問い合わせ ＋ 苦情 ＋ 記録なし。差は日ごとに挙げる。 */
export function matchSection({ calls }: PhoneFigures): ReportSection {
  const { reconcile: r } = calls;
  const off = r.byDay.filter((one) => one.difference !== 0);
  const rest = r.difference >= 0 ? `記録なし${r.difference}` : `電話より多い記録${r.difference}`;
  return {
    title: "応答と記録の突き合わせ",
    table: {
      heads: ["差のある日", "応答", "残した記録", "差"],
      rows: off.map((one) => [shortDay(one.day), one.answered, one.records, one.difference]),
    },
    notes: [
      `応答${r.answered} ＝ 予約${r.bookings} ＋ 変更${r.changes} ＋ 取消${r.cancellations} ＋ 待機${r.waits} ＋ 問い合わせ${r.inquiries} ＋ 苦情${r.complaints} ＋ ${rest}`,
      "一本の電話で二つ以上を受ければ、差は負になる。差は隠さない。",
    ],
  };
}

/** 予約の状況（一日）。 */
export function bookingSection(
  { acts, to }: PhoneFigures,
  booked: { total: number; capacity: number },
): ReportSection {
  const own = actsOn(acts, to);
  const names: readonly ActName[] = ["bookings", "changes", "cancellations", "waits"];
  return {
    title: "予約の状況",
    half: true,
    table: {
      heads: ["区分", "件数"],
      rows: [
        ...names.map((name): ReportCell[] => [actNames[name], own[name]]),
        ["いまの予約者", booked.total],
        ["定員に対する割合", percentText(booked.total, booked.capacity)],
      ],
    },
    notes: [],
  };
}

/** 申込みの受付（日別）。 */
export function actDaySection({ acts, sum }: PhoneFigures): ReportSection {
  const names = Object.keys(actNames) as ActName[];
  const days = [...acts.byDay].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    title: "受付と記録（日別）",
    table: {
      heads: ["日", ...names.map((name) => actNames[name])],
      rows: [
        ...days.map(([day, counts]) => [shortDay(day), ...names.map((name) => counts[name])]),
        ["計", ...names.map((name) => sum[name])],
      ],
      total: true,
    },
    notes: ["電話のほかで受けたものも含む。元に戻した予約は「新規の予約」に残る。"],
  };
}

/** 苦情。内容は、それぞれのクレーム日次報告書にある。 */
export function complaintSection({ complaints, from, to }: PhoneFigures): ReportSection {
  const when = (at: string) =>
    from === to ? minuteOf(at) : `${formatMonthDay(at.slice(0, 10))} ${minuteOf(at)}`;
  return {
    title: `苦情　${complaints.length}件`,
    ...(complaints.length === 0
      ? {}
      : {
          table: {
            heads: ["番号", "受付", "何について", "重さ", "日次報告"],
            rows: complaints.map((one) => [
              ...[`第${one.number}号`, when(one.receivedAt), complaintTopics[one.topic]],
              ...[severities[one.severity], reportLabels[one.report]],
            ]),
            words: true,
          },
        }),
    notes:
      complaints.length === 0
        ? ["苦情はなかった。"]
        : ["内容と対応は、それぞれのクレーム日次報告書による（翌営業日中に提出）。"],
  };
}

/** 委託者が仕様書に印刷した過去の実績。印刷されたまま引く。 */
export function quotedSection(
  printed: readonly {
    label: string;
    total: number;
    days: number;
    mean: number;
    most: number;
    cards: number;
  }[],
): ReportSection {
  const row = (label: string, pick: (one: (typeof printed)[number]) => number, unit: string) => [
    label,
    ...printed.map((one) => `${pick(one).toLocaleString("ja-JP")} ${unit}`),
  ];
  return {
    title: "参考：仕様書 表２（令和５年度実績、概数値）",
    table: {
      heads: ["", ...printed.map(({ label }) => label)],
      rows: [
        row("入電合計", (one) => one.total, "件"),
        row("開設日数", (one) => one.days, "日"),
        row("日平均", (one) => one.mean, "件"),
        row("最大受電件数/日", (one) => one.most, "件"),
        row("受講通知書発送数", (one) => one.cards, "通"),
      ],
    },
    notes: ["印刷された概数のまま引いた。合計 ÷ 日数は日平均と合わないが、直していない。"],
  };
}
