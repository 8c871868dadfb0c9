import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Office } from "../platform/office.ts";
import { findWait, setWaitState } from "./wait-store.ts";

/** 待つのをやめる（本人の申し出）。案内中なら、案内を断ることで終える。 */
export async function withdrawWait(office: Office, actor: Actor, id: string): Promise<void> {
  await office.act(actor, async (tx) => {
    const wait = await findWait(tx, tx.contract, id);
    if (!wait) throw new AppError("NOT_FOUND", "その待機はありません。待機の一覧から選び直してください。");
    if (!(await setWaitState(tx, tx.contract, id, "waiting", { state: "declined" }, tx.now)))
      throw new AppError("REFUSED", "いまは待機中ではありません。画面を開き直してください。");
    await tx.record({ kind: "wait.withdrawn", subject: wait.person_id, about: id, payload: {} });
  });
}
