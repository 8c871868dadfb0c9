import { type Day, dayOf, type Instant, instantFromMs, instantOf, minuteOf } from "../base/time.ts";
import {
  addBusinessDays,
  businessDayOnOrAfter,
  businessDayOnOrBefore,
  closedReason,
} from "../japan/business-day.ts";
import { addBusinessMinutes } from "../japan/business-hours.ts";
import { addDays, addMonths, dayParts, daysInMonth, endOfMonth, toDay } from "../japan/day.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { type Anchor, type Due, type Span, timeWordLabels } from "../terms/obligation.ts";
import { anchorDay, anchorLabels, type Frame } from "./frame.ts";

/** 決まった期限。exact は、日でなく時刻で決まったもの。 */
interface Fixed {
  day: Day;
  exact?: Instant;
  said: string;
}

export interface DueDate {
  at: Instant | null;
  keepUntil: Day | null;
  how: string[];
}

/** 期限の起点。 */
export interface DueBase {
  /** 生じた時。 */
  since: Instant;
  term: string | undefined;
  /** 生じさせた記録が言う日（会議の日など）。 */
  on?: Day;
}

/**
 * 期限を数える。日で決まるものは、その日の仕事の終わる時。休みの日に当たれば closedDay に従い、そう言う。
 * how は一行ずつの説明（「翌月末 1月31日（土）は土曜日のため、前の開庁日 1月30日（金）」）。
 */
export function dueDate(due: Due, base: DueBase, frame: Frame): DueDate {
  const { rule } = due;
  const from = dayOf(base.since);
  const how = [`起点 ${formatWareki(from, { weekday: true })}`];
  if (rule === "none") return { at: null, keepUntil: null, how: [...how, "期限の定めはありません"] };
  if (typeof rule === "object" && "keep" in rule) {
    const start = anchorDay(frame, rule.after ?? "contract-end", from, base.term) ?? from;
    const until = spanDay(frame, start, rule.keep, 1);
    const said = `${anchorLabels[rule.after ?? "contract-end"]} ${formatMonthDay(start)}から${spanText(rule.keep)} ${formatWareki(until, { weekday: true })}まで保管`;
    return { at: null, keepUntil: until, how: [said] };
  }
  const fixed = fix(due, base, frame);
  if (fixed === undefined) return { at: null, keepUntil: null, how: [...how, unknownDay(rule)] };
  how.push(fixed.said);
  if (fixed.exact !== undefined) return { at: fixed.exact, keepUntil: null, how };
  const placed = place(due, fixed.day, frame);
  if (placed.said !== undefined) how.push(placed.said);
  return { at: instantOf(placed.day, frame.hours.close), keepUntil: null, how };
}

function unknownDay(rule: Due["rule"]): string {
  return JSON.stringify(rule).includes("event-day")
    ? "その日がまだ決まっていません。決まると、期限を数えます"
    : "起点の日が、設計図に決まっていません";
}

function fix(due: Due, base: DueBase, frame: Frame): Fixed | undefined {
  const { rule } = due;
  const { since, term } = base;
  const from = dayOf(since);
  if (rule === "none" || "keep" in rule) return undefined;
  if ("date" in rule) return { day: rule.date, said: `定めの日 ${dayText(rule.date)}` };
  if ("endOf" in rule) {
    const day = endOf(rule.endOf, from, frame, term);
    return day === undefined ? undefined : { day, said: `${endLabels[rule.endOf]} ${dayText(day)}` };
  }
  if ("dayOfMonth" in rule) {
    const { year, month } = dayParts(addMonths(toFirst(from), rule.next));
    const day = toDay(year, month, Math.min(rule.dayOfMonth, daysInMonth(year, month)));
    return {
      day,
      said: `${rule.next === 0 ? "その月" : rule.next === 1 ? "翌月" : `${rule.next}か月後`}の${rule.dayOfMonth}日 ${dayText(day)}`,
    };
  }
  if ("word" in rule) {
    const span = frame.words[rule.word];
    const label = `${timeWordLabels[rule.word]}（${spanText(span)}）`;
    if (rule.word === "beforehand") return before(frame, rule.of ?? "trigger", span, base, label);
    const start = rule.of === undefined ? from : anchorDay(frame, rule.of, from, term, base.on);
    if (start === undefined) return undefined;
    return after(frame, rule.of === undefined ? since : startOf(frame, start), span, label);
  }
  if ("before" in rule) return before(frame, rule.of, rule.before, base, `${spanText(rule.before)}前`);
  if ("after" in rule) {
    const start = anchorDay(frame, rule.of, from, term, base.on);
    const label = `${anchorLabels[rule.of]}から${spanText(rule.after)}以内`;
    return start === undefined ? undefined : after(frame, startOf(frame, start), rule.after, label);
  }
  if ("by" in rule) {
    const day = anchorDay(frame, rule.by, from, term, base.on);
    return day === undefined ? undefined : { day, said: `${anchorLabels[rule.by]}まで ${dayText(day)}` };
  }
  return after(frame, since, rule, due.text === "" ? `${spanText(rule)}以内` : due.text);
}

function toFirst(day: Day): Day {
  return `${day.slice(0, 8)}01`;
}

function startOf(frame: Frame, day: Day): Instant {
  return instantOf(day, frame.hours.open);
}

