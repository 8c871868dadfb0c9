import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import type { Office } from "../platform/office.ts";
import { refuseTaskState, type TaskAct } from "./task.ts";
import { findTask, type StoredTask, type TaskChange, updateTask } from "./task-store.ts";

/** 一つの仕事を変える行為の型。decide は今の仕事を見て、変えることと記録することを決める（変えなければ undefined）。 */
export async function changeTask(
  office: Office,
  actor: Actor,
  id: string,
  act: TaskAct,
  decide: (
    task: StoredTask,
    now: string,
  ) => { change: TaskChange; kind: string; payload?: { [key: string]: Json } } | undefined,
): Promise<void> {
  await office.act(actor, async (tx) => {
    const task = await findTask(tx, tx.contract, id);
    if (!task) throw new AppError("NOT_FOUND", "その仕事はありません。仕事の一覧から選び直してください。");
    refuseTaskState(act, task.state);
    const decided = decide(task, tx.now);
    if (!decided) return tx.nothingHappened();
    if (!(await updateTask(tx, task, decided.change)))
      throw new AppError(
        "CONFLICT",
        "ほかの人が先にこの仕事を変えました。画面を開き直して、今の状態をご確認ください。",
      );
    await tx.record({ kind: decided.kind, about: id, payload: decided.payload ?? {} });
  });
}
