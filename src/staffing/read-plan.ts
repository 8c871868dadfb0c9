import { AppError } from "../base/error.ts";
import { type Day, dayOf, type Instant, minuteOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { type BackTest, backTest } from "./back-test.ts";
import { type DayForecast, type ForecastDay, fitCalls, forecastDay, type SlotForecast } from "./forecast.ts";
import { pickDay } from "./open-day.ts";
import { findPrinted, MOST_CALLS_PER_DAY } from "./printed-figure.ts";
import { planOf, readHistory } from "./read-need.ts";
import { readStaff } from "./read-roster.ts";
import { type ReplannedDay, replanDay } from "./replan-day.ts";
import { type SlotStaff, slotsOf } from "./roster.ts";
import { type SimulatedPlan, simulatePlan } from "./simulate-plan.ts";
import type { StaffingHand } from "./staffing-hand.ts";
import type { StaffingInterval } from "./staffing-plan.ts";
import { readSetting, type StaffingSetting, settingOf } from "./staffing-setting.ts";
import { findSetting } from "./staffing-store.ts";

/** 席数を出すもとの入電。 */
export const bases = {
  high: "10日に9日は足りる数",
  middle: "中央の見込み",
  most: `上限 ${MOST_CALLS_PER_DAY}件/日`,
} as const;
export type Basis = keyof typeof bases;

/** 画面と JSON で尋ねること。条件は、決めたものに重ねて試す。 */
export interface PlanQuery extends Partial<Record<keyof StaffingSetting, string | undefined>> {
  day?: string | undefined;
  basis?: string | undefined;
  /** まねる日数。 */
  simulate?: string | undefined;
  seed?: string | undefined;
}

/** 半時間の一行。 */
export interface PlanRow extends StaffingInterval {
  band: SlotForecast["band"];
  state: "past" | "now" | "coming";
  actual: number | undefined;
  /** 勤務表で電話を受けられる人。勤務が決まっていなければ undefined。 */
  staff: SlotStaff | undefined;
  /** 足りない席（0 なら足りる）。 */
  short: number;
}

export interface StaffingView {
  day: Day;
  nth: number;
  now: Instant;
  isToday: boolean;
  term: { id: string; label: string };
  days: readonly ForecastDay[];
  setting: StaffingSetting;
  /** 決めてある条件と違うか（試しているだけ）。 */
  trying: boolean;
  basis: Basis;
  forecast: DayForecast;
  replanned: ReplannedDay | undefined;
  rows: PlanRow[];
  maxSeats: number;
  maxLines: number;
  rosterSaved: boolean;
  backTest: BackTest;
  simulated: SimulatedPlan | undefined;
}

/**
 * 一日の半時間ごとの見込み・席数・回線数と、勤務との差。仕様書６(5)ウ。
 * 本日は、着いた電話から残りの見込みを直す。個人情報は含まない。
 */
export async function readPlan(
  office: Office,
  contract: string,
  hand: Pick<StaffingHand, "calls">,
  query: PlanQuery,
): Promise<StaffingView> {
  const { blueprint } = await openContract(office, contract);
  const now = office.clock.officeNow(contract);
  const today = dayOf(now);
  const { term, days, picked } = pickDay(blueprint, today, query.day);
  const kept = settingOf(await findSetting(office.read, contract));
  const setting = readSetting(query, kept);
  const slots = slotsOf(blueprint.hours);
  const { history, actual } = await readHistory(office, contract, hand, { blueprint, today, slots });
  const ground = { slots, printed: findPrinted(setting.printed), history };
  const fitted = fitCalls(ground);
  const forecast = forecastDay(fitted, slots, picked);
  const isToday = picked.day === today;
  const replanned = isToday ? replanDay(forecast, fitted, actual, minuteOf(now)) : undefined;
  const basis: Basis = query.basis === "middle" || query.basis === "most" ? query.basis : "high";
  const wanted = wantedCalls(forecast, replanned, basis);
  const plan = planOf(setting, slots, wanted);
  const staff = await readStaff(office, contract, picked.day, slots);
  const rows = plan.intervals.map((interval, i): PlanRow => {
    const own = replanned?.slots[i];
    const here = staff?.[i];
    return {
      ...interval,
      // 過ぎた枠は、朝の見込みを見せて、実績と比べられるようにする。
      band: (own?.state === "past" ? undefined : own?.band) ??
        forecast.slots[i]?.band ?? { low: 0, middle: 0, high: 0 },
      state: own?.state ?? (picked.day < today ? "past" : "coming"),
      actual: own && own.state !== "coming" ? own.actual : undefined,
      staff: here,
      short: here ? Math.max(0, interval.seats - here.seats) : 0,
    };
  });
  return {
    ...{ day: picked.day, nth: picked.nth, now, isToday, term: { id: term.id, label: term.label }, days },
    ...{
      setting,
      trying: JSON.stringify(setting) !== JSON.stringify(kept),
      basis,
      forecast,
      replanned,
      rows,
    },
    ...{ maxSeats: plan.maxSeats, maxLines: plan.maxLines, rosterSaved: staff !== undefined },
    backTest: backTest(ground),
    simulated: simulatedOf(query, setting, rows),
  };
}

/** どの半時間の入電に備えるか。 */
function wantedCalls(forecast: DayForecast, replanned: ReplannedDay | undefined, basis: Basis): number[] {
  if (basis === "most")
    return forecast.slots.map(({ mean }) =>
      forecast.mean > 0 ? (MOST_CALLS_PER_DAY * mean) / forecast.mean : 0,
    );
  return (replanned ?? forecast).slots.map(({ band }) => band[basis]);
}

const MOST_DAYS = 20_000;

function simulatedOf(
  query: PlanQuery,
  setting: StaffingSetting,
  rows: readonly PlanRow[],
): SimulatedPlan | undefined {
  if (!query.simulate) return undefined;
  const [days, seed] = [Number(query.simulate), Number(query.seed || 1)];
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS || !Number.isInteger(seed) || seed < 0)
    throw new AppError(
      "BAD_INPUT",
      `まねる日数は1から${MOST_DAYS.toLocaleString("ja-JP")}まで、種は0以上の整数で入れてください。`,
    );
  return simulatePlan(setting, rows, days, seed);
}
