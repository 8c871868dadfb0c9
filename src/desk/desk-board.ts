import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { weekdayName } from "../japan/day.ts";
import type { SeatBoard, SeatClass } from "../reception/list-seats.ts";
import { WAITING_LIST } from "../reception/waiting.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import type { SeatCell, SeatsBoard, SeatVenue } from "./desk-api.ts";

/** 受付の室の空席を、受付デスクの約束の形にする。version は中身のハッシュで、変わらなければ送り直さない。 */
export function deskBoard(board: SeatBoard, actor: Actor, blueprint: Blueprint): SeatsBoard {
  const cells = board.classes.map((one) => seatCell(one, actor, blueprint));
  const venues = new Map<string, SeatVenue>();
  for (const { venue } of board.classes)
    venues.set(venue.id, {
      id: venue.id,
      name: venue.name,
      note: venue.access,
      ward: venue.ward,
      lat: venue.latitude === null ? null : Number(venue.latitude),
      lng: venue.longitude === null ? null : Number(venue.longitude),
    });
  const days = [...new Set(cells.map((c) => c.date))].map((date) => ({
    date,
    label: `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`,
    weekday: weekdayName(date),
  }));
  const body = {
    courses: [...new Set(cells.map((c) => c.course))],
    wards: [...new Set([...venues.values()].map((v) => v.ward).filter(Boolean))],
    days,
    venues: [...venues.values()],
    cells,
    bookedToday: board.bookedToday,
  };
  return {
    version: createHash("sha256").update(JSON.stringify(body)).digest("base64url").slice(0, 16),
    now: board.now,
    ...body,
  };
}

function seatCell(
  { cls, free, holds, card, started }: SeatClass,
  actor: Actor,
  blueprint: Blueprint,
): SeatCell {
  return {
    classId: cls.id,
    venueId: cls.venue_id,
    date: cls.day,
    start: cls.start,
    end: cls.end,
    course: cls.course,
    kind: cls.kind,
    capacity: cls.capacity,
    free,
    holds: holds.map((hold) => ({
      deskLabel:
        hold.account_id === WAITING_LIST
          ? "待機の方"
          : (blueprint.desk.seats.find((s) => s.id === hold.desk)?.label.replace(/（.*$/, "") ?? "ほかの席"),
      mine: hold.account_id === actor.id,
      expiresAt: hold.expires_at,
    })),
    posting: card,
    started,
  };
}
