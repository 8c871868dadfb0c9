import { instant, int32, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/** 自由記述の符号の枠の版。枠は調査の鍵で封じる。 */
export const frameTable = table("survey_frame", {
  id: text(),
  contract_id: text(),
  survey_id: text(),
  question: text(),
  number: int32(),
  body: sealed(),
  made_by: text(),
  made_at: instant(),
});

/** 一つの回答に付けた符号（「1,3」）。pass は一人目・二人目。回答者は照合値だけ。 */
export const codingTable = table("survey_coding", {
  contract_id: text(),
  survey_id: text(),
  key_id: text(),
  question: text(),
  respondent_hmac: text("personal"),
  pass: int32(),
  codes: text(),
  frame: int32(),
  made_by: text(),
  made_at: instant(),
});

/** 伏せ字の決まり（伏せる言葉、見つけたものを伏せないか）。 */
export const maskTable = table("survey_mask", {
  id: text(),
  contract_id: text(),
  survey_id: text(),
  key_id: text(),
  question: text(),
  respondent_hmac: text("personal"),
  body: sealed(),
  made_by: text(),
  made_at: instant(),
});
const schema = { survey_frame: frameTable, survey_coding: codingTable, survey_mask: maskTable };

export type OpenFrameRow = PlainRow<typeof frameTable>;
export type CodingRow = Row<typeof codingTable>;
export type OpenMaskRow = PlainRow<typeof maskTable>;

export async function insertFrame(tx: Read, key: SubjectKey, row: OpenFrameRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("survey_frame")
    .values(sealRow(frameTable, key, row))
    .execute();
}

/** 版の新しい順。 */
export async function listFrameRows(
  read: Read,
  key: SubjectKey,
  contract: string,
  survey: string,
): Promise<OpenFrameRow[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("survey_frame")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("survey_id", "=", survey)
    .orderBy("number", "desc")
    .execute();
  return rows.map((row) => openRow(frameTable, key, row));
}

/** 付ける（付け直す）。 */
export async function putCoding(tx: Read, row: CodingRow): Promise<void> {
  const { codes, frame, made_by, made_at } = row;
  await tables<typeof schema>(tx)
    .insertInto("survey_coding")
    .values(row)
    .onConflict((on) =>
      on
        .columns(["survey_id", "question", "pass", "respondent_hmac"])
        .doUpdateSet({ codes, frame, made_by, made_at }),
    )
    .execute();
}

export async function listCodingRows(read: Read, contract: string, survey: string): Promise<CodingRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("survey_coding")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("survey_id", "=", survey)
    .orderBy("made_at")
    .execute();
}

export async function putMask(tx: Read, key: SubjectKey, row: OpenMaskRow): Promise<void> {
  const old = tables<typeof schema>(tx)
    .deleteFrom("survey_mask")
    .where("survey_id", "=", row.survey_id)
    .where("question", "=", row.question)
    .where("respondent_hmac", "=", row.respondent_hmac);
  await old.execute();
  await tables<typeof schema>(tx)
    .insertInto("survey_mask")
    .values(sealRow(maskTable, key, row))
    .execute();
}

export async function listMaskRows(
  read: Read,
  key: SubjectKey | undefined,
  contract: string,
  survey: string,
): Promise<OpenMaskRow[]> {
  const rows = await tables<typeof schema>(read)
    .selectFrom("survey_mask")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("survey_id", "=", survey)
    .execute();
  return rows.map((row) => openRow(maskTable, key, row));
}
