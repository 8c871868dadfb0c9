import { bytes, instant, nullable, table, text } from "../base/column.ts";
import { type Read, tables } from "./database.ts";

/** 鍵の保管庫（keys.db）の表。本体のデータベースとは別のファイルで、控えの組も分ける。 */
export const keyTable = table("key", {
  id: text(),
  /** contract=契約の鍵（root で包む）、subject=本人・文書の鍵（契約の鍵で包む）、signing=署名の鍵。 */
  kind: text<"contract" | "subject" | "signing">(),
  contract_id: text(),
  wrapped: nullable(bytes("secret")),
  created_at: instant(),
  destroyed_at: nullable(instant()),
});
const schema = { key: keyTable };

export interface StoredKey {
  id: string;
  kind: "contract" | "subject" | "signing";
  contract: string;
  wrapped: Uint8Array;
  createdAt: string;
}

export async function insertKeys(tx: Read, keys: StoredKey[]): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("key")
    .values(
      keys.map((k) => ({
        id: k.id,
        kind: k.kind,
        contract_id: k.contract,
        wrapped: Buffer.from(k.wrapped),
        created_at: k.createdAt,
        destroyed_at: null,
      })),
    )
    .execute();
}

/** まだ壊していない鍵を id で。大きな一覧は分けて読む。 */
export async function findKeys(
  read: Read,
  contract: string,
  ids: readonly string[],
): Promise<{ id: string; wrapped: Buffer }[]> {
  const found: { id: string; wrapped: Buffer }[] = [];
  for (let start = 0; start < ids.length; start += 500) {
    const rows = await tables<typeof schema>(read)
      .selectFrom("key")
      .select(["id", "wrapped"])
      .where("contract_id", "=", contract)
      .where("kind", "=", "subject")
      .where("id", "in", ids.slice(start, start + 500))
      .execute();
    for (const row of rows) if (row.wrapped) found.push({ id: row.id, wrapped: row.wrapped });
  }
  return found;
}

export async function findKey(read: Read, id: string, kind: StoredKey["kind"]): Promise<Buffer | undefined> {
  const row = await tables<typeof schema>(read)
    .selectFrom("key")
    .select("wrapped")
    .where("id", "=", id)
    .where("kind", "=", kind)
    .executeTakeFirst();
  return row?.wrapped ?? undefined;
}

/** 鍵を壊す。もう壊してあるものは数えない。壊した鍵の id を返す。contract を言えば、その契約の鍵だけ。 */
export async function destroyKeys(
  tx: Read,
  ids: readonly string[],
  now: string,
  contract?: string,
): Promise<string[]> {
  const destroyed: string[] = [];
  for (let start = 0; start < ids.length; start += 500) {
    let query = tables<typeof schema>(tx)
      .updateTable("key")
      .set({ wrapped: null, destroyed_at: now })
      .where("kind", "=", "subject")
      .where("id", "in", ids.slice(start, start + 500))
      .where("wrapped", "is not", null);
    if (contract !== undefined) query = query.where("contract_id", "=", contract);
    const rows = await query.returning("id").execute();
    for (const { id } of rows) destroyed.push(id);
  }
  return destroyed;
}

/** ある時から後に壊した鍵（時の順）。 */
export async function listDestroyed(
  read: Read,
  since: string,
  limit: number,
): Promise<{ id: string; at: string }[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("key")
    .select(["id", "destroyed_at"])
    .where("destroyed_at", ">=", since)
    .orderBy("destroyed_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ id: row.id, at: row.destroyed_at ?? since }));
}
