import { type Day, dayOf, type Instant, instantFromMs, instantOf, localMinuteOf } from "../base/time.ts";
import { businessDaysBetween } from "../japan/business-day.ts";
import { inTime, type PostingClock, postingClock, postingNow } from "../japan/posting-clock.ts";
import type { Office } from "../platform/office.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { countBookings } from "./booking-store.ts";
import { listClasses, type StoredClass } from "./class-store.ts";
import { type Hold, listHolds } from "./hold-store.ts";
import { listVenues, type Venue } from "./venue-store.ts";

/** 受講通知書の見込み。予約を確定する前に見せる（仕様書６(2)オ）。 */
export interface CardOutlook {
  /** 投函の期限。 */
  deadline: Instant;
  inTime: boolean;
  /** 期限までの営業日の数。本日なら 0。 */
  daysLeft: number;
  /** 次の集荷で出したときに届く日。 */
  arrives: Day | null;
}

export interface SeatClass {
  cls: StoredClass;
  venue: Venue;
  free: number;
  holds: Hold[];
  card: CardOutlook;
  started: boolean;
}

export interface SeatBoard {
  now: Instant;
  classes: SeatClass[];
  /** 本日この事務所で受けた予約の数。 */
  bookedToday: number;
}

/** 空席の一覧。期限の切れた仮押さえは数えない。 */
export async function listSeats(office: Office, contract: string): Promise<SeatBoard> {
  const { blueprint } = await openContract(office, contract);
  const now = office.clock.officeNow(contract);
  const [classes, venues, holds] = await Promise.all([
    listClasses(office.read, contract),
    listVenues(office.read, contract),
    listHolds(office.read, contract),
  ]);
  const venueOf = new Map(venues.map((v) => [v.id, v]));
  const systemNow = instantFromMs(office.clock.systemMs());
  const today = dayOf(now);
  const cards = outlooksAt(blueprint, now);
  const bookedToday = await countBookings(office.read, contract, instantOf(today, "00:00"), "booked");
  return {
    now,
    bookedToday,
    classes: classes.flatMap((cls) => {
      const venue = venueOf.get(cls.venue_id);
      if (!venue || cls.state !== "open" || cls.day < today) return [];
      const mine = holds.filter((h) => h.class_id === cls.id);
      const alive = mine.filter((h) => h.expires_at >= systemNow);
      const card = cards.get(cls.day) ?? cardOutlook(blueprint, cls.day, now);
      cards.set(cls.day, card);
      return [
        {
          cls,
          venue,
          // 期限の切れた仮押さえは、次に取る人のものになる。
          free: Math.max(0, cls.capacity - cls.booked - cls.held + (mine.length - alive.length)),
          holds: alive,
          card,
          started: `${cls.day}T${cls.start}` <= localMinuteOf(now),
        },
      ];
    }),
  };
}

const recent = new WeakMap<Blueprint, { second: string; cards: Map<Day, CardOutlook> }>();

/** 受講日ごとの見込み。毎秒いくつもの席が同じことを尋ねるので、その秒のあいだは覚えておく。 */
function outlooksAt(blueprint: Blueprint, now: Instant): Map<Day, CardOutlook> {
  const second = now.slice(0, 19);
  const known = recent.get(blueprint);
  if (known?.second === second) return known.cards;
  const cards = new Map<Day, CardOutlook>();
  recent.set(blueprint, { second, cards });
  return cards;
}

/** 受講日から、受講通知書の期限と見込みを出す。 */
export function cardOutlook(blueprint: Blueprint, classDay: Day, now: Instant): CardOutlook {
  const clock: PostingClock = postingClock(classDay, blueprint.calendar, blueprint.posting);
  const ok = inTime(clock, now);
  const next = postingNow(now, classDay, blueprint.calendar, blueprint.posting);
  return {
    deadline: clock.postBy.at,
    inTime: ok,
    daysLeft: ok ? businessDaysBetween(blueprint.calendar, dayOf(now), clock.postBy.day) : 0,
    arrives: next.arrivesOn < classDay ? next.arrivesOn : null,
  };
}
