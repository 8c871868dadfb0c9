import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { RecordedEvent } from "../base/event.ts";
import { dayOf, type Instant, minuteOf } from "../base/time.ts";
import { formatTimeRange } from "../japan/clock-time.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { bookingNumber } from "./booking.ts";
import { listSealedBookings } from "./booking-store.ts";
import { listClasses } from "./class-store.ts";
import { plainWorkbook } from "./difference-document.ts";
import { listBookings } from "./list-bookings.ts";
import { type Difference, differenceEvents, differenceKinds, listDifferences } from "./list-differences.ts";
import { requireClassChange, requirePeople } from "./reception-right.ts";
import { listVenues } from "./venue-store.ts";

/** 差分の一行。氏名はない。 */
export interface DifferenceLine extends Difference {
  /** 「10月1日（水）10:00～11:30 北区民センター　入門」。 */
  place: string;
  /** その後に渡した差分か新しいリストに、もう入っている。 */
  handed: boolean;
}

export interface DifferenceReport {
  lines: DifferenceLine[];
  /** 最後に渡した時。まだ渡していなければ undefined。 */
  deliveredAt: Instant | undefined;
}

/** 委託者へ渡した予約者リストの、その後の差分（９(2)）。氏名は開かない。 */
export async function openDifferences(office: Office, actor: Actor): Promise<DifferenceReport> {
  requirePeople(actor);
  const { contract } = actor;
  const made = await listEvents(office.read, { contract, kinds: ["list.made"], limit: 10_000 });
  const { delivered, newest, upTo } = deliveriesOf(made);
  if (delivered.size === 0) return { lines: [], deliveredAt: undefined };
  const first = [...delivered.values()].sort()[0] ?? "";
  const [events, bookings, classes, venues] = await Promise.all([
    listEvents(office.read, { contract, kinds: differenceEvents, from: first, limit: 100_000 }),
    listSealedBookings(office.read, contract, {}),
    listClasses(office.read, contract),
    listVenues(office.read, contract),
  ]);
  const classOf = new Map(bookings.map((one) => [one.id, one.class_id]));
  const venueOf = new Map(venues.map((one) => [one.id, one.name]));
  const placeOf = new Map(
    classes.map((cls) => [
      cls.id,
      `${formatMonthDay(cls.day, { weekday: true })} ${formatTimeRange(cls.start, cls.end)} ${venueOf.get(cls.venue_id) ?? ""}　${cls.course}`,
    ]),
  );
  return {
    lines: listDifferences(delivered, events.reverse(), classOf).map((one) => ({
      ...one,
      place: placeOf.get(one.classId) ?? "",
      handed: one.no <= upTo || one.at <= (newest.get(one.classId) ?? ""),
    })),
    deliveredAt: [...newest.values()].sort().at(-1),
  };
}

/** 渡した記録（新しい順）から、講習会ごとの初めと最後の時と、差分をどの番号まで渡したか。 */
function deliveriesOf(made: readonly Pick<RecordedEvent, "at" | "payload">[]) {
  const delivered = new Map<string, Instant>();
  const newest = new Map<string, Instant>();
  let upTo = 0;
  for (const { at, payload } of made) {
    if (payload.purpose !== "deliver") continue;
    if (payload.form === "differences" && typeof payload.upTo === "number")
      upTo = Math.max(upTo, payload.upTo);
    if (payload.form !== "workbook" || !Array.isArray(payload.classes)) continue;
    for (const id of payload.classes.filter((one) => typeof one === "string")) {
      delivered.set(id, at);
      if (!newest.has(id)) newest.set(id, at);
    }
  }
  return { delivered, newest, upTo };
}

/** 書いた差分。まだ記録されていないので、記録するまで誰にも渡さない。 */
export interface WrittenDifferences {
  fileName: string;
  media: string;
  bytes: Uint8Array;
  rows: number;
  /** いちばん後の番号。次に渡す差分は、この続きから。 */
  upTo: number;
}

/** 差分を、氏名を添えたワークブックにする。記録は、渡す行い（deliverDifferences）が残す。 */
export async function writeDifferences(office: Office, actor: Actor): Promise<WrittenDifferences> {
  requireClassChange(actor);
  const lines = (await openDifferences(office, actor)).lines.filter((one) => !one.handed);
  if (lines.length === 0)
    throw new AppError("REFUSED", "渡した予約者リストと差分から、変わったところはありません。");
  const details = await listBookings(office, actor, {
    ids: [...new Set(lines.flatMap((one) => one.bookingId ?? []))],
  });
  const detailOf = new Map(details.map((one) => [one.booking.id, one]));
  const now = office.clock.officeNow(actor.contract);
  const bytes = plainWorkbook(
    "差分",
    `予約者リストの差分　${formatWareki(dayOf(now))}現在`,
    ["番号", "日時", "区分", "理由", "講習会", "受付番号", "氏名", "フリガナ", "電話番号"],
    lines.map((one) => {
      const person = one.bookingId === null ? undefined : detailOf.get(one.bookingId)?.person;
      return [
        one.no,
        `${dayOf(one.at)} ${minuteOf(one.at)}`,
        differenceKinds[one.kind],
        one.why,
        one.place,
        one.number === null ? "" : bookingNumber(one.number),
        person?.name ?? "",
        person?.kana ?? "",
        person?.phone ?? "",
      ];
    }),
  );
  return {
    fileName: `予約者リスト差分_${dayOf(now).slice(5).replace("-", "")}.xlsx`,
    media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    bytes,
    rows: lines.length,
    upTo: lines.at(-1)?.no ?? 0,
  };
}
