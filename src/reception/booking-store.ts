import { flag, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type On, type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { prepared } from "../platform/prepared-query.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { ContactMeans } from "./caller.ts";

/** 予約。配慮事項とメモは本人の鍵で封じる。 */
export const bookingTable = table("booking", {
  id: text(),
  contract_id: text(),
  /** 受付番号（契約の中の通し番号）。 */
  number: int32(),
  class_id: text(),
  person_id: text(),
  state: text<"booked" | "cancelled" | "undone">(),
  needs: sealed(),
  memo: sealed(),
  large_print: flag(),
  taken_at: instant(),
  taken_by: text(),
  desk: text(),
  version: int32(),
  changed_at: instant(),
  /** 付き添いの人数。席は取らない。 */
  companions: int32(),
  contact: text<ContactMeans>(),
  /** 通知書が間に合わず、日時を電話で案内した。 */
  phone_only: flag(),
  /** 代わりに申し込んだ方（ProxyCaller の JSON）。 */
  proxy: nullable(sealed()),
});
const schema = { booking: bookingTable };

export type SealedBooking = Row<typeof bookingTable>;
export type StoredBooking = PlainRow<typeof bookingTable>;

const insert = prepared((q: On<typeof schema>, row: SealedBooking) => q.insertInto("booking").values(row));

export async function insertBooking(tx: Read, key: SubjectKey, booking: StoredBooking): Promise<void> {
  await insert(tx, sealRow(bookingTable, key, booking));
}

export function openBooking(key: SubjectKey | undefined, row: SealedBooking): StoredBooking {
  return openRow(bookingTable, key, row);
}

export async function findBooking(
  read: Read,
  contract: string,
  id: string,
): Promise<SealedBooking | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("booking")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

export interface BookingFilter {
  ids?: readonly string[];
  classIds?: readonly string[];
  persons?: readonly string[];
  numbers?: readonly number[];
  states?: readonly StoredBooking["state"][];
  takenFrom?: string;
  takenTo?: string;
}

export async function listSealedBookings(
  read: Read,
  contract: string,
  filter: BookingFilter,
): Promise<SealedBooking[]> {
  let query = tables<typeof schema>(read)
    .selectFrom("booking")
    .selectAll()
    .where("contract_id", "=", contract);
  if (filter.ids) query = query.where("id", "in", filter.ids);
  if (filter.classIds) query = query.where("class_id", "in", filter.classIds);
  if (filter.persons) query = query.where("person_id", "in", filter.persons);
  if (filter.numbers) query = query.where("number", "in", filter.numbers);
  if (filter.states) query = query.where("state", "in", filter.states);
  if (filter.takenFrom) query = query.where("taken_at", ">=", filter.takenFrom);
  if (filter.takenTo) query = query.where("taken_at", "<", filter.takenTo);
  return query.orderBy("number").execute();
}

/** 生きている予約の、封じていない印だけ（数えるため。封じた欄は読みもしない）。 */
export async function listBookingMarks(
  read: Read,
  contract: string,
): Promise<Pick<SealedBooking, "id" | "number" | "class_id" | "taken_at">[]> {
  return marks(read, { contract });
}

const marks = prepared((q: On<typeof schema>, v: { contract: string }) =>
  q
    .selectFrom("booking")
    .select(["id", "number", "class_id", "taken_at"])
    .where("contract_id", "=", v.contract)
    .where("state", "=", "booked")
    .orderBy("number"),
);

/** その瞬間からあとに受け、いまもその状態の予約の数。 */
export async function countBookings(
  read: Read,
  contract: string,
  from: string,
  state: StoredBooking["state"],
): Promise<number> {
  const [row] = await count(read, { contract, from, state });
  return row?.n ?? 0;
}

const count = prepared(
  (q: On<typeof schema>, v: { contract: string; from: string; state: StoredBooking["state"] }) =>
    q
      .selectFrom("booking")
      .select((eb) => eb.fn.countAll<number>().as("n"))
      .where("contract_id", "=", v.contract)
      .where("taken_at", ">=", v.from)
      .where("state", "=", v.state),
);

/** 状態を変える。from の状態でなければ undefined。 */
export async function setBookingState(
  tx: Read,
  contract: string,
  id: string,
  from: StoredBooking["state"],
  to: StoredBooking["state"],
  now: string,
): Promise<SealedBooking | undefined> {
  return tables<typeof schema>(tx)
    .updateTable("booking")
    .set((eb) => ({ state: to, changed_at: now, version: eb("version", "+", 1) }))
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("state", "=", from)
    .returningAll()
    .executeTakeFirst();
}

/** 予約を別の回に移す。version が違うか、取り消されていれば undefined。 */
export async function setBookingClass(
  tx: Read,
  before: Pick<SealedBooking, "contract_id" | "id" | "version">,
  classId: string,
  now: string,
): Promise<SealedBooking | undefined> {
  return tables<typeof schema>(tx)
    .updateTable("booking")
    .set({ class_id: classId, changed_at: now, version: before.version + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("version", "=", before.version)
    .where("state", "=", "booked")
    .returningAll()
    .executeTakeFirst();
}

/** 配慮事項などを書き換える。version が違えば偽。 */
export async function updateBooking(
  tx: Read,
  key: SubjectKey,
  before: SealedBooking,
  change: Partial<Pick<StoredBooking, "needs" | "memo" | "large_print">>,
  now: string,
): Promise<boolean> {
  const plain = { ...openBooking(key, before), ...change };
  const { needs, memo, large_print } = sealRow(bookingTable, key, plain);
  const rows = await tables<typeof schema>(tx)
    .updateTable("booking")
    .set({ needs, memo, large_print, changed_at: now, version: before.version + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("version", "=", before.version)
    .returning("id")
    .execute();
  return rows.length === 1;
}
