import { int32, table, text } from "../base/column.ts";
import { type On, type Read, tables } from "./database.ts";
import { prepared } from "./prepared-query.ts";

export const counterTable = table("counter", { contract_id: text(), name: text(), next: int32() });
const schema = { counter: counterTable };

const take = prepared((q: On<typeof schema>, v: { contract: string; name: string }) =>
  q
    .updateTable("counter")
    .set((eb) => ({ next: eb("next", "+", 1) }))
    .where("contract_id", "=", v.contract)
    .where("name", "=", v.name)
    .returning("next"),
);

/** 契約ごとの通し番号を一つ取る（1から、欠番なし）。取引の終わり近くで呼ぶと、待ち合わせが短い。 */
export async function takeNumber(tx: Read, contract: string, name: string): Promise<number> {
  const [taken] = await take(tx, { contract, name });
  if (taken) return taken.next - 1;
  const first = await tables<typeof schema>(tx)
    .insertInto("counter")
    .values({ contract_id: contract, name, next: 2 })
    .onConflict((oc) =>
      oc.columns(["contract_id", "name"]).doUpdateSet((eb) => ({ next: eb("counter.next", "+", 1) })),
    )
    .returning("next")
    .executeTakeFirstOrThrow();
  return first.next - 1;
}

/** 続いた番号を count 個取り、最初の番号を返す（count は 1 以上）。 */
export async function takeNumbers(tx: Read, contract: string, name: string, count: number): Promise<number> {
  const first = await takeNumber(tx, contract, name);
  if (count > 1)
    await tables<typeof schema>(tx)
      .updateTable("counter")
      .set({ next: first + count })
      .where("contract_id", "=", contract)
      .where("name", "=", name)
      .execute();
  return first;
}
