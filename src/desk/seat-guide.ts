import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { daysBetween } from "../japan/day.ts";
import type { Period, SeatCell, SeatVenue } from "./desk-api.ts";

/** なぜこの席を案内するか。並びもこの順。 */
export type GuideReason = "same-class-day" | "same-day" | "same-venue" | "elsewhere";

export interface Alternative {
  cell: SeatCell;
  venue: SeatVenue;
  reason: GuideReason;
  /** 希望の会場からの直線距離（m）。位置が分からない会場は null。 */
  metres: number | null;
  /** 希望の日との差。あとの日が正。 */
  days: number;
  /** 希望の時間帯（午前・午後）か。 */
  inPeriod: boolean;
  /** 偽なら受講通知書が間に合わない。案内はできるが、後ろに並べて印を付ける。 */
  cardInTime: boolean;
}

const EARTH_RADIUS_M = 6_371_000;
const order: GuideReason[] = ["same-class-day", "same-day", "same-venue", "elsewhere"];

/** 二点間の距離（m, haversine）。どちらかの位置がなければ null。 */
export function metresBetween(a: SeatVenue, b: SeatVenue): number | null {
  if (a.lat === null || a.lng === null || b.lat === null || b.lng === null) return null;
  const rad = Math.PI / 180;
  const dLat = (b.lat - a.lat) * rad;
  const dLng = (b.lng - a.lng) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLng / 2) ** 2;
  return Math.round(2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h))));
}

/** この席が押さえられる数。自分の仮押さえは自分の分として数える。 */
export function seatsForMe(cell: SeatCell): number {
  return cell.free + cell.holds.filter((hold) => hold.mine).length;
}

/** いま案内できる席か（空きがあり、まだ始まっていない）。 */
export function isOpen(cell: SeatCell, now: Instant): boolean {
  if (cell.started || seatsForMe(cell) <= 0) return false;
  const today = dayOf(now);
  return cell.date > today || (cell.date === today && cell.start > minuteOf(now));
}

/** 正午より前が午前。 */
export function isInPeriod(cell: SeatCell, period: Period): boolean {
  return period === "all" || cell.start < "12:00" === (period === "am");
}

/**
 * 同じ講座・同じ種類で空いている席を、案内する順に並べる（仕様書６(2)ア）。
 * 通知書が間に合うもの、希望の時間帯のもの、同じ日の近い会場、同じ会場の近い日、の順。
 */
export function rankAlternatives(
  asked: SeatCell,
  cells: readonly SeatCell[],
  venues: readonly SeatVenue[],
  now: Instant,
  period: Period = "all",
): Alternative[] {
  const byId = new Map(venues.map((venue) => [venue.id, venue]));
  const home = byId.get(asked.venueId);
  const found: Alternative[] = [];
  for (const cell of cells) {
    const venue = byId.get(cell.venueId);
    if (venue === undefined || cell.classId === asked.classId || !isOpen(cell, now)) continue;
    if (cell.course !== asked.course || cell.kind !== asked.kind) continue;
    found.push({
      cell,
      venue,
      reason: reasonOf(asked, cell),
      metres: home === undefined ? null : metresBetween(home, venue),
      days: daysBetween(asked.date, cell.date),
      inPeriod: isInPeriod(cell, period),
      cardInTime: cell.posting.inTime,
    });
  }
  return found.sort(compare);
}

function reasonOf(asked: SeatCell, cell: SeatCell): GuideReason {
  const sameVenue = cell.venueId === asked.venueId;
  if (cell.date === asked.date) return sameVenue ? "same-class-day" : "same-day";
  return sameVenue ? "same-venue" : "elsewhere";
}

function compare(a: Alternative, b: Alternative): number {
  if (a.cardInTime !== b.cardInTime) return a.cardInTime ? -1 : 1;
  if (a.inPeriod !== b.inPeriod) return a.inPeriod ? -1 : 1;
  const tier = order.indexOf(a.reason) - order.indexOf(b.reason);
  if (tier !== 0) return tier;
  // 同じ日なら近さ、違う日なら日の近さ（同じ差ならあとの日）を先に見る。
  return a.reason === "same-day" || a.reason === "same-class-day"
    ? byMetres(a, b) || byDay(a, b)
    : byDay(a, b) || byMetres(a, b);
}

function byMetres(a: Alternative, b: Alternative): number {
  if (a.metres === b.metres) return 0;
  if (a.metres === null) return 1;
  if (b.metres === null) return -1;
  return a.metres - b.metres;
}

function byDay(a: Alternative, b: Alternative): number {
  return (
    Math.abs(a.days) - Math.abs(b.days) ||
    b.days - a.days ||
    (a.cell.start < b.cell.start ? -1 : a.cell.start > b.cell.start ? 1 : 0) ||
    (a.cell.classId < b.cell.classId ? -1 : 1)
  );
}

/** 画面に出す数だけ、種類が偏らないように選ぶ（同じ日と同じ会場を二つまで、残りは並び順）。 */
export function shortList(ranked: readonly Alternative[], count: number): Alternative[] {
  const taken = new Set<Alternative>();
  for (const reason of order.slice(0, 3)) {
    for (const one of ranked.filter((it) => it.reason === reason && it.cardInTime).slice(0, 2))
      taken.add(one);
  }
  for (const one of ranked) {
    if (taken.size >= count) break;
    taken.add(one);
  }
  return ranked.filter((one) => taken.has(one)).slice(0, count);
}

/** まだ希望を聞いていないときに勧める席。通知書が間に合うものを先に、早い順。 */
export function earliestOpen(cells: readonly SeatCell[], now: Instant, count: number): SeatCell[] {
  const key = (cell: SeatCell) => `${cell.posting.inTime ? 0 : 1}${cell.date}${cell.start}`;
  return cells
    .filter((cell) => isOpen(cell, now))
    .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : b.free - a.free))
    .slice(0, count);
}
