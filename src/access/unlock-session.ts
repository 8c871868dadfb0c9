import type { Office } from "../platform/office.ts";
import { verifyPassword } from "../sealing/password.ts";
import { numberHash } from "./account-number.ts";
import { recordRefusal, restMessage } from "./check-factor.ts";
import { hinderedMessage } from "./lockout.ts";
import type { CurrentSession } from "./open-session.ts";
import { updateSession } from "./session-store.ts";
import { clearTries, spendTry } from "./sign-in-try-store.ts";

/** 操作がなくて閉じた画面を、パスワードで開く。席と下書きは開いたまま残っている。 */
export async function unlockSession(
  office: Office,
  session: CurrentSession,
  password: string,
): Promise<{ ok: true } | { ok: false; message: string }> {
  const { account, actor, row } = session;
  const hash = await numberHash(office, account.number);
  const spent = await office.keep((tx) => spendTry(tx, hash, office.clock.systemMs()));
  if (spent.kind !== "spent") return { ok: false, message: hinderedMessage(spent) };
  if (!(await verifyPassword(account.password, password))) {
    await recordRefusal(office, actor, account.id, "unlock", spent.failed);
    return { ok: false, message: `パスワードが違います。${restMessage(spent.failed)}` };
  }
  await office.act(actor, async (tx) => {
    await clearTries(tx, hash);
    await updateSession(tx, row.hash, { locked: 0, seen_at: tx.systemNow });
    await tx.record({ kind: "session.resumed", about: account.id });
  });
  return { ok: true };
}
