import { instant, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";

/** はがきに代えて電話で案内したこと。mark は案内した内容の印なので、その後で予約が変われば、案内していないことになる。 */
export const phonedTable = table("phoned", {
  id: text(),
  contract_id: text(),
  booking_id: text(),
  mark: text(),
  told_at: instant(),
  told_by: text(),
});
const schema = { phoned: phonedTable };

export type PhonedRow = Row<typeof phonedTable>;

/** 同じ内容の案内は一度だけ。もうあれば偽。 */
export async function insertPhoned(tx: Read, row: PhonedRow): Promise<boolean> {
  const made = await tables<typeof schema>(tx)
    .insertInto("phoned")
    .values(row)
    .onConflict((oc) => oc.columns(["contract_id", "booking_id", "mark"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return made !== undefined;
}

export async function listPhoned(read: Read, contract: string): Promise<PhonedRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("phoned")
    .selectAll()
    .where("contract_id", "=", contract)
    .execute();
}
