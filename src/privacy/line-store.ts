import { day, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { newId } from "../base/identifier.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Tx } from "../platform/office.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 帳簿の一件。id は文書の鍵の id で、欄（JSON）と結びの欄はその鍵で封じる。 */
export const lineTable = table("privacy_line", {
  id: text(),
  contract_id: text(),
  register: text(),
  number: int32(),
  /** 従業者の仮名（account の id）。 */
  handler: nullable(text()),
  due: nullable(day()),
  /** もとになった協議・届出と、要る答え。 */
  filing_id: nullable(text()),
  filing_need: nullable(text<"submitted" | "approved">()),
  fields: sealed(),
  closing: nullable(sealed()),
  file_id: nullable(text()),
  file_sha256: nullable(text()),
  made_by: text(),
  made_at: instant(),
  closed_by: nullable(text()),
  closed_at: nullable(instant()),
  edition: int32(),
});

/** 書き足し。read は読了の印で、note はない。change は欄を直した前後と理由。 */
export const lineNoteTable = table("privacy_note", {
  id: text(),
  contract_id: text(),
  line_id: text(),
  kind: text<"note" | "read" | "change">(),
  at: instant(),
  made_by: text(),
  note: nullable(sealed()),
});
const schema = { privacy_line: lineTable, privacy_note: lineNoteTable };

export type LineRow = Row<typeof lineTable>;
export type StoredLine = PlainRow<typeof lineTable>;
export type StoredNote = PlainRow<typeof lineNoteTable>;

export async function insertLine(tx: Read, key: SubjectKey, row: StoredLine): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("privacy_line")
    .values(sealRow(lineTable, key, row))
    .execute();
}

export function openLineRow(key: SubjectKey | undefined, row: LineRow): StoredLine {
  return openRow(lineTable, key, row);
}

export async function findLine(read: Read, contract: string, id: string): Promise<LineRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("privacy_line")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** 一つの帳簿（省けば全部）の行を、新しい番号から。 */
export async function listLineRows(read: Read, contract: string, register?: string): Promise<LineRow[]> {
  const all = tables<typeof schema>(read)
    .selectFrom("privacy_line")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("register")
    .orderBy("number", "desc");
  return (register === undefined ? all : all.where("register", "=", register)).execute();
}

/** その帳簿に、結ばれていない行がもうあるか（二件目からは「変更」になる）。 */
export async function hasLine(read: Read, contract: string, register: string): Promise<boolean> {
  const row = await tables<typeof schema>(read)
    .selectFrom("privacy_line")
    .select("id")
    .where("contract_id", "=", contract)
    .where("register", "=", register)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** 開いている一件を結ぶ。もう結ばれていれば偽。 */
export async function closeLineRow(
  tx: Tx,
  key: SubjectKey,
  before: StoredLine,
  closing: string,
): Promise<boolean> {
  const row = sealRow(lineTable, key, { ...before, closing });
  const done = await tables<typeof schema>(tx)
    .updateTable("privacy_line")
    .set({ closing: row.closing, closed_by: tx.actor.id, closed_at: tx.now, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("closed_at", "is", null)
    .returning("id")
    .execute();
  return done.length === 1;
}

/** 開いている一件の欄を替える。先に変わっていれば偽。 */
export async function updateLineFields(
  tx: Tx,
  key: SubjectKey,
  before: StoredLine,
  fields: string,
): Promise<boolean> {
  const row = sealRow(lineTable, key, { ...before, fields });
  const done = await tables<typeof schema>(tx)
    .updateTable("privacy_line")
    .set({ fields: row.fields, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .where("closed_at", "is", null)
    .returning("id")
    .execute();
  return done.length === 1;
}

export async function insertNote(
  tx: Tx,
  key: SubjectKey,
  kind: StoredNote["kind"],
  note: string | null,
): Promise<void> {
  const row = sealRow(lineNoteTable, key, {
    ...{ id: newId(), contract_id: tx.contract, line_id: key.id, kind },
    ...{ at: tx.now, made_by: tx.actor.id, note },
  });
  await tables<typeof schema>(tx).insertInto("privacy_note").values(row).execute();
}

export async function listNotes(
  read: Read,
  key: SubjectKey | undefined,
  contract: string,
  line: string,
): Promise<StoredNote[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("privacy_note")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("line_id", "=", line)
    .orderBy("at")
    .orderBy("id")
    .execute();
  return rows.map((row) => openRow(lineNoteTable, key, row));
}

/** 読んだ人の印だけ（だれが、どの一件を）。 */
export async function listReaders(
  read: Read,
  contract: string,
): Promise<{ line_id: string; made_by: string }[]> {
  return tables<typeof schema>(read)
    .selectFrom("privacy_note")
    .select(["line_id", "made_by"])
    .where("contract_id", "=", contract)
    .where("kind", "=", "read")
    .execute();
}
