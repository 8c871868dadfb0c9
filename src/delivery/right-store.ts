import { day, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { RightKind, RightState } from "./right.ts";

/** 権利の台帳。だれの権利か（人の名）は、その行の鍵で封じる。 */
export const rightTable = table("right_item", {
  id: text(),
  contract_id: text(),
  deliverable_id: text(),
  number: int32(),
  kind: text<RightKind>(),
  subject: sealed(),
  holder: sealed(),
  terms: sealed(),
  state: text<RightState>(),
  signed_on: nullable(day()),
  evidence: nullable(sealed()),
  signed_by: nullable(text()),
  signed_at: nullable(instant()),
  made_by: text(),
  made_at: instant(),
});
const schema = { right_item: rightTable };

export type RightRow = Row<typeof rightTable>;
export type OpenRight = PlainRow<typeof rightTable>;

export async function insertRight(tx: Read, key: SubjectKey, row: OpenRight): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("right_item")
    .values(sealRow(rightTable, key, row))
    .execute();
}

/** 権利を、加えた順に。deliverable を省けば、契約のすべて。 */
export async function listRightRows(read: Read, contract: string, deliverable?: string): Promise<RightRow[]> {
  let query = tables<typeof schema>(read)
    .selectFrom("right_item")
    .selectAll()
    .where("contract_id", "=", contract);
  if (deliverable !== undefined) query = query.where("deliverable_id", "=", deliverable);
  return query.orderBy("number").execute();
}

export async function findRight(read: Read, contract: string, id: string): Promise<RightRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("right_item")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

export function openRightRow(key: SubjectKey | undefined, row: RightRow): OpenRight {
  return openRow(rightTable, key, row);
}

/** 未確認のものだけを確認済みにする。すでに済んでいれば偽。 */
export async function signRightRow(
  tx: Read,
  key: SubjectKey,
  before: OpenRight,
  signed: { signed_on: string; evidence: string; signed_by: string; signed_at: string },
): Promise<boolean> {
  const { state, signed_on, evidence, signed_by, signed_at } = sealRow(rightTable, key, {
    ...before,
    ...signed,
    state: "signed",
  });
  const rows = await tables<typeof schema>(tx)
    .updateTable("right_item")
    .set({ state, signed_on, evidence, signed_by, signed_at })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("state", "=", "open")
    .returning("id")
    .execute();
  return rows.length === 1;
}
