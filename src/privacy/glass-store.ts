import { instant, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Tx } from "../platform/office.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 緊急の閲覧の願い。許した人と、効く終わりの時。 */
export const breakGlassTable = table("break_glass", {
  id: text(),
  contract_id: text(),
  reason: sealed(),
  asked_by: text(),
  asked_at: instant(),
  allowed_by: nullable(text()),
  allowed_at: nullable(instant()),
  until: nullable(instant()),
});
const schema = { break_glass: breakGlassTable };

export type GlassRow = Row<typeof breakGlassTable>;
export type StoredGlass = PlainRow<typeof breakGlassTable>;

export async function insertGlass(tx: Read, key: SubjectKey, row: StoredGlass): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("break_glass")
    .values(sealRow(breakGlassTable, key, row))
    .execute();
}

export async function listGlassRows(read: Read, contract: string): Promise<GlassRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("break_glass")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("asked_at", "desc")
    .limit(50)
    .execute();
}

export function openGlassRow(key: SubjectKey | undefined, row: GlassRow): StoredGlass {
  return openRow(breakGlassTable, key, row);
}

/** 許す。もう許されていれば偽（二人が同時に押したとき）。 */
export async function allowGlassRow(tx: Tx, id: string, until: string): Promise<GlassRow | undefined> {
  return tables<typeof schema>(tx)
    .updateTable("break_glass")
    .set({ allowed_by: tx.actor.id, allowed_at: tx.now, until })
    .where("contract_id", "=", tx.contract)
    .where("id", "=", id)
    .where("allowed_by", "is", null)
    .returningAll()
    .executeTakeFirst();
}
