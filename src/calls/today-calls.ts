import type { Actor } from "../base/actor.ts";
import { type Day, dayOf, minuteOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { figureOf } from "./call-figures.ts";
import { countCalls } from "./call-store.ts";

export interface TodayCalls {
  offered: number;
  answered: number;
  /** 開設時間の一時間ごとの入電。 */
  hours: { hour: number; offered: number; state: "past" | "now" | "coming" }[];
}

/** 本日ここまでの入電と応答（業務ホームに置く）。本日の電話の記録が一つもなければ undefined。 */
export async function todayCalls(office: Office, actor: Actor): Promise<TodayCalls | undefined> {
  const now = office.clock.officeNow(actor.contract);
  const today: Day = dayOf(now);
  const counts = await countCalls(office.read, actor.contract, today, today);
  if (counts.length === 0) return undefined;
  const { blueprint } = await openContract(office, actor.contract);
  const { offered, answered } = figureOf(counts);
  const [first, last] = [Number(blueprint.hours.open.slice(0, 2)), Number(blueprint.hours.close.slice(0, 2))];
  const current = Number(minuteOf(now).slice(0, 2));
  const hours = Array.from({ length: Math.max(0, last - first) }, (_, n) => {
    const hour = first + n;
    const own = counts.filter(({ slot }) => Number(slot.slice(0, 2)) === hour);
    const state =
      hour < current ? ("past" as const) : hour === current ? ("now" as const) : ("coming" as const);
    return { hour, offered: figureOf(own).offered, state };
  });
  return { offered, answered, hours };
}
