import type { Actor, Role } from "../base/actor.ts";
import { type Day, dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { openRow } from "../platform/sealed-row.ts";
import type { FactorKind } from "../sealing/second-factor.ts";
import { numberHash } from "./account-number.ts";
import { type AccountRoleRow, accountTable, listRoles, listAccounts as listRows } from "./account-store.ts";
import { listFactors } from "./factor-store.ts";
import { OFFICE_KEYS } from "./office-key.ts";
import { mayHandle } from "./role-grant.ts";
import { listLockedHashes } from "./sign-in-try-store.ts";

/** 従業者の一人（一覧の一行）。 */
export interface ListedAccount {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  readonly state: "active" | "disabled";
  readonly mustChange: boolean;
  /** 続けて違えて、いま入れない。 */
  readonly locked: boolean;
  /** この契約での、まだ終わらない役割。 */
  readonly roles: readonly { role: Role; from: Day; to: Day | null }[];
  readonly factors: readonly FactorKind[];
  /** 見ている人が、入れるようにし直せるか、登録を変えられるか。 */
  readonly mayHelp: boolean;
  readonly mayRegister: boolean;
}

/** この契約の従業者の一覧（別紙1 5(3)）。 */
export async function listAccounts(office: Office, actor: Actor): Promise<ListedAccount[]> {
  const rows = await listRows(office.read, actor.contract);
  const ids = rows.map((row) => row.id);
  const roles = await listRoles(office.read, ids);
  const keys = await office.keys.get(OFFICE_KEYS, ids);
  const locked = new Set(
    (await listLockedHashes(office.read, office.clock.systemMs())).map((hash) => hash.toString("base64")),
  );
  const today = dayOf(office.clock.officeNow(actor.contract));
  return Promise.all(
    rows.map(async (row) => {
      const hash = Buffer.from(await numberHash(office, row.number)).toString("base64");
      const current = roles.filter((one) => one.account_id === row.id && isCurrent(one, today));
      const held = [...new Set(current.map((one) => one.role))];
      const other = row.id !== actor.id;
      return {
        id: row.id,
        number: row.number,
        name: openRow(accountTable, keys.get(row.id), row).name,
        state: row.state,
        mustChange: row.must_change === 1,
        locked: locked.has(hash),
        roles: current
          .filter((one) => one.contract_id === actor.contract)
          .map((one) => ({ role: one.role, from: one.from_day, to: one.to_day })),
        factors: (await listFactors(office.read, row.id)).map((factor) => factor.kind),
        mayHelp: other && mayHandle(actor, "help", held),
        mayRegister: other && mayHandle(actor, "register", held),
      };
    }),
  );
}

function isCurrent(row: AccountRoleRow, today: Day): boolean {
  return row.to_day === null || row.to_day >= today;
}
