import type { Office } from "../src/platform/office.ts";
import { cancelBooking } from "../src/reception/cancel-booking.ts";
import { guideSeat } from "../src/reception/guide-seat.ts";
import { listBookings } from "../src/reception/list-bookings.ts";
import { listCityChanges } from "../src/reception/list-city-changes.ts";
import { moveClass } from "../src/reception/move-class.ts";
import { tellBooking } from "../src/reception/tell-booking.ts";
import { waitForClass } from "../src/reception/wait-for-class.ts";
import type { DemoClock } from "./demo-clock.ts";
import type { DemoStaff } from "./demo-office.ts";
import type { PlannedBooking } from "./demo-term.ts";
import { inventCaller } from "./people.ts";
import { Random } from "./random.ts";

/** 満席の回。はじめの一つを待つ方が多い。 */
const full = ["c2-shinkotoni-3", "c2-kita-0"] as const;
const moved = "c2-o11";

/** 入門の予約のうち幾つかは、満席の北区民センター（10月1日）を希望し、案内されて別の回にした方。 */
export function markGuided(plan: readonly PlannedBooking[]): PlannedBooking[] {
  return plan.map((one, at) =>
    at % 23 === 7 && one.booking.classId !== full[1]
      ? { ...one, booking: { ...one.booking, askedClassId: full[1] } }
      : one,
  );
}

/** 待機の方、取り消されて折り返しの残る席、市の変更でまだ伝えていない方。 */
export async function fillWaiting(office: Office, clock: DemoClock, staff: DemoStaff): Promise<void> {
  const [operator, second = operator] = staff.operators;
  if (!operator || !second) return;
  const random = new Random(20250918);
  const waiters = [
    { at: "2025-09-12T10:12:00", classId: full[0], wider: false, reachFrom: "10:00", reachTo: "15:00" },
    { at: "2025-09-12T11:40:00", classId: full[0], wider: true, reachFrom: "09:00", reachTo: "12:00" },
    { at: "2025-09-16T09:25:00", classId: full[1], wider: false, reachFrom: "13:00", reachTo: "16:00" },
    { at: "2025-09-16T14:05:00", classId: full[0], wider: false, reachFrom: "09:00", reachTo: "16:00" },
    { at: "2025-09-17T09:50:00", classId: full[1], wider: true, reachFrom: "09:00", reachTo: "16:00" },
  ];
  for (const [at, { at: when, ...wish }] of waiters.entries()) {
    clock.set(when);
    const person = inventCaller(random, 7001 + at, "北区");
    await guideSeat(office, operator, { draftId: `demo-wait-${at}`, classId: wish.classId });
    await waitForClass(office, at % 2 ? second : operator, {
      ...person,
      ...wish,
      draftId: `demo-wait-${at}`,
      contact: at === 3 ? "fax" : "phone",
      proxy: at === 1 ? { name: "相馬　健一", relation: "長男", phone: "011-000-7101" } : null,
    });
  }
  clock.set("2025-09-17T11:25:00");
  const [leaving] = await listBookings(office, operator, { classIds: [full[0]], states: ["booked"] });
  if (leaving) await cancelBooking(office, operator, leaving.booking.id, { reason: "schedule" });
  clock.set("2025-09-17T11:40:00");
  await moveClass(office, staff.supervisor, moved, {
    reason: "会場の視聴覚室の設備工事のため",
    instructedOn: "2025-09-17",
    day: "2025-10-23",
    start: "14:00",
    end: "16:00",
    venueId: "nishi",
    room: "会議室Ａ",
  });
  const { untold } = await listCityChanges(office, operator);
  for (const [at, line] of untold.slice(0, 2).entries()) {
    clock.set(`2025-09-17T13:${20 + at * 6}:00`);
    await tellBooking(office, second, line.tellId, { result: "stays" });
  }
}
