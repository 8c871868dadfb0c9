import { int32, table, text } from "./column.ts";
import { type Read, tables } from "./database.ts";

export const counterTable = table("counter", { contract_id: text(), name: text(), next: int32() });
const schema = { counter: counterTable };

/** 契約ごとの通し番号を一つ取る（1から、欠番なし）。取引の終わり近くで呼ぶと、待ち合わせが短い。 */
export async function takeNumber(tx: Read, contract: string, name: string): Promise<number> {
  const q = tables<typeof schema>(tx);
  const taken = await q
    .updateTable("counter")
    .set((eb) => ({ next: eb("next", "+", 1) }))
    .where("contract_id", "=", contract)
    .where("name", "=", name)
    .returning("next")
    .executeTakeFirst();
  if (taken) return taken.next - 1;
  const first = await q
    .insertInto("counter")
    .values({ contract_id: contract, name, next: 2 })
    .onConflict((oc) =>
      oc.columns(["contract_id", "name"]).doUpdateSet((eb) => ({ next: eb("counter.next", "+", 1) })),
    )
    .returning("next")
    .executeTakeFirstOrThrow();
  return first.next - 1;
}
