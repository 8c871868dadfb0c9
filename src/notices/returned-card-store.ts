import { day, instant, nullable, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { ReturnOutcome, ReturnReason } from "./returned-card.ts";

/** 返戻のはがき。だれのものかは仮名（person_id）だけで、氏名は持たない。 */
export const returnedCardTable = table("returned_card", {
  id: text(),
  contract_id: text(),
  notice_id: text(),
  booking_id: text(),
  person_id: text(),
  reason: text<ReturnReason>(),
  /** 戻ってきた日。 */
  returned_on: day(),
  outcome: nullable(text<ReturnOutcome>()),
  /** 電話で案内する仕事。 */
  task_id: nullable(text()),
  recorded_by: text(),
  recorded_at: instant(),
});
const schema = { returned_card: returnedCardTable };

export type ReturnedCard = Row<typeof returnedCardTable>;

/** 一通につき一度だけ。もうあれば偽。 */
export async function insertReturnedCard(tx: Read, row: ReturnedCard): Promise<boolean> {
  const made = await tables<typeof schema>(tx)
    .insertInto("returned_card")
    .values(row)
    .onConflict((oc) => oc.columns(["notice_id"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return made !== undefined;
}

/** 新しく戻ったものから。 */
export async function listReturnedCards(read: Read, contract: string): Promise<ReturnedCard[]> {
  return tables<typeof schema>(read)
    .selectFrom("returned_card")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("recorded_at", "desc")
    .orderBy("id")
    .execute();
}

export async function listReturnedByPersons(
  read: Read,
  contract: string,
  persons: readonly string[],
): Promise<ReturnedCard[]> {
  const found: ReturnedCard[] = [];
  for (let start = 0; start < persons.length; start += 500)
    found.push(
      ...(await tables<typeof schema>(read)
        .selectFrom("returned_card")
        .selectAll()
        .where("contract_id", "=", contract)
        .where("person_id", "in", persons.slice(start, start + 500))
        .execute()),
    );
  return found;
}

/** 後始末を決める。もう同じに決まっていれば偽。 */
export async function setReturnOutcome(
  tx: Read,
  contract: string,
  id: string,
  outcome: ReturnOutcome,
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("returned_card")
    .set({ outcome })
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where((eb) => eb.or([eb("outcome", "is", null), eb("outcome", "!=", outcome)]))
    .returning("id")
    .execute();
  return rows.length === 1;
}
