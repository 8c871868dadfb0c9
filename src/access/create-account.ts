import { randomInt } from "node:crypto";
import type { Actor, Role } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import { type Day, dayOf } from "../base/time.ts";
import type { Office, Tx } from "../platform/office.ts";
import { sealRow } from "../platform/sealed-row.ts";
import { checkPassword, hashPassword, requirePassword } from "../sealing/password.ts";
import type { FactorRecord } from "../sealing/second-factor.ts";
import { requireNumber } from "./account-number.ts";
import { accountTable, findAccountByNumber, insertAccount, insertRole } from "./account-store.ts";
import { insertFactor } from "./factor-store.ts";
import { OFFICE_KEYS, officeKey } from "./office-key.ts";
import { factorLabels, sealFactor } from "./open-factors.ts";
import { requireHandling } from "./role-grant.ts";

export interface RoleGrant {
  readonly role: Role;
  readonly from: Day;
  readonly to?: Day | undefined;
}

export interface NewAccount {
  readonly number: string;
  readonly name: string;
  readonly roles: readonly RoleGrant[];
  /** 保護管理者を登録するときの、委託者の承認の番号。 */
  readonly approval?: string | undefined;
  /** system だけが決められる（はじめの登録とデモ）。省けば仮のパスワードを作り、はじめに替えてもらう。 */
  readonly password?: string | undefined;
  /** system だけが決められる。もう持っている第二の要素（デモ）。 */
  readonly factors?: readonly FactorRecord[] | undefined;
}

/** 従業者を登録する（別紙1 5(3) 使用できる従業者の限定）。password は本人に一度だけ渡す。 */
export async function createAccount(
  office: Office,
  actor: Actor,
  given: NewAccount,
): Promise<{ id: string; password: string }> {
  const isSystem = actor.roles.includes("system");
  if (!isSystem && (given.password !== undefined || given.factors !== undefined))
    throw new Error("only the system chooses a password for another person");
  requireHandling(actor, "register", { roles: given.roles.map(({ role }) => role) });
  const number = requireNumber(given.number);
  const name = requireName(given.name);
  requireGrants(given.roles, given.approval, isSystem);
  const password = given.password ?? newInitialPassword();
  requirePassword(password, { personal: [number] });
  const hashed = await hashPassword(password);
  const key = await office.keys.fresh(OFFICE_KEYS);
  const factorKey = await officeKey(office, "factor");
  await office.act(actor, async (tx) => {
    if (await findAccountByNumber(tx, number)) throw taken();
    const row = sealRow(accountTable, key, {
      id: key.id,
      number,
      name,
      state: "active",
      password: hashed,
      must_change: given.password === undefined ? 1 : 0,
      created_at: tx.now,
      changed_at: tx.now,
    });
    if (!(await insertAccount(tx, row))) throw taken();
    for (const grant of given.roles) await insertRole(tx, roleRow(key.id, tx.contract, grant));
    for (const record of given.factors ?? []) await keepFactor(tx, factorKey, key.id, record);
    await tx.record({
      kind: "account.created",
      about: key.id,
      payload: { roles: given.roles.map(({ role }) => role), ...approvalOf(given.approval) },
    });
  });
  return { id: key.id, password };
}

/** 「k3mp-7xwq-…」の形の仮のパスワード（16字、約78ビット）。読み違えやすい字は使わない。 */
export function newInitialPassword(): string {
  const letters = "abcdefghjkmnpqrstuvwxyz23456789";
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("");
  // ごくまれに、弱い並びに見えるものができる。本人にも機械にも断られないものが出るまで作り直す。
  for (;;) {
    const made = [group(), group(), group(), group()].join("-");
    if (checkPassword(made).length === 0) return made;
  }
}

function requireName(typed: string): string {
  const name = typed.normalize("NFC").trim();
  if (name !== "" && [...name].length <= 60) return name;
  const message = "氏名を60字までで入れてください。";
  throw new AppError("BAD_INPUT", message, { faults: [{ field: "name", message }] });
}

/** 役割は一つ以上、終わりは始まりより後。保護管理者には委託者の承認の番号が要る。 */
export function requireGrants(
  roles: readonly RoleGrant[],
  approval: string | undefined,
  isSystem: boolean,
): void {
  const fault = (field: string, message: string) =>
    new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
  if (roles.length === 0) throw fault("roles", "役割を一つ以上選んでください。");
  if (roles.some(({ from, to }) => to !== undefined && to < from))
    throw fault("to", "終わりの日は、始まりの日より後にしてください。");
  const needs = roles.some(({ role }) => role === "privacy");
  if (needs && !isSystem && (approval ?? "").trim() === "")
    throw fault("approval", "保護管理者を登録するには、委託者の承認の番号を入れてください。");
}

export function approvalOf(approval: string | undefined): { approval?: string } {
  const text = (approval ?? "").trim().slice(0, 100);
  return text === "" ? {} : { approval: text };
}

export function roleRow(accountId: string, contract: string, grant: RoleGrant) {
  return {
    account_id: accountId,
    contract_id: contract,
    role: grant.role,
    from_day: grant.from,
    to_day: grant.to ?? null,
  };
}

/** 今日から、終わりなしの役割。 */
export function rolesFromToday(office: Office, contract: string, roles: readonly Role[]): RoleGrant[] {
  const from = dayOf(office.clock.officeNow(contract));
  return roles.map((role) => ({ role, from }));
}

/** 第二の要素を一つ残す。同じカードがもう登録されていれば CONFLICT。 */
export async function keepFactor(
  tx: Tx,
  factorKey: Uint8Array,
  accountId: string,
  record: FactorRecord,
  label?: string,
): Promise<string> {
  const row = { id: newId(), account_id: accountId };
  const done = await insertFactor(tx, {
    ...row,
    kind: record.kind,
    label: label === undefined || label === "" ? factorLabels[record.kind] : label,
    secret: sealFactor(factorKey, row, record),
    lookup: record.kind === "ic-card" ? Buffer.from(record.numberHmac, "base64") : null,
    version: 1,
    created_at: tx.systemNow,
    used_at: null,
  });
  if (!done)
    throw new AppError(
      "CONFLICT",
      "このカードは、もう登録されています。別のカードを使うか、前の登録を外してください。",
    );
  return row.id;
}

function taken(): AppError {
  const message = "この従業者番号は、もう使われています。";
  return new AppError("BAD_INPUT", message, { faults: [{ field: "number", message }] });
}
