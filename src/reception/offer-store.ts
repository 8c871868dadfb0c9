import { flag, instant, nullable, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { OfferState } from "./waiting.ts";

/** 待機の方への案内。席は hold が押さえ、期限は事務所の時計の営業時間で数える。 */
export const offerTable = table("offer", {
  id: text(),
  contract_id: text(),
  wait_id: text(),
  class_id: text(),
  hold_id: text(),
  task_id: text(),
  state: text<OfferState>(),
  /** 通知書が間に合わず、日時を電話で案内する約束。 */
  by_phone: flag(),
  due: instant(),
  made_at: instant(),
  made_by: text(),
  closed_at: nullable(instant()),
});
const schema = { offer: offerTable };

export type StoredOffer = Row<typeof offerTable>;

export async function insertOffer(tx: Read, offer: StoredOffer): Promise<void> {
  await tables<typeof schema>(tx).insertInto("offer").values(offer).execute();
}

/** 案内。条件を省けば全部、新しい順。 */
export async function listOffers(
  read: Read,
  contract: string,
  filter: { waitId?: string; classId?: string; states?: readonly OfferState[] } = {},
): Promise<StoredOffer[]> {
  let query = tables<typeof schema>(read).selectFrom("offer").selectAll().where("contract_id", "=", contract);
  if (filter.waitId) query = query.where("wait_id", "=", filter.waitId);
  if (filter.classId) query = query.where("class_id", "=", filter.classId);
  if (filter.states) query = query.where("state", "in", filter.states);
  return query.orderBy("made_at", "desc").orderBy("id").execute();
}

/** open の案内を閉じる。もう閉じていれば undefined。 */
export async function closeOffer(
  tx: Read,
  contract: string,
  id: string,
  to: Exclude<OfferState, "open">,
  now: string,
): Promise<StoredOffer | undefined> {
  return tables<typeof schema>(tx)
    .updateTable("offer")
    .set({ state: to, closed_at: now })
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("state", "=", "open")
    .returningAll()
    .executeTakeFirst();
}
