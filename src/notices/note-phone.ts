import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { Office, Tx } from "../platform/office.ts";
import { bookingNumber } from "../reception/booking.ts";
import { finishTask, noteAttempt } from "../tasks/close-task.ts";
import { putTask } from "../tasks/open-task.ts";
import type { Blueprint } from "../terms/blueprint.ts";
import { openContract } from "../terms/open-contract.ts";
import { refuseRole } from "./batch.ts";
import { listPhone, type PhoneEntry } from "./list-phone.ts";
import { insertPhoned } from "./phoned-store.ts";
import { setReturnOutcome } from "./returned-card-store.ts";

/** 電話の結果。told=受講の日時と会場を案内した。 */
export const phoneResults = {
  told: "案内した",
  absent: "不在・応答なし",
  busy: "話し中",
  message: "伝言を頼んだ",
} as const;
export type PhoneResult = keyof typeof phoneResults;

/** 電話の結果を一つ記録する。仕事がまだなければ、ここでできる。案内し終えれば、仕事は済みになる。 */
export async function notePhone(
  office: Office,
  actor: Actor,
  bookingId: string,
  result: PhoneResult,
): Promise<void> {
  const { blueprint } = await openContract(office, actor.contract);
  refuseRole("receive", actor.roles, blueprint.roles.supervisorMayOperate);
  const entry = (await listPhone(office, actor)).find((one) => one.detail.booking.id === bookingId);
  if (!entry)
    throw new AppError(
      "NOT_FOUND",
      "その予約は電話案内の一覧にありません。取り消されたか、はがきで知らせられるようになりました。",
    );
  await office.act(actor, async (tx) => {
    if (entry.done) {
      tx.nothingHappened();
      return;
    }
    const task = await putPhoneTask(tx, blueprint, entry);
    if (result === "told") await tell(tx, entry, task);
    else await noteAttempt(tx, task, result);
    await tx.record({
      kind: "notice.phoned",
      about: bookingId,
      subject: entry.detail.person.id,
      payload: { why: entry.why, result },
    });
  });
}

async function tell(tx: Tx, entry: PhoneEntry, task: string): Promise<void> {
  await insertPhoned(tx, {
    id: newId(),
    contract_id: tx.contract,
    booking_id: entry.detail.booking.id,
    mark: entry.mark,
    told_at: tx.now,
    told_by: tx.actor.id,
  });
  if (entry.returned) await setReturnOutcome(tx, tx.contract, entry.returned.id, "phone");
  await finishTask(tx, task, "done");
}

async function putPhoneTask(
  tx: Tx,
  blueprint: Blueprint,
  { detail, cause, words }: PhoneEntry,
): Promise<string> {
  const { calendar, hours } = blueprint;
  const { id } = await putTask(
    tx,
    { calendar, hours },
    {
      kind: "callback",
      title: `受付番号${bookingNumber(detail.booking.number)}の方へ、受講の日時と会場を電話で案内する（${words}）`,
      clause: "6(2)オ",
      role: "operator",
      due: { kind: "business-days", days: 1 },
      about: { room: "reception", kind: "booking", id: detail.booking.id },
      cause,
    },
  );
  return id;
}

/** 一覧の、まだ仕事になっていない全部を、電話の仕事にする。加えた数を返す。 */
export async function openPhoneTasks(office: Office, actor: Actor): Promise<number> {
  const { blueprint } = await openContract(office, actor.contract);
  refuseRole("receive", actor.roles, blueprint.roles.supervisorMayOperate);
  const left = (await listPhone(office, actor)).filter((one) => !one.done && !one.task);
  if (left.length === 0) return 0;
  await office.act(actor, async (tx) => {
    for (const entry of left) await putPhoneTask(tx, blueprint, entry);
  });
  return left.length;
}
