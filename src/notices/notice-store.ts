import { flag, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { NoticeState, NoticeWhy } from "./batch.ts";

/** 受講通知書の一通。予約の内容は持たず、予約から引く。 */
export const noticeTable = table("notice", {
  id: text(),
  contract_id: text(),
  batch_id: text(),
  booking_id: text(),
  person_id: text(),
  /** 生きている通知書だけが持つ予約の id。一つの予約に、生きている通知書は一通だけ。 */
  live_booking: nullable(text()),
  booking_version: int32(),
  /** 印字する内容の印（契約の鍵による HMAC）。 */
  mark: text(),
  state: text<NoticeState>(),
  printed: flag(),
  why: nullable(text<NoticeWhy>()),
  /** 外した理由。本人の鍵で封じる。 */
  reason: nullable(sealed()),
  decided_by: nullable(text()),
  decided_at: nullable(instant()),
  /** はがきの絵（NoticePictures の JSON）。 */
  pictures: nullable(text()),
  /** 発送の通し番号。 */
  serial: nullable(int32()),
  /** 作り直しなら、前の通知書。 */
  replaces: nullable(text()),
});
const schema = { notice: noticeTable };

export type NoticeRow = Row<typeof noticeTable>;
export type StoredNotice = PlainRow<typeof noticeTable>;

/** まとめて入れる。ほかの束に生きている通知書がある予約は入らない。入った予約の id を返す。 */
export async function insertNotices(tx: Read, rows: readonly NoticeRow[]): Promise<string[]> {
  const made: string[] = [];
  for (let start = 0; start < rows.length; start += 100) {
    const part = await tables<typeof schema>(tx)
      .insertInto("notice")
      .values(rows.slice(start, start + 100))
      .onConflict((oc) => oc.columns(["contract_id", "live_booking"]).doNothing())
      .returning("booking_id")
      .execute();
    made.push(...part.map((row) => row.booking_id));
  }
  return made;
}

export async function listNotices(read: Read, contract: string, batchId: string): Promise<NoticeRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("notice")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("batch_id", "=", batchId)
    .orderBy("id")
    .execute();
}

/** 生きている通知書のすべて。 */
export async function listLiveNotices(read: Read, contract: string): Promise<NoticeRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("notice")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("live_booking", "is not", null)
    .execute();
}

/** 契約の全部の通知書（発送簿と返戻の突き合わせに）。個人情報は封じたまま。 */
export async function listAllNotices(read: Read, contract: string): Promise<NoticeRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("notice")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("id")
    .execute();
}

/** 一つの予約の、これまでの通知書。 */
export async function listBookingNotices(
  read: Read,
  contract: string,
  bookingId: string,
): Promise<NoticeRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("notice")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("booking_id", "=", bookingId)
    .execute();
}

/** 一覧のために、束ごとの状態と数だけ。 */
export async function countNotices(
  read: Read,
  contract: string,
): Promise<{ batch_id: string; state: NoticeState; printed: number; n: number }[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("notice")
    .select((eb) => ["batch_id", "state", "printed", eb.fn.countAll<number>().as("n")])
    .where("contract_id", "=", contract)
    .groupBy(["batch_id", "state", "printed"])
    .execute();
  return rows.map((row) => ({ ...row, n: Number(row.n) }));
}

export async function findNotice(read: Read, contract: string, id: string): Promise<NoticeRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("notice")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

export type NoticeUpdate = Partial<
  Pick<
    NoticeRow,
    | "state"
    | "printed"
    | "why"
    | "decided_by"
    | "decided_at"
    | "live_booking"
    | "mark"
    | "booking_version"
    | "pictures"
    | "serial"
  >
>;

export async function updateNotice(
  tx: Read,
  contract: string,
  id: string,
  change: NoticeUpdate,
): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("notice")
    .set(change)
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .execute();
}

/** 同じ変え方をする通知書をまとめて。 */
export async function updateNotices(
  tx: Read,
  contract: string,
  ids: readonly string[],
  change: NoticeUpdate,
): Promise<void> {
  for (let start = 0; start < ids.length; start += 500)
    await tables<typeof schema>(tx)
      .updateTable("notice")
      .set(change)
      .where("contract_id", "=", contract)
      .where("id", "in", ids.slice(start, start + 500))
      .execute();
}

/** 外した理由を、本人の鍵で封じて残す。 */
export async function setNoticeReason(
  tx: Read,
  key: SubjectKey,
  notice: Pick<NoticeRow, "id" | "contract_id">,
  reason: string,
): Promise<void> {
  const { reason: cipher } = sealRow(reasonOnly, key, { id: notice.id, reason });
  await tables<typeof schema>(tx)
    .updateTable("notice")
    .set({ reason: cipher })
    .where("contract_id", "=", notice.contract_id)
    .where("id", "=", notice.id)
    .execute();
}

export function openNotice(key: SubjectKey | undefined, row: NoticeRow): StoredNotice {
  return openRow(noticeTable, key, row);
}

/** 理由だけを封じるための、同じ名の表。 */
const reasonOnly = table("notice", { id: text(), reason: nullable(sealed()) });
