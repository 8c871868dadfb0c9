import { day, flag, instant, int32, nullable, type Row, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { ErasureScope, ErasureState } from "./erasure.ts";

/** 消去の一件。個人情報は含まない（範囲は期間か件数で言う）。 */
export const erasureTable = table("erasure", {
  id: text(),
  contract_id: text(),
  number: int32(),
  state: text<ErasureState>(),
  scope: text<ErasureScope>(),
  label: text(),
  from_day: nullable(day()),
  to_day: nullable(day()),
  planned_day: day(),
  counts: text(),
  filing_id: nullable(text()),
  report_id: nullable(text()),
  /** 立会い: ""=求めがない、"asked"=求めがある、それ以外=立ち会う方の部署と職名。 */
  witness: text(),
  made_by: text(),
  made_at: instant(),
  run_by: nullable(text()),
  intended_at: nullable(instant()),
  destroyed_at: nullable(instant()),
  finished_at: nullable(instant()),
  result: nullable(text()),
  edition: int32(),
});
export const erasureKeyTable = table("erasure_key", {
  erasure_id: text(),
  key_id: text(),
  fingerprint: text(),
});
export const erasureCopyTable = table("erasure_copy", {
  erasure_id: text(),
  backup_set: text(),
  how: text(),
  on_day: day(),
  place: text(),
  made_by: text(),
  made_at: instant(),
});
export const certificateTable = table("erasure_certificate", {
  erasure_id: text(),
  edition: int32(),
  complete: flag(),
  body: text(),
  made_at: instant(),
});
/** 一人の方の申出で消すと決めた文書と、会議の録音。label に個人情報を書かない。 */
export const erasurePickTable = table("erasure_pick", {
  erasure_id: text(),
  holder: text(),
  ref: text(),
  how: text(),
  label: text(),
});
const schema = {
  erasure_pick: erasurePickTable,
  erasure: erasureTable,
  erasure_key: erasureKeyTable,
  erasure_copy: erasureCopyTable,
  erasure_certificate: certificateTable,
};

export type ErasureRow = Row<typeof erasureTable>;
export type ErasureKey = Row<typeof erasureKeyTable>;
export type ErasureCopy = Row<typeof erasureCopyTable>;
export type ErasurePick = Row<typeof erasurePickTable>;
export type CertificateRow = Row<typeof certificateTable>;

export async function insertErasure(
  tx: Read,
  row: ErasureRow,
  keys: readonly ErasureKey[],
  picks: readonly ErasurePick[] = [],
): Promise<void> {
  await tables<typeof schema>(tx).insertInto("erasure").values(row).execute();
  for (let at = 0; at < keys.length; at += 500)
    await tables<typeof schema>(tx)
      .insertInto("erasure_key")
      .values(keys.slice(at, at + 500))
      .execute();
  for (const pick of picks) await tables<typeof schema>(tx).insertInto("erasure_pick").values(pick).execute();
}

export async function listPicks(read: Read, id: string): Promise<ErasurePick[]> {
  return tables<typeof schema>(read)
    .selectFrom("erasure_pick")
    .selectAll()
    .where("erasure_id", "=", id)
    .orderBy("holder")
    .orderBy("label")
    .orderBy("ref")
    .execute();
}

export async function findErasure(read: Read, contract: string, id: string): Promise<ErasureRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("erasure")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function listErasureRows(read: Read, contract: string): Promise<ErasureRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("erasure")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number", "desc")
    .execute();
}

/** 途中で止まった消去。契約を問わない。 */
export async function listUnfinished(read: Read): Promise<ErasureRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("erasure")
    .selectAll()
    .where("state", "in", ["intended", "destroyed"])
    .orderBy("intended_at")
    .execute();
}

/** edition が同じときだけ変える。変わったら真。 */
export async function updateErasure(
  tx: Read,
  row: ErasureRow,
  change: Partial<Omit<ErasureRow, "id" | "contract_id" | "number" | "edition">>,
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("erasure")
    .set({ ...change, edition: row.edition + 1 })
    .where("id", "=", row.id)
    .where("edition", "=", row.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

export async function listErasureKeys(read: Read, id: string): Promise<ErasureKey[]> {
  return tables<typeof schema>(read)
    .selectFrom("erasure_key")
    .selectAll()
    .where("erasure_id", "=", id)
    .orderBy("key_id")
    .execute();
}

export async function listCopies(read: Read, id: string): Promise<ErasureCopy[]> {
  return tables<typeof schema>(read)
    .selectFrom("erasure_copy")
    .selectAll()
    .where("erasure_id", "=", id)
    .orderBy("backup_set")
    .execute();
}

/** 控えの始末を残す。もうあれば偽。 */
export async function insertCopy(tx: Read, row: ErasureCopy): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .insertInto("erasure_copy")
    .values(row)
    .onConflict((on) => on.columns(["erasure_id", "backup_set"]).doNothing())
    .returning("backup_set")
    .execute();
  return rows.length === 1;
}

export async function insertCertificate(tx: Read, row: CertificateRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("erasure_certificate").values(row).execute();
}

export async function listCertificates(read: Read, id: string): Promise<CertificateRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("erasure_certificate")
    .selectAll()
    .where("erasure_id", "=", id)
    .orderBy("edition", "desc")
    .execute();
}
