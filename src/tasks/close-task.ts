import { type About, aboutText } from "../base/about.ts";
import type { Actor } from "../base/actor.ts";
import type { Office, Tx } from "../platform/office.ts";
import { changeTask } from "./change-task.ts";
import type { TryResult } from "./task.ts";
import { findTask, listOpenAbout, updateTask } from "./task-store.ts";

/** 仕事を閉じる。done=済んだ、dropped=しないと決めた。 */
export async function closeTask(
  office: Office,
  actor: Actor,
  id: string,
  how: "done" | "dropped",
): Promise<void> {
  await changeTask(office, actor, id, how === "done" ? "done" : "drop", (task, now) => ({
    change: { state: how, closed_at: now, closed_by: actor.id, holder: task.holder ?? actor.id },
    kind: `task.${how}`,
    payload: { late: task.due !== null && task.due < now },
  }));
}

/** 閉じた仕事を元に戻す（押し間違いも、後から残りが見つかったときも）。 */
export async function reopenTask(office: Office, actor: Actor, id: string): Promise<void> {
  await changeTask(office, actor, id, "reopen", (task) => ({
    change: { state: "open", closed_at: null, closed_by: null },
    kind: "task.reopened",
    payload: { before: task.state },
  }));
}

/** 上の室の行為の中で、同じ取引で仕事を閉じる。もう閉じているか、なければ何もしない。 */
export async function finishTask(tx: Tx, id: string, how: "done" | "dropped"): Promise<void> {
  const task = await findTask(tx, tx.contract, id);
  if (task?.state !== "open") return;
  const change = {
    state: how,
    closed_at: tx.now,
    closed_by: tx.actor.id,
    holder: task.holder ?? (tx.actor.id === "system" ? null : tx.actor.id),
  };
  if (await updateTask(tx, task, change))
    await tx.record({
      kind: `task.${how}`,
      about: id,
      payload: { late: task.due !== null && task.due < tx.now },
    });
}

/** 上の室の行為の中で、そのものについて残っている仕事を、同じ取引でみな閉じる。 */
export async function finishTasksAbout(tx: Tx, about: About, how: "done" | "dropped"): Promise<void> {
  const ids = await listOpenAbout(tx, tx.contract, aboutText(about) ?? "");
  for (const id of ids) await finishTask(tx, id, how);
}

/** 上の室の行為の中で、試みを一つ記録する（不在、話し中など）。 */
export async function noteAttempt(tx: Tx, id: string, result: TryResult): Promise<void> {
  const task = await findTask(tx, tx.contract, id);
  if (task?.state !== "open") return;
  const attempts = task.attempts + 1;
  if (await updateTask(tx, task, { attempts, holder: task.holder ?? tx.actor.id }))
    await tx.record({ kind: "task.tried", about: id, payload: { result, attempts, due: task.due } });
}
