import { instant, int32, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SourceKind } from "./source.ts";

/** 資料の一件。公表された資料の書誌と引用で、個人情報は書かない。body は欄の JSON。 */
export const sourceTable = table("research_source", {
  id: text(),
  contract_id: text(),
  number: int32(),
  kind: text<SourceKind>(),
  title: text(),
  body: text(),
  made_by: text(),
  made_at: instant(),
  edition: int32(),
});
const schema = { research_source: sourceTable };

export type SourceRow = Row<typeof sourceTable>;

export async function insertSource(tx: Read, row: SourceRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("research_source").values(row).execute();
}

/** 番号の順。 */
export async function listSourceRows(read: Read, contract: string): Promise<SourceRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("research_source")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number")
    .execute();
}

export async function findSourceRow(
  read: Read,
  contract: string,
  id: string,
): Promise<SourceRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("research_source")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** 読んだときから変わっていなければ変える。ほかの人が先に変えていれば偽。 */
export async function updateSource(
  tx: Read,
  before: Pick<SourceRow, "id" | "contract_id" | "edition">,
  change: Pick<SourceRow, "kind" | "title" | "body">,
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("research_source")
    .set({ ...change, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}
