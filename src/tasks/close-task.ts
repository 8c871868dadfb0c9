import type { Actor } from "../platform/actor.ts";
import type { Office } from "../platform/office.ts";
import { changeTask } from "./change-task.ts";

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
