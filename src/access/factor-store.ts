import { bytes, instant, int32, nullable, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { FactorKind } from "../sealing/second-factor.ts";

/** 第二の要素。secret は FactorRecord を事務所の鍵で封じたもの、lookup はカードの照合値。 */
export const factorTable = table("factor", {
  id: text(),
  account_id: text(),
  kind: text<FactorKind>(),
  label: text(),
  secret: bytes("secret"),
  lookup: nullable(bytes("secret")),
  version: int32(),
  created_at: instant(),
  used_at: nullable(instant()),
});
const schema = { factor: factorTable };

export type FactorRow = Row<typeof factorTable>;

/** 足す。同じカードがもう登録されていれば偽。 */
export async function insertFactor(tx: Read, row: FactorRow): Promise<boolean> {
  const done = await tables<typeof schema>(tx)
    .insertInto("factor")
    .values(row)
    .onConflict((oc) => oc.column("lookup").doNothing())
    .returning("id")
    .execute();
  return done.length === 1;
}

export async function listFactors(read: Read, accountId: string): Promise<FactorRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("factor")
    .selectAll()
    .where("account_id", "=", accountId)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export async function findFactorByLookup(read: Read, lookup: Uint8Array): Promise<FactorRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("factor")
    .selectAll()
    .where("lookup", "=", Buffer.from(lookup))
    .executeTakeFirst();
}

/** 使ったあとの値に置き換える。読んだときの版のままなら真（同じ答えを同時に二度は使えない）。 */
export async function spendFactor(
  tx: Read,
  row: Pick<FactorRow, "id" | "version">,
  secret: Buffer,
  usedAt: string,
): Promise<boolean> {
  const done = await tables<typeof schema>(tx)
    .updateTable("factor")
    .set({ secret, version: row.version + 1, used_at: usedAt })
    .where("id", "=", row.id)
    .where("version", "=", row.version)
    .returning("id")
    .execute();
  return done.length === 1;
}

export async function deleteFactor(tx: Read, accountId: string, id: string): Promise<boolean> {
  const done = await tables<typeof schema>(tx)
    .deleteFrom("factor")
    .where("account_id", "=", accountId)
    .where("id", "=", id)
    .returning("id")
    .execute();
  return done.length === 1;
}

/** その種類を全部消す（回復の符号の出し直し、仮のパスワードへの戻し）。 */
export async function deleteFactors(tx: Read, accountId: string, kind?: FactorKind): Promise<void> {
  let query = tables<typeof schema>(tx).deleteFrom("factor").where("account_id", "=", accountId);
  if (kind) query = query.where("kind", "=", kind);
  await query.execute();
}
