import { instant, int32, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { EnvironmentName } from "./environment.ts";

/** 環境の数。月・項目ごとに一つ。書き直しは、前の数との差が記録に残る。 */
export const environmentTable = table("environment_value", {
  id: text(),
  contract_id: text(),
  /** 「2025-09」。 */
  month: text(),
  item: text<EnvironmentName>(),
  value: int32(),
  made_by: text(),
  made_at: instant(),
});
const schema = { environment_value: environmentTable };
export type EnvironmentRow = Row<typeof environmentTable>;

export async function listEnvironmentRows(read: Read, contract: string): Promise<EnvironmentRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("environment_value")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("month")
    .orderBy("item")
    .execute();
}

/** その月・その項目の数を入れる（あれば置き換える）。 */
export async function putEnvironment(tx: Read, row: EnvironmentRow): Promise<void> {
  const { value, made_by, made_at } = row;
  await tables<typeof schema>(tx)
    .insertInto("environment_value")
    .values(row)
    .onConflict((oc) => oc.columns(["contract_id", "month", "item"]).doUpdateSet({ value, made_by, made_at }))
    .execute();
}
