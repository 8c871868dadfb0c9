import type { Instant } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import type { TaskState } from "./task.ts";
import { findTask } from "./task-store.ts";

/** 仕事のいまの姿（上の室の一覧に出す）。 */
export interface TaskStanding {
  id: string;
  state: TaskState;
  attempts: number;
  due: Instant | null;
}

/** 番号で仕事を引く。ないものは結果に現れない。 */
export async function findTasks(
  office: Pick<Office, "read">,
  contract: string,
  ids: readonly string[],
): Promise<Map<string, TaskStanding>> {
  const rows = await Promise.all([...new Set(ids)].map((id) => findTask(office.read, contract, id)));
  return new Map(
    rows.flatMap((row) =>
      row ? [[row.id, { id: row.id, state: row.state, attempts: row.attempts, due: row.due }] as const] : [],
    ),
  );
}
