import { instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 回答を直したこと。中身（回答者、列、前、後、理由）は回答の鍵で封じる。 */
export const fixTable = table("survey_fix", {
  id: text(),
  contract_id: text(),
  survey_id: text(),
  key_id: text(),
  number: int32(),
  /** 見つけた決まりの名（手で直したものは manual）。 */
  rule: text(),
  body: sealed(),
  made_by: text(),
  made_at: instant(),
  undone_by: nullable(text()),
  undone_at: nullable(instant()),
});
const schema = { survey_fix: fixTable };

type FixRow = Row<typeof fixTable>;
export type OpenFixRow = PlainRow<typeof fixTable>;

export async function insertFixes(tx: Read, key: SubjectKey, rows: readonly OpenFixRow[]): Promise<void> {
  // 一度に入れる行は、文の変数の上限（SQLite 32,766、PostgreSQL 65,535）を超えないように。
  for (let at = 0; at < rows.length; at += 500)
    await tables<typeof schema>(tx)
      .insertInto("survey_fix")
      .values(rows.slice(at, at + 500).map((row) => sealRow(fixTable, key, row)))
      .execute();
}

/** 古い順（後のものが勝つ）。 */
export async function listFixRows(read: Read, contract: string, survey: string): Promise<FixRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("survey_fix")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("survey_id", "=", survey)
    .orderBy("number")
    .execute();
}

export function openFixRow(key: SubjectKey | undefined, row: FixRow): OpenFixRow {
  return openRow(fixTable, key, row);
}

/** 取り消す。もう取り消されていれば偽。 */
export async function undoFixRow(
  tx: Read,
  contract: string,
  id: string,
  by: { undone_by: string; undone_at: string },
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("survey_fix")
    .set(by)
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("undone_at", "is", null)
    .returning("id")
    .execute();
  return rows.length === 1;
}
