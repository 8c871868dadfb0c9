import { instant, type Row, table, text } from "../base/column.ts";
import type { On, Read } from "./database.ts";
import { prepared } from "./prepared-query.ts";

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
  const [row] = await find(read, { contract, actor, keyHash });
  return row && { verb: row.verb, inputHash: row.input_hash, result: row.result };
}

const find = prepared((q: On<typeof schema>, v: { contract: string; actor: string; keyHash: string }) =>
  q
    .selectFrom("idempotency")
    .select(["verb", "input_hash", "result"])
    .where("contract_id", "=", v.contract)
    .where("actor", "=", v.actor)
    .where("key_hash", "=", v.keyHash),
);

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
  const made = await insert(tx, {
    contract_id: row.contract,
    actor: row.actor,
    key_hash: row.keyHash,
    verb: row.verb,
    input_hash: row.inputHash,
    result: row.result,
    created_at: row.now,
  });
  return made.length === 1;
}

const insert = prepared((q: On<typeof schema>, row: Row<typeof idempotencyTable>) =>
  q
    .insertInto("idempotency")
    .values(row)
    .onConflict((oc) => oc.columns(["contract_id", "actor", "key_hash"]).doNothing())
    .returning("key_hash"),
);
