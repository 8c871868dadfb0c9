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

/** 中身を除いた版。 */
export type VersionHead = Omit<VersionRow, "content">;

/** 番号の順。中身（原稿の全部）は読まない。 */
export async function listVersionHeads(read: Read, key: SubjectKey, plan: string): Promise<VersionHead[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("plan_version")
    .select(["id", "contract_id", "plan_id", "stage", "name", "number", "sequence", "sha256", "note"])
    .select(["made_by", "made_at"])
    .where("plan_id", "=", plan)
    .orderBy("number")
    .execute();
  return rows.map((row) => openRow(planVersionTable, key, row as Stored));
}

/** 一つの版を、中身まで。 */
export async function findVersionRow(
  read: Read,
  key: SubjectKey,
  plan: string,
  id: string,
): Promise<VersionRow | undefined> {
  const row: Stored | undefined = await tables<typeof schema>(read)
    .selectFrom("plan_version")
    .selectAll()
    .where("plan_id", "=", plan)
    .where("id", "=", id)
    .executeTakeFirst();
  return row && openRow(planVersionTable, key, row);
}
