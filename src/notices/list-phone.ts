import type { Actor } from "../base/actor.ts";
import { type Day, dayOf } from "../base/time.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import { type BookingDetail, listBookings } from "../reception/list-bookings.ts";
import { cardOutlook } from "../reception/list-seats.ts";
import { findTasks, type TaskStanding } from "../tasks/find-tasks.ts";
import { taskIdOf } from "../tasks/open-task.ts";
import { openContract } from "../terms/open-contract.ts";
import { listBatchRows } from "./batch-store.ts";
import { noticeMark } from "./notice-card.ts";
import { listAllNotices, type NoticeRow } from "./notice-store.ts";
import { listPhoned } from "./phoned-store.ts";
import { returnCause, returnReasons } from "./returned-card.ts";
import { listReturnedCards, type ReturnedCard } from "./returned-card-store.ts";

/** なぜはがきで届かないか。returned=返戻、late=期限を過ぎた（束にないか、束で待つうちに）、desk=受付のときに電話で案内した。 */
export type PhoneWhy = "returned" | "late" | "desk";

/** はがきでは知らせられない、これからの予約。個人情報を開いたもの。 */
export interface PhoneEntry {
  detail: BookingDetail;
  mark: string;
  why: PhoneWhy;
  /** 「返戻（転居先不明、9月29日）」。 */
  words: string;
  returned: ReturnedCard | undefined;
  /** 仕事のきっかけと、いまの姿（まだなければ undefined）。 */
  cause: string;
  task: TaskStanding | undefined;
  /** 今の内容を案内し終えた。 */
  done: boolean;
}

/** はがきでは知らせられない方の全部。まだ案内していないものから、受講日の順。 */
export async function listPhone(office: Office, actor: Pick<Actor, "contract">): Promise<PhoneEntry[]> {
  const { contract } = actor;
  const now = office.clock.officeNow(contract);
  const [{ blueprint }, booked, notices, batches, returned, phoned, lookupKey] = await Promise.all([
    openContract(office, contract),
    listBookings(office, actor, { states: ["booked"] }),
    listAllNotices(office.read, contract),
    listBatchRows(office.read, contract),
    listReturnedCards(office.read, contract),
    listPhoned(office.read, contract),
    office.keys.lookupKey(contract),
  ]);
  const stateOf = new Map(batches.map((one) => [one.id, one.state]));
  const live = new Map(
    notices.flatMap((one) => (one.live_booking ? [[one.live_booking, one] as const] : [])),
  );
  const back = new Map(returned.map((one) => [one.notice_id, one]));
  const told = new Set(phoned.map((one) => `${one.booking_id}|${one.mark}`));
  const toldAny = new Set(phoned.map((one) => one.booking_id));
  const late = lateBy((day) => cardOutlook(blueprint, day, now).arrives === null);
  const found = booked.flatMap((detail): (Omit<PhoneEntry, "task"> & { known: boolean })[] => {
    if (detail.cls.day < dayOf(now)) return [];
    const notice = live.get(detail.booking.id);
    const sent = notice !== undefined && stateOf.get(notice.batch_id) === "sent";
    const mark = noticeMark(detail, lookupKey);
    const why = reasonOf(detail, notice, sent, notice && back.get(notice.id), mark, late);
    if (!why) return [];
    const known = toldAny.has(detail.booking.id);
    const done = why.why === "desk" || told.has(`${detail.booking.id}|${mark}`);
    // 案内した後で内容が変われば、もう一度電話する別の仕事になる。
    const cause = known && !done ? `${why.cause}/${mark.slice(0, 16)}` : why.cause;
    return [{ detail, mark, ...why, cause, done, known }];
  });
  const ids = found.map((one) => taskIdOf(contract, one.cause));
  const tasks = await findTasks(office, contract, ids);
  return found
    .map(({ known, ...one }, at): PhoneEntry => {
      const task = tasks.get(ids[at] ?? "");
      // 仕事の画面で済みにしたものも、案内し終えている。
      return { ...one, task, done: one.done || (!known && task?.state === "done") };
    })
    .sort(
      (a, b) =>
        Number(a.done) - Number(b.done) ||
        (a.detail.cls.day < b.detail.cls.day ? -1 : a.detail.cls.day > b.detail.cls.day ? 1 : 0) ||
        a.detail.booking.number - b.detail.booking.number,
    );
}

function lateBy(rule: (day: Day) => boolean): (day: Day) => boolean {
  const known = new Map<Day, boolean>();
  return (day) => {
    const answer = known.get(day) ?? rule(day);
    known.set(day, answer);
    return answer;
  };
}

function reasonOf(
  { booking, cls }: BookingDetail,
  notice: NoticeRow | undefined,
  sent: boolean,
  card: ReturnedCard | undefined,
  mark: string,
  late: (day: Day) => boolean,
): Pick<PhoneEntry, "why" | "words" | "returned" | "cause"> | undefined {
  // 作り直して間に合うものは、はがきでもう一度送る。
  if (sent && card && (card.outcome !== "resend" || late(cls.day)))
    return {
      why: "returned",
      words: `返戻（${returnReasons[card.reason]}、${formatMonthDay(card.returned_on)}）`,
      returned: card,
      cause: returnCause(card.notice_id),
    };
  const reached = sent && notice?.mark === mark;
  if (reached || (booking.phone_only === 0 && !late(cls.day))) return undefined;
  const cause = `late-card/${booking.id}`;
  if (booking.phone_only === 1)
    return { why: "desk", words: "受付のときに電話で案内", returned: undefined, cause };
  const words = sent ? "発送の後で変わり、作り直しが間に合わない" : "はがきが受講日に間に合わない";
  return { why: "late", words, returned: undefined, cause };
}
