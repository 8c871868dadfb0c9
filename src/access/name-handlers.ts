import type { Role } from "../base/actor.ts";
import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { openRow } from "../platform/sealed-row.ts";
import { accountTable, listAccounts, listRoles } from "./account-store.ts";
import { OFFICE_KEYS } from "./office-key.ts";
import { rolesOn } from "./role.ts";

/** 従業者の名と、今日の役割。担当を言うために使う（一覧の画面は list-accounts.ts）。 */
export interface HandlerName {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  /** 画面の表に出す短い名（姓）。 */
  readonly short: string;
  readonly roles: readonly Role[];
}

/** この契約の、いま働いている従業者の名。id から引く。 */
export async function nameHandlers(office: Office, contract: string): Promise<Map<string, HandlerName>> {
  const rows = (await listAccounts(office.read, contract)).filter((row) => row.state === "active");
  const ids = rows.map((row) => row.id);
  const [roles, keys] = await Promise.all([listRoles(office.read, ids), office.keys.get(OFFICE_KEYS, ids)]);
  const today = dayOf(office.clock.officeNow(contract));
  const own = Map.groupBy(roles, (role) => role.account_id);
  return new Map(
    rows.map((row) => {
      const { name } = openRow(accountTable, keys.get(row.id), row);
      const [short = name] = name.split(/[\s　]+/u);
      const held = rolesOn(own.get(row.id) ?? [], contract, today);
      return [row.id, { id: row.id, number: row.number, name, short, roles: held }];
    }),
  );
}
