import { createAccount, rolesFromToday } from "../access/create-account.ts";
import { systemActor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";

const FIRST_NUMBER = "0001";

/** はじめの従業者（責任者）。この人が、ほかの人を登録する。パスワードは一度だけ渡す。 */
export async function firstAccount(
  office: Office,
  contract: string,
): Promise<{ number: string; password: string }> {
  const { password } = await createAccount(office, systemActor(contract), {
    number: FIRST_NUMBER,
    name: "責任者",
    roles: rolesFromToday(office, contract, ["manager", "chief-privacy"]),
  });
  return { number: FIRST_NUMBER, password };
}
