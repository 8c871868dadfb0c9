import { day, flag, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";
import type { BatchState } from "./batch.ts";
import type { Payer, PostageKind } from "./postage.ts";

/** 発送の束。id は束の文書の鍵の id で、差戻しの理由（氏名が書かれうる）はその鍵で封じる。 */
export const batchTable = table("batch", {
  id: text(),
  contract_id: text(),
  number: int32(),
  state: text<BatchState>(),
  /** 承認したときの様式。 */
  template_id: nullable(text()),
  /** 講習会の id の並び（JSON）。 */
  class_ids: text(),
  made_by: text(),
  made_at: instant(),
  submitted_by: nullable(text()),
  submitted_at: nullable(instant()),
  approved_by: nullable(text()),
  approved_at: nullable(instant()),
  /** 作った人と承認した人が同じ（SV 兼 OP が認められているときだけ）。 */
  same_person: flag(),
  returned_reason: nullable(sealed()),
  printed_at: nullable(instant()),
  sent_on: nullable(day()),
  sent_count: nullable(int32()),
  sent_by: nullable(text()),
  sent_at: nullable(instant()),
  /** 郵便局の引受の控えの番号。 */
  receipt: nullable(text()),
  /** 印刷の仕事。 */
  job_id: nullable(text()),
  /** 印刷したファイル（BatchFile の JSON）。 */
  files: text(),
  version: int32(),
  /** 郵便の種別（postage.ts）。 */
  postage: nullable(text<PostageKind>()),
  /** 一通の料金（円）。 */
  unit_yen: nullable(int32()),
  /** だれの負担か（仕様書６(8)）。 */
  payer: nullable(text<Payer>()),
  /** 発送の通し番号（契約の中）。 */
  serial_from: nullable(int32()),
  serial_to: nullable(int32()),
});
const schema = { batch: batchTable };

export type BatchRow = Row<typeof batchTable>;
export type StoredBatch = PlainRow<typeof batchTable>;

export async function insertBatch(tx: Read, key: SubjectKey, batch: StoredBatch): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("batch")
    .values(sealRow(batchTable, key, batch))
    .execute();
}

export function openBatchRow(key: SubjectKey | undefined, row: BatchRow): StoredBatch {
  return openRow(batchTable, key, row);
}

export async function findBatch(read: Read, contract: string, id: string): Promise<BatchRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("batch")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** 新しい順。 */
export async function listBatchRows(read: Read, contract: string): Promise<BatchRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("batch")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number", "desc")
    .execute();
}

export type BatchChange = Partial<
  Omit<BatchRow, "id" | "contract_id" | "number" | "made_by" | "made_at" | "version" | "returned_reason">
> & { returned_reason?: string | null };

/** 版が同じときだけ変える。ほかの人が先に変えていれば偽。reason は束の鍵で封じる。 */
export async function updateBatch(
  tx: Read,
  key: SubjectKey,
  before: Pick<BatchRow, "id" | "contract_id" | "version">,
  change: BatchChange,
): Promise<boolean> {
  const { returned_reason: reason, ...plain } = change;
  const sealedReason =
    reason === undefined
      ? {}
      : {
          returned_reason: sealRow(reasonOnly, key, { id: before.id, returned_reason: reason })
            .returned_reason,
        };
  const rows = await tables<typeof schema>(tx)
    .updateTable("batch")
    .set({ ...plain, ...sealedReason, version: before.version + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("version", "=", before.version)
    .returning("id")
    .execute();
  return rows.length === 1;
}

/** 差戻しの理由だけを封じるための、同じ名の表（封じ方は表の名と行の id で決まる）。 */
const reasonOnly = table("batch", { id: text(), returned_reason: nullable(sealed()) });

/** 発送番号の範囲。束を動かすのと同じ取引の中で付ける（版は進めない）。 */
export async function setSerials(
  tx: Read,
  contract: string,
  id: string,
  from: number,
  to: number,
): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("batch")
    .set({ serial_from: from, serial_to: to })
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .execute();
}
