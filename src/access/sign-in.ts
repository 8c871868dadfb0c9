import { type Actor, systemActor } from "../base/actor.ts";
import { dayOf, instantFromMs } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { readCardNumber } from "../sealing/ic-card.ts";
import { hashPassword, needsRehash, verifyPassword } from "../sealing/password.ts";
import type { FactorSetting } from "../sealing/second-factor.ts";
import { numberHash, readNumber } from "./account-number.ts";
import {
  type AccountRoleRow,
  type AccountRow,
  findAccount,
  findAccountByNumber,
  listRoles,
  updateAccount,
} from "./account-store.ts";
import { recordRefusal } from "./check-factor.ts";
import { findFactorByLookup, listFactors } from "./factor-store.ts";
import type { Hindered } from "./lockout.ts";
import { OFFICE_KEYS } from "./office-key.ts";
import { cardLookup } from "./open-factors.ts";
import { rolesOn } from "./role.ts";
import { newToken, sessionState, staleBefore, tokenHash } from "./session.ts";
import { deleteSessionsBefore, insertSession, type SessionStage, sessionsAtDesk } from "./session-store.ts";
import { refundTry, spendTry } from "./sign-in-try-store.ts";

export interface SignInRequest {
  readonly number: string;
  readonly password: string;
  /** 席の番号。席を使わない人は undefined。 */
  readonly desk?: string | undefined;
  /** 番号の代わりにカードをかざしたとき、読取機が打った文字。 */
  readonly card?: string | undefined;
}

export type SignInResult =
  | { readonly kind: "next"; readonly token: string; readonly stage: SessionStage }
  | { readonly kind: "wrong"; readonly failed: number }
  | { readonly kind: "desk-taken" }
  | { readonly kind: "not-now" }
  | Hindered;

/**
 * 番号（またはカード）とパスワードを確かめ、次の段のセッションを作る（別紙1 5(8)）。
 * いない人でも同じ手間をかけ、同じに数え、同じに答える。
 */
export async function signIn(
  office: Office,
  request: SignInRequest,
  setting: FactorSetting,
): Promise<SignInResult> {
  const { account, counted } = await findPerson(office, request, setting);
  const hash = await numberHash(office, counted);
  const spent = await office.keep((tx) => spendTry(tx, hash, setting.systemMs));
  if (spent.kind !== "spent") return spent;
  const roles = await listRoles(office.read, account ? [account.id] : []);
  const right = await verifyPassword(account?.password, request.password);
  if (!account || !right) {
    const contract = roles[0]?.contract_id ?? OFFICE_KEYS;
    const actor: Actor = account ? { id: account.id, contract, roles: [] } : systemActor(contract);
    await recordRefusal(office, actor, account?.id, "password", spent.failed);
    return { kind: "wrong", failed: spent.failed };
  }
  await office.keep((tx) => refundTry(tx, hash, setting.systemMs));
  const contract = contractOf(office, roles);
  if (contract === undefined || account.state !== "active") return { kind: "not-now" };
  await renewHash(office, account, request.password);
  return beginSession(office, account, contract, request.desk, setting.systemMs);
}

async function findPerson(
  office: Office,
  request: SignInRequest,
  setting: FactorSetting,
): Promise<{ account: AccountRow | undefined; counted: string }> {
  if (request.card === undefined) {
    const number = readNumber(request.number);
    return { account: await findAccountByNumber(office.read, number), counted: number };
  }
  const card = readCardNumber(request.card) ?? "";
  const factor = await findFactorByLookup(office.read, cardLookup(setting, card));
  const account = factor && (await findAccount(office.read, factor.account_id));
  return { account, counted: account?.number ?? `card ${card}` };
}

/** いま役割のある契約。いくつもあれば、はじめのもの（あとで替えられる）。 */
export function contractOf(office: Office, roles: readonly AccountRoleRow[]): string | undefined {
  return roles
    .map((row) => row.contract_id)
    .find((contract) => rolesOn(roles, contract, dayOf(office.clock.officeNow(contract))).length > 0);
}

async function renewHash(office: Office, account: AccountRow, password: string): Promise<void> {
  if (!needsRehash(account.password)) return;
  const changed = { password: await hashPassword(password), changed_at: account.changed_at };
  await office.keep((tx) => updateAccount(tx, account.id, changed));
}

/** 席にほかの方がいなければ、次の段のセッションを作る。前の人が立つのは、二段目が済んだとき（パスワードだけでは、だれも立たせない）。 */
async function beginSession(
  office: Office,
  account: AccountRow,
  contract: string,
  desk: string | undefined,
  systemMs: number,
): Promise<SignInResult> {
  const token = newToken();
  const now = instantFromMs(systemMs);
  const stage: SessionStage = (await listFactors(office.read, account.id)).length === 0 ? "setup" : "factor";
  const actor: Actor = { id: account.id, contract, roles: [] };
  const seated = await office.act(actor, async (tx) => {
    // 着席の記録は二段目が残す。
    tx.nothingHappened();
    await deleteSessionsBefore(tx, staleBefore(systemMs));
    if (desk !== undefined) {
      const others = await sessionsAtDesk(tx, contract, desk);
      const busy = others.filter(
        (row) => row.account_id !== account.id && sessionState(row, systemMs) === "open",
      );
      if (busy.length > 0) return false;
    }
    await insertSession(tx, {
      hash: tokenHash(token),
      account_id: account.id,
      stage,
      contract_id: contract,
      desk: desk ?? null,
      csrf: newToken(),
      challenge: null,
      flash: null,
      started_at: now,
      seen_at: now,
      stepped_at: null,
      live_until: null,
      locked: 0,
    });
    return true;
  });
  return seated ? { kind: "next", token, stage } : { kind: "desk-taken" };
}
