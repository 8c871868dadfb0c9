import type { Actor } from "../base/actor.ts";
import { type Day, dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import type { BookingMark, ClassTally } from "../reception/tally-bookings.ts";
import { listBatchRows } from "./batch-store.ts";
import { listLiveNotices } from "./notice-store.ts";

/** 受講日ごとの、まだ発送していない受講通知書。 */
export interface UnsentDay {
  day: Day;
  /** まだ発送していない通の数（束に入っていないものも含む）。 */
  unsent: number;
  /** そのうち、承認まで済んでいる数。 */
  approved: number;
}

/** 承認を待っている束。 */
export interface WaitingBatch {
  id: string;
  number: number;
  /** 確かめと承認を待っている通。 */
  waiting: number;
  /** 束の中の、まだ来ない受講日（早い順）。 */
  days: Day[];
}

/** 未発送と承認待ちを数える。予約は上の階が数えたものを受け取り、個人情報は開かない。 */
export async function listUnsent(
  office: Office,
  actor: Pick<Actor, "contract">,
  { classes, bookings }: { classes: readonly ClassTally[]; bookings: readonly BookingMark[] },
): Promise<{ days: UnsentDay[]; batches: WaitingBatch[] }> {
  const [live, rows] = await Promise.all([
    listLiveNotices(office.read, actor.contract),
    listBatchRows(office.read, actor.contract),
  ]);
  const today = dayOf(office.clock.officeNow(actor.contract));
  const dayOfClass = new Map(classes.map((cls) => [cls.id, cls.day]));
  const dayOfBooking = new Map(bookings.map((one) => [one.id, dayOfClass.get(one.classId) ?? ""]));
  const stateOf = new Map(rows.map((row) => [row.id, row.state]));
  const noticeOf = new Map(live.map((one) => [one.booking_id, one]));
  const days = new Map<Day, UnsentDay>();
  for (const { id } of bookings) {
    const day = dayOfBooking.get(id) ?? "";
    const notice = noticeOf.get(id);
    if (day < today || (notice && stateOf.get(notice.batch_id) === "sent")) continue;
    const tally = days.get(day) ?? { day, unsent: 0, approved: 0 };
    tally.unsent += 1;
    if (notice?.state === "approved") tally.approved += 1;
    days.set(day, tally);
  }
  const batches = rows
    .filter((row) => row.state === "submitted")
    .map((row) => {
      const mine = live.filter((one) => one.batch_id === row.id && one.state === "waiting");
      const own = mine.flatMap((one) => dayOfBooking.get(one.booking_id) ?? []);
      return {
        id: row.id,
        number: row.number,
        waiting: mine.length,
        days: [...new Set(own)].filter((day) => day >= today).sort(),
      };
    })
    .filter((batch) => batch.waiting > 0);
  return { days: [...days.values()].sort((a, b) => (a.day < b.day ? -1 : 1)), batches };
}
