import { type Day, dayOf, type Instant, instantOf } from "../base/time.ts";
import { addBusinessDays, isBusinessDay } from "../japan/business-day.ts";
import { addDays, addMonths, dayParts, endOfMonth, isDay } from "../japan/day.ts";
import { fiscalYearOf, fiscalYearRange, formatFiscalYear, formatMonthDay } from "../japan/wareki.ts";
import type { Obligation, When } from "../terms/obligation.ts";
import { citesClause } from "./cited-clause.ts";
import { type Fact, thingOf } from "./duty.ts";
import { anchorDay, type Frame } from "./frame.ts";

/** 義務が一回生じること。 */
export interface Occasion {
  subject: string | null;
  label: string;
  /** 期間の始まり（この時より後の記録が、果たしたものになりうる）。 */
  opens: Instant;
  /** 生じた（生じる）時。期限の起点。 */
  since: Instant;
  term: string | undefined;
  /** 記録が言う日（会議の日など。payload の day）。動けば、後の記録のもの。 */
  on?: Day;
  /** 暦から生じたか（「これから」がある）、記録から生じたか。 */
  from: "calendar" | "fact";
  /** 解除で、直ちに生じた。 */
  early?: true;
  /** 起きたと言う前に出した届出から生じた。ほかの回を果たした届出なら、なかったことになる（settle-duty）。 */
  spare?: true;
}

export const RAISED = "obligation.raised";
/** 書き足したことの取消し。payload: { key, entry: 取り消す記録の id }。 */
export const RETRACTED = "obligation.retracted";
/** 「会議ごと」は、会議を開いた記録から生じる。 */
const MEETING = "meeting.held";
/** 協議・届出を出した記録。 */
export const FILED = "filing.submitted";
/** 一つの義務から生じる回数の上限（暦から生じるもの）。 */
const MOST = 3_000;
/** 期限のこの営業日前から、「いま」になる。 */
export const AHEAD_DAYS = 10;

/** 記録の種類のうち、この義務を生じさせるもの。 */
export function triggerKinds(obligation: Obligation): string[] {
  return obligation.when.flatMap((when) =>
    "event" in when ? [when.event] : "each" in when && when.each === "meeting" ? [MEETING] : [],
  );
}

/** 「起きたとき」の義務か（起きたと言う記録か、届出で生じる）。 */
export function isAsked({ when }: Pick<Obligation, "when">): boolean {
  return when.some((one) => "asked" in one);
}

/** 生じる回の全部。同じ subject は一つ。clause は、義務の条項の番号。 */
export function occasionsOf(
  obligation: Obligation,
  clause: string,
  frame: Frame,
  facts: readonly Fact[],
): Occasion[] {
  const early = earlyOf(obligation, frame);
  const usual = early.length > 0 ? [] : obligation.when.flatMap((when) => occasionsFor(when, frame, facts));
  const told = early.length > 0 ? [] : triggeredBy(obligation, facts);
  const filed = filedFor(obligation, clause, facts);
  const all = [...usual, ...told, ...raisedOf(obligation, facts), ...early, ...filed];
  const bySubject = new Map<string | null, Occasion>();
  for (const one of all) {
    const known = bySubject.get(one.subject);
    if (known === undefined) bySubject.set(one.subject, one);
    else if (one.on !== undefined) bySubject.set(one.subject, { ...known, on: one.on });
  }
  return [...bySubject.values()];
}

/** きっかけの記録（時の順）。同じものについての後の記録は、日だけを改める。 */
function triggeredBy({ when }: Obligation, facts: readonly Fact[]): Occasion[] {
  const events = when.flatMap((one) => ("event" in one ? [one] : []));
  if (events.length === 0) return [];
  return facts.filter((fact) => events.some((one) => matches(fact, one.event, one.with))).map(ofFact);
}

function occasionsFor(when: When, frame: Frame, facts: readonly Fact[]): Occasion[] {
  if ("asked" in when || "event" in when) return [];
  if ("date" in when) return [once(frame, when.date)];
  if ("at" in when) {
    const day = anchorDay(frame, when.at, frame.start);
    return day === undefined ? [] : [once(frame, day)];
  }
  return when.each === "meeting"
    ? facts.filter((fact) => fact.kind === MEETING).map(ofFact)
    : periodsOf(when, frame).slice(0, MOST);
}

