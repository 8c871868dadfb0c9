import { instant, int32, nullable, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { TaskKind, TaskRole, TaskState } from "./task.ts";

/** 仕事。題に個人情報は書かない。 */
export const taskTable = table("task", {
  id: text(),
  contract_id: text(),
  kind: text<TaskKind>(),
  title: text(),
  clause: text(),
  /** だれの仕事か（引き受ける人が決まるまで）。 */
  role: text<TaskRole>(),
  /** 引き受けた従業者の id。 */
  holder: nullable(text()),
  due: nullable(instant()),
  state: text<TaskState>(),
  /** 何についてか（「室/種類/id」）。 */
  about: nullable(text()),
  attempts: int32(),
  made_by: text(),
  made_at: instant(),
  closed_at: nullable(instant()),
  closed_by: nullable(text()),
});
const schema = { task: taskTable };

export type StoredTask = Row<typeof taskTable>;

/** 加える。同じ id がもうあれば偽（同じきっかけからは一つだけ）。 */
export async function insertTask(tx: Read, row: StoredTask): Promise<boolean> {
  const made = await tables<typeof schema>(tx)
    .insertInto("task")
    .values(row)
    .onConflict((oc) => oc.column("id").doNothing())
    .returning("id")
    .execute();
  return made.length === 1;
}

export async function findTask(read: Read, contract: string, id: string): Promise<StoredTask | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("task")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** 状態ごとに。閉じたものは新しい順に limit 行まで、残っているものは全部。 */
export async function listStoredTasks(
  read: Read,
  contract: string,
  state: TaskState,
  limit: number,
): Promise<StoredTask[]> {
  const query = tables<typeof schema>(read)
    .selectFrom("task")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("state", "=", state);
  return state === "open"
    ? query.orderBy("id").execute()
    : query.orderBy("closed_at", "desc").orderBy("id").limit(limit).execute();
}

/** そのものについての、残っている仕事の id。 */
export async function listOpenAbout(read: Read, contract: string, about: string): Promise<string[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("task")
    .select("id")
    .where("contract_id", "=", contract)
    .where("state", "=", "open")
    .where("about", "=", about)
    .orderBy("id")
    .execute();
  return rows.map(({ id }) => id);
}

export async function countOpenTasks(read: Read, contract: string): Promise<number> {
  const row = await tables<typeof schema>(read)
    .selectFrom("task")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("contract_id", "=", contract)
    .where("state", "=", "open")
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export type TaskChange = Partial<
  Pick<StoredTask, "holder" | "state" | "attempts" | "closed_at" | "closed_by" | "due">
>;

/** 読んだときのまま（状態・担当・試みの数）なら変える。ほかの人が先に変えていれば偽。 */
export async function updateTask(tx: Read, before: StoredTask, change: TaskChange): Promise<boolean> {
  let query = tables<typeof schema>(tx)
    .updateTable("task")
    .set(change)
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("state", "=", before.state)
    .where("attempts", "=", before.attempts);
  query =
    before.holder === null ? query.where("holder", "is", null) : query.where("holder", "=", before.holder);
  return (await query.returning("id").execute()).length === 1;
}
