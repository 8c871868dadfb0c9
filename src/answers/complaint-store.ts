import { instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { ComplaintChannel, ComplaintState, ComplaintTopic, Severity } from "./complaint.ts";
import type { EmergencyContact } from "./complaint-contact.ts";

/** クレーム。id は文書の鍵の id で、内容・対応・再発防止はその鍵で封じる。 */
export const complaintTable = table("complaint", {
  id: text(),
  contract_id: text(),
  number: int32(),
  severity: text<Severity>(),
  topic: text<ComplaintTopic>(),
  channel: text<ComplaintChannel>(),
  received_at: instant(),
  state: text<ComplaintState>(),
  content: sealed(),
  response: nullable(sealed()),
  prevention: nullable(sealed()),
  /** 文書に出てくる本人の仮名（「,」区切り）。だれの鍵も要らない。 */
  persons: text(),
  /** 日次報告の期限（翌営業日中）と、その仕事。 */
  due: instant(),
  task_id: text(),
  filing_id: nullable(text()),
  /** 緊急の電話連絡をした時。 */
  called_at: nullable(instant()),
  made_by: text(),
  made_at: instant(),
  closed_at: nullable(instant()),
  /** 書き換えるたびに進む。 */
  edition: int32(),
});

/** 緊急の連絡体制（６(9)ただし書）。lines は並びの JSON で、時間外の携帯もありうるので封じる。新しい行が効く。 */
export const emergencyContactTable = table("emergency_contact", {
  id: text(),
  contract_id: text(),
  lines: sealed(),
  made_at: instant(),
});
const schema = { complaint: complaintTable, emergency_contact: emergencyContactTable };

export type ComplaintRow = Row<typeof complaintTable>;
export type StoredComplaint = PlainRow<typeof complaintTable>;

export async function insertComplaint(tx: Read, key: SubjectKey, row: StoredComplaint): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("complaint")
    .values(sealRow(complaintTable, key, row))
    .execute();
}

export function openComplaintRow(key: SubjectKey | undefined, row: ComplaintRow): StoredComplaint {
  return openRow(complaintTable, key, row);
}

export async function findComplaint(
  read: Read,
  contract: string,
  id: string,
): Promise<ComplaintRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("complaint")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

const headColumns = [
  "id",
  "number",
  "severity",
  "topic",
  "channel",
  "received_at",
  "state",
  "due",
  "filing_id",
  "called_at",
  "made_by",
  "closed_at",
] as const;
export type ComplaintHead = Pick<ComplaintRow, (typeof headColumns)[number]>;

/** 内容を除いた行を、新しい番号から。 */
export async function listComplaintRows(read: Read, contract: string): Promise<ComplaintHead[]> {
  return tables<typeof schema>(read)
    .selectFrom("complaint")
    .select([...headColumns])
    .where("contract_id", "=", contract)
    .orderBy("number", "desc")
    .execute();
}

export async function countOpenComplaints(read: Read, contract: string): Promise<number> {
  const row = await tables<typeof schema>(read)
    .selectFrom("complaint")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("contract_id", "=", contract)
    .where("state", "<>", "closed")
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export type ComplaintChange = Partial<
  Pick<StoredComplaint, "state" | "response" | "prevention" | "filing_id" | "called_at" | "closed_at">
>;

/** 読んだときから変わっていなければ変える。ほかの人が先に変えていれば偽。 */
export async function updateComplaint(
  tx: Read,
  key: SubjectKey,
  before: StoredComplaint,
  change: ComplaintChange,
): Promise<boolean> {
  const { id: _id, contract_id: _contract, ...row } = sealRow(complaintTable, key, { ...before, ...change });
  const rows = await tables<typeof schema>(tx)
    .updateTable("complaint")
    .set({ ...row, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

/** いまの連絡体制の行。改めていなければ undefined。 */
export async function findContacts(
  read: Read,
  contract: string,
): Promise<Row<typeof emergencyContactTable> | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("emergency_contact")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("made_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
}

export function openContacts(
  key: SubjectKey | undefined,
  row: Row<typeof emergencyContactTable>,
): EmergencyContact[] {
  if (!key) return [];
  return JSON.parse(openRow(emergencyContactTable, key, row).lines) as EmergencyContact[];
}

/** 新しい連絡体制を置く（前のものは残り、効かなくなる）。 */
export async function insertContacts(
  tx: Read,
  key: SubjectKey,
  row: { contract: string; at: string; contacts: readonly EmergencyContact[] },
): Promise<void> {
  const lines = JSON.stringify(row.contacts);
  await tables<typeof schema>(tx)
    .insertInto("emergency_contact")
    .values(
      sealRow(emergencyContactTable, key, { id: key.id, contract_id: row.contract, lines, made_at: row.at }),
    )
    .execute();
}
