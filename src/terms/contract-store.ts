import { instant, int32, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";

/** 契約。設計図の本文も一緒に持つ（どの設計図で動いていたかが後から分かるように）。 */
export const contractTable = table("contract", {
  id: text(),
  title: text(),
  client: text(),
  fiscal_year: int32(),
  blueprint: text(),
  blueprint_hash: text(),
  /** 事務所の時計のずれ（ミリ秒、デモだけが 0 でない）。int32 に収まらないので文字列。 */
  clock_shift_ms: text(),
  created_at: instant(),
});
const schema = { contract: contractTable };

export type ContractRow = Row<typeof contractTable>;

export async function insertContract(tx: Read, row: ContractRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("contract").values(row).execute();
}

export async function findContract(read: Read, id: string): Promise<ContractRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("contract")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function listContracts(read: Read): Promise<ContractRow[]> {
  return tables<typeof schema>(read).selectFrom("contract").selectAll().orderBy("id").execute();
}

export async function setClockShift(tx: Read, id: string, ms: number): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("contract")
    .set({ clock_shift_ms: String(ms) })
    .where("id", "=", id)
    .execute();
}

/** 設計図を入れ替える。読んだときの設計図（before のハッシュ）から変わっていれば偽。 */
export async function setBlueprint(
  tx: Read,
  id: string,
  before: string,
  row: Pick<ContractRow, "title" | "client" | "fiscal_year" | "blueprint" | "blueprint_hash">,
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("contract")
    .set(row)
    .where("id", "=", id)
    .where("blueprint_hash", "=", before)
    .returning("id")
    .execute();
  return rows.length === 1;
}
