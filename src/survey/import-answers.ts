import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { decodeText } from "../office/csv-encoding.ts";
import { takeNumber } from "../platform/counter-store.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import type { Codebook } from "../tabulation/codebook.ts";
import { readSurveyData, type SurveyData } from "../tabulation/survey-data.ts";
import { packAnswers } from "./answer-pack.ts";
import { openSurvey, staleSurvey } from "./open-survey.ts";
import { type ImportRow, insertImport, listImportRows, updateSurvey } from "./survey-store.ts";

/** 読んだ回答の表。 */
export interface AnswerFile {
  data: SurveyData;
  encoding: string;
  sha256: string;
}

/**
 * 回答のファイル（.xlsx、CSV: UTF-8・Shift_JIS・UTF-16 など）を読む。
 * @throws AppError BAD_INPUT（読めない文字、列の名、行の列の数）。行を言う
 */
export function readAnswerFile(bytes: Uint8Array, name: string): AnswerFile {
  const office = (bytes[0] === 0x50 && bytes[1] === 0x4b) || bytes[0] === 0xd0;
  return {
    data: readSurveyData(bytes, name),
    encoding: office ? "xlsx" : decodeText(bytes.subarray(0, 1 << 16)).encoding,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

/** 取り込みの記録（一行）。 */
export type ImportRecord = ImportRow;

export interface KeptImport {
  id: string;
  number: number;
  rows: number;
  columns: number;
  encoding: string;
  /** 見出しや合計の行をどう読んだか（人が確かめるもの）。 */
  readings: readonly string[];
}

/**
 * 回答のファイルを読み、封じて置く。まだ集計には使わない（違いを見てから adoptImport で決める）。
 * @throws AppError BAD_INPUT（読めない）、FORBIDDEN
 */
export async function stageAnswers(
  office: Office,
  actor: Actor,
  surveyId: string,
  given: { bytes: Uint8Array; name: string },
): Promise<KeptImport> {
  await openSurvey(office, actor, surveyId, "work");
  return keepAnswers(office, actor, surveyId, { ...readAnswerFile(given.bytes, given.name), source: "file" });
}

/** 読んだ回答を、封じて置く。 */
export async function keepAnswers(
  office: Office,
  actor: Actor,
  surveyId: string,
  given: AnswerFile & { source: "file" | "entry" },
): Promise<KeptImport> {
  const bytes = packAnswers(given.data);
  const fileKey = await office.keys.fresh(actor.contract);
  const [rows, columns] = [given.data.rows, given.data.names.length];
  return office.act(actor, async (tx) => {
    const number = await takeNumber(tx, tx.contract, `survey-import/${surveyId}`);
    await keepFile(tx, fileKey, {
      ...{ kind: "survey-answers", fileName: `回答${number}`, media: "application/octet-stream", bytes },
    });
    await insertImport(tx, {
      ...{ id: fileKey.id, contract_id: tx.contract, survey_id: surveyId, number, source: given.source },
      ...{ answer_rows: rows, answer_columns: columns, encoding: given.encoding, sha256: given.sha256 },
      ...{ made_by: tx.actor.id, made_at: tx.now },
    });
    await tx.record({
      kind: "survey.read",
      about: surveyId,
      payload: { import: number, rows, columns, sha256: given.sha256 },
    });
    const { encoding, data } = given;
    return { id: fileKey.id, number, rows, columns, encoding, readings: data.notes };
  });
}

/**
 * 置いた回答を、集計に使う（前の回答と置き換わる。直したことは、回答の番号で引き継がれる）。
 * codebook があれば一緒に定める。
 * @throws AppError NOT_FOUND、FORBIDDEN、CONFLICT
 */
export async function adoptImport(
  office: Office,
  actor: Actor,
  surveyId: string,
  given: { id: string; codebook?: Codebook; version?: number },
): Promise<KeptImport> {
  const { row, key } = await openSurvey(office, actor, surveyId, "work");
  if (given.version !== undefined && row.version !== given.version) throw staleSurvey();
  const found = await findImport(office, actor, surveyId, given.id);
  return office.act(actor, async (tx) => {
    const change = {
      ...{ answers: found.id, changed_at: tx.now },
      ...(given.codebook ? { codebook: JSON.stringify(given.codebook) } : {}),
    };
    if (!(await updateSurvey(tx, key, row, change))) throw staleSurvey();
    const { number, answer_rows: rows, answer_columns: columns, encoding } = found;
    await tx.record({
      kind: "survey.imported",
      about: surveyId,
      payload: { number: row.number, import: number, rows, columns, sha256: found.sha256 },
    });
    return { id: found.id, number, rows, columns, encoding, readings: [] };
  });
}

/** 読んで、そのまま集計に使う（はじめての取り込み、コマンド）。codebook を言わなければ、いまのもの。 */
export async function importAnswers(
  office: Office,
  actor: Actor,
  surveyId: string,
  given: { bytes: Uint8Array; name: string; codebook?: Codebook },
): Promise<KeptImport> {
  const { id } = await stageAnswers(office, actor, surveyId, given);
  return adoptImport(office, actor, surveyId, {
    id,
    ...(given.codebook ? { codebook: given.codebook } : {}),
  });
}

/** 取り込み一つ。なければ NOT_FOUND。 */
export async function findImport(
  office: Office,
  actor: Actor,
  survey: string,
  id: string,
): Promise<ImportRow> {
  const rows = await listImportRows(office.read, actor.contract, survey);
  const found = rows.find((one) => one.id === id);
  if (!found) throw new AppError("NOT_FOUND", "その取り込みはありません。調査の画面から選び直してください。");
  return found;
}

/** 取り込みの記録（新しい順）。 */
export async function listImports(office: Office, actor: Actor, surveyId: string): Promise<ImportRow[]> {
  await openSurvey(office, actor, surveyId);
  return listImportRows(office.read, actor.contract, surveyId);
}