const endLabels = {
  day: "その日のうち",
  month: "月末",
  "next-month": "翌月末",
  quarter: "四半期の終わり",
  term: "開設期間の終わり",
  "fiscal-year": "年度の終わり",
  contract: "契約の終わり",
} as const;

function endOf(
  what: keyof typeof endLabels,
  from: Day,
  frame: Frame,
  term: string | undefined,
): Day | undefined {
  switch (what) {
    case "day":
      return from;
    case "month":
      return endOfMonth(from);
    case "next-month":
      return endOfMonth(addMonths(toFirst(from), 1));
    case "quarter": {
      const { month } = dayParts(from);
      return endOfMonth(addMonths(toFirst(from), 2 - ((month - 1) % 3)));
    }
    case "term":
      return anchorDay(frame, "term-end", from, term);
    case "fiscal-year":
      return anchorDay(frame, "fiscal-year-end", from);
    case "contract":
      return frame.end;
  }
}

function before(frame: Frame, of: Anchor, span: Span, base: DueBase, label: string): Fixed | undefined {
  const anchor = anchorDay(frame, of, dayOf(base.since), base.term, base.on);
  if (anchor === undefined) return undefined;
  const day = spanDay(frame, anchor, span, -1);
  return { day, said: `${anchorLabels[of]} ${dayText(anchor)}の${label} ${dayText(day)}` };
}

function after(frame: Frame, since: Instant, span: Span, label: string): Fixed {
  if ("businessHours" in span) {
    const exact = addBusinessMinutes(frame.calendar, frame.hours, since, span.businessHours * 60);
    return {
      day: dayOf(exact),
      exact,
      said: `${label} ${instantText(exact)}${skipped(frame, dayOf(since), dayOf(exact))}`,
    };
  }
  if ("hours" in span) {
    const exact = instantFromMs(Date.parse(since) + span.hours * 3_600_000);
    return { day: dayOf(exact), exact, said: `${label} ${instantText(exact)}` };
  }
  const from = dayOf(since);
  const day = spanDay(frame, from, span, 1);
  const passed = "businessDays" in span ? skipped(frame, from, day) : "";
  return { day, said: `${label} ${dayText(day)}${passed}` };
}

/** 日で数える長さ。時間の長さは、日に切り上げる（前へ数えるときにだけ使う）。 */
function spanDay(frame: Frame, from: Day, span: Span, sign: 1 | -1): Day {
  if ("businessDays" in span) return addBusinessDays(frame.calendar, from, span.businessDays * sign);
  if ("days" in span) return addDays(from, span.days * sign);
  if ("weeks" in span) return addDays(from, span.weeks * 7 * sign);
  if ("months" in span) return addMonths(from, span.months * sign);
  if ("years" in span) return addMonths(from, span.years * 12 * sign);
  if ("hours" in span) return addDays(from, Math.ceil(span.hours / 24) * sign);
  return addBusinessDays(frame.calendar, from, Math.ceil(span.businessHours / 8) * sign);
}

/** 時点に長さを足した時。表明の見直しに使う。 */
export function afterSpan(frame: Frame, since: Instant, span: Span): Instant {
  const fixed = after(frame, since, span, "");
  return fixed.exact ?? instantOf(fixed.day, frame.hours.close);
}

export function spanText(span: Span): string {
  if ("businessDays" in span) return `${span.businessDays}営業日`;
  if ("businessHours" in span) return `${span.businessHours}営業時間`;
  if ("hours" in span) return `${span.hours}時間`;
  if ("days" in span) return `${span.days}日`;
  if ("weeks" in span) return `${span.weeks}週間`;
  return "months" in span ? `${span.months}か月` : `${span.years}年`;
}

/** 休みの日に当たる期限を、決まりに従って動かす。動かさなくても、休みならそう言う。 */
function place(due: Due, day: Day, frame: Frame): { day: Day; said?: string } {
  const reason = closedReason(frame.calendar, day);
  if (reason === undefined) return { day };
  const head = `${dayText(day)}は${reason}`;
  if (due.closedDay === "before") {
    const moved = businessDayOnOrBefore(frame.calendar, day);
    return { day: moved, said: `${head}のため、前の開庁日 ${dayText(moved)}` };
  }
  if (due.closedDay === "next") {
    const moved = businessDayOnOrAfter(frame.calendar, day);
    return { day: moved, said: `${head}のため、翌開庁日 ${dayText(moved)}` };
  }
  return { day, said: `${head}ですが、期限は動かしません` };
}

/** 数えなかった休み。「（9月20日 土曜日、9月23日 秋分の日は数えません）」。 */
function skipped(frame: Frame, from: Day, to: Day): string {
  const closed: string[] = [];
  for (let day = addDays(from, 1); day <= to && closed.length < 8; day = addDays(day, 1)) {
    const reason = closedReason(frame.calendar, day);
    if (reason !== undefined) closed.push(`${formatMonthDay(day)} ${reason}`);
  }
  return closed.length === 0 ? "" : `（${closed.join("、")}は数えません）`;
}

function dayText(day: Day): string {
  return formatMonthDay(day, { weekday: true });
}

function instantText(at: Instant): string {
  return `${dayText(dayOf(at))}${minuteOf(at).replace(/^0/, "")}`;
}
