import { AppError } from "../base/error.ts";
import type { Day } from "../base/time.ts";
import { calendarDays } from "../japan/business-day.ts";
import { isDay, weekdayOf } from "../japan/day.ts";
import type { Blueprint, Term } from "../terms/blueprint.ts";
import { termOn } from "../terms/term.ts";
import type { ForecastDay } from "./forecast.ts";

/** 期の開設日。開設何日目かと曜日つき。 */
export function openDaysOf({ calendar }: Pick<Blueprint, "calendar">, term: Term): ForecastDay[] {
  return calendarDays(calendar, term.deskFrom, term.deskTo)
    .filter(({ business }) => business)
    .map(({ date }, i) => ({ day: date, term: term.id, nth: i + 1, weekday: weekdayOf(date) }));
}

/** 選んだ日。省けば、本日が開設日なら本日、なければ次の開設日、それもなければ期の初日。 */
export function pickDay(
  blueprint: Blueprint,
  today: Day,
  asked: string | undefined,
): { term: Term; days: ForecastDay[]; picked: ForecastDay } {
  if (asked !== undefined && asked !== "" && !isDay(asked))
    throw new AppError("BAD_INPUT", "日は「2025-09-17」の形で入れてください。");
  const term = termOn(blueprint, asked || today);
  const days = openDaysOf(blueprint, term);
  const picked = asked ? days.find(({ day }) => day === asked) : undefined;
  if (asked && !picked)
    throw new AppError("NOT_FOUND", "その日は窓口の開設日ではありません。開設日の中から選んでください。");
  const first = picked ?? days.find(({ day }) => day >= today) ?? days.at(-1);
  if (!first) throw new AppError("REFUSED", "この期には開設日がありません。設計図の暦をご確認ください。");
  return { term, days, picked: first };
}
