import { instant, int32, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { MatchMark } from "./upper.ts";

/** 上位計画。項目は、公表されている計画の言葉（個人情報ではない）。 */
export const planUpperTable = table("plan_upper", {
  id: text(),
  contract_id: text(),
  plan_id: text(),
  code: text(),
  name: text(),
  short_name: text(),
  kind: text<"plan">(),
  /** 項目（JSON）。 */
  items: text(),
  position: int32(),
  made_by: text(),
  made_at: instant(),
});

/** 施策と上位計画の対応。 */
export const planMatchTable = table("plan_match", {
  id: text(),
  contract_id: text(),
  plan_id: text(),
  measure: text(),
  upper_id: text(),
  mark: text<MatchMark>(),
  note: sealed(),
  made_by: text(),
  made_at: instant(),
});
const schema = { plan_upper: planUpperTable, plan_match: planMatchTable };

export type UpperRow = Row<typeof planUpperTable>;
export type MatchRow = PlainRow<typeof planMatchTable>;

export async function listUpperRows(read: Read, plan: string): Promise<UpperRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("plan_upper")
    .selectAll()
    .where("plan_id", "=", plan)
    .orderBy("position")
    .orderBy("code")
    .execute();
}

/** 同じ記号の上位計画があれば、名と項目を替える。 */
export async function putUpperRow(tx: Read, row: UpperRow): Promise<void> {
  const { id: _id, contract_id: _contract, plan_id: _plan, code: _code, position: _at, ...rest } = row;
  await tables<typeof schema>(tx)
    .insertInto("plan_upper")
    .values(row)
    .onConflict((on) => on.columns(["plan_id", "code"]).doUpdateSet(rest))
    .execute();
}

export async function listMatchRows(read: Read, key: SubjectKey, plan: string): Promise<MatchRow[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("plan_match")
    .selectAll()
    .where("plan_id", "=", plan)
    .orderBy("measure")
    .execute();
  return rows.map((row) => openRow(planMatchTable, key, row));
}

/** 前に書いたものがあれば、替える。 */
export async function putMatchRow(tx: Read, key: SubjectKey, row: MatchRow): Promise<void> {
  const kept = tables<typeof schema>(tx);
  await dropMatchRow(tx, row);
  await kept
    .insertInto("plan_match")
    .values(sealRow(planMatchTable, key, row))
    .execute();
}

export async function dropMatchRow(
  tx: Read,
  { plan_id, measure, upper_id }: Pick<MatchRow, "plan_id" | "measure" | "upper_id">,
): Promise<void> {
  await tables<typeof schema>(tx)
    .deleteFrom("plan_match")
    .where("plan_id", "=", plan_id)
    .where("measure", "=", measure)
    .where("upper_id", "=", upper_id)
    .execute();
}
