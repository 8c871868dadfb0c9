import { createHash } from "node:crypto";
import type { Actor } from "../base/actor.ts";
import { decodeText } from "../office/csv-encoding.ts";
import { keepFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import type { Codebook } from "../tabulation/codebook.ts";
import { readSurveyData, type SurveyData } from "../tabulation/survey-data.ts";
import { packAnswers } from "./answer-pack.ts";
import { openSurvey, staleSurvey } from "./open-survey.ts";
import { insertImport, listImportRows, updateSurvey } from "./survey-store.ts";

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

/**
 * 回答を取り込む（前の回答と置き換わる。直したことは、回答の番号で引き継がれる）。codebook があれば一緒に定める。
 * @throws AppError BAD_INPUT（読めない）、FORBIDDEN、CONFLICT
 */
export async function importAnswers(
  office: Office,
  actor: Actor,
  surveyId: string,
  given: { bytes: Uint8Array; name: string; codebook?: Codebook; version?: number },
): Promise<{ number: number; rows: number; columns: number; encoding: string }> {
  const { version } = given;
  const file = readAnswerFile(given.bytes, given.name);
  return keepAnswers(office, actor, surveyId, {
    ...{ ...file, source: "file" as const },
    ...(given.codebook ? { codebook: given.codebook } : {}),
    ...(version === undefined ? {} : { version }),
  });
}

/** 読んだ回答を、封じてしまう。 */
async function keepAnswers(
  office: Office,
  actor: Actor,
  surveyId: string,
  given: AnswerFile & { source: "file" | "entry"; codebook?: Codebook; version?: number },
): Promise<{ number: number; rows: number; columns: number; encoding: string }> {
  const { row, key } = await openSurvey(office, actor, surveyId, "work");
  if (given.version !== undefined && row.version !== given.version) throw staleSurvey();
  const bytes = packAnswers(given.data);
  const fileKey = await office.keys.fresh(actor.contract);
  const { rows } = given.data;
  const columns = given.data.names.length;
  return office.act(actor, async (tx) => {
    const number = ((await listImportRows(tx, tx.contract, surveyId))[0]?.number ?? 0) + 1;
    await keepFile(tx, fileKey, {
      ...{ kind: "survey-answers", fileName: `回答${number}`, media: "application/octet-stream", bytes },
    });
    await insertImport(tx, {
      ...{ id: fileKey.id, contract_id: tx.contract, survey_id: surveyId, number, source: given.source },
      ...{ answer_rows: rows, answer_columns: columns, encoding: given.encoding, sha256: given.sha256 },
      ...{ made_by: tx.actor.id, made_at: tx.now },
    });
    const change = {
      ...{ answers: fileKey.id, changed_at: tx.now },
      ...(given.codebook ? { codebook: JSON.stringify(given.codebook) } : {}),
    };
    if (!(await updateSurvey(tx, key, row, change))) throw staleSurvey();
    await tx.record({
      kind: "survey.imported",
      about: surveyId,
      payload: { number: row.number, import: number, rows, columns, sha256: given.sha256 },
    });
    return { number, rows, columns, encoding: given.encoding };
  });
}
