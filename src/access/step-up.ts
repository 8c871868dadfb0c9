import type { Office } from "../platform/office.ts";
import type { FactorAnswer, FactorKind, FactorSetting } from "../sealing/second-factor.ts";
import { checkFactor } from "./check-factor.ts";
import { confirming } from "./confirm-factor.ts";
import type { CurrentSession } from "./open-session.ts";
import { updateSession } from "./session-store.ts";

/** 書き出し・消去・役割の変更などの前に、本人であることを確かめ直す。合えば五分の間有効。 */
export async function stepUp(
  office: Office,
  session: CurrentSession,
  answer: FactorAnswer & { readonly kind: FactorKind },
  setting: FactorSetting,
): Promise<{ ok: true } | { ok: false; message: string }> {
  const check = await checkFactor(office, confirming(session), answer, setting);
  if (!check.ok) return check;
  const done = await office.act(session.actor, async (tx) => {
    if (!(await check.apply(tx))) {
      tx.nothingHappened();
      return false;
    }
    await updateSession(tx, session.row.hash, { stepped_at: tx.systemNow, seen_at: tx.systemNow });
    await tx.record({ kind: "account.stepped-up", about: session.account.id, payload: { by: check.kind } });
    return true;
  });
  return done ? { ok: true } : { ok: false, message: "同じ答えが二度届きました。もう一度お試しください。" };
}
