import { type Day, dayOf, type Instant, minuteOf } from "../base/time.ts";
import { type BusinessCalendar, businessDaysBetween, isBusinessDay } from "../japan/business-day.ts";
import { addDays } from "../japan/day.ts";
import type { Blueprint, Term } from "./blueprint.ts";

/** その日に受け付けている期。開設期間の間にあるものを選び、なければ次に始まる期、それもなければ最後の期。 */
export function termOn(blueprint: Blueprint, day: Day): Term {
  const current =
    blueprint.terms.find((t) => t.deskFrom <= day && day <= t.deskTo) ??
    blueprint.terms.find((t) => day < t.deskFrom);
  return current ?? (blueprint.terms.at(-1) as Term);
}

/** 講習会の日から期。どの期の申込対象でもなければ undefined。 */
export function termOfClass(blueprint: Blueprint, classDay: Day): Term | undefined {
  return blueprint.terms.find((t) => t.classesFrom <= classDay && classDay <= t.classesTo);
}

export interface DeskState {
  open: boolean;
  term: Term;
  /** 開設何日目か（営業日で数える）。期間の外では undefined。 */
  openDayNumber?: number;
  /** 開いていない理由。 */
  reason?: string;
}

/** いま受付が開いているか。仕様書６(3)ア・６(4)。 */
export function deskState(blueprint: Blueprint, now: Instant): DeskState {
  const today = dayOf(now);
  const time = minuteOf(now);
  const term = termOn(blueprint, today);
  if (today < term.deskFrom || today > term.deskTo)
    return { open: false, term, reason: `${term.label}の開設期間の外です` };
  if (!isBusinessDay(blueprint.calendar, today)) return { open: false, term, reason: "休業日です" };
  const openDayNumber = openDays(blueprint.calendar, term.deskFrom, today);
  if (time < blueprint.hours.open)
    return { open: false, term, openDayNumber, reason: `開設は${blueprint.hours.open}からです` };
  if (time >= blueprint.hours.close)
    return { open: false, term, openDayNumber, reason: `本日の受付は${blueprint.hours.close}で終わりました` };
  return { open: true, term, openDayNumber };
}

function openDays(calendar: BusinessCalendar, from: Day, to: Day): number {
  return businessDaysBetween(calendar, addDays(from, -1), to);
}
