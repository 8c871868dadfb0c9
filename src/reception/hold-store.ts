import { instant, type Row, table, text } from "../base/column.ts";
import { instantFromMs } from "../base/time.ts";
import { type On, type Read, tables } from "../platform/database.ts";
import { prepared } from "../platform/prepared-query.ts";

/** 仮押さえ。期限はシステムの時計。 */
export const holdTable = table("hold", {
  id: text(),
  contract_id: text(),
  class_id: text(),
  account_id: text(),
  desk: text(),
  draft_id: text(),
  expires_at: instant(),
  created_at: instant(),
});
const schema = { hold: holdTable };

export type Hold = Row<typeof holdTable>;

export async function insertHold(tx: Read, hold: Hold): Promise<void> {
  await insert(tx, hold);
}

const insert = prepared((q: On<typeof schema>, hold: Hold) => q.insertInto("hold").values(hold));

export async function listHolds(read: Read, contract: string): Promise<Hold[]> {
  return tables<typeof schema>(read)
    .selectFrom("hold")
    .selectAll()
    .where("contract_id", "=", contract)
    .execute();
}

/** 自分の仮押さえを消して返す。なければ（期限が切れて消えていれば）undefined。 */
export async function removeHold(
  tx: Read,
  contract: string,
  id: string,
  account: string,
): Promise<Hold | undefined> {
  return tables<typeof schema>(tx)
    .deleteFrom("hold")
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("account_id", "=", account)
    .returningAll()
    .executeTakeFirst();
}

/** 同じ受付のほかの仮押さえを消して返す（一つの受付が押さえる席は一つ）。 */
export async function removeDraftHolds(tx: Read, contract: string, draft: string): Promise<Hold[]> {
  return removeOfDraft(tx, { contract, draft });
}

const removeOfDraft = prepared((q: On<typeof schema>, v: { contract: string; draft: string }) =>
  q.deleteFrom("hold").where("contract_id", "=", v.contract).where("draft_id", "=", v.draft).returningAll(),
);

/** 時計のずれとみなす幅。これより先に作られたことになっている仮押さえは、時計が戻ったために残ったもの。 */
const SKEW_MS = 10 * 60_000;

/**
 * 期限の切れた仮押さえを消し、講習会ごとの数を返す。class を省けば全部。
 * システムの時計が大きく戻ったときは、戻る前の仮押さえも切れたものとする（席が何時間も埋まったままにならない）。
 */
export async function removeExpiredHolds(
  tx: Read,
  contract: string,
  now: string,
  classId?: string,
): Promise<Map<string, number>> {
  const far = instantFromMs(Date.parse(now) + SKEW_MS);
  let query = tables<typeof schema>(tx)
    .deleteFrom("hold")
    .where("contract_id", "=", contract)
    .where((eb) => eb.or([eb("expires_at", "<", now), eb("created_at", ">", far)]));
  if (classId) query = query.where("class_id", "=", classId);
  const gone = await query.returning("class_id").execute();
  const counts = new Map<string, number>();
  for (const { class_id } of gone) counts.set(class_id, (counts.get(class_id) ?? 0) + 1);
  return counts;
}

/** 期限を延ばす。もうなければ偽。 */
export async function extendHold(
  tx: Read,
  contract: string,
  id: string,
  account: string,
  until: string,
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("hold")
    .set({ expires_at: until })
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("account_id", "=", account)
    .returning("id")
    .execute();
  return rows.length === 1;
}
