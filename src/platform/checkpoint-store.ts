import { bytes, instant, int32, type Row, table } from "../base/column.ts";
import { type Read, tables } from "./database.ts";

export const checkpointTable = table("checkpoint", {
  size: int32(),
  root: bytes(),
  frontier: bytes(),
  at: instant(),
  signature: bytes(),
});
const schema = { checkpoint: checkpointTable };

export type CheckpointRow = Row<typeof checkpointTable>;

export async function latestCheckpoint(read: Read): Promise<CheckpointRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("checkpoint")
    .selectAll()
    .orderBy("size", "desc")
    .limit(1)
    .executeTakeFirst();
}

export async function insertCheckpoint(tx: Read, row: CheckpointRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("checkpoint").values(row).execute();
}

/** 書き出しに添える検査点。日ごとの最後のものと、最新のもの。 */
export async function listCheckpoints(read: Read): Promise<CheckpointRow[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("checkpoint")
    .selectAll()
    .orderBy("size")
    .execute();
  const lastOfDay = new Map<string, CheckpointRow>();
  for (const row of rows) lastOfDay.set(row.at.slice(0, 10), row);
  return [...lastOfDay.values()];
}
