import { day, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { BookName } from "./book.ts";
import type { EntryState } from "./entry.ts";

/** 登録簿の一件。id は文書の鍵の id で、書かれた文（個人のことが書かれうる）はその鍵で封じる。 */
export const entryTable = table("register_entry", {
  id: text(),
  contract_id: text(),
  book: text<BookName>(),
  /** 契約・帳簿ごとの通し（欠番なし）。 */
  number: int32(),
  title: text(),
  clause: text(),
  held_on: day(),
  due: nullable(day()),
  expires: nullable(day()),
  /** 円。 */
  cost: nullable(int32()),
  state: text<EntryState>(),
  /** つないだ届出。 */
  filing_id: nullable(text()),
  /** 帳簿の欄（JSON）。 */
  fields: sealed(),
  made_by: text(),
  made_at: instant(),
  closed_by: nullable(text()),
  closed_at: nullable(instant()),
  edition: int32(),
});
const schema = { register_entry: entryTable };

export type EntryRow = Row<typeof entryTable>;
export type StoredEntry = PlainRow<typeof entryTable>;

export async function insertEntry(tx: Read, key: SubjectKey, entry: StoredEntry): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("register_entry")
    .values(sealRow(entryTable, key, entry))
    .execute();
}

export function openEntryRow(key: SubjectKey | undefined, row: EntryRow): StoredEntry {
  return openRow(entryTable, key, row);
}

export async function findEntryRow(read: Read, contract: string, id: string): Promise<EntryRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("register_entry")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** 新しい日・番号から。 */
export async function listEntryRows(read: Read, contract: string, book?: BookName): Promise<EntryRow[]> {
  let query = tables<typeof schema>(read)
    .selectFrom("register_entry")
    .selectAll()
    .where("contract_id", "=", contract);
  if (book) query = query.where("book", "=", book);
  return query.orderBy("held_on", "desc").orderBy("number", "desc").orderBy("id").execute();
}

export type EntryChange = Partial<Omit<StoredEntry, "id" | "contract_id" | "book" | "number" | "edition">>;

/** 読んだときから変わっていなければ変える。ほかの人が先に変えていれば偽。 */
export async function updateEntry(
  tx: Read,
  key: SubjectKey,
  before: StoredEntry,
  change: EntryChange,
): Promise<boolean> {
  const { id: _id, contract_id: _contract, ...row } = sealRow(entryTable, key, { ...before, ...change });
  const rows = await tables<typeof schema>(tx)
    .updateTable("register_entry")
    .set({ ...row, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}
