import { instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { FilingKind, FilingState } from "./filing.ts";
import type { Channel } from "./filing-answer.ts";

/** 協議・届出。id は文書の鍵の id で、本文と答え（個人のことが書かれうる）はその鍵で封じる。 */
export const filingTable = table("filing", {
  id: text(),
  contract_id: text(),
  number: int32(),
  kind: text<FilingKind>(),
  clause: text(),
  title: text(),
  state: text<FilingState>(),
  body: sealed(),
  /** 何についてか（「室/種類/id」）。 */
  about: nullable(text()),
  made_by: text(),
  made_at: instant(),
  submitted_by: nullable(text()),
  submitted_at: nullable(instant()),
  decided_by: nullable(text()),
  decided_at: nullable(instant()),
  /** 委託者の側の言葉が、どう・いつ・だれから届いたか（指示ならその指示、ほかは回答）。 */
  channel: nullable(text<Channel>()),
  heard_at: nullable(instant()),
  heard_from: nullable(sealed()),
  answer: nullable(sealed()),
  /** 提出の期限（報告・届出）、または回答を望む期限。 */
  due: nullable(instant()),
  /** 内容の版。差戻しのあとに一つ進む。 */
  version: int32(),
  /** 様式（filing-form.ts の code）。決まった様式のないものは null。 */
  form: nullable(text()),
  /** 様式の欄（JSON）。 */
  fields: nullable(sealed()),
  /** もとになった義務（義務の一件の印）。 */
  obligation: nullable(text()),
  /** 文書番号。提出のときに決まり、版が進んでも同じ。 */
  document: nullable(text()),
  /** 部数。 */
  copies: int32(),
  /** 書き換えるたびに進む（先に変えた人がいないかを見る）。 */
  edition: int32(),
});

/** 前の版の写し。 */
export const filingVersionTable = table("filing_version", {
  id: text(),
  contract_id: text(),
  filing_id: text(),
  version: int32(),
  clause: text(),
  title: text(),
  state: text<FilingState>(),
  body: sealed(),
  submitted_by: nullable(text()),
  submitted_at: nullable(instant()),
  decided_by: nullable(text()),
  decided_at: nullable(instant()),
  channel: nullable(text<Channel>()),
  heard_at: nullable(instant()),
  heard_from: nullable(sealed()),
  answer: nullable(sealed()),
  fields: nullable(sealed()),
});
const schema = { filing: filingTable, filing_version: filingVersionTable };

export type FilingRow = Row<typeof filingTable>;
export type StoredFiling = PlainRow<typeof filingTable>;
export type StoredVersion = PlainRow<typeof filingVersionTable>;

export async function insertFiling(tx: Read, key: SubjectKey, filing: StoredFiling): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("filing")
    .values(sealRow(filingTable, key, filing))
    .execute();
}

export function openFilingRow(key: SubjectKey | undefined, row: FilingRow): StoredFiling {
  return openRow(filingTable, key, row);
}

export async function findFiling(read: Read, contract: string, id: string): Promise<FilingRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("filing")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** 本文を除いた行を、新しい番号から。 */
export async function listFilingRows(read: Read, contract: string): Promise<FilingHead[]> {
  return tables<typeof schema>(read)
    .selectFrom("filing")
    .select([...headColumns])
    .where("contract_id", "=", contract)
    .orderBy("number", "desc")
    .execute();
}

const headColumns = [
  "id",
  "number",
  "kind",
  "clause",
  "title",
  "state",
  "about",
  "made_by",
  "made_at",
  "submitted_by",
  "submitted_at",
  "decided_at",
  "due",
  "version",
  "form",
  "obligation",
  "document",
] as const;
export type FilingHead = Pick<FilingRow, (typeof headColumns)[number]>;

export type FilingChange = Partial<Omit<StoredFiling, "id" | "contract_id" | "number" | "kind" | "edition">>;

/** 読んだときから変わっていなければ変える。ほかの人が先に変えていれば偽。 */
export async function updateFiling(
  tx: Read,
  key: SubjectKey,
  before: StoredFiling,
  change: FilingChange,
): Promise<boolean> {
  const { id: _id, contract_id: _contract, ...row } = sealRow(filingTable, key, { ...before, ...change });
  const rows = await tables<typeof schema>(tx)
    .updateTable("filing")
    .set({ ...row, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

/** いまの版を写して残す。 */
export async function keepVersion(tx: Read, key: SubjectKey, filing: StoredFiling): Promise<void> {
  const { id, version, clause, title, state, body, contract_id } = filing;
  const { submitted_by, submitted_at, decided_by, decided_at, channel, heard_at, heard_from, answer } =
    filing;
  const { fields } = filing;
  const row = sealRow(filingVersionTable, key, {
    ...{ id: `${id}.${version}`, contract_id, filing_id: id, version, clause, title, state, body },
    ...{ submitted_by, submitted_at, decided_by, decided_at, channel, heard_at, heard_from, answer, fields },
  });
  await tables<typeof schema>(tx).insertInto("filing_version").values(row).execute();
}

/** 前の版を、新しい順に。 */
export async function listVersions(
  read: Read,
  key: SubjectKey | undefined,
  contract: string,
  filing: string,
): Promise<StoredVersion[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("filing_version")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("filing_id", "=", filing)
    .orderBy("version", "desc")
    .execute();
  return rows.map((row) => openRow(filingVersionTable, key, row));
}
