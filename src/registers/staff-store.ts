import { day, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { Employment, StaffRole } from "./staff.ts";

/** 体制の一人。id は本人の鍵の id で、氏名・職名・雇用主・資格はその鍵で封じる。 */
export const memberTable = table("staff_member", {
  id: text(),
  contract_id: text(),
  number: int32(),
  /** 従業者番号（アカウントの番号）。 */
  account: nullable(text()),
  name: sealed(),
  post: sealed(),
  employment: text<Employment>(),
  employer: nullable(sealed()),
  qualification: nullable(sealed()),
  /** 直接雇用の例外の届出。 */
  exception_filing: nullable(text()),
  made_by: text(),
  made_at: instant(),
  edition: int32(),
});

/** 役割と期間（両端を含む）。 */
export const staffRoleTable = table("staff_role", {
  id: text(),
  contract_id: text(),
  member_id: text(),
  role: text<StaffRole>(),
  from_day: day(),
  to_day: nullable(day()),
  made_by: text(),
  made_at: instant(),
});
const schema = { staff_member: memberTable, staff_role: staffRoleTable };

export type MemberRow = Row<typeof memberTable>;
export type StoredMember = PlainRow<typeof memberTable>;
export type RoleRow = Row<typeof staffRoleTable>;

export async function insertMember(tx: Read, key: SubjectKey, member: StoredMember): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("staff_member")
    .values(sealRow(memberTable, key, member))
    .execute();
}

export function openMemberRow(key: SubjectKey | undefined, row: MemberRow): StoredMember {
  return openRow(memberTable, key, row);
}

export async function findMemberRow(
  read: Read,
  contract: string,
  id: string,
): Promise<MemberRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("staff_member")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function listMemberRows(read: Read, contract: string): Promise<MemberRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("staff_member")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number")
    .execute();
}

/** 読んだときから変わっていなければ変える。 */
export async function updateMember(
  tx: Read,
  key: SubjectKey,
  before: StoredMember,
  change: Partial<StoredMember>,
): Promise<boolean> {
  const { id: _id, contract_id: _contract, ...row } = sealRow(memberTable, key, { ...before, ...change });
  const rows = await tables<typeof schema>(tx)
    .updateTable("staff_member")
    .set({ ...row, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

export async function insertStaffRole(tx: Read, row: RoleRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("staff_role").values(row).execute();
}

export async function listRoleRows(read: Read, contract: string): Promise<RoleRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("staff_role")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("from_day")
    .orderBy("id")
    .execute();
}

/** まだ終わりの決まっていない役割に、終わりの日を入れる。決まっていれば偽。 */
export async function endRole(tx: Read, contract: string, id: string, to: string): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("staff_role")
    .set({ to_day: to })
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("to_day", "is", null)
    .returning("id")
    .execute();
  return rows.length === 1;
}
