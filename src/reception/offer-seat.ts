import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { type Instant, instantOf } from "../base/time.ts";
import { postingClock } from "../japan/posting-clock.ts";
import { formatMonthDay } from "../japan/wareki.ts";
import type { Office, Tx } from "../platform/office.ts";
import { finishTask } from "../tasks/close-task.ts";
import { putTask } from "../tasks/open-task.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { findClass, moveSeats, type StoredClass } from "./class-store.ts";
import { insertHold, removeDraftHolds } from "./hold-store.ts";
import { closeOffer, insertOffer, listOffers, type StoredOffer } from "./offer-store.ts";
import { takeSeat } from "./take-seat.ts";
import { listSealedWaits, type SealedWait, setWaitState } from "./wait-store.ts";
import {
  compareWaits,
  type OfferState,
  type OfferStop,
  offerDraft,
  offerDue,
  offerStop,
  offerStops,
  WAITING_LIST,
  wants,
} from "./waiting.ts";

/** 案内の押さえた席は、案内の期限（事務所の時計）が放す。仮押さえの掃除では放さない。 */
const NEVER = "9999-12-31T00:00:00.000Z";

/** 空いた席に起きたこと。待つ人がいなければ none。 */
export type SeatOutcome =
  | { kind: "none" }
  | { kind: "stopped"; why: OfferStop; waiting: number }
  | { kind: "offered"; waitId: string; offerId: string; taskId: string; due: Instant };

/**
 * 空いた席を、次に待つ人のために押さえ、折り返しの仕事を作る。席はもう空いていて、同じ取引の中で呼ぶ。
 * 通知書が間に合わなくなったか、講習会が始まっていれば、案内しない。
 */
export async function offerFreedSeat(
  tx: Tx,
  blueprint: Blueprint,
  classId: string,
  skip: readonly string[] = [],
): Promise<SeatOutcome> {
  const cls = await findClass(tx, tx.contract, classId);
  if (!cls) return { kind: "none" };
  const waiting = (await listSealedWaits(tx, tx.contract, ["waiting"])).filter((wait) => wants(wait, cls));
  const declined = new Set(
    (await listOffers(tx, tx.contract, { classId, states: ["declined"] })).map((one) => one.wait_id),
  );
  const queue = waiting
    .filter((wait) => !declined.has(wait.id) && !skip.includes(wait.id))
    .sort(compareWaits);
  if (queue.length === 0) return { kind: "none" };
  const why = offerStop(cls, lastCall(blueprint, cls, false), tx.now, false);
  if (why) return { kind: "stopped", why, waiting: queue.length };
  for (const wait of queue) {
    const offer = await hold(tx, blueprint, cls, wait, false);
    if (offer) return { kind: "offered", waitId: wait.id, ...offer };
  }
  return { kind: "none" };
}

/**
 * 空いている席の数だけ、待つ人に案内する（定員が増えた、電話の仮押さえが切れた）。案内した数を返す。
 * 前にこの回の案内が決まらなかった方には、し直さない。
 */
export async function offerFreeSeats(tx: Tx, blueprint: Blueprint, classId: string): Promise<number> {
  const cls = await findClass(tx, tx.contract, classId);
  const free = cls ? cls.capacity - cls.booked - cls.held : 0;
  const past = await listOffers(tx, tx.contract, { classId, states: ["expired"] });
  const skip = past.map((one) => one.wait_id);
  for (let offered = 0; offered < free; offered += 1)
    if ((await offerFreedSeat(tx, blueprint, classId, skip)).kind !== "offered") return offered;
  return Math.max(0, free);
}

/**
 * 待機の方に、空いている席を案内する（SV や OP が選んで）。byPhone は、通知書が間に合わないことを承知で日時を電話で伝える約束。
 * @throws AppError NOT_FOUND、REFUSED（始まった、間に合わない、もう案内している）、CLASS_FULL
 */
export async function offerSeat(
  office: Office,
  actor: Actor,
  waitId: string,
  given: { classId: string; byPhone?: boolean },
): Promise<{ offerId: string; taskId: string; due: Instant }> {
  const { blueprint } = await openContract(office, actor.contract);
  const byPhone = given.byPhone ?? false;
  return office.act(actor, async (tx) => {
    const cls = await findClass(tx, tx.contract, given.classId);
    const wait = (await listSealedWaits(tx, tx.contract, ["waiting"])).find((one) => one.id === waitId);
    if (!cls || !wait)
      throw new AppError("NOT_FOUND", "その待機か講習会は、もうありません。待機の一覧を開き直してください。");
    const why = offerStop(cls, lastCall(blueprint, cls, false), tx.now, byPhone);
    if (why) throw new AppError("REFUSED", offerStops[why]);
    const offer = await hold(tx, blueprint, cls, wait, byPhone);
    if (!offer)
      throw new AppError("CONFLICT", "ほかの席で、この方への案内を始めています。一覧を開き直してください。");
    return offer;
  });
}

