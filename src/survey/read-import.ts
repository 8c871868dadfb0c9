import type { Actor } from "../base/actor.ts";
import { openFile } from "../platform/keep-file.ts";
import type { Office } from "../platform/office.ts";
import type { Codebook } from "../tabulation/codebook.ts";
import { describeColumns } from "../tabulation/describe-columns.ts";
import { type ColumnUse, proposeCodebook } from "../tabulation/propose-codebook.ts";
import type { SurveyData } from "../tabulation/survey-data.ts";
import { respondentIds } from "./answer-fix.ts";
import { unpackAnswers } from "./answer-pack.ts";
import { checkAnswers, columnsOf, type Finding } from "./check-answers.ts";
import { type AnswerDifference, compareAnswers } from "./compare-answers.ts";
import { findImport } from "./import-answers.ts";
import { openSurvey } from "./open-survey.ts";
import type { ImportRow } from "./survey-store.ts";

export interface ReadImport {
  row: ImportRow;
  current: boolean;
  /** 列ごとの見立てと、設問での役。 */
  uses: ColumnUse[];
  /** いまのコードブックか、なければ列から作った案。 */
  codebook: Codebook;
  proposed: boolean;
  /** いまの回答との違い（いまの回答があり、これがいまのものでないとき）。 */
  difference: AnswerDifference | undefined;
  /** コードブックと合わないところ。 */
  misfits: Finding[];
}

/** 置いた回答を、使うと決める前に見る。 */
export async function readImport(
  office: Office,
  actor: Actor,
  surveyId: string,
  importId: string,
): Promise<ReadImport> {
  const survey = await openSurvey(office, actor, surveyId, "look");
  const row = await findImport(office, actor, surveyId, importId);
  const data = unpackAnswers((await openFile(office, actor.contract, importId)).bytes);
  const proposal = proposeCodebook(data, survey.head.title);
  const codebook = survey.codebook ?? proposal.codebook;
  const current = survey.row.answers;
  const before =
    current === null || current === importId
      ? undefined
      : unpackAnswers((await openFile(office, actor.contract, current)).bytes);
  const ids = respondentIds(data, codebook.id);
  return {
    ...{ row, current: current === importId, codebook, proposed: survey.codebook === undefined },
    uses: survey.codebook ? usesOf(data, survey.codebook) : proposal.uses,
    difference: before && compareAnswers(before, data, codebook.id),
    misfits: checkAnswers(data, ids, codebook).findings.filter(({ rule }) => rule === "misfit"),
  };
}

/** コードブックから見た、列の役。 */
function usesOf(data: SurveyData, codebook: Codebook): ColumnUse[] {
  const { design, id, questions } = codebook;
  const roles = new Map<string, Pick<ColumnUse, "question" | "role">>();
  for (const name of [
    design.weight,
    ...(design.strata ?? []),
    ...(design.cluster ?? []),
    ...(design.fpc ?? []),
  ])
    if (name !== undefined) roles.set(name, { question: undefined, role: "design" });
  for (const question of questions) {
    const columns = columnsOf(question);
    const role = question.matrix !== undefined ? "row" : columns.length > 1 ? "option" : "question";
    for (const name of columns) roles.set(name, { question: question.id, role });
    for (const { write } of question.options)
      if (write !== undefined) roles.set(write, { question: question.id, role: "write" });
  }
  if (id !== undefined) roles.set(id, { question: undefined, role: "id" });
  return describeColumns(data).map((look) => ({
    look,
    ...(roles.get(look.name) ?? { question: undefined, role: "unused" as const }),
  }));
}
