import { newId } from "../base/identifier.ts";
import type { Tx } from "../platform/office.ts";
import { putTask } from "../tasks/open-task.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { listSealedBookings } from "./booking-store.ts";
import { type ChangeKind, type ClassPlace, changeKindLabels } from "./city-change.ts";
import { insertClassChange, insertTell } from "./class-change-store.ts";
import type { StoredClass } from "./class-store.ts";
import { endOffer } from "./offer-seat.ts";
import { listOffers } from "./offer-store.ts";
import { listVenues } from "./venue-store.ts";
import { listSealedWaits, setWaitState } from "./wait-store.ts";
import { wants } from "./waiting.ts";

export interface CityChangeOutcome {
  id: string;
  /** 伝えなければならない予約の数。 */
  untold: number;
  /** 中止で待つ回がなくなった待機の数。 */
  waits: number;
}

interface Settling {
  kind: ChangeKind;
  /** 理由（個人情報を書かない）と、指示のあった日。 */
  order: { reason: string; instructedOn: string };
  before: StoredClass;
  after: StoredClass;
}

/**
 * 講習会が変わったか中止になったことを残し、予約の一件ごとに連絡と折り返しの仕事を作る。
 * 市の指示でも、日程表の取込みでも、同じ「まだお伝えしていない方」に並ぶ。
 */
export async function tellChange(tx: Tx, blueprint: Blueprint, given: Settling): Promise<CityChangeOutcome> {
  const { kind, order, before, after } = given;
  const venues = new Map((await listVenues(tx, tx.contract)).map((venue) => [venue.id, venue.name]));
  const placeOf = (cls: StoredClass): ClassPlace => ({
    day: cls.day,
    start: cls.start,
    end: cls.end,
    venueId: cls.venue_id,
    venue: venues.get(cls.venue_id) ?? "",
    room: cls.room,
  });
  const id = newId();
  const bookings = await listSealedBookings(tx, tx.contract, { classIds: [before.id], states: ["booked"] });
  await insertClassChange(tx, {
    id,
    contract_id: tx.contract,
    class_id: before.id,
    kind,
    reason: order.reason.trim(),
    instructed_on: order.instructedOn,
    before: JSON.stringify(placeOf(before)),
    after: JSON.stringify(placeOf(after)),
    made_at: tx.now,
    made_by: tx.actor.id,
  });
  await tx.record({
    kind: `class.${kind}`,
    about: before.id,
    payload: {
      change: id,
      reason: order.reason.trim(),
      instructedOn: order.instructedOn,
      before: { ...placeOf(before) },
      after: { ...placeOf(after) },
      bookings: bookings.length,
    },
  });
  for (const booking of bookings) {
    const task = await putTask(tx, blueprint, {
      kind: "callback",
      title: `講習会の${changeKindLabels[kind]}を伝える（受付番号${String(booking.number).padStart(4, "0")}）`,
      clause: "6(2)ウ",
      role: "operator",
      due: { kind: "business-days", days: 1 },
      about: { room: "reception", kind: "booking", id: booking.id },
      cause: `class-change/${id}/${booking.id}`,
    });
    await insertTell(tx, {
      id: newId(),
      contract_id: tx.contract,
      change_id: id,
      booking_id: booking.id,
      task_id: task.id,
      result: null,
      told_at: null,
      told_by: null,
    });
  }
  return { id, untold: bookings.length, waits: 0 };
}

/** 中止になった回の案内を取りやめ、その回だけを待っていた方に連絡の仕事を作る。止めた待機の数を返す。 */
export async function stopClass(tx: Tx, blueprint: Blueprint, cls: StoredClass): Promise<number> {
  for (const offer of await listOffers(tx, tx.contract, { classId: cls.id, states: ["open"] }))
    await endOffer(tx, blueprint, offer, "stopped", "waiting");
  return stopWaits(tx, blueprint, cls);
}

/** 中止になった回だけを待っていた方の待機を止め、連絡の仕事を作る。 */
async function stopWaits(tx: Tx, blueprint: Blueprint, cls: StoredClass): Promise<number> {
  const only = (await listSealedWaits(tx, tx.contract, ["waiting"])).filter(
    (wait) => wait.course === "" && wants(wait, cls),
  );
  for (const wait of only) {
    await setWaitState(tx, tx.contract, wait.id, "waiting", { state: "stopped" }, tx.now);
    await tx.record({
      kind: "wait.stopped",
      subject: wait.person_id,
      about: wait.id,
      payload: { class: cls.id },
    });
    await putTask(tx, blueprint, {
      kind: "callback",
      title: "待っていた回が中止になったことを伝える",
      clause: "6(2)ウ",
      role: "operator",
      due: { kind: "business-days", days: 1 },
      about: { room: "reception", kind: "wait", id: wait.id },
      cause: `wait-stopped/${wait.id}/${cls.id}`,
    });
  }
  return only.length;
}
