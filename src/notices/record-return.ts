import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { type Day, dayOf } from "../base/time.ts";
import { isDay } from "../japan/day.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Office, Tx } from "../platform/office.ts";
import { bookingNumber } from "../reception/booking.ts";
import { type BookingDetail, listBookings } from "../reception/list-bookings.ts";
import { finishTask } from "../tasks/close-task.ts";
import { putTask, taskIdOf } from "../tasks/open-task.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { refuseRole } from "./batch.ts";
import { type BatchRow, listBatchRows } from "./batch-store.ts";
import { listBookingNotices, type NoticeRow } from "./notice-store.ts";
import { isReturnReason, type ReturnReason, readCardNumber, returnCause } from "./returned-card.ts";
import { insertReturnedCard, listReturnedCards, setReturnOutcome } from "./returned-card-store.ts";

export interface ReturnInput {
  /** はがきの受付番号（読み取り機の文字のままでよい）。 */
  number: string;
  reason: string;
  /** 戻ってきた日。 */
  returnedOn: Day;
}

export interface ReturnReceipt {
  id: string;
  number: number;
  /** もう記録されていた。 */
  again: boolean;
  /** 電話で案内する仕事ができたか（受講日が過ぎたか、予約が取り消されていれば、できない）。 */
  phone: boolean;
}

/**
 * 返戻を受付番号で記録する。その方へ電話で案内する仕事が同時にでき、次の通知書と次の予約で知らせる。
 * @throws AppError FORBIDDEN、BAD_INPUT（欄の名つき）、NOT_FOUND、REFUSED（送っていない）
 */
export async function recordReturn(office: Office, actor: Actor, given: ReturnInput): Promise<ReturnReceipt> {
  const { blueprint } = await openContract(office, actor.contract);
  refuseRole("receive", actor.roles, blueprint.roles.supervisorMayOperate);
  const number = readCardNumber(given.number);
  const today = dayOf(office.clock.officeNow(actor.contract));
  const reason = checkInput(given, today);
  const sent = await sentCard(office, actor, number);
  if (sent.batch.sent_on && given.returnedOn < sent.batch.sent_on)
    throw bad("returnedOn", `発送した日（${formatMonthDay(sent.batch.sent_on)}）より前の日です。`);
  const [detail] = await listBookings(office, actor, { numbers: [number] });
  return office.act(actor, async (tx) => {
    const id = newId();
    const phone = detail !== undefined && needsCall(detail, today);
    const made = await insertReturnedCard(tx, {
      id,
      contract_id: tx.contract,
      notice_id: sent.notice.id,
      booking_id: sent.notice.booking_id,
      person_id: sent.notice.person_id,
      reason,
      returned_on: given.returnedOn,
      outcome: null,
      task_id: phone ? taskIdOf(tx.contract, returnCause(sent.notice.id)) : null,
      recorded_by: actor.id,
      recorded_at: tx.now,
    });
    if (!made) {
      tx.nothingHappened();
      return { id, number, again: true, phone };
    }
    if (phone) await askToCall(tx, blueprint, detail, sent.notice.id);
    await tx.record({
      kind: "card.returned",
      about: sent.notice.id,
      subject: sent.notice.person_id,
      payload: { batch: sent.batch.number, reason, returned_on: given.returnedOn, phone },
    });
    return { id, number, again: false, phone };
  });
}

function checkInput(given: ReturnInput, today: Day): ReturnReason {
  if (!isReturnReason(given.reason)) throw bad("reason", "はがきの付箋や印の理由を選んでください。");
  if (!isDay(given.returnedOn)) throw bad("returnedOn", "戻ってきた日を選んでください。");
  if (given.returnedOn > today) throw bad("returnedOn", "戻ってきた日がまだ来ていません。");
  return given.reason;
}

function bad(field: string, message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
}

/** その番号の、いちばん新しく発送した一通。 */
async function sentCard(
  office: Office,
  actor: Actor,
  number: number,
): Promise<{ notice: NoticeRow; batch: BatchRow }> {
  const [detail] = await listBookings(office, actor, { numbers: [number] });
  if (!detail)
    throw bad("number", `受付番号${bookingNumber(number)}の予約はありません。はがきの番号をご確認ください。`);
  const [notices, batches] = await Promise.all([
    listBookingNotices(office.read, actor.contract, detail.booking.id),
    listBatchRows(office.read, actor.contract),
  ]);
  const batchOf = new Map(batches.map((one) => [one.id, one]));
  const sent = notices
    .flatMap((notice) => {
      const batch = batchOf.get(notice.batch_id);
      const posted = notice.printed === 1 && notice.state === "approved" && batch?.state === "sent";
      return posted && batch ? [{ notice, batch }] : [];
    })
    .sort((a, b) => b.batch.number - a.batch.number)[0];
  if (!sent)
    throw bad(
      "number",
      `受付番号${bookingNumber(number)}の通知書は、まだ発送していません。番号をご確認ください。`,
    );
  return sent;
}

/** まだ受講日が来ていない、生きている予約だけ、電話で案内する。 */
function needsCall({ booking, cls }: BookingDetail, today: Day): boolean {
  return booking.state === "booked" && cls.day >= today;
}

function askToCall(tx: Tx, blueprint: Blueprint, { booking }: BookingDetail, noticeId: string) {
  return putTask(
    tx,
    { calendar: blueprint.calendar, hours: blueprint.hours },
    {
      kind: "callback",
      title: `受付番号${bookingNumber(booking.number)}の方へ、受講の日時と会場を電話で案内する（はがきが返戻）`,
      clause: "6(2)オ",
      role: "operator",
      due: { kind: "business-days", days: 1 },
      about: { room: "reception", kind: "booking", id: booking.id },
      cause: returnCause(noticeId),
    },
  );
}

/** 返戻を、宛先を確かめたうえで作り直して送ることにする。次の束に入り、電話の仕事は取りやめる。 */
export async function resendReturned(office: Office, actor: Actor, id: string): Promise<void> {
  const { blueprint } = await openContract(office, actor.contract);
  refuseRole("receive", actor.roles, blueprint.roles.supervisorMayOperate);
  const card = (await listReturnedCards(office.read, actor.contract)).find((one) => one.id === id);
  if (!card) throw new AppError("NOT_FOUND", "その返戻はありません。返戻の一覧を開き直してください。");
  await office.act(actor, async (tx) => {
    if (!(await setReturnOutcome(tx, tx.contract, id, "resend"))) {
      tx.nothingHappened();
      return;
    }
    if (card.task_id) await finishTask(tx, card.task_id, "dropped");
    await tx.record({
      kind: "card.resend",
      about: card.notice_id,
      subject: card.person_id,
      payload: { reason: card.reason },
    });
  });
}
