import { day, instant, nullable, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import { EVERYONE, type HandlerFact } from "./handler-fact.ts";

/** 個人情報を扱う資格の事実。line_id は、もとになった帳簿の一件。 */
export const handlerFactTable = table("handler_fact", {
  account_id: text(),
  contract_id: text(),
  fact: text<HandlerFact>(),
  line_id: text(),
  from_day: day(),
  to_day: nullable(day()),
  until: nullable(instant()),
});
const schema = { handler_fact: handlerFactTable };

export type HandlerFactRow = Row<typeof handlerFactTable>;

export async function insertFact(tx: Read, row: HandlerFactRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("handler_fact").values(row).execute();
}

/** 帳簿の一件から出た事実を、その日で終える。 */
export async function endFact(tx: Read, contract: string, lineId: string, last: string): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("handler_fact")
    .set({ to_day: last })
    .where("contract_id", "=", contract)
    .where("line_id", "=", lineId)
    .execute();
}

/** その人と、全員に効く事実。 */
export async function listFactsOf(read: Read, contract: string, account: string): Promise<HandlerFactRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("handler_fact")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("account_id", "in", [account, EVERYONE])
    .execute();
}

export async function listFacts(read: Read, contract: string): Promise<HandlerFactRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("handler_fact")
    .selectAll()
    .where("contract_id", "=", contract)
    .execute();
}
