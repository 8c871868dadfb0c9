import { day, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { DeliverableForm, DeliverableState, InspectOutcome } from "./deliverable.ts";
import type { FileFormat } from "./file-format.ts";

/** 成果品の台帳。個人のことは書かない（氏名は権利の台帳で封じる）。 */
export const deliverableTable = table("deliverable", {
  id: text(),
  contract_id: text(),
  number: int32(),
  code: text(),
  title: text(),
  clause: text(),
  /** 「docx,xlsx」。 */
  formats: text(),
  form: nullable(text<DeliverableForm>()),
  due: nullable(day()),
  /** もとの義務（設計図の義務の番号と期）。 */
  obligation: nullable(text()),
  accepter: text(),
  state: text<DeliverableState>(),
  /** 今の版。まだなければ 0。 */
  version: int32(),
  receipt: nullable(text()),
  received_on: nullable(day()),
  handed_by: nullable(text()),
  handed_at: nullable(instant()),
  made_by: text(),
  made_at: instant(),
  /** 書き換えるたびに進む。 */
  edition: int32(),
});

/** 成果品の版。id は封じたファイル（と、その鍵）の id。 */
export const versionTable = table("deliverable_version", {
  id: text(),
  contract_id: text(),
  deliverable_id: text(),
  version: int32(),
  file_name: text(),
  format: text<FileFormat>(),
  size: int32(),
  /** 残したファイル（印つき）のハッシュ。 */
  sha256: text(),
  /** 受け取ったままのファイルのハッシュ。 */
  given_sha256: text(),
  /** 管理番号。 */
  mark: text(),
  /** 印の付いた所。footer=フッター、property=プロパティ、name=ファイル名と目録だけ。 */
  marked: text<"footer" | "property" | "name">(),
  made_by: text(),
  made_at: instant(),
  submitted_by: nullable(text()),
  submitted_at: nullable(instant()),
  outcome: nullable(text<InspectOutcome>()),
  inspected_by: nullable(text()),
  inspected_at: nullable(instant()),
  /** 委託者の言葉が届いた方法（自分で記録したなら site）。 */
  channel: nullable(text()),
  heard_from: nullable(sealed()),
  words: nullable(sealed()),
});
const schema = { deliverable: deliverableTable, deliverable_version: versionTable };

export type DeliverableRow = Row<typeof deliverableTable>;
export type VersionRow = Row<typeof versionTable>;
export type OpenVersion = PlainRow<typeof versionTable>;

export async function insertDeliverable(tx: Read, row: DeliverableRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("deliverable").values(row).execute();
}

export async function findDeliverable(
  read: Read,
  contract: string,
  id: string,
): Promise<DeliverableRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("deliverable")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** 記号の順。 */
export async function listDeliverableRows(read: Read, contract: string): Promise<DeliverableRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("deliverable")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number")
    .execute();
}

export type DeliverableChange = Partial<Omit<DeliverableRow, "id" | "contract_id" | "number" | "edition">>;

/** 読んだときから変わっていなければ変える。ほかの人が先に変えていれば偽。 */
export async function updateDeliverable(
  tx: Read,
  before: DeliverableRow,
  change: DeliverableChange,
): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("deliverable")
    .set({ ...change, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

export async function insertVersion(tx: Read, key: SubjectKey, row: OpenVersion): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("deliverable_version")
    .values(sealRow(versionTable, key, row))
    .execute();
}

/** 版を、新しい順に。deliverable を省けば、契約のすべて。 */
export async function listVersionRows(
  read: Read,
  contract: string,
  deliverable?: string,
): Promise<VersionRow[]> {
  let query = tables<typeof schema>(read)
    .selectFrom("deliverable_version")
    .selectAll()
    .where("contract_id", "=", contract);
  if (deliverable !== undefined) query = query.where("deliverable_id", "=", deliverable);
  return query.orderBy("deliverable_id").orderBy("version", "desc").execute();
}

export function openVersionRow(key: SubjectKey | undefined, row: VersionRow): OpenVersion {
  return openRow(versionTable, key, row);
}

export async function updateVersion(
  tx: Read,
  key: SubjectKey,
  before: OpenVersion,
  change: Partial<OpenVersion>,
): Promise<void> {
  const { id, contract_id, ...row } = sealRow(versionTable, key, { ...before, ...change });
  await tables<typeof schema>(tx)
    .updateTable("deliverable_version")
    .set(row)
    .where("contract_id", "=", contract_id)
    .where("id", "=", id)
    .execute();
}
