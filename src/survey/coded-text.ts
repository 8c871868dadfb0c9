import type { SubjectKey } from "../platform/key.ts";
import { type Codebook, type Question, readCodebook } from "../tabulation/codebook.ts";
import { type SurveyData, surveyDataOf } from "../tabulation/survey-data.ts";
import { columnsOf } from "./check-answers.ts";
import { type FrameCode, frameCode, respondentMark } from "./code-frame.ts";

/** 自由記述一問の符号を、回答の表の一列にしたもの。 */
export interface CodedTextColumn {
  question: Question;
  codes: FrameCode[];
  /** 列の名と、行ごとの符号（「1,3」。書いたが付けていないものは UNCODED）。 */
  name: string;
  values: string[];
}

/** 書いてあるが、まだ符号のないもの。 */
const UNCODED = "未";

/** 一人目の符号を、回答の行の順に並べる。枠のない設問は出さない。 */
export function codedTexts(given: {
  codebook: Codebook;
  data: SurveyData;
  ids: readonly string[];
  people: SubjectKey;
  frames: readonly { question: string; body: string }[];
  codings: readonly { question: string; pass: number; respondent_hmac: string; codes: string }[];
}): CodedTextColumn[] {
  const { codebook, data, ids, people, frames, codings } = given;
  return codebook.questions.flatMap((question): CodedTextColumn[] => {
    const frame = frames.find((one) => one.question === question.id);
    const own = codings.filter((one) => one.question === question.id && one.pass === 1);
    if (question.type !== "text" || !frame || own.length === 0) return [];
    const byMark = new Map(own.map((one) => [one.respondent_hmac, one.codes]));
    const texts = data.column(columnsOf(question)[0] ?? "") ?? [];
    const values = ids.map((id, row) =>
      (texts[row] ?? "") === "" ? "" : (byMark.get(respondentMark(people, id)) ?? UNCODED),
    );
    const codes = frameCode.array().parse(JSON.parse(frame.body));
    return [{ question, codes, name: `${question.id}（符号）`, values }];
  });
}

/** 符号の列と設問を足した、回答とコードブック。割合の分母は、書いた人。 */
export function withCodedTexts(
  codebook: Codebook,
  data: SurveyData,
  free: readonly CodedTextColumn[],
): { codebook: Codebook; data: SurveyData } {
  const fresh = free.filter(({ name }) => !data.names.includes(name));
  if (fresh.length === 0) return { codebook, data };
  const added = fresh.map(({ question, codes, name }) => ({
    ...{
      id: `${question.id}c`,
      text: `${question.text}（内容）`,
      type: "ma",
      columns: [name],
      base: "answered",
    },
    short: `${question.short ?? question.id}（内容）`,
    options: codes.map(({ code, title }) => ({ code, label: title })),
    missing: { unknown: [UNCODED] },
  }));
  const known = new Set(codebook.questions.map(({ id }) => id));
  const questions = [...codebook.questions, ...added.filter(({ id }) => !known.has(id))];
  return {
    codebook: readCodebook(JSON.stringify({ ...codebook, questions })),
    data: surveyDataOf(
      [...data.names, ...fresh.map(({ name }) => name)],
      [...data.names.map((name) => data.raw(name) ?? []), ...fresh.map(({ values }) => values)],
      data.rows,
    ),
  };
}
