import { day, flag, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { InquiryHow, InquiryItem, PendingReason } from "./inquiry.ts";

/** 問い合わせの一件。応対記録（record）だけに内容があり、その id は文書の鍵の id。 */
export const inquiryTable = table("inquiry", {
  id: text(),
  contract_id: text(),
  /** 応対記録の通し番号。一押しの件数にはない。 */
  number: nullable(int32()),
  day: day(),
  at: instant(),
  item: text(),
  how: text<InquiryHow>(),
  state: text<"counted" | "undone">(),
  faq_id: nullable(text()),
  desk: text(),
  /** その電話で終わったか。 */
  first_contact: flag(),
  reason: text<PendingReason | "">(),
  important: flag(),
  content: nullable(sealed()),
  made_by: text(),
  /** 引き渡した受渡し票の番号。 */
  slip: nullable(int32()),
});
export const inquiryItemTable = table("inquiry_item", {
  contract_id: text(),
  code: text(),
  label: text(),
  position: int32(),
  shown: flag(),
});
/** 重要な応対記録の受渡し票（６(9)「重要な記録は委託者に引き渡し」）。 */
export const handSlipTable = table("hand_slip", {
  contract_id: text(),
  number: int32(),
  count: int32(),
  receiver: text(),
  made_by: text(),
  made_at: instant(),
});
const schema = { inquiry: inquiryTable, inquiry_item: inquiryItemTable, hand_slip: handSlipTable };

export type InquiryRow = Row<typeof inquiryTable>;
export type StoredInquiry = PlainRow<typeof inquiryTable>;
export type HandSlip = Row<typeof handSlipTable>;

/** 加える。内容があれば key で封じる。 */
export async function insertInquiry(
  tx: Read,
  key: SubjectKey | undefined,
  row: StoredInquiry,
): Promise<void> {
  const values = key ? sealRow(inquiryTable, key, row) : { ...row, content: null };
  await tables<typeof schema>(tx).insertInto("inquiry").values(values).execute();
}

export function openInquiryRow(key: SubjectKey | undefined, row: InquiryRow): StoredInquiry {
  return openRow(inquiryTable, key, row);
}

/** 数えた一件を取り消す。もう取り消されているか、期日が違えば偽。 */
export async function undoInquiry(tx: Read, contract: string, id: string): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("inquiry")
    .set({ state: "undone" })
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("state", "=", "counted")
    .returning("id")
    .execute();
  return rows.length === 1;
}

export interface InquiryCount {
  day: string;
  item: string;
  how: InquiryHow;
  faq_id: string | null;
  first_contact: number;
  reason: PendingReason | "";
  n: number;
}

/** 日・項目・方法ごとの件数（両端の日を含む）。 */
export async function countInquiries(
  read: Read,
  contract: string,
  from: string,
  to: string,
): Promise<InquiryCount[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("inquiry")
    .select(["day", "item", "how", "faq_id", "first_contact", "reason"])
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("contract_id", "=", contract)
    .where("state", "=", "counted")
    .where("day", ">=", from)
    .where("day", "<=", to)
    .groupBy(["day", "item", "how", "faq_id", "first_contact", "reason"])
    .execute();
  return rows.map((row) => ({ ...row, n: Number(row.n) }));
}

/** 応対記録（内容つき）を、新しい順に。 */
export async function listRecords(
  read: Read,
  contract: string,
  filter: { important?: boolean; unhanded?: boolean; slip?: number },
  limit: number,
): Promise<InquiryRow[]> {
  let query = tables<typeof schema>(read)
    .selectFrom("inquiry")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("how", "=", "record")
    .where("state", "=", "counted");
  if (filter.important) query = query.where("important", "=", 1);
  if (filter.unhanded) query = query.where("slip", "is", null);
  if (filter.slip !== undefined) query = query.where("slip", "=", filter.slip);
  return query.orderBy("at", "desc").orderBy("id").limit(limit).execute();
}

/** 引き渡した記録に受渡し票の番号を付ける。まだ引き渡していないものだけ。付いた数を返す。 */
export async function putSlip(
  tx: Read,
  contract: string,
  ids: readonly string[],
  slip: number,
): Promise<number> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("inquiry")
    .set({ slip })
    .where("contract_id", "=", contract)
    .where("id", "in", [...ids])
    .where("slip", "is", null)
    .where("important", "=", 1)
    .where("state", "=", "counted")
    .returning("id")
    .execute();
  return rows.length;
}

export async function insertSlip(tx: Read, row: HandSlip): Promise<void> {
  await tables<typeof schema>(tx).insertInto("hand_slip").values(row).execute();
}

export async function listSlips(read: Read, contract: string): Promise<HandSlip[]> {
  return tables<typeof schema>(read)
    .selectFrom("hand_slip")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number", "desc")
    .execute();
}

export async function listItemRows(read: Read, contract: string): Promise<InquiryItem[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("inquiry_item")
    .select(["code", "label", "position", "shown"])
    .where("contract_id", "=", contract)
    .orderBy("position")
    .execute();
  return rows.map((row) => ({ ...row, shown: row.shown === 1 }));
}

export async function replaceItems(tx: Read, contract: string, items: readonly InquiryItem[]): Promise<void> {
  const db = tables<typeof schema>(tx);
  await db.deleteFrom("inquiry_item").where("contract_id", "=", contract).execute();
  for (const { code, label, position, shown } of items)
    await db
      .insertInto("inquiry_item")
      .values({ contract_id: contract, code, label: label.trim(), position, shown: shown ? 1 : 0 })
      .execute();
}
