import type { Actor } from "../platform/actor.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { changeTask } from "./change-task.ts";
import { type DueRule, dueOf, type TryResult } from "./task.ts";

/** 試みを一つ記録する（折り返したが不在、など）。next を言えば、次の期限に改める。担当がいなければ引き受ける。 */
export async function recordAttempt(
  office: Office,
  actor: Actor,
  id: string,
  result: TryResult,
  next?: DueRule,
): Promise<void> {
  const { blueprint } = await openContract(office, actor.contract);
  await changeTask(office, actor, id, "try", (task, now) => {
    const due = next ? dueOf(next, now, blueprint) : task.due;
    const attempts = task.attempts + 1;
    return {
      change: { attempts, holder: task.holder ?? actor.id, due },
      kind: "task.tried",
      payload: { result, attempts, due },
    };
  });
}
