import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { type Day, dayOf } from "../base/time.ts";
import type { Office, Tx } from "../platform/office.ts";
import { hashPassword } from "../sealing/password.ts";
import { numberHash } from "./account-number.ts";
import {
  type AccountRow,
  endRoles,
  findAccount,
  insertRole,
  listRoles,
  updateAccount,
} from "./account-store.ts";
import { approvalOf, newInitialPassword, type RoleGrant, requireGrants, roleRow } from "./create-account.ts";
import { deleteFactors } from "./factor-store.ts";
import { type AccountDeed, requireHandling } from "./role-grant.ts";
import { deleteSessionsOf } from "./session-store.ts";
import { clearTries } from "./sign-in-try-store.ts";

/** 扱う人を探し、扱ってよいかを確かめる。契約の外の人は NOT_FOUND（ほかの契約の人がいることも言わない）。 */
async function target(office: Office, actor: Actor, id: string, deed: AccountDeed): Promise<AccountRow> {
  const account = await findAccount(office.read, id);
  const all = account ? await listRoles(office.read, [account.id]) : [];
  if (!account || !all.some((row) => row.contract_id === actor.contract))
    throw new AppError("NOT_FOUND", "その従業者は、この業務にいません。一覧から選び直してください。");
  // ほかの契約での役割も含めて、扱えるかを見る（弱い契約から強い人を動かさない）。
  const today = dayOf(office.clock.officeNow(actor.contract));
  const roles = all.filter((row) => row.to_day === null || row.to_day >= today).map((row) => row.role);
  requireHandling(actor, deed, { id, roles: [...new Set<Role>(roles)] });
  return account;
}

/** 続けて違えて入れなくなった人を、入れるようにする。 */
export async function unlockAccount(office: Office, actor: Actor, id: string): Promise<void> {
  const account = await target(office, actor, id, "help");
  const hash = await numberHash(office, account.number);
  await office.act(actor, async (tx) => {
    if (!(await clearTries(tx, hash))) return tx.nothingHappened();
    await tx.record({ kind: "account.unlocked", about: id });
  });
}

/**
 * パスワードを仮のものに戻す。本人は次に入るときに替える。factors が真なら、失くした第二の要素も全部外す。
 * 返す仮のパスワードは、本人に一度だけ渡す。
 */
export async function resetPassword(
  office: Office,
  actor: Actor,
  id: string,
  more: { factors: boolean },
): Promise<{ password: string }> {
  const account = await target(office, actor, id, "help");
  const password = newInitialPassword();
  const hashed = await hashPassword(password);
  const hash = await numberHash(office, account.number);
  await office.act(actor, async (tx) => {
    await updateAccount(tx, id, { password: hashed, must_change: 1, changed_at: tx.now });
    if (more.factors) await deleteFactors(tx, id);
    await deleteSessionsOf(tx, id);
    await clearTries(tx, hash);
    await tx.record({ kind: "account.password-reset", about: id, payload: { factors: more.factors } });
  });
  return { password };
}

/** この契約での役割を、今日から roles に替える。 */
export async function changeRoles(
  office: Office,
  actor: Actor,
  id: string,
  roles: readonly RoleGrant[],
  approval?: string,
): Promise<void> {
  await target(office, actor, id, "register");
  requireHandling(actor, "register", { id, roles: roles.map(({ role }) => role) });
  requireGrants(roles, approval, actor.roles.includes("system"));
  await office.act(actor, async (tx) => {
    await endRoles(tx, id, tx.contract, dayBefore(dayOf(tx.now)));
    for (const grant of roles) await insertRole(tx, roleRow(id, tx.contract, grant));
    await tx.record({
      kind: "account.roles-changed",
      about: id,
      payload: { roles: roles.map(({ role }) => role), ...approvalOf(approval) },
    });
  });
}

/** 使えなくする（退職、事故）。いま着席していても、その場で席を立つ。 */
export async function disableAccount(office: Office, actor: Actor, id: string): Promise<void> {
  await target(office, actor, id, "register");
  await office.act(actor, async (tx) => {
    await setState(tx, id, "disabled");
    await deleteSessionsOf(tx, id);
    await tx.record({ kind: "account.disabled", about: id });
  });
}

/** また使えるようにする。 */
export async function enableAccount(office: Office, actor: Actor, id: string): Promise<void> {
  await target(office, actor, id, "register");
  await office.act(actor, async (tx) => {
    await setState(tx, id, "active");
    await tx.record({ kind: "account.enabled", about: id });
  });
}

async function setState(tx: Tx, id: string, state: AccountRow["state"]): Promise<void> {
  await updateAccount(tx, id, { state, changed_at: tx.now });
}

function dayBefore(day: Day): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}
