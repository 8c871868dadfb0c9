import { sql } from "kysely";
import { type Read, tables } from "./database.ts";
import { eventTable } from "./event-store.ts";

const schema = { event: eventTable };

/** その接続の synchronous（2 が FULL）。SQLite だけ。 */
export async function readSynchronous(on: Read): Promise<number> {
  const { rows } = await sql<{ synchronous: number }>`PRAGMA synchronous`.execute(on.q);
  return Number(rows[0]?.synchronous ?? -1);
}

/** 早い整合の検査で見つかった傷の数。SQLite だけ。 */
export async function countFaultsQuickly(read: Read): Promise<number> {
  const { rows } = await sql<{ quick_check: string }>`PRAGMA quick_check(20)`.execute(read.q);
  return rows.filter((row) => row.quick_check !== "ok").length;
}

/** いちばん古い、番号のない葉の記録された時。なければ undefined。 */
export async function oldestUnnumbered(read: Read): Promise<string | undefined> {
  const row = await tables<typeof schema>(read)
    .selectFrom("event")
    .select((eb) => eb.fn.min("recorded_at").as("at"))
    .where("seq", "is", null)
    .executeTakeFirst();
  return row?.at ?? undefined;
}
