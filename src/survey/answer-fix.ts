import { z } from "zod";
import { type SurveyData, surveyDataOf } from "../tabulation/survey-data.ts";

/** この列を指す直しは、ます目でなく、回答を一つまるごと集計から外す（重なった回答など）。 */
export const EXCLUDE = "（集計から外す）";

/** 一つのます目を直したこと。回答の番号（ids の値）と列の名で指すので、行の順が変わっても効く。 */
export const answerFix = z.object({
  respondent: z.string(),
  column: z.string(),
  before: z.string(),
  after: z.string(),
  reason: z.string(),
});
export type AnswerFix = z.infer<typeof answerFix>;

/** 回答の番号。番号の列がなければ行の番号。同じ番号が重なれば「12(2)」のように分ける。 */
export function respondentIds(data: SurveyData, idColumn: string | undefined): string[] {
  const own = idColumn === undefined ? undefined : data.column(idColumn);
  const seen = new Map<string, number>();
  return Array.from({ length: data.rows }, (_, row) => {
    const id = own?.[row] || `#${row + 1}`;
    const times = (seen.get(id) ?? 0) + 1;
    seen.set(id, times);
    return times === 1 ? id : `${id}(${times})`;
  });
}

export interface FixedAnswers {
  data: SurveyData;
  /** 残った行の、回答の番号。 */
  ids: readonly string[];
  /** 指す回答や列のない直し。 */
  missed: AnswerFix[];
}

/** 直したことを、後のものを勝ちにして当て、外した回答を除く。元の表は変えない。 */
export function applyFixes(
  data: SurveyData,
  ids: readonly string[],
  fixes: readonly AnswerFix[],
): FixedAnswers {
  if (fixes.length === 0) return { data, ids, missed: [] };
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  const changed = new Map<number, string[]>();
  const dropped = new Set<number>();
  const missed: AnswerFix[] = [];
  for (const fix of fixes) {
    const row = rowOf.get(fix.respondent);
    const column = data.names.indexOf(fix.column);
    if (row === undefined || (column < 0 && fix.column !== EXCLUDE)) missed.push(fix);
    else if (fix.column === EXCLUDE) dropped.add(row);
    else {
      const values = changed.get(column) ?? [...(data.raw(fix.column) ?? [])];
      values[row] = fix.after;
      changed.set(column, values);
    }
  }
  const kept = (_: string, row: number) => !dropped.has(row);
  const raws = data.names.map((name, at) => {
    const values = changed.get(at) ?? data.raw(name) ?? [];
    return dropped.size === 0 ? values : values.filter(kept);
  });
  return {
    data: surveyDataOf(data.names, raws, data.rows - dropped.size),
    ids: dropped.size === 0 ? ids : ids.filter(kept),
    missed,
  };
}
