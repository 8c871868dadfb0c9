import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { hashPassword, requirePassword, verifyPassword } from "../sealing/password.ts";
import { numberHash } from "./account-number.ts";
import { findAccount, updateAccount } from "./account-store.ts";
import { recordRefusal, restMessage } from "./check-factor.ts";
import { hinderedMessage } from "./lockout.ts";
import { deleteSessionsOf } from "./session-store.ts";
import { clearTries, spendTry } from "./sign-in-try-store.ts";

/** 自分のパスワードを替える。今のパスワードが要る。keepCsrf のセッションのほかは、席を立つ。 */
export async function changePassword(
  office: Office,
  actor: Actor,
  given: { current: string; next: string; again: string },
  keepCsrf: string,
): Promise<void> {
  const account = await findAccount(office.read, actor.id);
  if (!account) throw new AppError("NOT_FOUND", "あなたの登録が見つかりません。着席し直してください。");
  if (given.next !== given.again) throw fault("again", "新しいパスワードが、二度とも同じではありません。");
  requirePassword(given.next, { personal: [account.number] });
  if (given.next.normalize("NFKC") === given.current.normalize("NFKC"))
    throw fault("password", "今と同じパスワードです。別のものにしてください。");
  const hash = await numberHash(office, account.number);
  const spent = await office.keep((tx) => spendTry(tx, hash, office.clock.systemMs()));
  if (spent.kind !== "spent") throw new AppError("TOO_MANY", hinderedMessage(spent));
  if (!(await verifyPassword(account.password, given.current))) {
    await recordRefusal(office, actor, account.id, "change", spent.failed);
    throw fault("current", `今のパスワードが違います。${restMessage(spent.failed)}`);
  }
  const password = await hashPassword(given.next);
  await office.act(actor, async (tx) => {
    await clearTries(tx, hash);
    await updateAccount(tx, account.id, { password, must_change: 0, changed_at: tx.now });
    await deleteSessionsOf(tx, account.id, keepCsrf);
    await tx.record({ kind: "account.password-changed", about: account.id });
  });
}

function fault(field: string, message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field, message }] });
}
