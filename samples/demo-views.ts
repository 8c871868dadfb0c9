import type { Actor } from "../src/base/actor.ts";
import type { Office } from "../src/platform/office.ts";
import { listBookings } from "../src/reception/list-bookings.ts";
import { type RevealReason, revealBooking } from "../src/reception/open-booking.ts";
import { answerAlert } from "../src/watch/answer-alert.ts";
import { listAlerts } from "../src/watch/list-alerts.ts";
import type { DemoClock } from "./demo-clock.ts";

interface Staff {
  operators: readonly Actor[];
  supervisor: Actor;
  privacy: Actor;
}

/** 表示した予約の、並びの中の場所と数。 */
interface Sight {
  at: string;
  who: Actor;
  reason: RevealReason;
  from: number;
  count: number;
}

/**
 * 氏名などを表示した記録。折り返しと宛先の確認が少しずつ、宛先をまとめて確かめた一度だけが目安を超え、
 * 保護管理者が答えてある（様式１と閲覧の見張りの数は、ここから数える）。
 */
export async function fillViews(office: Office, clock: DemoClock, staff: Staff): Promise<void> {
  const { supervisor, privacy } = staff;
  const [operator = supervisor, second = operator] = staff.operators;
  const bookings = await listBookings(office, supervisor, { states: ["booked"] });
  const sights: Sight[] = [
    { at: "2025-07-28T10:20:00", who: supervisor, reason: "card", from: 0, count: 6 },
    { at: "2025-08-05T14:10:00", who: operator, reason: "callback", from: 12, count: 3 },
    { at: "2025-08-19T10:40:00", who: supervisor, reason: "card", from: 20, count: 5 },
    { at: "2025-08-21T13:25:00", who: second, reason: "call", from: 31, count: 1 },
    { at: "2025-09-11T11:30:00", who: operator, reason: "correct", from: 356, count: 2 },
    { at: "2025-09-12T15:05:00", who: second, reason: "callback", from: 371, count: 4 },
    { at: "2025-09-16T15:40:00", who: supervisor, reason: "card", from: 400, count: 34 },
    { at: "2025-09-17T10:50:00", who: operator, reason: "callback", from: 455, count: 2 },
  ];
  for (const { at, who, reason, from, count } of sights) {
    clock.set(at);
    for (const { booking } of bookings.slice(from, from + count))
      await revealBooking(office, who, booking.id, reason);
  }
  clock.set("2025-09-16T16:35:00");
  const { alerts } = await listAlerts(office, privacy);
  for (const alert of alerts) if (!alert.answer) await answerAlert(office, privacy, alert.id, "work");
}
