import { AppError } from "../base/error.ts";
import { type Day, dayOf, type Instant, minuteOf } from "../base/time.ts";
import { type BusinessCalendar, businessDaysBetween, isBusinessDay } from "../japan/business-day.ts";
import { addDays } from "../japan/day.ts";
import type { Blueprint, Term } from "./blueprint.ts";

/**
 * その日に受け付けている期。開設期間の間にあるものを選び、なければ次に始まる期、それもなければ最後の期。
 * @throws AppError REFUSED（期のない契約）
 */
export function termOn(blueprint: Pick<Blueprint, "terms">, day: Day): Term {
  const current =
    blueprint.terms.find((t) => t.deskFrom <= day && day <= t.deskTo) ??
    blueprint.terms.find((t) => day < t.deskFrom);
  const term = current ?? blueprint.terms.at(-1);
  if (term !== undefined) return term;
  throw new AppError(
    "REFUSED",
    "この契約には、受付の期がありません。受付のある契約に移るか、設計図の terms に期を書いてください。",
  );
}

/** 講習会の日から期。どの期の申込対象でもなければ undefined。 */
export function termOfClass(blueprint: Blueprint, classDay: Day): Term | undefined {
  return blueprint.terms.find((t) => t.classesFrom <= classDay && classDay <= t.classesTo);
}

export interface DeskState {
  open: boolean;
  /** 期のない契約では undefined。 */
  term: Term | undefined;
  /** 開設何日目か（営業日で数える）。期間の外では undefined。 */
  openDayNumber?: number;
  /** 開いていない理由。 */
  reason?: string;
}

/** いま受付が開いているか。仕様書６(3)ア・６(4)。 */
export function deskState(blueprint: Blueprint, now: Instant): DeskState {
  const today = dayOf(now);
  const time = minuteOf(now);
  if (blueprint.terms.length === 0) return { open: false, term: undefined, reason: "受付のない契約です" };
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
