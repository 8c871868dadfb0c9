import { type Day, dayOf, type Instant } from "../base/time.ts";
import type { BusinessCalendar } from "../japan/business-day.ts";
import type { BusinessHours } from "../japan/business-hours.ts";
import type { Blueprint, Term } from "../terms/blueprint.ts";
import type { Anchor, Words } from "../terms/obligation.ts";
import type { Fact } from "./duty.ts";

/** 期限を数えるための、契約の枠。 */
export interface Frame {
  readonly calendar: BusinessCalendar;
  readonly hours: BusinessHours;
  readonly words: Words;
  readonly terms: readonly Term[];
  readonly start: Day;
  readonly end: Day;
  readonly fiscalYear: number;
  /** 解除（早い終わり）の記録。 */
  readonly ended: { at: Instant; event: string } | undefined;
}

/** 契約の終わりを告げる記録。payload: { on: 終わる日, early: 解除か }。 */
export const ENDED = "contract.ended";

/** 設計図と、契約の終わりの記録から。 */
export function frameOf(blueprint: Blueprint, calendar: BusinessCalendar, facts: readonly Fact[]): Frame {
  const ended = facts.findLast((fact) => fact.kind === ENDED);
  const on = typeof ended?.payload.on === "string" ? ended.payload.on : ended && dayOf(ended.at);
  return {
    calendar,
    hours: blueprint.hours,
    words: blueprint.words,
    terms: blueprint.terms,
    start: blueprint.performance.from,
    end: on ?? blueprint.performance.to,
    fiscalYear: blueprint.fiscalYear,
    ended: ended && ended.payload.early === true ? { at: ended.at, event: ended.id } : undefined,
  };
}

export const anchorLabels: Readonly<Record<Anchor, string>> = {
  trigger: "生じた日",
  "contract-start": "契約の始まり",
  "contract-end": "契約の終わり",
  "fiscal-year-end": "年度の終わり",
  "term-start": "開設の始まり",
  "term-end": "開設期間の終わり",
  "term-dispatch-end": "発送期間の終わり",
  "first-term-start": "初めの期の開設",
  "last-term-end": "最後の期の終わり",
  "last-term-dispatch-end": "最後の期の発送の終わり",
  "event-day": "当日",
};

/** 時点の日。期がない、その日がまだ決まっていないなど、決まらなければ undefined。on は、記録が言う日。 */
export function anchorDay(frame: Frame, anchor: Anchor, base: Day, term?: string, on?: Day): Day | undefined {
  const own = frame.terms.find((one) => one.id === term) ?? frame.terms[0];
  switch (anchor) {
    case "trigger":
      return base;
    case "contract-start":
      return frame.start;
    case "contract-end":
      return frame.end;
    case "fiscal-year-end":
      return `${frame.fiscalYear + 1}-03-31`;
    case "term-start":
      return own?.deskFrom;
    case "term-end":
      return own?.deskTo;
    case "term-dispatch-end":
      return own?.dispatchTo;
    case "first-term-start":
      return frame.terms[0]?.deskFrom;
    case "last-term-end":
      return frame.terms.at(-1)?.deskTo;
    case "last-term-dispatch-end":
      return frame.terms.at(-1)?.dispatchTo;
    case "event-day":
      return on;
  }
}
