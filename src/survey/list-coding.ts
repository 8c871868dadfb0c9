import type { Actor } from "../base/actor.ts";
import type { PersonalKind } from "../japan/personal-flag.ts";
import type { Office } from "../platform/office.ts";
import { type Agreement, coderAgreement } from "../tabulation/coder-agreement.ts";
import { CodeSuggester, type CodeSuggestion } from "../tabulation/suggest-codes.ts";
import { columnsOf } from "./check-answers.ts";
import { listed, openTextQuestion } from "./code-answers.ts";
import { type FrameCode, frameCode, maskRule, maskText, respondentMark } from "./code-frame.ts";
import { listCodingRows, listFrameRows, listMaskRows } from "./coding-store.ts";
import { openAnswers } from "./open-survey-data.ts";

/** 自由記述一つ。文は伏せてある。 */
export interface CodedText {
  mark: string;
  row: number;
  text: string;
  /** 見つけた個人情報の種類（伏せてある）。 */
  kinds: PersonalKind[];
  /** 伏せ字を人が確かめたか。 */
  checked: boolean;
  codes: string[];
  second: string[];
  firstBy: string | undefined;
}

export interface CodeBoard {
  question: { id: string; text: string };
  frame: { number: number; codes: FrameCode[] } | undefined;
  frames: number;
  answers: CodedText[];
  coded: number;
  /** 符号ごとの数と例。 */
  tally: { code: string; title: string; count: number; examples: string[] }[];
  words: { word: string; count: number }[];
  /** 二人で付けた数と、符号ごとの κ。 */
  agreement: { pairs: number; codes: Agreement[] };
}

/** 覚えさせる、符号の付いた文の上限（画面ごとに作り直すので）。 */
const LEARNED = 3_000;

/** 自由記述の設問一つの、枠・回答・数・一致。 */
export async function openCodeBoard(
  office: Office,
  actor: Actor,
  surveyId: string,
  questionId: string,
): Promise<CodeBoard> {
  const { question, people, key } = await openTextQuestion(office, actor, surveyId, questionId);
  const { data, ids } = await openAnswers(office, actor, surveyId);
  const [frames, codings, masks] = await Promise.all([
    listFrameRows(office.read, key, actor.contract, surveyId),
    listCodingRows(office.read, actor.contract, surveyId),
    listMaskRows(office.read, people, actor.contract, surveyId),
  ]);
  const versions = frames.filter((one) => one.question === questionId);
  const [newest] = versions;
  const codes = newest ? frameCode.array().parse(JSON.parse(newest.body)) : [];
  const byMark = (pass: number) =>
    new Map(
      codings
        .filter((one) => one.question === questionId && one.pass === pass)
        .map((one) => [one.respondent_hmac, one]),
    );
  const [first, second] = [byMark(1), byMark(2)];
  const rules = new Map(
    masks.filter((one) => one.question === questionId).map((one) => [one.respondent_hmac, one]),
  );
  const column = data.raw(columnsOf(question)[0] ?? questionId) ?? [];
  const answers = ids.flatMap((id, row): CodedText[] => {
    const text = (column[row] ?? "").trim();
    if (text === "") return [];
    const mark = respondentMark(people, id);
    const rule = rules.get(mark);
    const masked = maskText(text, rule && maskRule.parse(JSON.parse(rule.body)));
    return [
      {
        ...{ mark, row: row + 1, text: masked.text, kinds: masked.kinds, checked: rule !== undefined },
        ...{ codes: listed(first.get(mark)?.codes ?? ""), second: listed(second.get(mark)?.codes ?? "") },
        firstBy: first.get(mark)?.made_by,
      },
    ];
  });
  const pairs = answers.filter((one) => one.codes.length > 0 && one.second.length > 0);
  return {
    question: { id: questionId, text: question.text },
    frame: newest && { number: newest.number, codes },
    ...{ frames: versions.length, answers },
    coded: answers.filter((one) => one.codes.length > 0).length,
    tally: codes.map(({ code, title }) => {
      const own = answers.filter((one) => one.codes.includes(code));
      return { code, title, count: own.length, examples: own.slice(0, 2).map(({ text }) => text) };
    }),
    words: frequentWords(answers.map(({ text }) => text)),
    agreement: {
      pairs: pairs.length,
      codes: coderAgreement(
        codes.map(({ code }) => code),
        pairs.map((one) => ({ first: one.codes, second: one.second })),
      ),
    },
  };
}

/** この文に合いそうな符号を五つ、わけとともに。伏せた文から挙げる。 */
export function suggestFor({ frame, answers }: CodeBoard, mark: string): CodeSuggestion[] {
  const wanted = answers.find((one) => one.mark === mark);
  if (!frame || !wanted) return [];
  const learned = answers.filter((one) => one.codes.length > 0 && one.mark !== mark).slice(-LEARNED);
  const suggester = new CodeSuggester(
    frame.codes,
    learned.map(({ row, text, codes }) => ({ id: `${row}行目`, text, codes })),
  );
  return suggester.suggest(wanted.text);
}

/** 漢字・片仮名・英数字の続きを、それを書いた人の数の多い順に。 */
export function frequentWords(texts: readonly string[]): { word: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const words = text
      .normalize("NFKC")
      .match(/[\p{Script=Han}々]{2,}|[\p{Script=Katakana}ー]{2,}|[A-Za-z]{2,}/gu);
    for (const word of new Set(words ?? [])) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return [...counts]
    .map(([word, count]) => ({ word, count }))
    .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
    .slice(0, 40);
}

/** 伏せていない文。呼ぶ側が、読んだことを先に記録する（revealAnswer）。 */
export async function readRawText(
  office: Office,
  actor: Actor,
  surveyId: string,
  questionId: string,
  row: number,
): Promise<string> {
  const { question } = await openTextQuestion(office, actor, surveyId, questionId);
  const { data } = await openAnswers(office, actor, surveyId);
  return data.raw(columnsOf(question)[0] ?? questionId)?.[row - 1] ?? "";
}
