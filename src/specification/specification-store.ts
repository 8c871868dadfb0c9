import { instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** reading=読んでいる、draft=確かめている、confirmed=確かめ終えた。 */
export type SpecificationState = "reading" | "draft" | "confirmed";

/** 読み込んだ業務仕様書。id は文書の鍵の id。題と中身（条項・義務の JSON）はその鍵で封じる。 */
export const specificationTable = table("specification", {
  id: text(),
  contract_id: text(),
  number: int32(),
  title: sealed(),
  state: text<SpecificationState>(),
  file_id: text(),
  job_id: text(),
  content: nullable(sealed()),
  blueprint_id: nullable(text()),
  /** まだ確かめていない義務と、全部の義務の数（一覧に出す）。 */
  open_count: int32(),
  all_count: int32(),
  /** 書き換えるたびに進む。 */
  edition: int32(),
  made_by: text(),
  made_at: instant(),
  confirmed_by: nullable(text()),
  confirmed_at: nullable(instant()),
});
const schema = { specification: specificationTable };

export type SpecificationRow = Row<typeof specificationTable>;
export type StoredSpecification = PlainRow<typeof specificationTable>;

export async function insertSpecification(
  tx: Read,
  key: SubjectKey,
  row: StoredSpecification,
): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("specification")
    .values(sealRow(specificationTable, key, row))
    .execute();
}

export function openSpecificationRow(
  key: SubjectKey | undefined,
  row: SpecificationRow,
): StoredSpecification {
  return openRow(specificationTable, key, row);
}

export async function findSpecification(
  read: Read,
  contract: string,
  id: string,
): Promise<SpecificationRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("specification")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** 新しい番号から。中身は読まない。 */
export async function listSpecificationRows(
  read: Read,
  contract: string,
): Promise<Omit<SpecificationRow, "content">[]> {
  return tables<typeof schema>(read)
    .selectFrom("specification")
    .select([
      ...(["id", "contract_id", "number", "title", "state", "file_id", "job_id", "blueprint_id"] as const),
      ...([
        "open_count",
        "all_count",
        "edition",
        "made_by",
        "made_at",
        "confirmed_by",
        "confirmed_at",
      ] as const),
    ])
    .where("contract_id", "=", contract)
    .orderBy("number", "desc")
    .limit(200)
    .execute();
}

/** 読んだときから変わっていなければ変える。 */
export async function updateSpecification(
  tx: Read,
  key: SubjectKey,
  before: Pick<StoredSpecification, "edition">,
  after: StoredSpecification,
): Promise<boolean> {
  const { id, contract_id, ...change } = sealRow(specificationTable, key, {
    ...after,
    edition: before.edition + 1,
  });
  const rows = await tables<typeof schema>(tx)
    .updateTable("specification")
    .set(change)
    .where("contract_id", "=", contract_id)
    .where("id", "=", id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}
