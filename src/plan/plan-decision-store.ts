import { instant, int32, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 決めたことの種類。 */
export type DecisionKind =
  | "design-proposed"
  | "design-chosen"
  | "design-asked"
  | "design-answered"
  | "digest-signed"
  | "digest-released"
  | "change-explained"
  | "inquiry-sent"
  | "inquiry-returned";

/** 計画の決めたこと。足すだけで、変えない。 */
export const planDecisionTable = table("plan_decision", {
  id: text(),
  contract_id: text(),
  plan_id: text(),
  /** 計画の中の通し番号。 */
  number: int32(),
  kind: text<DecisionKind>(),
  /** 何についてか（案の番号、見え方の名、部分の名）。 */
  subject: text(),
  /** 中身（JSON）。 */
  body: sealed(),
  made_by: text(),
  made_at: instant(),
});
const schema = { plan_decision: planDecisionTable };

export type DecisionRow = PlainRow<typeof planDecisionTable>;
type Stored = Row<typeof planDecisionTable>;

export async function insertDecision(tx: Read, key: SubjectKey, row: DecisionRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("plan_decision")
    .values(sealRow(planDecisionTable, key, row))
    .execute();
}

/** 番号の順。kinds で絞る。 */
export async function listDecisionRows(
  read: Read,
  key: SubjectKey,
  plan: string,
  kinds: readonly DecisionKind[],
): Promise<DecisionRow[]> {
  const rows: Stored[] = await tables<typeof schema>(read)
    .selectFrom("plan_decision")
    .selectAll()
    .where("plan_id", "=", plan)
    .where("kind", "in", [...kinds])
    .orderBy("number")
    .execute();
  return rows.map((row) => openRow(planDecisionTable, key, row));
}
