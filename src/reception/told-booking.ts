import type { Tx } from "../platform/office.ts";
import { finishTask } from "../tasks/close-task.ts";
import { type ToldResult, toldResults } from "./city-change.ts";
import { listTells, type StoredTell, setTold } from "./class-change-store.ts";

/**
 * その予約に残っている、市の変更・中止の連絡を済みにする。予約の変更や取消の電話で伝わったとき。
 * 残りがなければ何もしない。
 */
export async function settleTells(tx: Tx, bookingId: string, result: ToldResult): Promise<void> {
  for (const tell of await listTells(tx, tx.contract, { bookingId, untold: true }))
    await settleTell(tx, tell, result);
}

/** 連絡を一つ済みにし、仕事を閉じ、結果を記録する。先に済んでいれば偽。 */
export async function settleTell(tx: Tx, tell: StoredTell, result: ToldResult): Promise<boolean> {
  const told = await setTold(tx, tx.contract, tell.id, { result, by: tx.actor.id, now: tx.now });
  if (!told) return false;
  await finishTask(tx, tell.task_id, result === "withdrawn" ? "dropped" : "done");
  await tx.record({
    kind: "booking.told",
    about: tell.booking_id,
    payload: { change: tell.change_id, result, label: toldResults[result] },
  });
  return true;
}
