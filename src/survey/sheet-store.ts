import { day, flag, instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 打ち込んだ調査票。pass は 1・2 が二人の打ち込み、3 が違いを決めたもの。 */
export const sheetTable = table("survey_sheet", {
  id: text(),
  contract_id: text(),
  survey_id: text(),
  key_id: text(),
  /** 調査票の番号。 */
  sheet: text(),
  pass: int32(),
  body: sealed(),
  /** 回答に加えた。 */
  taken: flag(),
  made_by: text(),
  made_at: instant(),
  edition: int32(),
});

/** 紙の調査票の、配布・不達・回収・無効の数。 */
export const returnTable = table("survey_return", {
  id: text(),
  contract_id: text(),
  survey_id: text(),
  day: day(),
  kind: text<"sent" | "undelivered" | "returned" | "invalid">(),
  /** 配布区分（区など）。 */
  area: text(),
  /** 郵送、Web など。 */
  channel: text(),
  count: int32(),
  /** 受渡票の番号（個人情報の帳簿）。 */
  slip: text(),
  made_by: text(),
  made_at: instant(),
  undone_at: nullable(instant()),
});
const schema = { survey_sheet: sheetTable, survey_return: returnTable };

export type OpenSheetRow = PlainRow<typeof sheetTable>;
export type ReturnRow = Row<typeof returnTable>;

/** 打ち込む（同じ人の打ち直しは置き換わる）。 */
export async function putSheet(tx: Read, key: SubjectKey, row: OpenSheetRow): Promise<void> {
  const sealedRow = sealRow(sheetTable, key, row);
  await tables<typeof schema>(tx)
    .deleteFrom("survey_sheet")
    .where("survey_id", "=", row.survey_id)
    .where("sheet", "=", row.sheet)
    .where("pass", "=", row.pass)
    .execute();
  await tables<typeof schema>(tx).insertInto("survey_sheet").values(sealedRow).execute();
}

export async function listSheetRows(
  read: Read,
  key: SubjectKey | undefined,
  contract: string,
  survey: string,
): Promise<OpenSheetRow[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("survey_sheet")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("survey_id", "=", survey)
    .orderBy("sheet")
    .orderBy("pass")
    .execute();
  return rows.map((row) => openRow(sheetTable, key, row));
}

/** 回答に加えたことを書く。 */
export async function markSheetsTaken(tx: Read, contract: string, survey: string): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("survey_sheet")
    .set({ taken: 1 })
    .where("contract_id", "=", contract)
    .where("survey_id", "=", survey)
    .where("pass", "=", 3)
    .execute();
}

export async function insertReturn(tx: Read, row: ReturnRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("survey_return").values(row).execute();
}

/** 新しい日の順。 */
export async function listReturnRows(read: Read, contract: string, survey: string): Promise<ReturnRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("survey_return")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("survey_id", "=", survey)
    .orderBy("day", "desc")
    .orderBy("made_at", "desc")
    .execute();
}

/** 取り消す（行は残る）。もう取り消されていれば偽。 */
export async function undoReturnRow(tx: Read, contract: string, id: string, at: string): Promise<boolean> {
  const rows = await tables<typeof schema>(tx)
    .updateTable("survey_return")
    .set({ undone_at: at })
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .where("undone_at", "is", null)
    .returning("id")
    .execute();
  return rows.length === 1;
}
