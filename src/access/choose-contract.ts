import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import type { Seated } from "../platform/route.ts";
import { listRoles } from "./account-store.ts";
import { rolesOn } from "./role.ts";
import { moveSession } from "./session-store.ts";

/** いま自分に役割のある契約。 */
export async function myContracts(office: Office, accountId: string): Promise<string[]> {
  const roles = await listRoles(office.read, [accountId]);
  return [...new Set(roles.map((row) => row.contract_id))].filter(
    (contract) => rolesOn(roles, contract, dayOf(office.clock.officeNow(contract))).length > 0,
  );
}

/** 着席したまま、業務（契約）を替える。席は、替えた先で選び直す。 */
export async function chooseContract(office: Office, seated: Seated, contract: string): Promise<void> {
  const mine = await myContracts(office, seated.actor.id);
  if (!mine.includes(contract))
    throw new AppError(
      "FORBIDDEN",
      "その業務では、あなたの役割が決まっていません。責任者に確かめてください。",
    );
  if (contract === seated.actor.contract) return;
  await office.act({ ...seated.actor, contract }, async (tx) => {
    await moveSession(tx, seated.actor.id, seated.csrf, contract);
    await tx.record({
      kind: "account.moved",
      about: seated.actor.id,
      payload: { from: seated.actor.contract },
    });
  });
}
