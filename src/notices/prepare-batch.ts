import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { type Day, dayOf } from "../base/time.ts";
import { addBusinessDays } from "../japan/business-day.ts";
import { answerOnce } from "../platform/answer-once.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office, Tx } from "../platform/office.ts";
import { cardOutlook } from "../reception/list-seats.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { refuseRole } from "./batch.ts";
import { insertBatch, type StoredBatch } from "./batch-store.ts";
import { listPool, type PoolEntry } from "./list-pool.ts";
import { insertNotices, type NoticeRow, updateNotices } from "./notice-store.ts";

/** 一つの束の上限。これより多いと、確かめるのも印刷も一度に終わらない。 */
export const batchLimit = 1000;

export interface NewBatch {
  /** 受講日で選ぶ。 */
  days?: readonly Day[];
  /** 講習会の id で選ぶ。days も classIds も省けば withinDays で選ぶ。 */
  classIds?: readonly string[];
  /** 投函の期限が何営業日以内のものか。既定は 3。 */
  withinDays?: number;
  /** 同じ要求の印。 */
  onceKey?: string;
}

export interface BatchReceipt {
  id: string;
  number: number;
  count: number;
}

/** 束を作る（仕様書６(2)オ）。生きている通知書のない予約だけが入る。なければ REFUSED。 */
export async function prepareBatch(office: Office, actor: Actor, given: NewBatch): Promise<BatchReceipt> {
  const { contract } = actor;
  const { blueprint } = await openContract(office, contract);
  refuseRole("prepare", actor.roles, blueprint.roles.supervisorMayOperate);
  if (given.days?.length === 0) {
    const message = "束にする受講日を、一つ以上選んでください。";
    throw new AppError("BAD_INPUT", message, { faults: [{ field: "day", message }] });
  }
  const pool = await listPool(office, actor);
  const entries = chosen(pool, given, blueprint, office.clock.officeNow(contract)).slice(0, batchLimit);
  const [key, lookupKey] = await Promise.all([office.keys.fresh(contract), office.keys.lookupKey(contract)]);
  const input = {
    days: [...(given.days ?? [])].sort(),
    classes: [...(given.classIds ?? [])].sort(),
    within: given.withinDays ?? null,
  };
  const once = given.onceKey ? { key: given.onceKey, verb: "batch.prepare", input, lookupKey } : undefined;
  return office.act(actor, (tx) =>
    answerOnce(tx, once, async () => {
      if (entries.length === 0)
        throw new AppError(
          "REFUSED",
          "作る受講通知書がありません。選んだ日の予約は、もうほかの束に入っています。",
        );
      const number = await takeNumber(tx, tx.contract, "batch");
      await insertBatch(tx, key, newBatch(tx, key.id, number, entries));
      await releaseSent(tx, entries);
      const made = await insertNotices(
        tx,
        entries.map((one) => newNotice(tx, key.id, one)),
      );
      if (made.length < entries.length)
        throw new AppError(
          "CONFLICT",
          "ほかの方が同じ予約の束を作りました。画面を開き直して、残りをご確認ください。",
        );
      await tx.record({
        kind: "batch.prepared",
        about: key.id,
        payload: { batch: number, count: made.length },
      });
      return { id: key.id, number, count: made.length };
    }),
  );
}

function chosen(pool: readonly PoolEntry[], given: NewBatch, blueprint: Blueprint, now: string): PoolEntry[] {
  if (given.days) {
    const wanted = new Set(given.days);
    return pool.filter((one) => wanted.has(one.detail.cls.day));
  }
  if (given.classIds) {
    const wanted = new Set(given.classIds);
    return pool.filter((one) => wanted.has(one.detail.cls.id));
  }
  const until = addBusinessDays(blueprint.calendar, dayOf(now), given.withinDays ?? 3);
  const due = new Map<string, boolean>();
  return pool.filter(({ detail: { cls } }) => {
    const known = due.get(cls.day) ?? dayOf(cardOutlook(blueprint, cls.day, now).deadline) <= until;
    due.set(cls.day, known);
    return known;
  });
}

function newBatch(tx: Tx, id: string, number: number, entries: readonly PoolEntry[]): StoredBatch {
  return {
    id,
    contract_id: tx.contract,
    number,
    state: "draft",
    template_id: null,
    class_ids: JSON.stringify([...new Set(entries.map((one) => one.detail.cls.id))]),
    made_by: tx.actor.id,
    made_at: tx.now,
    submitted_by: null,
    submitted_at: null,
    approved_by: null,
    approved_at: null,
    same_person: 0,
    returned_reason: null,
    printed_at: null,
    sent_on: null,
    sent_count: null,
    sent_by: null,
    sent_at: null,
    receipt: null,
    job_id: null,
    files: "[]",
    version: 1,
    postage: null,
    unit_yen: null,
    payer: null,
    serial_from: null,
    serial_to: null,
  };
}

function newNotice(tx: Tx, batchId: string, { detail, mark, replaces }: PoolEntry): NoticeRow {
  return {
    id: newId(),
    contract_id: tx.contract,
    batch_id: batchId,
    booking_id: detail.booking.id,
    person_id: detail.person.id,
    live_booking: detail.booking.id,
    booking_version: detail.booking.version,
    mark,
    state: "waiting",
    printed: 0,
    why: null,
    reason: null,
    decided_by: null,
    decided_at: null,
    pictures: null,
    serial: null,
    replaces: replaces?.id ?? null,
  };
}

/** 送った後で変わった予約は、前の通知書に代えて新しい通知書が生きる。 */
async function releaseSent(tx: Tx, entries: readonly PoolEntry[]): Promise<void> {
  const old = entries.flatMap((one) => (one.replaces ? [one.replaces.id] : []));
  if (old.length > 0) await updateNotices(tx, tx.contract, old, { live_booking: null });
}
