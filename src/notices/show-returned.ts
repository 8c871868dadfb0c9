import { dayOf, minuteOf } from "../base/time.ts";
import { formatMonthDay, formatWareki } from "../japan/wareki.ts";
import type { Office } from "../platform/office.ts";
import type { Ask } from "../platform/route.ts";
import { bookingNumber } from "../reception/booking.ts";
import { type BookingDetail, listBookings } from "../reception/list-bookings.ts";
import { cardOutlook } from "../reception/list-seats.ts";
import { findTasks, type TaskStanding } from "../tasks/find-tasks.ts";
import { openContract } from "../terms/open-contract.ts";
import { roleMay } from "./batch.ts";
import { listBatchRows } from "./batch-store.ts";
import { listAllNotices } from "./notice-store.ts";
import { returnReasons } from "./returned-card.ts";
import { listReturnedCards, type ReturnedCard } from "./returned-card-store.ts";
import type { ReturnedPageProps, ReturnedRow } from "./returned-page.tsx";

/** 返戻の一通と、その後始末。 */
export interface ReturnedCase {
  card: ReturnedCard;
  detail: BookingDetail | undefined;
  /** 作り直した通知書の入った束の番号。 */
  reprintedIn: number | undefined;
  task: TaskStanding | undefined;
  /** 後始末が済んだか（電話で案内した、作り直した、受講日が過ぎた、取り消された）。 */
  settled: boolean;
}

/** 返戻の全部を、その後始末とともに。新しいものから。 */
export async function listReturned(office: Office, contract: string): Promise<ReturnedCase[]> {
  const [cards, notices, batches] = await Promise.all([
    listReturnedCards(office.read, contract),
    listAllNotices(office.read, contract),
    listBatchRows(office.read, contract),
  ]);
  const persons = [...new Set(cards.map((card) => card.person_id))];
  const [details, tasks] = await Promise.all([
    listBookings(office, { contract }, { persons }),
    findTasks(
      office,
      contract,
      cards.flatMap((card) => card.task_id ?? []),
    ),
  ]);
  const detailOf = new Map(details.map((one) => [one.booking.id, one]));
  const numberOf = new Map(batches.map((one) => [one.id, one.number]));
  const again = new Map(
    notices.flatMap((one) => (one.replaces ? [[one.replaces, numberOf.get(one.batch_id)] as const] : [])),
  );
  const today = dayOf(office.clock.officeNow(contract));
  return cards.map((card) => {
    const detail = detailOf.get(card.booking_id);
    const task = card.task_id ? tasks.get(card.task_id) : undefined;
    const reprintedIn = again.get(card.notice_id);
    const gone = detail?.booking.state !== "booked" || detail.cls.day < today;
    const settled = gone || reprintedIn !== undefined || card.outcome === "phone" || task?.state === "done";
    return { card, detail, reprintedIn, task, settled };
  });
}

export async function showReturned(
  ask: Ask,
  given: ReturnedPageProps["given"],
  errors: Readonly<Record<string, string>> = {},
): Promise<ReturnedPageProps> {
  const { office, actor } = ask;
  const [{ blueprint }, cases] = await Promise.all([
    openContract(office, actor.contract),
    listReturned(office, actor.contract),
  ]);
  return {
    csrf: ask.seated.csrf,
    date: formatWareki(ask.today, { weekday: true }),
    now: `${minuteOf(ask.now)}現在`,
    may: roleMay("receive", actor.roles, blueprint.roles.supervisorMayOperate),
    given,
    errors,
    open: cases.filter((one) => !one.settled).length,
    rows: cases.map((one) => {
      const reach = one.detail && cardOutlook(blueprint, one.detail.cls.day, ask.now).arrives !== null;
      return returnedRow(one, reach === true);
    }),
  };
}

function returnedRow(one: ReturnedCase, reach: boolean): ReturnedRow {
  const { card, detail } = one;
  return {
    id: card.id,
    bookingId: card.booking_id,
    number: detail ? bookingNumber(detail.booking.number) : "----",
    returnedOn: formatMonthDay(card.returned_on, { weekday: true }),
    reason: returnReasons[card.reason],
    day: detail ? formatMonthDay(detail.cls.day, { weekday: true }) : "",
    look: one.settled ? "done" : "due",
    words: wordsOf(one),
    mayResend: !one.settled && card.outcome !== "resend" && reach,
  };
}

function wordsOf({ card, detail, reprintedIn, task, settled }: ReturnedCase): string {
  if (reprintedIn !== undefined) return `作り直した（束 第${reprintedIn}号）`;
  if (card.outcome === "phone" || task?.state === "done") return "電話で案内した";
  if (!detail) return "消去済み";
  if (detail.booking.state !== "booked") return "予約が取り消された";
  if (settled) return "受講日が過ぎた";
  if (card.outcome === "resend") return "次の束で作り直す";
  const tries = task && task.attempts > 0 ? `（試み${task.attempts}回）` : "";
  return `電話で案内する${tries}`;
}
