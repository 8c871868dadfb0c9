import { instant, int32, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 調査の図。集計した値と出どころ（JSON）を、文書の鍵（id）で封じる。 */
export const figureTable = table("survey_figure", {
  id: text(),
  contract_id: text(),
  survey_id: text(),
  number: int32(),
  body: sealed(),
  /** 集計したときの回答の指紋と、調査の版。 */
  data_hash: text(),
  version: int32(),
  made_by: text(),
  made_at: instant(),
  edition: int32(),
});
const schema = { survey_figure: figureTable };

export type FigureRow = Row<typeof figureTable>;
export type OpenFigureRow = PlainRow<typeof figureTable>;

export async function insertFigure(tx: Read, key: SubjectKey, row: OpenFigureRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("survey_figure")
    .values(sealRow(figureTable, key, row))
    .execute();
}

export async function listFigureRows(read: Read, contract: string): Promise<FigureRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("survey_figure")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number")
    .execute();
}

export async function findFigureRow(
  read: Read,
  contract: string,
  id: string,
): Promise<FigureRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("survey_figure")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

export function openFigureRow(key: SubjectKey | undefined, row: FigureRow): OpenFigureRow {
  return openRow(figureTable, key, row);
}

/** 読んだときから変わっていなければ変える。 */
export async function updateFigure(
  tx: Read,
  key: SubjectKey,
  before: OpenFigureRow,
  change: Partial<Pick<OpenFigureRow, "body" | "data_hash" | "version">>,
): Promise<boolean> {
  const { body, data_hash, version } = sealRow(figureTable, key, { ...before, ...change });
  const rows = await tables<typeof schema>(tx)
    .updateTable("survey_figure")
    .set({ body, data_hash, version, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}

export async function deleteFigure(tx: Read, contract: string, id: string): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .deleteFrom("survey_figure")
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .returning("id")
    .execute();
  return rows.length === 1;
}
