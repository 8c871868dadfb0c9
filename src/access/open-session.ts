import type { Actor, Role } from "../base/actor.ts";
import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { openRow } from "../platform/sealed-row.ts";
import { type AccountRow, accountTable, findAccount, listRoles } from "./account-store.ts";
import { OFFICE_KEYS } from "./office-key.ts";
import { rolesOn } from "./role.ts";
import { sessionState, tokenHash, touched } from "./session.ts";
import { deleteSession, findSession, lockSession, type SessionRow, updateSession } from "./session-store.ts";

/** 合い鍵で開いたセッション。 */
export interface CurrentSession {
  readonly row: SessionRow;
  readonly account: AccountRow;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly actor: Actor;
  /** 操作がないので画面を閉じている。 */
  readonly locked: boolean;
}

/**
 * cookie の合い鍵からセッションを開く。終わっていれば、役割が切れていれば、undefined。
 * active は人の操作か（画面の自動の問い合わせは違う）、live は通話中の受付デスクからか。
 */
export async function openSession(
  office: Office,
  token: string | undefined,
  by: { active: boolean; live: boolean },
): Promise<CurrentSession | undefined> {
  if (token === undefined || token.length > 100) return undefined;
  const found = await findSession(office.read, tokenHash(token));
  if (!found) return undefined;
  const account = await findAccount(office.read, found.account_id);
  if (!account) return undefined;
  const systemMs = office.clock.systemMs();
  const state = sessionState(found, systemMs);
  const today = dayOf(office.clock.officeNow(found.contract_id));
  const roles = rolesOn(await listRoles(office.read, [account.id]), found.contract_id, today);
  const actor: Actor = {
    id: account.id,
    contract: found.contract_id,
    roles,
    ...(found.desk === null ? {} : { desk: found.desk }),
  };
  if (state === "over" || account.state !== "active" || roles.length === 0) {
    await endSession(office, actor, found, state === "over" ? "time" : "account");
    return undefined;
  }
  const row = await keepUp(office, actor, found, state === "idle", by);
  const keys = await office.keys.get(OFFICE_KEYS, [account.id]);
  const { name } = openRow(accountTable, keys.get(account.id), account);
  return { row, account, name, roles, actor, locked: row.locked === 1 };
}

async function endSession(office: Office, actor: Actor, row: SessionRow, why: string): Promise<void> {
  await office.act(actor, async (tx) => {
    if (!(await deleteSession(tx, row.hash)) || row.stage !== "seated") return tx.nothingHappened();
    await tx.record({ kind: "account.left", about: row.account_id, payload: { why } });
  });
}

async function keepUp(
  office: Office,
  actor: Actor,
  row: SessionRow,
  idle: boolean,
  by: { active: boolean; live: boolean },
): Promise<SessionRow> {
  if (idle) {
    if (row.locked === 1) return row;
    await office.act(actor, async (tx) => {
      if (!(await lockSession(tx, row.hash))) return tx.nothingHappened();
      await tx.record({ kind: "session.locked", about: row.account_id });
    });
    return { ...row, locked: 1, stepped_at: null };
  }
  const change = touched(row, office.clock.systemMs(), by);
  if (!change) return row;
  await office.keep((tx) => updateSession(tx, row.hash, change));
  return { ...row, ...change };
}
