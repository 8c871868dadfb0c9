import type { Actor } from "../src/base/actor.ts";
import type { Office } from "../src/platform/office.ts";
import { insertClass } from "../src/reception/class-store.ts";
import type { NewBooking } from "../src/reception/take-booking.ts";
import { takeBooking } from "../src/reception/take-booking.ts";
import { insertVenue } from "../src/reception/venue-store.ts";
import { type DemoClass, demoVenues } from "./classes.ts";
import type { DemoClock } from "./demo-clock.ts";
import { inventCaller } from "./people.ts";
import type { Random } from "./random.ts";

/** 会場の台帳。 */
export async function placeVenues(office: Office, actor: Actor): Promise<void> {
  await office.keepFor(actor, async (scope) => {
    for (const v of demoVenues)
      await insertVenue(scope, {
        id: v.id,
        contract_id: scope.contract,
        name: v.name,
        address: v.address,
        ward: v.ward,
        access: v.access,
        phone: "",
        latitude: v.lat,
        longitude: v.lng,
        created_at: scope.now,
      });
  });
}

/** 期の講習会を置く。 */
export async function placeClasses(
  office: Office,
  actor: Actor,
  term: string,
  classes: readonly DemoClass[],
): Promise<void> {
  await office.act(actor, async (tx) => {
    for (const c of classes)
      await insertClass(tx, {
        id: c.id,
        contract_id: tx.contract,
        term,
        day: c.day,
        start: c.start,
        end: c.end,
        venue_id: c.venue,
        room: c.kind === "相談会" ? "会議室Ｂ" : "視聴覚室",
        course: c.course,
        kind: c.kind,
        capacity: c.capacity,
        booked: 0,
        held: 0,
        bring: "お使いのスマートフォン、充電器、筆記用具",
        phone: "0120-000-000",
        state: "open",
        version: 1,
        created_at: tx.now,
        changed_at: tx.now,
      });
    await tx.record({ kind: "schedule.imported", payload: { added: classes.length, changed: 0 } });
  });
}

/** 一件の予約の予定。 */
export interface PlannedBooking {
  at: string;
  actor: Actor;
  booking: NewBooking;
}

/**
 * 期の予約を、受けた時刻の順に並べる。件数は開設初日と午前に集まる（仕様書６(5)ウ 表２の傾向）。
 * days は開設日と、その日の割合。
 */
export function planBookings(
  random: Random,
  classes: readonly DemoClass[],
  days: readonly { day: string; share: number; until?: string }[],
  operators: readonly Actor[],
  first: number,
): PlannedBooking[] {
  const wanted = random.shuffle(classes.flatMap((c) => Array.from({ length: c.capacity - c.free }, () => c)));
  const times = bookingTimes(random, days, wanted.length);
  return wanted.map((cls, i) => {
    const n = first + i;
    const ward = demoVenues.find((v) => v.id === cls.venue)?.ward;
    return {
      at: times[i] ?? "",
      actor: random.pick(operators),
      booking: { ...inventCaller(random, n, ward), classId: cls.id, draftId: `demo-draft-${n}` },
    };
  });
}

/** 開設日に散らした受付の時刻（分まで、順に）。午前ほど多い。 */
function bookingTimes(
  random: Random,
  days: readonly { day: string; share: number; until?: string }[],
  count: number,
): string[] {
  const hours = [9, 9, 9, 9, 10, 10, 10, 10, 10, 11, 11, 11, 12, 13, 13, 14, 14, 15];
  const total = days.reduce((sum, d) => sum + d.share, 0);
  const out: string[] = [];
  for (const { day, share, until } of days) {
    const n = Math.round((count * share) / total);
    for (let i = 0; i < n; i += 1) {
      let time = "";
      do
        time = `${String(random.pick(hours)).padStart(2, "0")}:${String(random.int(0, 59)).padStart(2, "0")}`;
      while (until !== undefined && time >= until);
      out.push(`${day}T${time}:${String(random.int(0, 59)).padStart(2, "0")}`);
    }
  }
  while (out.length < count) out.push(out[random.int(0, out.length - 1)] ?? "");
  return out.slice(0, count).sort();
}

/** 予定の順に、時計を動かしながら受ける。 */
export async function takeBookings(
  office: Office,
  clock: DemoClock,
  plan: readonly PlannedBooking[],
): Promise<void> {
  for (const { at, actor, booking } of plan) {
    clock.set(at);
    await takeBooking(office, actor, booking);
  }
}
