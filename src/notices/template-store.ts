import { instant, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";

/** 委託者の様式（Word のひな形など）。kind は notice（通常）、notice-large（大きな文字）。 */
export const clientTemplateTable = table("client_template", {
  id: text(),
  contract_id: text(),
  kind: text(),
  blob_id: text(),
  file_name: text(),
  /** ひな形が使う項目の名（JSON）。 */
  fields: text(),
  created_at: instant(),
  created_by: text(),
});
const schema = { client_template: clientTemplateTable };

export type TemplateRow = Row<typeof clientTemplateTable>;

export async function insertTemplate(tx: Read, row: TemplateRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("client_template").values(row).execute();
}

/** その種類の、いちばん新しい様式。 */
export async function findTemplate(
  read: Read,
  contract: string,
  kind: string,
): Promise<TemplateRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("client_template")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("kind", "=", kind)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

export async function findTemplateById(
  read: Read,
  contract: string,
  id: string,
): Promise<TemplateRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("client_template")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}
