import { instant, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 証跡・表明に添えた言葉。個人のことが書かれうるので、文書の鍵（id）で封じる。 */
export const dutyNoteTable = table("duty_note", {
  id: text(),
  contract_id: text(),
  duty_key: text(),
  note: sealed(),
  made_by: text(),
  made_at: instant(),
});
const schema = { duty_note: dutyNoteTable };

type NoteRow = Row<typeof dutyNoteTable>;
export type DutyNote = PlainRow<typeof dutyNoteTable>;

export async function insertNote(tx: Read, key: SubjectKey, note: DutyNote): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("duty_note")
    .values(sealRow(dutyNoteTable, key, note))
    .execute();
}

/** 一回分に添えた言葉。id（記録の payload の note）から引く。 */
export async function listNotes(
  office: Office,
  contract: string,
  dutyKey: string,
): Promise<Map<string, DutyNote>> {
  const rows: NoteRow[] = await tables<typeof schema>(office.read)
    .selectFrom("duty_note")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("duty_key", "=", dutyKey)
    .execute();
  const keys = await office.keys.get(
    contract,
    rows.map((row) => row.id),
  );
  return new Map(rows.map((row) => [row.id, openRow(dutyNoteTable, keys.get(row.id), row)]));
}
