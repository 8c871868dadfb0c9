import { instant, table, text } from "./column.ts";
import { type Read, tables } from "./database.ts";

export const leaseTable = table("lease", { name: text(), holder: text(), until: instant() });
const schema = { lease: leaseTable };

/**
 * 名前のついた役目を一つのプロセスだけが持つ。持てたら真。
 * 時刻はシステムの時計。期限が過ぎた役目は、だれでも引き継げる。
 */
export async function takeLease(
  tx: Read,
  name: string,
  holder: string,
  now: string,
  until: string,
): Promise<boolean> {
  const q = tables<typeof schema>(tx);
  const mine = await q
    .updateTable("lease")
    .set({ holder, until })
    .where("name", "=", name)
    .where((eb) => eb.or([eb("holder", "=", holder), eb("until", "<", now)]))
    .returning("name")
    .execute();
  if (mine.length === 1) return true;
  const made = await q
    .insertInto("lease")
    .values({ name, holder, until })
    .onConflict((oc) => oc.column("name").doNothing())
    .returning("name")
    .execute();
  return made.length === 1;
}
