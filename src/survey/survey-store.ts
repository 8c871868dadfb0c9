import { instant, int32, nullable, type Row, sealed, table, text } from "../base/column.ts";
import { type Read, tables } from "../platform/database.ts";
import type { SubjectKey } from "../platform/key.ts";
import { openRow, type PlainRow, sealRow } from "../platform/sealed-row.ts";

/**
 * 調査。件名・概要・コードブック・調査票は文書の鍵（id）で封じる。
 * 回答にかかわるもの（直したこと、打ち込み、符号）は、別の鍵（people_key）で封じ、これだけを先に消せる。
 */
export const surveyTable = table("survey", {
  id: text(),
  contract_id: text(),
  number: int32(),
  title: sealed(),
  /** 調査の概要（JSON）。 */
  about: sealed(),
  /** コードブック（JSON）。まだなければ空。 */
  codebook: sealed(),
  /** 調査票の文。なければ空。 */
  questionnaire: sealed(),
  people_key: text(),
  /** いまの回答（survey_import の id）。 */
  answers: nullable(text()),
  /** 比べる前回の調査。 */
  previous: nullable(text()),
  /** 何かを変えるたびに進む。 */
  version: int32(),
  made_by: text(),
  made_at: instant(),
  changed_at: instant(),
});

/** 回答の取り込み。表そのものは同じ id の封じたファイル。 */
export const importTable = table("survey_import", {
  id: text(),
  contract_id: text(),
  survey_id: text(),
  number: int32(),
  source: text<"file" | "entry">(),
  answer_rows: int32(),
  answer_columns: int32(),
  encoding: text(),
  /** 元のファイルの指紋。 */
  sha256: text(),
  made_by: text(),
  made_at: instant(),
});
const schema = { survey: surveyTable, survey_import: importTable };

type SurveyRow = Row<typeof surveyTable>;
export type OpenSurveyRow = PlainRow<typeof surveyTable>;
export type ImportRow = Row<typeof importTable>;

export async function insertSurvey(tx: Read, key: SubjectKey, row: OpenSurveyRow): Promise<void> {
  await tables<typeof schema>(tx)
    .insertInto("survey")
    .values(sealRow(surveyTable, key, row))
    .execute();
}

/** 新しい順。 */
export async function listSurveyRows(read: Read, contract: string): Promise<SurveyRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("survey")
    .selectAll()
    .where("contract_id", "=", contract)
    .orderBy("number", "desc")
    .execute();
}

export async function findSurveyRow(
  read: Read,
  contract: string,
  id: string,
): Promise<SurveyRow | undefined> {
  return tables<typeof schema>(read)
    .selectFrom("survey")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .executeTakeFirst();
}

export function openSurveyRow(key: SubjectKey | undefined, row: SurveyRow): OpenSurveyRow {
  return openRow(surveyTable, key, row);
}

type SurveyChange = Partial<
  Pick<
    OpenSurveyRow,
    "title" | "about" | "codebook" | "questionnaire" | "answers" | "previous" | "changed_at"
  >
>;

/** 読んだときから変わっていなければ変える（version が一つ進む）。ほかの人が先に変えていれば偽。 */
export async function updateSurvey(
  tx: Read,
  key: SubjectKey,
  before: OpenSurveyRow,
  change: SurveyChange,
): Promise<boolean> {
  const { title, about, codebook, questionnaire, answers, previous, changed_at } = sealRow(surveyTable, key, {
    ...before,
    ...change,
  });
  const rows = await tables<typeof schema>(tx)
    .updateTable("survey")
    .set({
      ...{ title, about, codebook, questionnaire, answers, previous, changed_at },
      version: before.version + 1,
    })
    .where("contract_id", "=", before.contract_id)
    .where("id", "=", before.id)
    .where("version", "=", before.version)
    .returning("id")
    .execute();
  return rows.length === 1;
}

/** 符号を付けたなど、調査の行のほかが変わったとき。集計は作り直される。 */
export async function touchSurvey(tx: Read, contract: string, id: string, at: string): Promise<void> {
  await tables<typeof schema>(tx)
    .updateTable("survey")
    .set((eb) => ({ version: eb("version", "+", 1), changed_at: at }))
    .where("contract_id", "=", contract)
    .where("id", "=", id)
    .execute();
}

export async function insertImport(tx: Read, row: ImportRow): Promise<void> {
  await tables<typeof schema>(tx).insertInto("survey_import").values(row).execute();
}

/** 新しい順。 */
export async function listImportRows(read: Read, contract: string, survey: string): Promise<ImportRow[]> {
  return tables<typeof schema>(read)
    .selectFrom("survey_import")
    .selectAll()
    .where("contract_id", "=", contract)
    .where("survey_id", "=", survey)
    .orderBy("number", "desc")
    .execute();
}