/** 記録が、種類と中身（with は、書いた項目だけ）で合うか。 */
export function matches(
  fact: Fact,
  kind: string,
  wanted: Readonly<Record<string, string | number | boolean>> = {},
): boolean {
  return fact.kind === kind && Object.entries(wanted).every(([name, value]) => fact.payload[name] === value);
}

/** 起きた時が記録より前なら（payload の receivedAt、occurredAt）、起きた時から数える。 */
function happenedAt({ at, payload }: Fact): Instant {
  const told = payload.occurredAt ?? payload.receivedAt;
  const known = typeof told === "string" && /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/.test(told);
  return known ? earlier(told, at) : at;
}

function ofFact(fact: Fact): Occasion {
  const since = happenedAt(fact);
  const { day } = fact.payload;
  return {
    subject: thingOf(fact.about ?? fact.id),
    label: labelOf(fact, since),
    ...{ opens: since, since, term: undefined, from: "fact" },
    ...(typeof day === "string" && isDay(day) ? { on: day } : {}),
  };
}

/** 会議は回の番号で、契約に一度きりの意見公募は名なしで、ほかは起きた日で呼ぶ。 */
function labelOf({ kind, payload }: Fact, since: Instant): string {
  if (kind.startsWith("meeting.") && typeof payload.number === "number") return `第${payload.number}回`;
  return kind.startsWith("comment.period-") ? "" : `${formatMonthDay(dayOf(since))}の分`;
}

function once(frame: Frame, day: Day): Occasion {
  const opens = instantOf(earlier(frame.start, day), "00:00");
  return { subject: null, label: "", opens, since: startOf(frame, day), term: undefined, from: "calendar" };
}

function startOf(frame: Frame, day: Day): Instant {
  return instantOf(day, frame.hours.open);
}

/** 起きたと人が言った（obligation.raised）。payload: { obligation, subject?, at? }。 */
function raisedOf(obligation: Obligation, facts: readonly Fact[]): Occasion[] {
  const gone = new Set(facts.filter((one) => one.kind === RETRACTED).map((one) => one.payload.entry));
  return facts
    .filter((one) => one.kind === RAISED && one.payload.obligation === obligation.id && !gone.has(one.id))
    .map((fact) => {
      const since = typeof fact.payload.at === "string" ? fact.payload.at : fact.at;
      const subject = typeof fact.payload.subject === "string" ? fact.payload.subject : fact.id;
      const label = `${formatMonthDay(dayOf(since))}の分`;
      return { subject, label, opens: since, since, term: undefined, from: "fact" };
    });
}

/**
 * 起きたと言わずに、この義務・この条項のものとして出した届出（「起きたとき」の義務だけ）。出したことが、起きたこと。
 * 様式が同じでも、ほかの条項のものは数えない（「協議」の様式は、幾つもの義務が使う）。
 */
function filedFor(obligation: Obligation, clause: string, facts: readonly Fact[]): Occasion[] {
  if (!isAsked(obligation)) return [];
  return facts
    .filter((fact) => fact.kind === FILED && isFor(fact, obligation, clause))
    .map((fact) => ({ ...ofFact(fact), spare: true }));
}

function isFor(fact: Fact, { id, done }: Obligation, clause: string): boolean {
  if (fact.payload.obligation === id) return true;
  const fits = done.some((one) => one.event === FILED && matches(fact, FILED, one.with));
  return fits && typeof fact.payload.clause === "string" && citesClause(fact.payload.clause, clause);
}

function earlyOf(obligation: Obligation, frame: Frame): Occasion[] {
  if (!obligation.onEnd || frame.ended === undefined) return [];
  const { at } = frame.ended;
  return [
    {
      subject: "ended",
      label: "契約の解除",
      opens: at,
      since: at,
      term: undefined,
      from: "fact",
      early: true,
    },
  ];
}

interface Period {
  id: string;
  label: string;
  from: Day;
  to: Day;
  term?: string;
}

