import { instant, int32, nullable, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "./database.ts";

/** 長い仕事。入れる取引と同じ取引で行になり、結果は持ち主だけが読める。 */
export const jobTable = table("job", {
  id: text(),
  contract_id: text(),
  kind: text(),
  owner: text(),
  /** 個人情報を含まない入力（id など）。 */
  input: text(),
  state: text<"waiting" | "running" | "done" | "failed" | "stopped">(),
  done: int32(),
  total: int32(),
  message: text(),
  result: nullable(text()),
  run_after: instant(),
  lease_until: nullable(instant()),
  attempts: int32(),
  created_at: instant(),
  finished_at: nullable(instant()),
});
const schema = { job: jobTable };

export type JobRow = Row<typeof jobTable>;

/** 仕事を入れる。id は決まった値なので、同じ仕事は二度入らない（入ったら真）。 */
export async function insertJob(tx: Read, job: JobRow): Promise<boolean> {
  const made = await tables<typeof schema>(tx)
    .insertInto("job")
    .values(job)
    .onConflict((oc) => oc.column("id").doNothing())
    .returning("id")
    .execute();
  return made.length === 1;
}

export async function findJob(read: Read, contract: string, id: string): Promise<JobRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("job")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

/**
 * 期限の切れた仕事のうち、attempts 回に達したものを失敗にする。
 * プロセスごと倒す仕事は、失敗を自分では書けない。数えておかなければ、起動のたびに倒れ続ける。
 */
export async function failExhaustedJobs(
  tx: Read,
  { now, attempts, message }: { now: string; attempts: number; message: string },
): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("job")
    .set({ state: "failed", message, lease_until: null, finished_at: now })
    .where("state", "=", "running")
    .where("lease_until", "<", now)
    .where("attempts", ">=", attempts)
    .execute();
}

/** 待っている仕事（または期限の切れた仕事）を一つ引き受ける。 */
export async function claimJob(tx: Read, now: string, leaseUntil: string): Promise<JobRow | undefined> {
  const q = tables<typeof schema>(tx);
  const next = await q
    .selectFrom("job")
    .select("id")
    .where((eb) =>
      eb.or([
        eb.and([eb("state", "=", "waiting"), eb("run_after", "<=", now)]),
        eb.and([eb("state", "=", "running"), eb("lease_until", "<", now)]),
      ]),
    )
    .orderBy("run_after")
    .limit(1)
    .executeTakeFirst();
  if (!next) return undefined;
  return q
    .updateTable("job")
    .set((eb) => ({ state: "running", lease_until: leaseUntil, attempts: eb("attempts", "+", 1) }))
    .where("id", "=", next.id)
    .where((eb) => eb.or([eb("state", "=", "waiting"), eb("lease_until", "<", now)]))
    .returningAll()
    .executeTakeFirst();
}

export async function updateJob(
  tx: Read,
  id: string,
  change: Partial<
    Pick<
      JobRow,
      "state" | "done" | "total" | "message" | "result" | "lease_until" | "finished_at" | "run_after"
    >
  >,
): Promise<void> {
  await tables<typeof schema>(tx).updateTable("job").set(change).where("id", "=", id).execute();
}

/** 終わった仕事（できた・失敗・止めた）を、新しい持ち主で、はじめから。待っているか走っていれば偽。 */
export async function restartJob(
  tx: Read,
  job: Pick<JobRow, "contract_id" | "id" | "owner" | "input" | "total" | "message" | "run_after">,
): Promise<boolean> {
  const { contract_id, id, ...fresh } = job;
  const rows = await tables<typeof schema>(tx)
    .updateTable("job")
    .set({
      ...fresh,
      ...{ state: "waiting", done: 0, result: null, attempts: 0, lease_until: null, finished_at: null },
    })
    .where("contract_id", "=", contract_id)
    .where("id", "=", id)
    .where("state", "in", ["done", "failed", "stopped"])
    .returning("id")
    .execute();
  return rows.length === 1;
}

/** 止めるように言う（待ちか実行中のときだけ）。止められたら真。 */
export async function stopJob(tx: Read, contract: string, id: string, now: string): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("job")
    .set({ state: "stopped", finished_at: now })
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("state", "in", ["waiting", "running"])
    .returning("id")
    .execute();
  return rows.length === 1;
}
