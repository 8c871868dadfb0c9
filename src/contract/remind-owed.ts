import { systemActor } from "../base/actor.ts";
import { type Day, dayOf } from "../base/time.ts";
import { addBusinessDays } from "../japan/business-day.ts";
import { insertJob } from "../platform/job-store.ts";
import type { Office } from "../platform/office.ts";
import { finishTask } from "../tasks/close-task.ts";
import { findTasks } from "../tasks/find-tasks.ts";
import { putTask, taskIdOf } from "../tasks/open-task.ts";
import { type TaskRole, taskFaults, taskLimits, taskRoles } from "../tasks/task.ts";
import type { OwedLine } from "./owed-line.ts";
import { readOwed } from "./read-owed.ts";

/** 期限のこの営業日前から、仕事として知らせる。 */
export const REMIND_DAYS = 3;

export interface Reminded {
  opened: number;
  closed: number;
}

/**
 * 期限の近い義務（遅れを含む）を仕事に加え、果たしたものの仕事を閉じる。
 * 一回分に一つだけで、何度呼んでも同じになる。委託者の義務と、期限の定めのないものは知らせない。
 */
export async function remindOwed(office: Office, contractId: string, days = REMIND_DAYS): Promise<Reminded> {
  const { lines, blueprint, now } = await readOwed(office, contractId);
  const last = addBusinessDays(blueprint.calendar, dayOf(now), days);
  const causes = new Map(lines.map((line) => [taskIdOf(contractId, causeOf(line)), line]));
  const known = await findTasks(office, contractId, [...causes.keys()]);
  const wanted = lines.filter((line) => isWanted(line, last));
  const stale = [...known.values()].filter((task) => {
    const state = causes.get(task.id)?.state;
    return task.state === "open" && (state === "done" || state === "never" || state === "waiting");
  });
  const fresh = wanted.filter((line) => !known.has(taskIdOf(contractId, causeOf(line))));
  if (fresh.length + stale.length === 0) return { opened: 0, closed: 0 };
  return office.act(systemActor(contractId), async (tx) => {
    tx.nothingHappened();
    let opened = 0;
    for (const line of fresh) {
      const task = await putTask(tx, blueprint, {
        ...{ kind: "prepare", title: taskTitle(line), clause: line.clause.slice(0, taskLimits.clause) },
        // 見直しは遅れではないので、期限のない仕事にする（期限の盤と同じ数え方）。
        due: line.lapsed ? { kind: "none" } : { kind: "at", at: line.due ?? now },
        ...{ role: taskRole(line.role), cause: causeOf(line) },
        about: { room: "contract", kind: "duty", id: line.obligation.slice(0, 64) },
      });
      if (task.opened) opened += 1;
    }
    for (const task of stale) await finishTask(tx, task.id, "done");
    return { opened, closed: stale.length };
  });
}

function isWanted({ state, due, nature }: OwedLine, last: Day): boolean {
  return (state === "late" || state === "due") && due !== null && dayOf(due) <= last && nature !== "client";
}

function causeOf({ key }: Pick<OwedLine, "key">): string {
  return `contract/duty/${key}`;
}

/** 仕事の題。文書の言葉に電話番号などがあれば、条項だけで言う。 */
function taskTitle({ title, clause, lapsed }: OwedLine): string {
  const tail = lapsed ? "（見直し）" : "";
  const short = [...title].slice(0, taskLimits.title - tail.length).join("") + tail;
  return taskFaults({ title: short, clause: "" }).length === 0 ? short : `${clause}の義務`;
}

function taskRole(role: OwedLine["role"]): TaskRole {
  return taskRoles.find((one) => one === role) ?? (role === "chief-privacy" ? "privacy" : "manager");
}

/** 一日に一度の、知らせる仕事を入れる（同じ日には二度入らない）。盤と業務ホームを開いたときに呼ぶ。 */
export async function enqueueReminder(office: Office, contractId: string): Promise<void> {
  const actor = systemActor(contractId);
  await office.keepFor(actor, async (scope) => {
    await insertJob(scope, {
      id: `contract-remind-${contractId}-${dayOf(scope.now)}`,
      contract_id: contractId,
      ...{ kind: "contract.remind", owner: actor.id, input: "{}", state: "waiting", done: 0, total: 1 },
      ...{ message: "期限の近い義務を知らせる順番を待っています", result: null, run_after: scope.systemNow },
      ...{ lease_until: null, attempts: 0, created_at: scope.systemNow, finished_at: null },
    });
  });
}
