import { dayOf, type Instant, instantOf } from "../base/time.ts";
import { isBusinessDay } from "../japan/business-day.ts";
import { addDays, daysBetween } from "../japan/day.ts";
import type { TaskTerms } from "../tasks/task.ts";

/** クレームと市への確認の、一つ一つの受け渡し。 */
export const stepLabels = {
  recorded: "記録した",
  handled: "SV が対応した",
  confirmed: "責任者が確認した",
  called: "委託者へ電話で連絡した",
  reported: "日次報告を提出した",
  closed: "終えた",
  asked: "責任者に上げた",
  taken: "責任者が引き受けた",
  sent: "委託者に確認した",
  instructed: "委託者の指示を受けた",
  tried: "折り返しを試みた",
  told: "折り返して伝えた",
} as const;
export type StepKind = keyof typeof stepLabels;

/** 時刻の決め手のある一歩。 */
export interface Timed {
  kind: StepKind;
  at: Instant;
}

/** 一つ前から、営業時間で何分かかったか。最初の一歩は undefined。 */
export function withElapsed<T extends Timed>(
  steps: readonly T[],
  terms: TaskTerms,
): (T & { minutes: number | undefined })[] {
  return steps.map((step, at) => {
    const before = steps[at - 1];
    return { ...step, minutes: before && businessMinutes(terms, before.at, step.at) };
  });
}

const MAX_DAYS = 400;

/** 営業時間だけ進む時計で、from から to までの分（切り捨て）。to が前なら 0。400日より先は数えない。 */
export function businessMinutes({ calendar, hours }: TaskTerms, from: Instant, to: Instant): number {
  const [first, last] = [dayOf(from), dayOf(to)];
  const span = Math.min(MAX_DAYS, daysBetween(first, last));
  let ms = 0;
  for (let i = 0; i <= span; i++) {
    const day = addDays(first, i);
    if (!isBusinessDay(calendar, day)) continue;
    const start = Math.max(Date.parse(from), Date.parse(instantOf(day, hours.open)));
    const end = Math.min(Date.parse(to), Date.parse(instantOf(day, hours.close)));
    ms += Math.max(0, end - start);
  }
  return Math.floor(ms / 60_000);
}

/** 「35分」「2時間10分」「1時間」。 */
export function minutesText(minutes: number): string {
  if (minutes < 60) return `${minutes}分`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)}時間${rest === 0 ? "" : `${rest}分`}`;
}
