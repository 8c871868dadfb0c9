import { instant, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 部分への書き込み。どの成果品にも出ない。 */
export const planCommentTable = table("plan_comment", {
  id: text(),
  contract_id: text(),
  plan_id: text(),
  block: text(),
  body: sealed(),
  state: text<"open" | "closed">(),
  made_by: text(),
  made_at: instant(),
  closed_by: nullable(text()),
  closed_at: nullable(instant()),
});
const schema = { plan_comment: planCommentTable };

export type CommentRow = PlainRow<typeof planCommentTable>;
type Stored = Row<typeof planCommentTable>;

export async function insertComment(tx: Read, key: SubjectKey, row: CommentRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("plan_comment")
    .values(sealRow(planCommentTable, key, row))
    .execute();
}

/** 書いた順。 */
export async function listCommentRows(read: Read, key: SubjectKey, plan: string): Promise<CommentRow[]> {
  const rows: Stored[] = await tables<typeof schema>(read)
    .selectFrom("plan_comment")
    .selectAll()
    .where("plan_id", "=", plan)
    .orderBy("made_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => openRow(planCommentTable, key, row));
}

/** 開いているものを閉じる。閉じていれば偽。 */
export async function closeCommentRow(
  tx: Read,
  { plan, id, by, at }: { plan: string; id: string; by: string; at: string },
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("plan_comment")
    .set({ state: "closed", closed_by: by, closed_at: at })
    .where("plan_id", "=", plan)
    .where("id", "=", id)
    .where("state", "=", "open")
    .returning("id")
    .execute();
  return rows.length === 1;
}
