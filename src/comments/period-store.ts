import { day, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** draft=準備、open=受付中、closed=締め切った、published=結果を公表した。 */
export type PeriodState = "draft" | "open" | "closed" | "published";

/** 意見公募の一回。中身（公表するもの、章と分類、区分）は文書の鍵（id）で封じる。 */
export const periodTable = table("comment_period", {
  id: text(),
  contract_id: text(),
  number: int32(),
  /** 案件の名。 */
  title: text(),
  state: text<PeriodState>(),
  from_day: nullable(day()),
  to_day: nullable(day()),
  body: sealed(),
  made_by: text(),
  made_at: instant(),
  edition: int32(),
});
const schema = { comment_period: periodTable };

export type PeriodRow = Row<typeof periodTable>;
export type OpenPeriodRow = PlainRow<typeof periodTable>;

export async function insertPeriod(tx: Read, key: SubjectKey, row: OpenPeriodRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("comment_period")
    .values(sealRow(periodTable, key, row))
    .execute();
}

/** 新しい順。 */
export async function listPeriodRows(read: Read, contract: string): Promise<PeriodRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("comment_period")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number", "desc")
    .execute();
}

export function openPeriodRow(key: SubjectKey | undefined, row: PeriodRow): OpenPeriodRow {
  return openRow(periodTable, key, row);
}

/** 読んだときから変わっていなければ変える。 */
export async function updatePeriod(
  tx: Read,
  key: SubjectKey,
  before: OpenPeriodRow,
  change: Partial<Pick<OpenPeriodRow, "title" | "state" | "from_day" | "to_day" | "body">>,
): Promise<boolean> {
  const { title, state, from_day, to_day, body } = sealRow(periodTable, key, { ...before, ...change });
  const rows = await tables<typeof schema>(tx)
    .updateTable("comment_period")
    .set({ title, state, from_day, to_day, body, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}
