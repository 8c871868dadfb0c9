import type { Json } from "../base/event.ts";
import { type Read, tables } from "../platform/database.ts";
import { eventTable } from "../platform/event-store.ts";
import type { Fact } from "./duty.ts";

const schema = { event: eventTable };
const columns = ["id", "kind", "at", "about", "payload"] as const;
/** 番号を待つ記録は、一秒ほどで番号がつく。これより多く待っていれば、作り直す。 */
const MOST_WAITING = 5_000;

interface FactRow {
  id: string;
  kind: string;
  at: string;
  about: string | null;
  payload: string;
}

function readFact({ id, kind, at, about, payload }: FactRow): Fact {
  return { id, kind, at, about, payload: JSON.parse(payload) as { [key: string]: Json } };
}

/** 種類で選んだ記録の全部。順は問わない（数える側が並べ直す）。 */
export async function listFacts(read: Read, contract: string, kinds: readonly string[]): Promise<Fact[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("event")
    .select([...columns])
    .where("contract_id", "=", contract)
    .where("kind", "in", kinds)
    .execute();
  return rows.map(readFact);
}

/** 一度に追いつく記録の数。これより遅れていれば、作り直す。 */
export const MOST_FRESH = 20_000;

/** 番号 from 以上の記録と、まだ番号のない記録のうち、契約と種類の合うもの。 */
export async function listNewFacts(
  read: Read,
  contract: string,
  kinds: readonly string[],
  from: number,
): Promise<Fact[]> {
  // 番号の索引だけをたどる（契約と種類で選ぶと、記録の全部を読む索引が使われうる）。
  const numbered = await tables<typeof schema>(read)
    .selectFrom("event")
    .select([...columns, "contract_id"])
    .where("seq", ">=", from)
    .orderBy("seq")
    .limit(MOST_FRESH)
    .execute();
  const waiting = await tables<typeof schema>(read)
    .selectFrom("event")
    .select([...columns, "contract_id"])
    .where("seq", "is", null)
    .orderBy("id")
    .limit(MOST_WAITING)
    .execute();
  const wanted = new Set(kinds);
  const own = [...numbered, ...waiting].filter((row) => row.contract_id === contract && wanted.has(row.kind));
  return own.map(readFact);
}

/** 番号のついた記録の数（次の番号）。 */
export async function nextPosition(read: Read): Promise<number> {
  const row = await tables<typeof schema>(read)
    .selectFrom("event")
    .select("seq")
    .where("seq", "is not", null)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.seq === undefined || row.seq === null ? 0 : row.seq + 1;
}

/** 番号を待つ記録が、いちどに読める数より多いか。 */
export async function isFarBehind(read: Read): Promise<boolean> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("event")
    .select("id")
    .where("seq", "is", null)
    .orderBy("id")
    .offset(MOST_WAITING)
    .limit(1)
    .execute();
  return rows.length > 0;
}
