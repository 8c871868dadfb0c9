import type { Role } from "../base/actor.ts";
import { day, flag, instant, nullable, type Row, sealed, table, text } from "../base/column.ts";
import type { Day } from "../base/time.ts";
import { type Read, tables } from "../platform/database.ts";

/** 従業者。id は本人の鍵の id（仮名）で、氏名はその鍵で封じる。 */
export const accountTable = table("account", {
  id: text(),
  number: text(),
  name: sealed(),
  state: text<"active" | "disabled">(),
  password: text("secret"),
  must_change: flag(),
  created_at: instant(),
  changed_at: instant(),
});

export const accountRoleTable = table("account_role", {
  account_id: text(),
  contract_id: text(),
  role: text<Role>(),
  from_day: day(),
  to_day: nullable(day()),
});
const schema = { account: accountTable, account_role: accountRoleTable };

export type AccountRow = Row<typeof accountTable>;
export type AccountRoleRow = Row<typeof accountRoleTable>;

/** 足す。同じ番号がもう使われていれば偽。 */
export async function insertAccount(tx: Read, row: AccountRow): Promise<boolean> {
  const done = await tables<typeof schema>(tx)
    .insertInto("account")
    .values(row)
    .onConflict((oc) => oc.column("number").doNothing())
    .returning("id")
    .execute();
  return done.length === 1;
}

export async function findAccount(read: Read, id: string): Promise<AccountRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("account")
    .selectAll()
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function findAccountByNumber(read: Read, number: string): Promise<AccountRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("account")
    .selectAll()
    .where("number", "=", number)
    .executeTakeFirst();
}

/** その契約に役割を持ったことのある従業者を、番号の順に。 */
export async function listAccounts(read: Read, contract: string): Promise<AccountRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("account")
    .selectAll()
    .where("id", "in", (eb) =>
      eb.selectFrom("account_role").select("account_id").where("contract_id", "=", contract),
    )
    .orderBy("number")
    .execute();
}

export async function updateAccount(
  tx: Read,
  id: string,
  set: Partial<Pick<AccountRow, "state" | "password" | "must_change">> & { changed_at: string },
): Promise<void> {
  await tables<typeof schema>(tx).updateTable("account").set(set).where("id", "=", id).execute();
}

/** その人の役割の全部（過ぎたもの、これからのものも）。 */
export async function listRoles(read: Read, accountIds: readonly string[]): Promise<AccountRoleRow[]> {
  if (accountIds.length === 0) return [];
  return tables<typeof schema>(read)
    .selectFrom("account_role")
    .selectAll()
    .where("account_id", "in", accountIds)
    .orderBy("contract_id")
    .orderBy("from_day")
    .execute();
}

export async function insertRole(tx: Read, row: AccountRoleRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("account_role")
    .values(row)
    .onConflict((oc) =>
      oc.columns(["account_id", "contract_id", "role", "from_day"]).doUpdateSet({ to_day: row.to_day }),
    )
    .execute();
}

/** その契約での役割のうち、まだ終わらないものを last で終える（まだ始まっていないものは消す）。 */
export async function endRoles(tx: Read, accountId: string, contract: string, last: Day): Promise<void> {
  const q = tables<typeof schema>(tx);
  await q
    .deleteFrom("account_role")
    .where("account_id", "=", accountId)
    .where("contract_id", "=", contract)
    .where("from_day", ">", last)
    .execute();
  await q
    .updateTable("account_role")
    .set({ to_day: last })
    .where("account_id", "=", accountId)
    .where("contract_id", "=", contract)
    .where((eb) => eb.or([eb("to_day", "is", null), eb("to_day", ">", last)]))
    .execute();
}
