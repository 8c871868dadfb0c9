import { systemActor } from "../base/actor.ts";
import { dayOf, instantFromMs } from "../base/time.ts";
import { dueOf } from "../filings/filing.ts";
import { type ListedFiling, listFilings } from "../filings/list-filings.ts";
import { insertJob } from "../platform/job-store.ts";
import type { Office } from "../platform/office.ts";
import { finishTask } from "../tasks/close-task.ts";
import { findTasks } from "../tasks/find-tasks.ts";
import { putTask, taskIdOf } from "../tasks/open-task.ts";
import type { TaskTerms } from "../tasks/task.ts";

const HOUR_MS = 3_600_000;
/** 期限までこれだけになったら、委託者に確かめる仕事にする。 */
const AHEAD_MS = 24 * HOUR_MS;

export interface RemindedAnswers {
  opened: number;
  closed: number;
}

/**
 * 回答を望む期限の近い（過ぎた）文書を、委託者に確かめる仕事に加え、答えのあったものの仕事を閉じる。
 * 一つの版に一つだけで、何度呼んでも同じになる。
 */
export async function remindAnswers(
  office: Office,
  contract: string,
  terms: TaskTerms,
): Promise<RemindedAnswers> {
  const actor = systemActor(contract);
  const all = await listFilings(office, { contract, roles: ["manager"] });
  const asked = all.filter((one) => dueOf(one.kind) === "answer" && one.due !== null);
  const causes = new Map(asked.map((one) => [taskIdOf(contract, causeOf(one)), one]));
  const known = await findTasks(office, contract, [...causes.keys()]);
  const limit = instantFromMs(Date.parse(office.clock.officeNow(contract)) + AHEAD_MS);
  const fresh = asked.filter(
    (one) =>
      one.state === "submitted" &&
      one.due !== null &&
      one.due <= limit &&
      !known.has(taskIdOf(contract, causeOf(one))),
  );
  const stale = [...known.values()].filter(
    (task) => task.state === "open" && causes.get(task.id)?.state !== "submitted",
  );
  if (fresh.length + stale.length === 0) return { opened: 0, closed: 0 };
  return office.act(actor, async (tx) => {
    tx.nothingHappened();
    let opened = 0;
    for (const one of fresh) {
      const task = await putTask(tx, terms, {
        ...{ kind: "confirm", title: `委託者の答えを確かめる（第${one.number}号）`, clause: one.clause },
        ...{ role: "manager", due: { kind: "at", at: one.due ?? tx.now }, cause: causeOf(one) },
        about: { room: "filings", kind: "filing", id: one.id },
      });
      if (task.opened) opened += 1;
    }
    for (const task of stale) await finishTask(tx, task.id, "done");
    return { opened, closed: stale.length };
  });
}

function causeOf({ id, version }: Pick<ListedFiling, "id" | "version">): string {
  return `filings/answer/${id}/${version}`;
}

/** 一日に一度の、確かめる仕事を入れる（同じ日には二度入らない）。届いた回答の画面を開いたときに呼ぶ。 */
export async function enqueueAnswerReminder(office: Office, contract: string): Promise<void> {
  const actor = systemActor(contract);
  await office.keepFor(actor, async (scope) => {
    await insertJob(scope, {
      ...{ id: `packages-remind-${contract}-${dayOf(scope.now)}`, contract_id: contract },
      ...{ kind: "packages.remind", owner: actor.id, input: "{}", state: "waiting", done: 0, total: 1 },
      ...{ message: "答えを待つ文書を確かめる順番を待っています", result: null, run_after: scope.systemNow },
      ...{ lease_until: null, attempts: 0, created_at: scope.systemNow, finished_at: null },
    });
  });
}
