import { instant, table, text } from "../base/column.ts";
import { instantFromMs } from "../base/time.ts";
import { type Read, tables } from "./database.ts";

export const leaseTable = table("lease", { name: text(), holder: text(), until: instant() });
const schema = { lease: leaseTable };

/** 時計のずれとみなす幅。これより先の期限は、時計が戻ったために残ったもの。 */
const SKEW_MS = 60_000;

/**
 * 名前のついた役目を一つのプロセスだけが持つ。持てたら真。
 * 時刻はシステムの時計。期限が過ぎた役目は、だれでも引き継げる。
 * 期限がずっと先なら、時計が進んでいた間に取られたものなので、それも引き継げる（時計が追いつくまで止まらない）。
 */
export async function takeLease(
  tx: Read,
  name: string,
  holder: string,
  now: string,
  until: string,
): Promise<boolean> {
  const q = tables<typeof schema>(tx);
  const far = instantFromMs(Date.parse(until) + SKEW_MS);
  const mine = await q
    .updateTable("lease")
    .set({ holder, until })
    .where("name", "=", name)
    .where((eb) => eb.or([eb("holder", "=", holder), eb("until", "<", now), eb("until", ">", far)]))
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

/** この取引が終わるまで、同じ名の取引を待たせる（PostgreSQL で、二つの取引が同じものを見て両方が進まないように）。 */
export async function holdTurn(tx: Read, name: string, holder: string, now: string): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("lease")
    .values({ name, holder, until: now })
    .onConflict((oc) => oc.column("name").doUpdateSet({ holder, until: now }))
    .execute();
}
