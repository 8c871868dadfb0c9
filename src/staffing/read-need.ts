import type { Day, Minute } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { type ForecastDay, fitCalls, forecastDay, type PastDay } from "./forecast.ts";
import { openDaysOf } from "./open-day.ts";
import { findPrinted } from "./printed-figure.ts";
import type { StaffingHand } from "./staffing-hand.ts";
import { planStaffing } from "./staffing-plan.ts";
import { type StaffingSetting, settingOf } from "./staffing-setting.ts";
import { findSetting } from "./staffing-store.ts";

/** 半時間の件数から、席数と回線数を。 */
export function planOf(setting: StaffingSetting, slots: readonly Minute[], calls: readonly number[]) {
  const all = calls.reduce((sum, n) => sum + n, 0);
  return planStaffing({
    callsPerDay: all,
    profile: slots.map((start, i) => ({ start, share: all > 0 ? (calls[i] ?? 0) / all : 0 })),
    aht: setting.aht,
    target: { share: setting.targetShare / 100, seconds: setting.targetSeconds },
    patience: setting.patience,
  });
}

/** 過ぎた開設日（入電のあった日だけ。電話の記録のない日を 0 件とは数えない）と、本日ここまで。 */
export async function readHistory(
  office: Office,
  contract: string,
  hand: Pick<StaffingHand, "calls">,
  { blueprint, today, slots }: { blueprint: Blueprint; today: Day; slots: readonly Minute[] },
): Promise<{ history: PastDay[]; actual: ReadonlyMap<Minute, number> }> {
  const days = blueprint.terms.flatMap((term) => openDaysOf(blueprint, term));
  const from = days.map(({ day }) => day).sort()[0];
  if (from === undefined || from > today) return { history: [], actual: new Map() };
  const counts = Map.groupBy(await hand.calls(office, contract, { from, to: today }), ({ day }) => day);
  const callsOn = (day: Day) =>
    new Map(
      (counts.get(day) ?? [])
        .filter(({ slot }) => slots.includes(slot))
        .map(({ slot, offered }) => [slot, offered]),
    );
  const history = days
    .filter(({ day }) => day < today && (counts.get(day)?.length ?? 0) > 0)
    .map((one) => ({ ...one, calls: callsOn(one.day) }));
  return { history, actual: callsOn(today) };
}

/** 期のどの日にも要る席（10日に9日は足りる数）。 */
export async function readNeed(
  office: Office,
  contract: string,
  hand: Pick<StaffingHand, "calls">,
  { days, slots, today }: { days: readonly ForecastDay[]; slots: readonly Minute[]; today: Day },
): Promise<Map<Day, number[]>> {
  const { blueprint } = await openContract(office, contract);
  const setting = settingOf(await findSetting(office.read, contract));
  const { history } = await readHistory(office, contract, hand, { blueprint, today, slots });
  const fitted = fitCalls({ slots, printed: findPrinted(setting.printed), history });
  return new Map(
    days.map((one) => {
      const calls = forecastDay(fitted, slots, one).slots.map(({ band }) => band.high);
      return [one.day, planOf(setting, slots, calls).intervals.map(({ seats }) => seats)];
    }),
  );
}
