import { AppError } from "../base/error.ts";
import { holdTurn } from "../platform/lease-store.ts";
import type { Office, Tx } from "../platform/office.ts";
import type { FactorAnswer, FactorKind, FactorSetting } from "../sealing/second-factor.ts";
import { type Confirming, checkFactor } from "./check-factor.ts";
import type { CurrentSession } from "./open-session.ts";
import { newToken, sessionState, tokenHash } from "./session.ts";
import { deleteSession, insertSession, type SessionStage, sessionsAtDesk } from "./session-store.ts";

export type Confirmed =
  | {
      readonly ok: true;
      readonly token: string;
      readonly stage: SessionStage;
      readonly left?: number | undefined;
    }
  | { readonly ok: false; readonly message: string };

/** 着席の二段目（別紙1 5(8)）。合えば合い鍵を替えて着席する。パスワードを替える番の人は、先に替える。 */
export async function confirmFactor(
  office: Office,
  session: CurrentSession,
  answer: FactorAnswer & { readonly kind: FactorKind },
  setting: FactorSetting,
): Promise<Confirmed> {
  const check = await checkFactor(office, confirming(session), answer, setting);
  if (!check.ok) return check;
  const token = newToken();
  const stage: SessionStage = session.account.must_change === 1 ? "setup" : "seated";
  const done = await office.act(session.actor, async (tx) => {
    if (!(await check.apply(tx)) || !(await replaceSession(tx, session, token, stage))) {
      tx.nothingHappened();
      return false;
    }
    await recordSeat(tx, session, check.kind);
    return true;
  });
  if (!done) return { ok: false, message: "同じ答えが二度届きました。もう一度お試しください。" };
  return { ok: true, token, stage, left: check.left };
}

/** はじめの登録が済んだ人を着席させる。 */
export async function finishSetup(office: Office, session: CurrentSession, by: FactorKind): Promise<string> {
  const token = newToken();
  await office.act(session.actor, async (tx) => {
    if (await replaceSession(tx, session, token, "seated")) await recordSeat(tx, session, by);
    else tx.nothingHappened();
  });
  return token;
}

/** セッションから、確かめる相手。 */
export function confirming(session: CurrentSession): Confirming {
  return { account: session.account, actor: session.actor, row: session.row };
}

/** 段が進むたびに合い鍵を替える（前の段の合い鍵を知る人は、進めない）。 */
async function replaceSession(
  tx: Tx,
  session: CurrentSession,
  token: string,
  stage: SessionStage,
): Promise<boolean> {
  if (!(await deleteSession(tx, session.row.hash))) return false;
  if (stage === "seated") await clearDesk(tx, session);
  await insertSession(tx, {
    ...session.row,
    hash: tokenHash(token),
    stage,
    csrf: newToken(),
    challenge: null,
    started_at: tx.systemNow,
    seen_at: tx.systemNow,
    stepped_at: tx.systemNow,
  });
  return true;
}

async function recordSeat(tx: Tx, session: CurrentSession, by: FactorKind): Promise<void> {
  const { account, row } = session;
  await tx.record({ kind: "account.seated", about: account.id, payload: { by, desk: row.desk } });
}

/** 席を空ける: 自分の前のもの、閉じたもの、終わったもの。待つ間にほかの方が着席していれば断る。 */
async function clearDesk(tx: Tx, { row }: CurrentSession): Promise<void> {
  if (row.desk === null) return;
  const systemMs = Date.parse(tx.systemNow);
  // 同じ瞬間に二人が確かめても、あとの人は、前の人の着席を見てから決める。
  await holdTurn(tx, `desk/${row.contract_id}/${row.desk}`, row.account_id, tx.systemNow);
  for (const other of await sessionsAtDesk(tx, row.contract_id, row.desk)) {
    if (other.account_id !== row.account_id && sessionState(other, systemMs) === "open")
      throw new AppError(
        "CONFLICT",
        "その席には、ほかの方が着席しています。別の席を選んで、着席し直してください。",
      );
    if (await deleteSession(tx, other.hash))
      await tx.record({ kind: "account.left", about: other.account_id, payload: { why: "replaced" } });
  }
}