function periodsOf(when: Extract<When, { each: string }>, frame: Frame): Occasion[] {
  const fromStart = when.from === "start";
  return periods(when, frame)
    .filter(({ from, to }) => from <= frame.end && to >= frame.start)
    .map((period) => {
      const to = earlier(period.to, frame.end);
      const from = later(period.from, frame.start);
      const since = fromStart ? startOf(frame, from) : instantOf(to, frame.hours.close);
      return {
        subject: period.id,
        label: period.label,
        opens: instantOf(fromStart && when.each !== "business-day" ? frame.start : from, "00:00"),
        since: when.each === "business-day" ? startOf(frame, from) : since,
        ...{ term: period.term, from: "calendar" },
      };
    });
}

function periods({ each, only, during }: Extract<When, { each: string }>, frame: Frame): Period[] {
  switch (each) {
    case "month":
      return stepped(frame, `${frame.start.slice(0, 8)}01`, 1, (from) => ({
        ...{ id: from.slice(0, 7), label: `${dayParts(from).month}月分`, from, to: endOfMonth(from) },
      }));
    case "quarter": {
      const { month } = dayParts(frame.start);
      const first = addMonths(`${frame.start.slice(0, 8)}01`, -((month - 1) % 3));
      return stepped(frame, first, 3, (from) => {
        const number = ((dayParts(from).month + 8) % 12) / 3 + 1;
        const year = fiscalYearOf(from);
        return {
          ...{ id: `${year}-q${number}`, label: `${formatFiscalYear(year)}第${number}四半期` },
          ...{ from, to: endOfMonth(addMonths(from, 2)) },
        };
      });
    }
    case "year": {
      const years: Period[] = [];
      for (let year = fiscalYearOf(frame.start); year <= fiscalYearOf(frame.end); year++)
        years.push({ id: String(year), label: `${formatFiscalYear(year)}分`, ...fiscalYearRange(year) });
      return years;
    }
    case "term":
      return frame.terms
        .filter((term) => only === undefined || only.includes(term.id))
        .map(({ id, label, deskFrom, deskTo }) => ({ id, label, from: deskFrom, to: deskTo, term: id }));
    case "business-day":
      return businessDays(frame, during ?? "contract");
    case "meeting":
      return [];
  }
}

function stepped(frame: Frame, first: Day, months: number, make: (from: Day) => Period): Period[] {
  const made: Period[] = [];
  for (let from = first; from <= frame.end && made.length < MOST; from = addMonths(from, months))
    made.push(make(from));
  return made;
}

function businessDays(frame: Frame, during: "contract" | "desk"): Period[] {
  const spans =
    during === "desk"
      ? frame.terms.map((term) => ({ from: term.deskFrom, to: term.deskTo, term: term.id }))
      : [{ from: frame.start, to: frame.end, term: undefined }];
  const days: Period[] = [];
  for (const { from, to, term } of spans)
    for (let day = from; day <= to && days.length < MOST; day = addDays(day, 1))
      if (isBusinessDay(frame.calendar, day))
        days.push({
          ...{ id: day, label: `${formatMonthDay(day)}分`, from: day, to: day },
          ...(term === undefined ? {} : { term }),
        });
  return days;
}

/**
 * 「いま」になる時: 生じた時か、期限の十営業日前の、早い方。期間の始まりより前にはならない。
 * 記録から生じたものは、すぐ。ただし先の日（会議の日）から数える期限なら、その十営業日前から。
 */
export function showsAt(occasion: Occasion, due: Instant | null, frame: Frame): Instant {
  if (occasion.from === "fact") {
    if (occasion.on === undefined || due === null || dayOf(due) > occasion.on) return occasion.since;
    return later(occasion.since, startOf(frame, addBusinessDays(frame.calendar, dayOf(due), -AHEAD_DAYS)));
  }
  const early =
    due === null ? occasion.since : startOf(frame, addBusinessDays(frame.calendar, dayOf(due), -AHEAD_DAYS));
  return later(earlier(early, occasion.since), occasion.opens);
}

/** 日・瞬間は、文字列の順が時の順。 */
function earlier(a: string, b: string): string {
  if (b < a) return b;
  return a;
}

function later(a: string, b: string): string {
  if (b > a) return b;
  return a;
}
