import type { Actor } from "../base/actor.ts";
import { type Instant, instantFromMs } from "../base/time.ts";
import { maskPhone } from "../japan/phone.ts";
import type { Office } from "../platform/office.ts";
import { findPersonsByLookup } from "../platform/person-store.ts";
import { bookingNumber } from "../reception/booking.ts";
import { listBookings } from "../reception/list-bookings.ts";
import { refuseCall } from "./call-right.ts";
import { listLiveCalls } from "./call-store.ts";
import { openCalls } from "./open-calls.ts";

/** 席に出す、いまの電話。番号は伏せる。 */
export interface CallPop {
  id: string;
  state: "waiting" | "talking";
  arrivedAt: Instant;
  /** 伏せた番号（非通知なら undefined）。 */
  caller: string | undefined;
  desk: string;
  /** この番号の、前の予約。 */
  earlier: { id: string; number: string; state: string; href: string }[];
}

/** 半日より前の終わらない電話は、知らせが失われたもの。 */
const LIVE_MS = 12 * 60 * 60_000;

/** いま鳴っている電話と、自分の席でつながっている電話。かけてきた方の前の予約を添える（６(2)ウ）。 */
export async function popCalls(office: Office, actor: Actor): Promise<CallPop[]> {
  refuseCall("take", actor);
  const now = Date.parse(office.clock.officeNow(actor.contract));
  const rows = (await listLiveCalls(office.read, actor.contract, instantFromMs(now - LIVE_MS))).filter(
    (row) =>
      row.direction === "in" &&
      (row.state === "waiting" || row.desk === "" || row.desk === actor.desk || row.desk === actor.id),
  );
  const opened = await openCalls(office, actor.contract, rows.slice(0, 20));
  return Promise.all(
    opened.map(
      async (row): Promise<CallPop> => ({
        id: row.id,
        state: row.state === "talking" ? "talking" : "waiting",
        arrivedAt: row.arrived_at,
        caller: row.caller === null ? undefined : maskPhone(row.caller),
        desk: row.desk,
        earlier: row.caller_hmac === null ? [] : await earlierOf(office, actor, row.caller_hmac),
      }),
    ),
  );
}

/** その番号の方の予約（受付番号と場所だけ。氏名は予約の画面で、見た記録とともに）。 */
export async function earlierOf(office: Office, actor: Actor, hmac: Uint8Array): Promise<CallPop["earlier"]> {
  const persons = await findPersonsByLookup(office.read, actor.contract, "phone", hmac);
  if (persons.length === 0) return [];
  const found = await listBookings(office, actor, { persons });
  return found.slice(0, 10).map(({ booking }) => ({
    id: booking.id,
    number: bookingNumber(booking.number),
    state: booking.state,
    href: `/bookings/${booking.id}`,
  }));
}
