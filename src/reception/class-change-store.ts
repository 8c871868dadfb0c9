import { day, instant, nullable, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { ChangeKind, ToldResult } from "./city-change.ts";

/** 市の指示による講習会の変更・中止。before と after は ClassPlace の JSON（個人情報はない）。 */
export const classChangeTable = table("class_change", {
  id: text(),
  contract_id: text(),
  class_id: text(),
  kind: text<ChangeKind>(),
  reason: text(),
  instructed_on: day(),
  before: text(),
  after: text(),
  made_at: instant(),
  made_by: text(),
});

/** 変更・中止を、予約の一件ごとに伝えたか。 */
export const classTellTable = table("class_tell", {
  id: text(),
  contract_id: text(),
  change_id: text(),
  booking_id: text(),
  task_id: text(),
  result: nullable(text<ToldResult>()),
  told_at: nullable(instant()),
  told_by: nullable(text()),
});
const schema = { class_change: classChangeTable, class_tell: classTellTable };

export type StoredClassChange = Row<typeof classChangeTable>;
export type StoredTell = Row<typeof classTellTable>;

export async function insertClassChange(tx: Read, row: StoredClassChange): Promise<void> {
  await tables<typeof schema>(tx).insertInto("class_change").values(row).execute();
}

export async function insertTell(tx: Read, row: StoredTell): Promise<void> {
  await tables<typeof schema>(tx).insertInto("class_tell").values(row).execute();
}

export async function listClassChanges(read: Read, contract: string): Promise<StoredClassChange[]> {
  return tables<typeof schema>(read)
    .selectFrom("class_change")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("made_at", "desc")
    .orderBy("id")
    .execute();
}

export async function listTells(
  read: Read,
  contract: string,
  filter: { id?: string; bookingId?: string; untold?: boolean } = {},
): Promise<StoredTell[]> {
  let query = tables<typeof schema>(read)
    .selectFrom("class_tell")
    .selectAll()
    .where("contract_id", "=", contract);
  if (filter.id !== undefined) query = query.where("id", "=", filter.id);
  if (filter.bookingId !== undefined) query = query.where("booking_id", "=", filter.bookingId);
  if (filter.untold) query = query.where("told_at", "is", null);
  return query.orderBy("id").execute();
}

/** まだ伝えていなければ、伝えたことにする。ほかの人が先なら偽。 */
export async function setTold(
  tx: Read,
  contract: string,
  id: string,
  told: { result: ToldResult; by: string; now: string },
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("class_tell")
    .set({ result: told.result, told_at: told.now, told_by: told.by })
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("told_at", "is", null)
    .returning("id")
    .execute();
  return rows.length === 1;
}
