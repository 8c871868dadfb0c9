import { instant, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";

/** 委託者の様式。登録するたびに一行ふえ、新しいものを使う。前のものも残る。 */
export const clientTemplateTable = table("client_template", {
  id: text(),
  contract_id: text(),
  kind: text<"booking-list">(),
  blob_id: text(),
  file_name: text(),
  /** 調べた結果（読み取れた欄、埋められない欄）の JSON。 */
  fields: text(),
  created_at: instant(),
  created_by: text(),
});
const schema = { client_template: clientTemplateTable };

export type ClientTemplate = Row<typeof clientTemplateTable>;

export async function insertTemplate(tx: Read, row: ClientTemplate): Promise<void> {
  await tables<typeof schema>(tx).insertInto("client_template").values(row).execute();
}

/** 登録されたもの、新しい順。 */
export async function listTemplates(
  read: Read,
  contract: string,
  kind: ClientTemplate["kind"],
): Promise<ClientTemplate[]> {
  return tables<typeof schema>(read)
    .selectFrom("client_template")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("kind", "=", kind)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .execute();
}

export async function latestTemplate(
  read: Read,
  contract: string,
  kind: ClientTemplate["kind"],
): Promise<ClientTemplate | undefined> {
  return (await listTemplates(read, contract, kind))[0];
}
