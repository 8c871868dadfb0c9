import type { Actor } from "../base/actor.ts";
import { type Day, dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { type BookingDetail, listBookings } from "../reception/list-bookings.ts";
import { type CardOutlook, cardOutlook } from "../reception/list-seats.ts";
import { openContract } from "../terms/open-contract.ts";
import { isStale } from "./batch.ts";
import { listBatchRows } from "./batch-store.ts";
import { noticeMark } from "./notice-card.ts";
import { listLiveNotices, type NoticeRow } from "./notice-store.ts";
import { listPhoned } from "./phoned-store.ts";
import { listReturnedCards } from "./returned-card-store.ts";

/** これから通知書を作る予約。 */
export interface PoolEntry {
  detail: BookingDetail;
  mark: string;
  /** 送った後で内容が変わったための作り直しなら、前の通知書。 */
  replaces: NoticeRow | undefined;
}

/** 受講日ごとの、これから作る数と投函の期限。 */
export interface PoolDay {
  day: Day;
  outlook: CardOutlook;
  count: number;
  reissue: number;
  classes: { id: string; start: string; venue: string; course: string; count: number }[];
}

/**
 * 生きている通知書のない予約、送った後で変わった予約、返戻で作り直すことにした予約。受講日が過ぎたものと、
 * 今の内容を電話で案内し終えたものは入らない。
 */
export async function listPool(office: Office, actor: Pick<Actor, "contract">): Promise<PoolEntry[]> {
  const { contract } = actor;
  const today = dayOf(office.clock.officeNow(contract));
  const [{ blueprint }, booked, live, batches, lookupKey, returned, phoned] = await Promise.all([
    openContract(office, contract),
    listBookings(office, actor, { states: ["booked"] }),
    listLiveNotices(office.read, contract),
    listBatchRows(office.read, contract),
    office.keys.lookupKey(contract),
    listReturnedCards(office.read, contract),
    listPhoned(office.read, contract),
  ]);
  const resend = new Set(returned.flatMap((one) => (one.outcome === "resend" ? [one.notice_id] : [])));
  const told = new Set(phoned.map((one) => `${one.booking_id}|${one.mark}`));
  const now = office.clock.officeNow(contract);
  const reach = new Map<Day, boolean>();
  const reachable = (day: Day) => {
    const known = reach.get(day) ?? cardOutlook(blueprint, day, now).arrives !== null;
    reach.set(day, known);
    return known;
  };
  const noticeOf = new Map(live.map((one) => [one.booking_id, one]));
  const sent = new Set(batches.flatMap((one) => (one.state === "sent" ? [one.id] : [])));
  return booked.flatMap((detail): PoolEntry[] => {
    if (detail.cls.day < today) return [];
    const notice = noticeOf.get(detail.booking.id);
    const mark = noticeMark(detail, lookupKey);
    // 電話だけで案内する約束の方には、はがきを作らない。
    if (detail.booking.phone_only === 1) return [];
    if (told.has(`${detail.booking.id}|${mark}`) && !reachable(detail.cls.day)) return [];
    if (!notice) return [{ detail, mark, replaces: undefined }];
    const again = isStale(notice, mark) || resend.has(notice.id);
    return sent.has(notice.batch_id) && again ? [{ detail, mark, replaces: notice }] : [];
  });
}

/** 受講日ごとにまとめる。期限の早い順。 */
export async function listPoolDays(office: Office, actor: Pick<Actor, "contract">): Promise<PoolDay[]> {
  const [{ blueprint }, pool] = await Promise.all([
    openContract(office, actor.contract),
    listPool(office, actor),
  ]);
  const now = office.clock.officeNow(actor.contract);
  const days = Map.groupBy(pool, (one) => one.detail.cls.day);
  return [...days.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, entries]) => ({
      day,
      outlook: cardOutlook(blueprint, day, now),
      count: entries.length,
      reissue: entries.filter((one) => one.replaces).length,
      classes: [...Map.groupBy(entries, (one) => one.detail.cls.id).values()].flatMap((group) => {
        const first = group[0]?.detail;
        if (!first) return [];
        const { cls, venue } = first;
        return [{ id: cls.id, start: cls.start, venue: venue.name, course: cls.course, count: group.length }];
      }),
    }));
}
