import { instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 原稿のデータ（図の表）と画像。中身は blob にあり、替えるたびに新しい行になる（前の版は、前の中身のまま）。 */
export const planFileTable = table("plan_file", {
  id: text(),
  contract_id: text(),
  plan_id: text(),
  /** 原稿の中での名（data/use.csv）。 */
  name: text(),
  blob_id: text(),
  sha256: text(),
  size: int32(),
  state: text<"live" | "past">(),
  /** もとになったもの（調査の図など）。「室/種類/番号」。 */
  origin: nullable(text()),
  /** 権利（JSON）。 */
  rights: sealed(),
  made_by: text(),
  made_at: instant(),
});
const schema = { plan_file: planFileTable };

export type PlanFileRow = PlainRow<typeof planFileTable>;
type Stored = Row<typeof planFileTable>;

/** 名の順の、いまあるファイル。 */
export async function listFileRows(read: Read, key: SubjectKey, plan: string): Promise<PlanFileRow[]> {
  const rows: Stored[] = await tables<typeof schema>(read)
    .selectFrom("plan_file")
    .selectAll()
    .where("plan_id", "=", plan)
    .where("state", "=", "live")
    .orderBy("name")
    .execute();
  return rows.map((row) => openRow(planFileTable, key, row));
}

/** 同じ名のものがあれば、それを前の版にして、置く。 */
export async function putFileRow(tx: Read, key: SubjectKey, row: PlanFileRow): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("plan_file")
    .set({ state: "past" })
    .where("plan_id", "=", row.plan_id)
    .where("name", "=", row.name)
    .where("state", "=", "live")
    .execute();
  await tables<typeof schema>(tx)
    .insertInto("plan_file")
    .values(sealRow(planFileTable, key, row))
    .execute();
}

/** 読んだときの中身（sha256。なかったら null）のままなら、置く。ほかの人が先に替えていれば偽で、何も変わらない。 */
export async function replaceFileRow(
  tx: Read,
  key: SubjectKey,
  row: PlanFileRow,
  seen: string | null,
): Promise<boolean> {
  const own = tables<typeof schema>(tx)
    .updateTable("plan_file")
    .set({ state: "past" })
    .where("plan_id", "=", row.plan_id)
    .where("name", "=", row.name)
    .where("state", "=", "live");
  const past = await (seen === null ? own : own.where("sha256", "=", seen)).returning("id").execute();
  if (past.length !== (seen === null ? 0 : 1)) return false;
  await tables<typeof schema>(tx)
    .insertInto("plan_file")
    .values(sealRow(planFileTable, key, row))
    .execute();
  return true;
}

/** いまあるファイルの権利（JSON）を書く。なければ偽。 */
export async function setFileRights(tx: Read, key: SubjectKey, row: PlanFileRow): Promise<boolean> {
  const { rights } = sealRow(planFileTable, key, row);
  const rows = await tables<typeof schema>(tx)
    .updateTable("plan_file")
    .set({ rights })
    .where("plan_id", "=", row.plan_id)
    .where("id", "=", row.id)
    .where("state", "=", "live")
    .returning("id")
    .execute();
  return rows.length === 1;
}
