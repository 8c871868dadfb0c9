import { type SimulatedDays, simulateDays } from "./simulate-day.ts";
import type { StaffingInterval } from "./staffing-plan.ts";
import type { StaffingSetting } from "./staffing-setting.ts";

/** まねた日々の、一日の応答率の分かれ方。 */
export interface SimulatedPlan {
  days: number;
  seed: number;
  /** 20日に一度はこれより悪い、半分、20日に一度はこれより良い。 */
  serviceLevel: { p5: number; p50: number; p95: number };
  abandonment: number;
  /** 目標に届いた日の割合。 */
  reached: number;
  /** いちばん長く待った秒。 */
  longest: number;
  /** 応答率を5%ずつに分けた日数（低い順）。 */
  bins: { from: number; days: number }[];
}

/** その席数で、days 日をまねる（入電の率も席数も枠ごと）。 */
export function simulatePlan(
  setting: StaffingSetting,
  rows: readonly Pick<StaffingInterval, "calls" | "seats">[],
  days: number,
  seed: number,
): SimulatedPlan {
  const result = simulateDays(
    {
      calls: rows.map(({ calls }) => calls),
      seats: rows.map(({ seats }) => seats),
      ...{ aht: setting.aht, patience: setting.patience, targetSeconds: setting.targetSeconds },
    },
    days,
    seed,
  );
  return { days, seed, ...spreadOf(result, setting.targetShare / 100) };
}

function spreadOf({ days, intervals, serviceLevels }: SimulatedDays, target: number) {
  const at = (share: number) => serviceLevels[Math.min(days - 1, Math.floor(share * days))] ?? 1;
  const offered = intervals.reduce((all, one) => all + one.offered, 0);
  const abandoned = intervals.reduce((all, one) => all + one.abandoned, 0);
  const bins = new Map<number, number>();
  for (const level of serviceLevels) {
    const bin = Math.min(19, Math.floor(level * 20 + 1e-9)) * 5;
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  return {
    serviceLevel: { p5: at(0.05), p50: at(0.5), p95: at(0.95) },
    abandonment: offered === 0 ? 0 : abandoned / offered,
    reached: serviceLevels.filter((level) => level >= target).length / days,
    longest: Math.round(Math.max(0, ...intervals.map(({ longest }) => longest))),
    bins: [...bins].sort(([a], [b]) => a - b).map(([from, n]) => ({ from, days: n })),
  };
}
