import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { localMinuteOf } from "../base/time.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office, Tx } from "../platform/office.ts";
import { insertPerson } from "../platform/person-store.ts";
import type { BookingInput } from "./booking.ts";
import { type CallerExtra, callerFaults, personOf, proxyText, tidyCaller } from "./caller.ts";
import { findClass, moveSeats } from "./class-store.ts";
import { removeDraft } from "./draft-store.ts";
import { removeDraftHolds } from "./hold-store.ts";
import { callbackReach } from "./reach.ts";
import { listVenues } from "./venue-store.ts";
import { insertWait, listSealedWaits, type StoredWait } from "./wait-store.ts";
import { type GivenWish, readWish } from "./wait-wish.ts";
import { compareWaits, type WaitWish, wants } from "./waiting.ts";

export interface NewWait extends BookingInput, Partial<CallerExtra>, GivenWish {
  /** 希望した、満席の回。 */
  classId: string;
  /** 電話のつながる時間（「09:00」～「16:00」）。 */
  reachFrom: string;
  reachTo: string;
  draftId?: string | undefined;
}

export interface WaitReceipt {
  id: string;
  /** その回を、この方より先に待っている人の数。 */
  ahead: number;
}

/**
 * 満席の回の待機に入れる（６(2)ア 予約率の向上）。本人は予約と同じに封じる。
 * 席が空いていて先に待つ人もいなければ REFUSED（その場で予約する）。
 * @throws AppError BAD_INPUT（faults に欄の名）、NOT_FOUND、REFUSED
 */
export async function waitForClass(office: Office, actor: Actor, given: NewWait): Promise<WaitReceipt> {
  const caller = tidyCaller(given);
  const { faults, ...reach } = callbackReach(given.reachFrom, given.reachTo);
  const all = [...callerFaults(caller), ...faults];
  if (all.length > 0) throw new AppError("BAD_INPUT", "入力に直すところがあります。", { faults: all });
  const key = await office.keys.fresh(actor.contract);
  const lookupKey = await office.keys.lookupKey(actor.contract);
  return office.act(actor, async (tx) => {
    const wish = await wishOf(tx, given);
    const ahead = await countAhead(tx, given.classId);
    const cls = await findClass(tx, tx.contract, given.classId);
    if (cls && ahead === 0 && cls.booked + cls.held < cls.capacity)
      throw new AppError("REFUSED", "その回には空席があります。待機ではなく、そのまま予約してください。");
    await insertPerson(tx, key, personOf(tx, key, caller, lookupKey));
    if (given.draftId) {
      await removeDraft(tx, tx.contract, given.draftId);
      for (const hold of await removeDraftHolds(tx, tx.contract, given.draftId))
        await moveSeats(tx, tx.contract, hold.class_id, { booked: 0, held: -1 }, tx.now);
    }
    const id = await putWait(tx, key, {
      ...wish,
      ...reach,
      person_id: key.id,
      needs: caller.needs,
      memo: caller.memo,
      proxy: proxyText(caller.proxy),
      large_print: caller.largePrint ? 1 : 0,
      companions: caller.companions,
      contact: caller.contact,
      priority: 0,
    });
    return { id, ahead };
  });
}

type WaitToPut = Omit<
  StoredWait,
  "id" | "contract_id" | "state" | "passes" | "booking_id" | "created_at" | "created_by" | "changed_at"
>;

/** 待機を書き、記録する。本人はもう書いてあること。 */
export async function putWait(tx: Tx, key: SubjectKey, wait: WaitToPut): Promise<string> {
  const id = newId();
  await insertWait(tx, key, {
    ...wait,
    id,
    contract_id: tx.contract,
    state: "waiting",
    passes: 0,
    booking_id: null,
    created_at: tx.now,
    created_by: tx.actor.id,
    changed_at: tx.now,
  });
  await tx.record({
    kind: "wait.opened",
    subject: key.id,
    about: id,
    payload: { class: wait.class_id, priority: wait.priority, desk: tx.actor.desk ?? "" },
  });
  return id;
}

async function wishOf(tx: Tx, given: NewWait): Promise<WaitWish> {
  const cls = await findClass(tx, tx.contract, given.classId);
  if (!cls) throw new AppError("NOT_FOUND", "その講習会はありません。空席の表を開き直してください。");
  if (cls.state !== "open" || `${cls.day}T${cls.start}` <= localMinuteOf(tx.now))
    throw new AppError("REFUSED", "その講習会は受け付けを終えています。ほかの回をご案内ください。");
  return readWish(given, cls, await listVenues(tx, tx.contract));
}

async function countAhead(tx: Tx, classId: string): Promise<number> {
  const cls = await findClass(tx, tx.contract, classId);
  const waits = await listSealedWaits(tx, tx.contract, ["waiting", "offered"]);
  return cls ? waits.filter((wait) => wants(wait, cls)).sort(compareWaits).length : 0;
}
