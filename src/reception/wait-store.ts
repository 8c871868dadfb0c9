import { day, flag, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { ContactMeans } from "./caller.ts";
import type { WaitState } from "./waiting.ts";

/** 待機。本人は person に、配慮事項・メモ・代わりの申込者は本人の鍵で封じる。 */
export const waitTable = table("wait", {
  id: text(),
  contract_id: text(),
  person_id: text(),
  state: text<WaitState>(),
  needs: sealed(),
  memo: sealed(),
  /** 代わりに申し込んだ方（ProxyCaller の JSON）。 */
  proxy: nullable(sealed()),
  large_print: flag(),
  companions: int32(),
  contact: text<ContactMeans>(),
  /** 希望した回。なければ null。 */
  class_id: nullable(text()),
  /** ほかの回でもよい講座。空なら希望した回だけ。 */
  course: text(),
  /** ほかの回でもよい会場の id（空白区切り）。空ならどこでも。 */
  venue_ids: text(),
  from_day: nullable(day()),
  to_day: nullable(day()),
  /** 電話のつながる時間。 */
  reach_from: text(),
  reach_to: text(),
  /** 1 は市の変更で席を失った方。 */
  priority: int32(),
  /** 案内したが決まらなかった回数。 */
  passes: int32(),
  booking_id: nullable(text()),
  created_at: instant(),
  created_by: text(),
  changed_at: instant(),
});
const schema = { wait: waitTable };

export type SealedWait = Row<typeof waitTable>;
export type StoredWait = PlainRow<typeof waitTable>;

export async function insertWait(tx: Read, key: SubjectKey, wait: StoredWait): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("wait")
    .values(sealRow(waitTable, key, wait))
    .execute();
}

export function openWait(key: SubjectKey | undefined, row: SealedWait): StoredWait {
  return openRow(waitTable, key, row);
}

export async function findWait(read: Read, contract: string, id: string): Promise<SealedWait | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("wait")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function listSealedWaits(
  read: Read,
  contract: string,
  states: readonly WaitState[],
): Promise<SealedWait[]> {
  return tables<typeof schema>(read)
    .selectFrom("wait")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("state", "in", states)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

/** その予約になった待機。 */
export async function findWaitOfBooking(
  read: Read,
  contract: string,
  bookingId: string,
): Promise<SealedWait | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("wait")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("booking_id", "=", bookingId)
    .executeTakeFirst();
}

/** from の状態なら変える。ほかの人が先に変えていれば偽。 */
export async function setWaitState(
  tx: Read,
  contract: string,
  id: string,
  from: WaitState,
  change: Partial<Pick<SealedWait, "state" | "passes" | "booking_id" | "priority">>,
  now: string,
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("wait")
    .set({ ...change, changed_at: now })
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("state", "=", from)
    .returning("id")
    .execute();
  return rows.length === 1;
}
