import type { Actor } from "../base/actor.ts";
import type { Office } from "../platform/office.ts";
import { maskText } from "../survey/code-frame.ts";
import { type CodeBoard, frequentWords, openCodeBoard } from "../survey/list-coding.ts";
import type { Question } from "../tabulation/codebook.ts";
import { questionName } from "../tabulation/question-name.ts";
import type { SurveyData } from "../tabulation/survey-data.ts";
import type { ReportFreeText } from "./report-book.ts";

/** 一つの符号に刷る例の数と、長さ（字）。長すぎるものは、人が見分けられやすいので刷らない。 */
const EXAMPLES = 3;
const SHORTEST = 6;
const LONGEST = 90;
const WORDS = 20;

/** 自由記述の設問ごとの、符号の数・例・言葉。例は伏せてあり、個人情報らしいものは人が確かめたものだけ。 */
export async function freeTexts(
  office: Office,
  actor: Actor,
  survey: string,
  questions: readonly Question[],
): Promise<ReportFreeText[]> {
  const made: ReportFreeText[] = [];
  for (const question of questions)
    if (question.type === "text")
      made.push(fromBoard(question, await openCodeBoard(office, actor, survey, question.id)));
  return made;
}

/** ファイルだけから作る報告書の自由記述: 書かれた数と言葉（符号と例は、事務所で付ける）。 */
export function plainFreeTexts(questions: readonly Question[], data: SurveyData): ReportFreeText[] {
  return questions.flatMap((question): ReportFreeText[] => {
    if (question.type !== "text") return [];
    const texts = (data.raw(question.columns?.[0] ?? question.id) ?? []).filter((one) => one.trim() !== "");
    return [
      {
        ...headOf(question),
        ...{ written: texts.length, coded: 0, frame: undefined, codes: [], agreement: undefined },
        words: frequentWords(texts.map((text) => maskText(text).text)).slice(0, WORDS),
      },
    ];
  });
}

function headOf({ id, short, text }: Question): Pick<ReportFreeText, "id" | "heading" | "text"> {
  return { id, heading: `${questionName(id)}　${short ?? text}`, text };
}

function fromBoard(question: Question, board: CodeBoard): ReportFreeText {
  const { answers, frame, words, agreement } = board;
  const kappas = agreement.codes.flatMap(({ kappa }) =>
    kappa === undefined || kappa === null ? [] : [kappa],
  );
  return {
    ...headOf(question),
    ...{ written: answers.length, coded: board.coded, frame: frame?.number },
    words: words.slice(0, WORDS),
    codes: board.tally
      .map(({ code, title, count }) => ({ label: title, count, examples: examplesOf(board, code) }))
      .toSorted((a, b) => b.count - a.count),
    agreement:
      agreement.pairs > 0 && kappas.length > 0
        ? { pairs: agreement.pairs, low: Math.min(...kappas), high: Math.max(...kappas) }
        : undefined,
  };
}

/** 例: 一つの符号だけが付いたものを先に、ほどよい長さの、違う文。伏せ字だらけのものは出さない。 */
function examplesOf({ answers }: CodeBoard, code: string): string[] {
  const fit = answers.filter(
    ({ codes, text, kinds, checked }) =>
      codes.includes(code) &&
      (kinds.length === 0 || checked) &&
      [...text].length >= SHORTEST &&
      [...text].length <= LONGEST,
  );
  const ordered = fit.toSorted(
    (a, b) => a.codes.length - b.codes.length || Number(b.checked) - Number(a.checked),
  );
  return [...new Set(ordered.map(({ text }) => text.replace(/\s+/g, " ")))].slice(0, EXAMPLES);
}
