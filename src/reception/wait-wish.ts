import { AppError, type Fault } from "../base/error.ts";
import { isDay } from "../japan/day.ts";
import type { StoredClass } from "./class-store.ts";
import type { Venue } from "./venue-store.ts";
import type { WaitWish } from "./waiting.ts";

/** 待つ回の希望として聞いたもの。 */
export interface GivenWish {
  /** 同じ講座なら、ほかの回でもよい。偽なら下の三つは見ない。 */
  wider: boolean;
  /** ほかの回の会場の id。省くか空なら、どこでもよい。 */
  venueIds?: readonly string[] | undefined;
  /** ほかの回の日の範囲（両端を含む）。省けば、いつでもよい。 */
  fromDay?: string | null | undefined;
  toDay?: string | null | undefined;
}

/**
 * 聞いた希望を、待機の行に。
 * @throws AppError BAD_INPUT（faults に venueIds・fromDay・toDay）
 */
export function readWish(
  given: GivenWish,
  cls: Pick<StoredClass, "id" | "course">,
  venues: readonly Pick<Venue, "id">[],
): WaitWish {
  if (!given.wider) return { class_id: cls.id, course: "", venue_ids: "", from_day: null, to_day: null };
  const ids = [...new Set(given.venueIds ?? [])].filter((id) => id !== "");
  const from = given.fromDay || null;
  const to = given.toDay || null;
  const faults: Fault[] = [];
  if (ids.some((id) => !venues.some((venue) => venue.id === id)))
    faults.push({ field: "venueIds", message: "その会場はありません。会場を選び直してください。" });
  if (from !== null && !isDay(from))
    faults.push({ field: "fromDay", message: "日付は「2025-10-01」の形で入れてください。" });
  if (to !== null && !isDay(to))
    faults.push({ field: "toDay", message: "日付は「2025-10-01」の形で入れてください。" });
  if (faults.length === 0 && from !== null && to !== null && to < from)
    faults.push({ field: "toDay", message: "終わりの日は、始まりの日より後にしてください。" });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "待つ回の希望に直すところがあります。", { faults });
  return { class_id: cls.id, course: cls.course, venue_ids: ids.join(" "), from_day: from, to_day: to };
}
