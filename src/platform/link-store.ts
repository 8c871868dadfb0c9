import { instant, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "./database.ts";
import type { Tx } from "./office.ts";

/** 室をまたぐつながり。両端は「室/種類/id」の印で、ここは中身を知らない。両方を見せる画面は、上の室にある。 */
export const linkTable = table("link", {
  contract_id: text(),
  from_ref: text(),
  /** 「evidence」「cites」のような、つながりの名。 */
  relation: text(),
  to_ref: text(),
  /** 画面での短い名。個人情報を書かない。 */
  label: text(),
  made_by: text(),
  made_at: instant(),
});
const schema = { link: linkTable };

export type LinkRow = Row<typeof linkTable>;

/** つなぐ。もうつながっていれば、何もせず偽。 */
export async function putLink(
  tx: Tx,
  link: Pick<LinkRow, "from_ref" | "relation" | "to_ref" | "label">,
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .insertInto("link")
    .values({ ...link, contract_id: tx.contract, made_by: tx.actor.id, made_at: tx.now })
    .onConflict((on) => on.columns(["contract_id", "from_ref", "relation", "to_ref"]).doNothing())
    .returning("from_ref")
    .execute();
  return rows.length === 1;
}

/** はずす。つながっていなければ偽。 */
export async function dropLink(
  tx: Tx,
  link: Pick<LinkRow, "from_ref" | "relation" | "to_ref">,
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .deleteFrom("link")
    .where("contract_id", "=", tx.contract)
    .where("from_ref", "=", link.from_ref)
    .where("relation", "=", link.relation)
    .where("to_ref", "=", link.to_ref)
    .returning("from_ref")
    .execute();
  return rows.length === 1;
}

/** この印から出るつながり。 */
export async function linksFrom(read: Read, contract: string, ref: string): Promise<LinkRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("link")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("from_ref", "=", ref)
    .orderBy("made_at")
    .orderBy("to_ref")
    .execute();
}
