import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import { type Codebook, readCodebook } from "../tabulation/codebook.ts";
import { type SurveyAbout, surveyAbout } from "./survey-about.ts";
import { refuseSurveyRole, type SurveyAct } from "./survey-right.ts";
import { findSurveyRow, listSurveyRows, type OpenSurveyRow, openSurveyRow } from "./survey-store.ts";

/** 調査の見出し。 */
export interface SurveyHead {
  id: string;
  number: number;
  title: string;
  /** 回答・コードブック・直したこと・符号のどれかが変わるたびに進む。 */
  version: number;
  about: SurveyAbout;
  /** 比べる前回の調査の id。 */
  previous: string | null;
  /** 回答があるか、コードブックがあるか。 */
  has: { answers: boolean; codebook: boolean };
  madeAt: Instant;
  updatedAt: Instant;
}

/** 調査一つと、その鍵。室の中の動詞が使う。 */
export interface OpenedSurvey {
  head: SurveyHead;
  codebook: Codebook | undefined;
  row: OpenSurveyRow;
  key: SubjectKey;
}

/** 調査の一覧（新しい順）。 */
export async function listSurveys(office: Office, actor: Actor): Promise<SurveyHead[]> {
  refuseSurveyRole("see", actor);
  const rows = await listSurveyRows(office.read, actor.contract);
  const keys = await office.keys.get(
    actor.contract,
    rows.map(({ id }) => id),
  );
  return rows.flatMap((row) => {
    const key = keys.get(row.id);
    return key ? [headOf(openSurveyRow(key, row))] : [];
  });
}

/**
 * 調査を開く（回答は開かない）。
 * @throws AppError NOT_FOUND（ない、消去された）、FORBIDDEN
 */
export async function openSurvey(
  office: Office,
  actor: Actor,
  id: string,
  act: SurveyAct = "see",
): Promise<OpenedSurvey> {
  refuseSurveyRole(act, actor);
  const found = await findSurveyRow(office.read, actor.contract, id);
  const key = found && (await office.keys.get(actor.contract, [id])).get(id);
  if (!found || !key)
    throw new AppError(
      "NOT_FOUND",
      "その調査はありません。消去されたか、番号が違います。一覧から選び直してください。",
    );
  const row = openSurveyRow(key, found);
  return {
    head: headOf(row),
    codebook: row.codebook === "" ? undefined : readCodebook(row.codebook),
    row,
    key,
  };
}

function headOf(row: OpenSurveyRow): SurveyHead {
  return {
    ...{ id: row.id, number: row.number, title: row.title, version: row.version },
    ...{ about: surveyAbout.parse(JSON.parse(row.about)), previous: row.previous },
    has: { answers: row.answers !== null, codebook: row.codebook !== "" },
    ...{ madeAt: row.made_at, updatedAt: row.changed_at },
  };
}

/** ほかの人が先に変えたとき。 */
export function staleSurvey(): AppError {
  return new AppError(
    "CONFLICT",
    "ほかの人が先にこの調査を変えました。画面を開き直してから、もう一度行ってください。",
  );
}
