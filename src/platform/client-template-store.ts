import { instant, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "./database.ts";

/**
 * 委託者の様式。登録するたびに一行ふえ、新しいものを使う。前のものも残る。
 * kind は室が決める（booking-list、notice、notice-large）。
 */
export const clientTemplateTable = table("client_template", {
  id: text(),
  contract_id: text(),
  kind: text(),
  blob_id: text(),
  file_name: text(),
  /** 様式を調べて分かった項目（JSON）。 */
  fields: text(),
  created_at: instant(),
  created_by: text(),
});
const schema = { client_template: clientTemplateTable };

export type ClientTemplate = Row<typeof clientTemplateTable>;

export async function insertTemplate(tx: Read, row: ClientTemplate): Promise<void> {
  await tables<typeof schema>(tx).insertInto("client_template").values(row).execute();
}

/** その種類の登録されたもの、新しい順。 */
export async function listTemplates(
  read: Read,
  contract: string,
  kind: string,
  limit = 1000,
): Promise<ClientTemplate[]> {
  return tables<typeof schema>(read)
    .selectFrom("client_template")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("kind", "=", kind)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

/** その種類の、いちばん新しい様式。 */
export async function latestTemplate(
  read: Read,
  contract: string,
  kind: string,
): Promise<ClientTemplate | undefined> {
  return (await listTemplates(read, contract, kind, 1))[0];
}

export async function findTemplateById(
  read: Read,
  contract: string,
  id: string,
): Promise<ClientTemplate | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("client_template")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}
