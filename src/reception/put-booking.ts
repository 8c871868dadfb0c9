import { newId } from "../base/identifier.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Tx } from "../platform/office.ts";
import { insertBooking } from "./booking-store.ts";
import { type CallerExtra, proxyText } from "./caller.ts";

/** 席を取り、本人を書いたあとの、予約そのもの。 */
export interface BookingToPut extends CallerExtra {
  classId: string;
  needs: string;
  memo: string;
  largePrint: boolean;
  /** 通知書が間に合わず、日時を電話で案内する。 */
  phoneOnly?: boolean;
  /** はじめに希望した、満席の回。 */
  guided?: string | undefined;
  /** 受付の印。案内の記録と突き合わせ、遅れて届いた下書きを見分ける。 */
  draftId?: string | undefined;
  /** 待っていた方なら、その待機。 */
  waitId?: string | undefined;
}

/** 予約を書き、予約を受けたことを記録する。席はもう取ってあること。 */
export async function putBooking(
  tx: Tx,
  key: SubjectKey,
  given: BookingToPut,
): Promise<{ id: string; number: number }> {
  const id = newId();
  const number = await takeNumber(tx, tx.contract, "booking");
  await insertBooking(tx, key, {
    id,
    contract_id: tx.contract,
    number,
    class_id: given.classId,
    person_id: key.id,
    state: "booked",
    needs: given.needs,
    memo: given.memo,
    large_print: given.largePrint ? 1 : 0,
    taken_at: tx.now,
    taken_by: tx.actor.id,
    desk: tx.actor.desk ?? "",
    version: 1,
    changed_at: tx.now,
    companions: given.companions,
    contact: given.contact,
    phone_only: given.phoneOnly ? 1 : 0,
    proxy: proxyText(given.proxy),
  });
  await tx.record({
    kind: "booking.taken",
    subject: key.id,
    about: id,
    payload: {
      number,
      class: given.classId,
      desk: tx.actor.desk ?? "",
      ...(given.guided ? { guided: given.guided } : {}),
      ...(given.draftId ? { draft: given.draftId } : {}),
      ...(given.waitId ? { wait: given.waitId } : {}),
      ...(given.phoneOnly ? { phoneOnly: true } : {}),
    },
  });
  return { id, number };
}
