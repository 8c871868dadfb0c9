import type { SurveyDataSet } from "../survey/open-survey-data.ts";
import { questionName } from "../tabulation/question-name.ts";
import type { ReportFreeText } from "./report-book.ts";

/** 自由記述の設問ごとの、書かれた数。符号は、付けてあるものだけが入る。 */
export function freeTexts({ codebook, data }: Pick<SurveyDataSet, "codebook" | "data">): ReportFreeText[] {
  return codebook.questions.flatMap((question): ReportFreeText[] => {
    if (question.type !== "text") return [];
    const values = data.raw(question.columns?.[0] ?? question.id) ?? [];
    const written = values.filter((one) => one.trim() !== "").length;
    const heading = `${questionName(question.id)}　${question.short ?? question.text}`;
    return [{ id: question.id, heading, text: question.text, written, codes: [] }];
  });
}
