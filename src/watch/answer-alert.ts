import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { listEvents } from "../platform/event-store.ts";
import type { Office } from "../platform/office.ts";
import { finishTasksAbout } from "../tasks/close-task.ts";
import type { AlertAnswer } from "./alert-answer.ts";
import { listAlerts } from "./list-alerts.ts";
import { mayAnswer } from "./watch-right.ts";

/**
 * 大量の閲覧の知らせに、わけを選んで答える。自分の閲覧には答えられない。
 * その従業者の知らせにすべて答えれば、「知らせに答える」仕事も同じ取引で済みになる。
 * @throws AppError FORBIDDEN（役割、自分の閲覧）、NOT_FOUND（その知らせはない）、CONFLICT（もう答えた）
 */
export async function answerAlert(
  office: Office,
  actor: Actor,
  id: string,
  answer: AlertAnswer,
): Promise<void> {
  if (!mayAnswer(actor.roles))
    throw new AppError("FORBIDDEN", "知らせに答えるのは保護管理者の役割です。保護管理者に知らせてください。");
  const { alerts } = await listAlerts(office, actor);
  const alert = alerts.find((one) => one.id === id);
  if (!alert) throw new AppError("NOT_FOUND", "その知らせはありません。一覧を開き直してください。");
  if (alert.actor === actor.id)
    throw new AppError(
      "FORBIDDEN",
      "自分の閲覧の知らせには答えられません。ほかの保護管理者に頼んでください。",
    );
  const others = alerts.some((one) => one.actor === alert.actor && one.id !== id && !one.answer);
  await office.act(actor, async (tx) => {
    const filter = { contract: tx.contract, kinds: ["watch.answered"], about: id, limit: 1 };
    if ((await listEvents(tx, filter)).length > 0)
      throw new AppError("CONFLICT", "この知らせには、もう答えがあります。一覧を開き直してください。");
    await tx.record({ kind: "watch.answered", about: id, payload: { answer, people: alert.people } });
    if (!others) await finishTasksAbout(tx, { room: "watch", kind: "alert", id: alert.actor }, "done");
  });
}
