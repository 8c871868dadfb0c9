import { bytes, instant, int32, nullable, type Row, table, text } from "../base/column.ts";
import { type On, type Read, tables } from "../platform/database.ts";
import { prepared } from "../platform/prepared-query.ts";

/** 受付の途中の下書き。中身は下書きの鍵で封じてある。 */
export const draftTable = table("draft", {
  id: text(),
  contract_id: text(),
  account_id: text(),
  desk: text(),
  key_id: text(),
  content: bytes("personal"),
  class_id: nullable(text()),
  call_started_at: nullable(instant()),
  call_ended_at: nullable(instant()),
  version: int32(),
  saved_at: instant(),
  /** 最後に書いた画面。名のない要求（API）は空。 */
  screen: text(),
  /** その画面の何通めか。 */
  save_no: int32(),
});
const schema = { draft: draftTable };

export type DraftRow = Row<typeof draftTable>;

export async function findDraft(read: Read, contract: string, id: string): Promise<DraftRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("draft")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function listDrafts(read: Read, contract: string, account: string): Promise<DraftRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("draft")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("account_id", "=", account)
    .orderBy("saved_at", "desc")
    .execute();
}

/** 見た版（row.version の一つ前）のままなら書く。書けば真。 */
export async function upsertDraft(tx: Read, row: DraftRow): Promise<boolean> {
  const { id: _id, contract_id: _contract, account_id, desk: _desk, key_id: _key, ...change } = row;
  const written = await tables<typeof schema>(tx)
    .insertInto("draft")
    .values(row)
    .onConflict((oc) =>
      oc
        .column("id")
        .doUpdateSet(change)
        .where("draft.version", "=", row.version - 1)
        .where("draft.account_id", "=", account_id),
    )
    .returning("id")
    .execute();
  return written.length === 1;
}

export async function removeDraft(tx: Read, contract: string, id: string): Promise<void> {
  await remove(tx, { contract, id });
}

const remove = prepared((q: On<typeof schema>, v: { contract: string; id: string }) =>
  q.deleteFrom("draft").where("contract_id", "=", v.contract).where("id", "=", v.id),
);

/** 下書きの id と、最後に触れた時。 */
export type DraftAge = Pick<DraftRow, "id" | "version" | "saved_at">;

export async function listDraftAges(read: Read, contract: string): Promise<DraftAge[]> {
  return tables<typeof schema>(read)
    .selectFrom("draft")
    .select(["id", "version", "saved_at"])
    .where("contract_id", "=", contract)
    .orderBy("saved_at")
    .limit(1000)
    .execute();
}

/** 見た版のままなら消す。消せば真。 */
export async function removeUntouchedDraft(tx: Read, contract: string, draft: DraftAge): Promise<boolean> {
  const gone = await tables<typeof schema>(tx)
    .deleteFrom("draft")
    .where("contract_id", "=", contract)
    .where("id", "=", draft.id)
    .where("version", "=", draft.version)
    .returning("id")
    .execute();
  return gone.length === 1;
}
