import { type Actor, systemActor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { localMinuteOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { finishTask, noteAttempt } from "../tasks/close-task.ts";
import type { TryResult } from "../tasks/task.ts";
import { listContracts } from "../terms/list-contracts.ts";
import { openContract } from "../terms/open-contract.ts";
import { readProxy } from "./caller.ts";
import { cardOutlook } from "./list-seats.ts";
import { endOffer, releaseOfferHold, type SeatOutcome } from "./offer-seat.ts";
import { closeOffer, listOffers, type StoredOffer } from "./offer-store.ts";
import { putBooking } from "./put-booking.ts";
import { takeSeat } from "./take-seat.ts";
import { findWait, openWait, setWaitState } from "./wait-store.ts";

/** 待機の方が受けたときの答え。 */
export interface AcceptedOffer {
  bookingId: string;
  number: number;
  /** 受講通知書が間に合わず、日時を電話で伝える。 */
  phoneOnly: boolean;
}

/**
 * 待機の方が案内を受けた。押さえていた席が、そのまま予約になる（席・予約・待機・仕事・記録は一つの取引）。
 * @throws AppError NOT_FOUND、REFUSED（期限が過ぎて閉じた、講習会が始まった）、CLASS_FULL
 */
export async function acceptOffer(office: Office, actor: Actor, offerId: string): Promise<AcceptedOffer> {
  const { contract } = actor;
  const { blueprint } = await openContract(office, contract);
  const offer = await openOffer(office, contract, offerId);
  const before = await findWait(office.read, contract, offer.wait_id);
  const key = before && (await office.keys.get(contract, [before.person_id])).get(before.person_id);
  if (!before || !key)
    throw new AppError("NOT_FOUND", "その方の情報は消去されています。待機の一覧を開き直してください。");
  const wait = openWait(key, before);
  return office.act(actor, async (tx) => {
    if (!(await closeOffer(tx, contract, offerId, "accepted", tx.now))) throw closedOffer();
    await releaseOfferHold(tx, offer);
    const cls = await takeSeat(tx, offer.class_id, "booked");
    if (`${cls.day}T${cls.start}` <= localMinuteOf(tx.now))
      throw new AppError("REFUSED", "その講習会はもう始まっています。案内を断りとして閉じてください。");
    const phoneOnly = offer.by_phone === 1 || cardOutlook(blueprint, cls.day, tx.now).arrives === null;
    const { id, number } = await putBooking(tx, key, {
      classId: cls.id,
      needs: wait.needs,
      memo: wait.memo,
      largePrint: wait.large_print === 1,
      companions: wait.companions,
      contact: wait.contact,
      proxy: readProxy(wait.proxy) ?? null,
      phoneOnly,
      waitId: wait.id,
    });
    await setWaitState(tx, contract, wait.id, "offered", { state: "booked", booking_id: id }, tx.now);
    await finishTask(tx, offer.task_id, "done");
    await tx.record({
      kind: "wait.accepted",
      subject: wait.person_id,
      about: wait.id,
      payload: { class: cls.id, offer: offerId, booking: id, number },
    });
    return { bookingId: id, number, phoneOnly };
  });
}

/** 待機の方が案内を断った。stays なら、ほかの回を待ち続ける。席は次の方へ。 */
export async function declineOffer(
  office: Office,
  actor: Actor,
  offerId: string,
  stays: boolean,
): Promise<SeatOutcome> {
  const { blueprint } = await openContract(office, actor.contract);
  const offer = await openOffer(office, actor.contract, offerId);
  return office.act(actor, async (tx) => {
    const next = await endOffer(tx, blueprint, offer, "declined", stays ? "waiting" : "declined");
    if (!next) throw closedOffer();
    return next;
  });
}

/** 電話に出なかったことなどを残す。席は期限まで押さえたまま。 */
export async function tryOffer(
  office: Office,
  actor: Actor,
  offerId: string,
  result: TryResult,
): Promise<void> {
  const offer = await openOffer(office, actor.contract, offerId);
  await office.act(actor, async (tx) => {
    await noteAttempt(tx, offer.task_id, result);
    tx.nothingHappened();
  });
}

/** 期限の過ぎた案内を閉じて、次の方へ。閉じた数を返す（毎分の片づけ）。 */
export async function sweepOffers(office: Office): Promise<number> {
  let closed = 0;
  for (const { id } of await listContracts(office)) {
    const now = office.clock.officeNow(id);
    const late = (await listOffers(office.read, id, { states: ["open"] })).filter((one) => one.due < now);
    if (late.length === 0) continue;
    const { blueprint } = await openContract(office, id);
    for (const offer of late)
      closed += await office.act(systemActor(id), async (tx) => {
        const next = await endOffer(tx, blueprint, offer, "expired", "waiting");
        if (!next) tx.nothingHappened();
        return next ? 1 : 0;
      });
  }
  return closed;
}

async function openOffer(office: Office, contract: string, id: string): Promise<StoredOffer> {
  const offer = (await listOffers(office.read, contract)).find((one) => one.id === id);
  if (!offer) throw new AppError("NOT_FOUND", "その案内はありません。待機の一覧から選び直してください。");
  if (offer.state !== "open") throw closedOffer();
  return offer;
}

function closedOffer(): AppError {
  return new AppError(
    "REFUSED",
    "その案内はもう閉じています（期限が過ぎたか、ほかの席で済んでいます）。待機の一覧を開き直してください。",
  );
}
