import { instant, int32, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 調査ごとの報告書の言葉（人が直した所見）。文書の鍵（id）で封じる。 */
export const reportTable = table("survey_report", {
  id: text(),
  contract_id: text(),
  survey_id: text(),
  body: sealed(),
  changed_by: text(),
  changed_at: instant(),
  edition: int32(),
});
const schema = { survey_report: reportTable };

type ReportRow = Row<typeof reportTable>;
export type OpenReportRow = PlainRow<typeof reportTable>;

export async function insertReport(tx: Read, key: SubjectKey, row: OpenReportRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("survey_report")
    .values(sealRow(reportTable, key, row))
    .execute();
}

export async function findReportRow(
  read: Read,
  contract: string,
  survey: string,
): Promise<ReportRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("survey_report")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("survey_id", "=", survey)
    .executeTakeFirst();
}

export function openReportRow(key: SubjectKey | undefined, row: ReportRow): OpenReportRow {
  return openRow(reportTable, key, row);
}

/** 読んだときから変わっていなければ変える。 */
export async function updateReport(
  tx: Read,
  key: SubjectKey,
  before: OpenReportRow,
  change: Pick<OpenReportRow, "body" | "changed_by" | "changed_at">,
): Promise<boolean> {
  const { body, changed_by, changed_at } = sealRow(reportTable, key, { ...before, ...change });
  const rows = await tables<typeof schema>(tx)
    .updateTable("survey_report")
    .set({ body, changed_by, changed_at, edition: before.edition + 1 })
    .where("contract_id", "=", before.contract_id)
    .where("survey_id", "=", before.survey_id)
    .where("edition", "=", before.edition)
    .returning("id")
    .execute();
  return rows.length === 1;
}
