import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { changeTask } from "./change-task.ts";
import { type DueRule, dueOf, type TaskTerms, type TryResult } from "./task.ts";

/** 試みを一つ記録する（折り返したが不在、など）。next を言えば、次の期限に改める。担当がいなければ引き受ける。 */
export async function recordAttempt(
  office: Office,
  actor: Actor,
  id: string,
  result: TryResult,
  next?: { rule: DueRule; terms: TaskTerms },
): Promise<void> {
  await changeTask(office, actor, id, "try", (task, now) => {
    const due = next ? dueOf(next.rule, now, next.terms) : task.due;
    const attempts = task.attempts + 1;
    return {
      change: { attempts, holder: task.holder ?? actor.id, due },
      kind: "task.tried",
      payload: { result, attempts, due },
    };
  });
}
