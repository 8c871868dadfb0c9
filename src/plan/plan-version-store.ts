import { instant, int32, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { PlanStage } from "./plan-version.ts";

/** 名のある版。取ったときの原稿の全部を持ち、二度と変わらない。 */
export const planVersionTable = table("plan_version", {
  id: text(),
  contract_id: text(),
  plan_id: text(),
  stage: text<PlanStage>(),
  name: text(),
  number: int32(),
  /** 取ったときの、変更の通し番号。 */
  sequence: int32(),
  sha256: text(),
  content: sealed(),
  note: sealed(),
  made_by: text(),
  made_at: instant(),
});
const schema = { plan_version: planVersionTable };

export type VersionRow = PlainRow<typeof planVersionTable>;
type Stored = Row<typeof planVersionTable>;

export async function insertVersion(tx: Read, key: SubjectKey, row: VersionRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("plan_version")
    .values(sealRow(planVersionTable, key, row))
    .execute();
}

/** 番号の順。 */
export async function listVersionRows(read: Read, key: SubjectKey, plan: string): Promise<VersionRow[]> {
  const rows: Stored[] = await tables<typeof schema>(read)
    .selectFrom("plan_version")
    .selectAll()
    .where("plan_id", "=", plan)
    .orderBy("number")
    .execute();
  return rows.map((row) => openRow(planVersionTable, key, row));
}
