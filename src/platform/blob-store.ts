import { bytes, instant, int32, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "./database.ts";

/** 封じたファイル（取り込んだもの、作ったもの）。中身は文書の鍵で封じてある。 */
export const blobTable = table("blob", {
  id: text(),
  contract_id: text(),
  key_id: text(),
  kind: text(),
  media: text(),
  /** 個人名を含まないファイル名。 */
  file_name: text(),
  size: int32(),
  sha256: text(),
  content: bytes("personal"),
  created_at: instant(),
  created_by: text(),
});
const schema = { blob: blobTable };

export type BlobRow = Row<typeof blobTable>;

export async function insertBlob(tx: Read, row: BlobRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("blob").values(row).execute();
}

export async function findBlob(read: Read, contract: string, id: string): Promise<BlobRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("blob")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}
