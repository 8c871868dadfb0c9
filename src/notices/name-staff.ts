import { accountTable, listAccounts } from "../access/account-store.ts";
import { OFFICE_KEYS } from "../access/office-key.ts";
import type { Office } from "../platform/office.ts";
import { openRow } from "../platform/sealed-row.ts";

/** 従業者の仮名から氏名（承認した人、発送した人を画面と紙に出す）。いない人は結果に現れない。 */
export async function nameStaff(office: Office, contract: string): Promise<Map<string, string>> {
  const rows = await listAccounts(office.read, contract);
  const keys = await office.keys.get(
    OFFICE_KEYS,
    rows.map((row) => row.id),
  );
  return new Map(rows.map((row) => [row.id, openRow(accountTable, keys.get(row.id), row).name]));
}
