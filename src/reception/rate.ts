import type { RecordedEvent } from "../base/event.ts";
import { type Day, dayOf } from "../base/time.ts";

/** 席の埋まり方。 */
export interface Fill {
  classes: number;
  capacity: number;
  booked: number;
  /** 満席の回。 */
  full: number;
}

/** 満席のときの案内と待機。 */
export interface Guiding {
  /** 予約を受けた数（元に戻したものは除く）。 */
  taken: number;
  cancelled: number;
  /** 満席の回を希望し、ほかを案内した方。 */
  asked: number;
  /** そのうち、ほかの回を予約した方。 */
  guided: number;
  waits: number;
  /** 待機から予約になった方。 */
  converted: number;
}

interface FillClass {
  capacity: number;
  booked: number;
}

/** 席の埋まり方を足し合わせる。 */
export function fillOf(classes: readonly FillClass[]): Fill {
  const sum = (of: (cls: FillClass) => number) => classes.reduce((total, cls) => total + of(cls), 0);
  return {
    classes: classes.length,
    capacity: sum((cls) => cls.capacity),
    booked: sum((cls) => cls.booked),
    full: classes.filter((cls) => cls.booked >= cls.capacity).length,
  };
}

/** 予約率（百分率、四捨五入で小数第一位）。席がなければ undefined。 */
export function rateOf({ capacity, booked }: Pick<Fill, "capacity" | "booked">): number | undefined {
  return capacity === 0 ? undefined : Math.round((booked / capacity) * 1000) / 10;
}

type Counted = Pick<RecordedEvent, "kind" | "at" | "about" | "payload">;

/** 予約率に数える記録の種類。 */
export const rateKinds = [
  "booking.taken",
  "booking.undone",
  "booking.cancelled",
  "seat.guided",
  "wait.opened",
  "wait.accepted",
] as const;

/**
 * 記録から、案内と待機の数を数える。元に戻した予約は、予約にも案内の実りにも数えない。
 * 案内した方の数は、案内の記録（受付ごと）と、案内が実った予約の、重ならない合わせた数。
 */
export function guidingOf(events: readonly Counted[]): Guiding {
  const undone = new Set(events.flatMap((one) => (one.kind === "booking.undone" ? [one.about] : [])));
  const kept = events.filter((one) => one.kind === "booking.taken" && !undone.has(one.about));
  const count = (kind: string) => events.filter((one) => one.kind === kind).length;
  const guided = kept.filter(({ payload }) => typeof payload.guided === "string");
  const asked = new Set(events.flatMap((one) => (one.kind === "seat.guided" ? [one.about] : [])));
  const silent = guided.filter(({ payload }) => !asked.has(String(payload.draft ?? "")));
  return {
    taken: kept.length,
    cancelled: count("booking.cancelled"),
    asked: asked.size + silent.length,
    guided: guided.length,
    waits: count("wait.opened"),
    converted: kept.filter(({ payload }) => typeof payload.wait === "string").length,
  };
}

/** 受付の日ごとに分ける。 */
export function byDay<T extends { at: string }>(events: readonly T[]): Map<Day, T[]> {
  return Map.groupBy(events, ({ at }) => dayOf(at));
}
