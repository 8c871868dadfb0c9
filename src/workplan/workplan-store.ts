import { instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 工程表の版。いまの版は current が一つだけ。作業と理由は文書の鍵（id）で封じる。 */
export const workplanTable = table("workplan_version", {
  id: text(),
  contract_id: text(),
  number: int32(),
  state: text<"current" | "past">(),
  /** 作業と、定めたときの日（JSON）。 */
  body: sealed(),
  /** 定めた・動かした理由。 */
  reason: sealed(),
  /** 動かしたときに作った協議書。 */
  filing: nullable(text()),
  made_by: text(),
  made_at: instant(),
  /** 書き換えるたびに進む。 */
  edition: int32(),
});
const schema = { workplan_version: workplanTable };

export type WorkplanRow = Row<typeof workplanTable>;
export type OpenWorkplan = PlainRow<typeof workplanTable>;

export async function insertWorkplan(tx: Read, key: SubjectKey, row: OpenWorkplan): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("workplan_version")
    .values(sealRow(workplanTable, key, row))
    .execute();
}

/** 新しい順。 */
export async function listWorkplanRows(read: Read, contract: string): Promise<WorkplanRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("workplan_version")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number", "desc")
    .execute();
}

export function openWorkplanRow(key: SubjectKey | undefined, row: WorkplanRow): OpenWorkplan {
  return openRow(workplanTable, key, row);
}

/** 読んだときから変わっていなければ変える。ほかの人が先に変えていれば偽。 */
export async function updateWorkplan(
  tx: Read,
  key: SubjectKey,
  before: OpenWorkplan,
  change: Partial<Pick<OpenWorkplan, "body" | "state">>,
): Promise<boolean> {
  const { body, state } = sealRow(workplanTable, key, { ...before, ...change });
  const rows = await tables<typeof schema>(tx)
    .updateTable("workplan_version")
    .set({ body, state, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}
