import { day, instant, int32, nullable, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { InquiryState, LineState } from "./inquiry.ts";

/** 庁内照会。 */
export const planInquiryTable = table("plan_inquiry", {
  id: text(),
  contract_id: text(),
  plan_id: text(),
  number: int32(),
  department: text(),
  subject: text(),
  due: day(),
  state: text<InquiryState>(),
  /** 催促の仕事。 */
  task_id: nullable(text()),
  made_by: text(),
  made_at: instant(),
  returned_at: nullable(instant()),
});

/** 照会の一行（一つの部分）。送った文と返った文は、計画の鍵で封じる。 */
export const planInquiryLineTable = table("plan_inquiry_line", {
  id: text(),
  contract_id: text(),
  plan_id: text(),
  inquiry_id: text(),
  block: text(),
  position: int32(),
  version: int32(),
  sent: sealed(),
  came: nullable(sealed()),
  remark: nullable(sealed()),
  state: text<LineState>(),
  decided_by: nullable(text()),
  decided_at: nullable(instant()),
});
const schema = { plan_inquiry: planInquiryTable, plan_inquiry_line: planInquiryLineTable };

export type InquiryRow = PlainRow<typeof planInquiryTable>;
export type InquiryLineRow = PlainRow<typeof planInquiryLineTable>;

export async function insertInquiry(tx: Read, row: InquiryRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("plan_inquiry").values(row).execute();
}

export async function listInquiryRows(read: Read, plan: string): Promise<InquiryRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("plan_inquiry")
    .selectAll()
    .where("plan_id", "=", plan)
    .orderBy("number")
    .execute();
}

export async function updateInquiry(
  tx: Read,
  id: string,
  change: Partial<Pick<InquiryRow, "state" | "returned_at">>,
): Promise<void> {
  await tables<typeof schema>(tx).updateTable("plan_inquiry").set(change).where("id", "=", id).execute();
}

export async function insertInquiryLine(tx: Read, key: SubjectKey, row: InquiryLineRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("plan_inquiry_line")
    .values(sealRow(planInquiryLineTable, key, row))
    .execute();
}

export async function listInquiryLineRows(
  read: Read,
  key: SubjectKey,
  plan: string,
): Promise<InquiryLineRow[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("plan_inquiry_line")
    .selectAll()
    .where("plan_id", "=", plan)
    .orderBy("position")
    .execute();
  return rows.map((row) => openRow(planInquiryLineTable, key, row));
}

/** 一行の、いまの姿を書く。 */
export async function updateInquiryLine(tx: Read, key: SubjectKey, row: InquiryLineRow): Promise<void> {
  const { came, remark, state, decided_by, decided_at } = sealRow(planInquiryLineTable, key, row);
  await tables<typeof schema>(tx)
    .updateTable("plan_inquiry_line")
    .set({ came, remark, state, decided_by, decided_at })
    .where("id", "=", row.id)
    .execute();
}
