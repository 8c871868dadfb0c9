import { drawFrom, drawWait } from "./random-draw.ts";
import { INTERVAL_SECONDS } from "./staffing-plan.ts";

/** 訓練の一件の電話。秒は開設から。 */
export interface DrillCall {
  readonly n: number;
  readonly arrived: number;
  /** 応答した秒。切れたら undefined。 */
  readonly answered: number | undefined;
  readonly waited: number;
  readonly about: "book" | "change" | "cancel" | "tally";
  /** 席を押さえたあとで電話が切れる。 */
  readonly drops: boolean;
  /** 答えが届かず、同じ予約を送り直す。 */
  readonly twice: boolean;
  /** 0–1。どの講習会を望むか。 */
  readonly wish: number;
}

/**
 * 種から、一日の電話を作る。件数はちょうど calls、着く半時間は shares、来た順に operators 人が応じ、
 * がまんの尽きた人は切る。
 */
export function drillCalls(given: {
  seed: number;
  calls: number;
  shares: readonly number[];
  operators: number;
  aht: number;
  patience: number;
}): DrillCall[] {
  const draw = drawFrom(given.seed);
  const arrivals = Array.from({ length: given.calls }, () => arrival(draw, given.shares)).sort(
    (a, b) => a - b,
  );
  const free = Array.from({ length: Math.max(1, given.operators) }, () => 0);
  return arrivals.map((arrived, n): DrillCall => {
    const patience = drawWait(draw, given.patience);
    const talk = drawWait(draw, given.aht);
    const first = free.indexOf(Math.min(...free));
    const start = Math.max(arrived, free[first] ?? 0);
    const waited = Math.min(start - arrived, patience);
    const kept = start - arrived < patience;
    if (kept) free[first] = start + talk;
    const [kind, drops, twice, wish] = [draw(), draw(), draw(), draw()];
    const about = kind < 0.62 ? "book" : kind < 0.74 ? "change" : kind < 0.82 ? "cancel" : "tally";
    return {
      ...{ n, arrived, waited, about, wish, answered: kept ? start : undefined },
      ...{ drops: drops < 0.04, twice: twice < 0.03 },
    };
  });
}

function arrival(draw: () => number, shares: readonly number[]): number {
  let left = draw();
  const slot = shares.findIndex((share) => {
    left -= share;
    return left <= 0;
  });
  return ((slot < 0 ? shares.length - 1 : slot) + draw()) * INTERVAL_SECONDS;
}