/** 席を押さえ、案内と折り返しの仕事を書く。ほかの席が先に案内していれば undefined。 */
async function hold(tx: Tx, blueprint: Blueprint, cls: StoredClass, wait: SealedWait, byPhone: boolean) {
  if (!(await setWaitState(tx, tx.contract, wait.id, "waiting", { state: "offered" }, tx.now)))
    return undefined;
  await takeSeat(tx, cls.id, "held");
  const offerId = newId();
  const holdId = newId();
  await insertHold(tx, {
    id: holdId,
    contract_id: tx.contract,
    class_id: cls.id,
    account_id: WAITING_LIST,
    desk: "",
    draft_id: offerDraft(offerId),
    expires_at: NEVER,
    created_at: tx.systemNow,
  });
  const due = offerDue(blueprint, tx.now, lastCall(blueprint, cls, byPhone));
  const task = await putTask(tx, blueprint, {
    kind: "callback",
    title: `待機の方へ折り返し（${formatMonthDay(cls.day)} ${cls.start.replace(/^0/, "")} の席を押さえています）`,
    clause: "6(2)ア",
    role: "operator",
    due: { kind: "at", at: due },
    about: { room: "reception", kind: "wait", id: wait.id },
    cause: `offer/${offerId}`,
  });
  await insertOffer(tx, {
    id: offerId,
    contract_id: tx.contract,
    wait_id: wait.id,
    class_id: cls.id,
    hold_id: holdId,
    task_id: task.id,
    state: "open",
    by_phone: byPhone ? 1 : 0,
    due,
    made_at: tx.now,
    made_by: tx.actor.id,
    closed_at: null,
  });
  await tx.record({
    kind: "wait.offered",
    subject: wait.person_id,
    about: wait.id,
    payload: { class: cls.id, offer: offerId, due, byPhone },
  });
  return { offerId, taskId: task.id, due };
}

/** 案内を続けられる最後の時。通知書の投函期限、電話で案内するなら講習会の始まり。 */
function lastCall(blueprint: Blueprint, cls: StoredClass, byPhone: boolean): Instant {
  if (byPhone) return instantOf(cls.day, cls.start);
  return postingClock(cls.day, blueprint.calendar, blueprint.posting).postBy.at;
}

const endings = {
  declined: "wait.declined",
  expired: "wait.expired",
  stopped: "wait.stopped",
} as const satisfies Partial<Record<OfferState, string>>;

/**
 * 予約にならなかった案内を閉じ、席を放し、次の人に案内する。待機は to の状態になる。
 * 先に閉じられていれば undefined。
 */
export async function endOffer(
  tx: Tx,
  blueprint: Blueprint,
  offer: StoredOffer,
  how: keyof typeof endings,
  to: "waiting" | "declined" | "stopped",
): Promise<SeatOutcome | undefined> {
  const closed = await closeOffer(tx, tx.contract, offer.id, how, tx.now);
  if (!closed) return undefined;
  await releaseOfferHold(tx, offer);
  await finishTask(tx, offer.task_id, how === "declined" ? "done" : "dropped");
  const wait = (await listSealedWaits(tx, tx.contract, ["offered"])).find((one) => one.id === offer.wait_id);
  const passes = (wait?.passes ?? 0) + (how === "stopped" ? 0 : 1);
  await setWaitState(tx, tx.contract, offer.wait_id, "offered", { state: to, passes }, tx.now);
  await tx.record({
    kind: endings[how],
    ...(wait ? { subject: wait.person_id } : {}),
    about: offer.wait_id,
    payload: { class: offer.class_id, offer: offer.id, to },
  });
  // 断った方・出なかった方には、この席をすぐには案内し直さない。
  return offerFreedSeat(tx, blueprint, offer.class_id, [offer.wait_id]);
}

/** 案内が押さえていた席を放す（もう消えていれば何もしない）。 */
export async function releaseOfferHold(tx: Tx, offer: StoredOffer): Promise<void> {
  for (const one of await removeDraftHolds(tx, tx.contract, offerDraft(offer.id)))
    await moveSeats(tx, tx.contract, one.class_id, { booked: 0, held: -1 }, tx.now);
}
