import { instant, table, text } from "./column.ts";
import { type Read, tables } from "./database.ts";

export const idempotencyTable = table("idempotency", {
  contract_id: text(),
  actor: text(),
  key_hash: text(),
  verb: text(),
  input_hash: text(),
  result: text(),
  created_at: instant(),
});
const schema = { idempotency: idempotencyTable };

export interface StoredAnswer {
  verb: string;
  inputHash: string;
  result: string;
}

export async function findAnswer(
  read: Read,
  contract: string,
  actor: string,
  keyHash: string,
): Promise<StoredAnswer | undefined> {
  const row = await tables<typeof schema>(read)
    .selectFrom("idempotency")
    .select(["verb", "input_hash", "result"])
    .where("contract_id", "=", contract)
    .where("actor", "=", actor)
    .where("key_hash", "=", keyHash)
    .executeTakeFirst();
  return row && { verb: row.verb, inputHash: row.input_hash, result: row.result };
}

/** 控えを残す。同じ鍵の控えがもうあれば偽。 */
export async function insertAnswer(
  tx: Read,
  row: {
    contract: string;
    actor: string;
    keyHash: string;
    verb: string;
    inputHash: string;
    result: string;
    now: string;
  },
): Promise<boolean> {
  const made = await tables<typeof schema>(tx)
    .insertInto("idempotency")
    .values({
      contract_id: row.contract,
      actor: row.actor,
      key_hash: row.keyHash,
      verb: row.verb,
      input_hash: row.inputHash,
      result: row.result,
      created_at: row.now,
    })
    .onConflict((oc) => oc.columns(["contract_id", "actor", "key_hash"]).doNothing())
    .returning("key_hash")
    .execute();
  return made.length === 1;
}
