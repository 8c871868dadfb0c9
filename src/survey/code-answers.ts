import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { newId } from "../base/identifier.ts";
import type { SubjectKey } from "../platform/key.ts";
import type { Office } from "../platform/office.ts";
import type { Question } from "../tabulation/codebook.ts";
import { recordReveals } from "../tasks/record-reveal.ts";
import { openContract } from "../terms/open-contract.ts";
import { type FrameCode, type MaskRule, maskRule, respondentMark } from "./code-frame.ts";
import { insertFrame, listCodingRows, listFrameRows, putCoding, putMask } from "./coding-store.ts";
import { openSurvey } from "./open-survey.ts";
import { openAnswers } from "./open-survey-data.ts";
import { touchSurvey } from "./survey-store.ts";

/** 自由記述の設問と鍵。text の設問でなければ NOT_FOUND。 */
export async function openTextQuestion(
  office: Office,
  actor: Actor,
  surveyId: string,
  questionId: string,
): Promise<{ question: Question; people: SubjectKey; key: SubjectKey; title: string }> {
  const { codebook, row, key, head } = await openSurvey(office, actor, surveyId, "look");
  const question = codebook?.questions.find(({ id, type }) => id === questionId && type === "text");
  if (!question)
    throw new AppError(
      "NOT_FOUND",
      "その自由記述の設問はありません。コードブックで、種類を「文を書く」にしてください。",
    );
  const people = (await office.keys.get(actor.contract, [row.people_key])).get(row.people_key);
  if (!people) throw new AppError("NOT_FOUND", "この調査の回答は消去されています。");
  return { question, people, key, title: head.title };
}

/**
 * 符号の枠を定める（新しい版）。使っている符号を消すときは、moves で移す先を言う。
 * @throws AppError REFUSED（使っている符号がなくなる。何件かを言う）、BAD_INPUT
 */
export async function saveFrame(
  office: Office,
  actor: Actor,
  surveyId: string,
  given: { question: string; codes: readonly FrameCode[]; moves?: Readonly<Record<string, string>> },
): Promise<{ number: number; moved: number }> {
  await openSurvey(office, actor, surveyId, "work");
  const { key } = await openTextQuestion(office, actor, surveyId, given.question);
  const known = new Set(given.codes.map(({ code }) => code));
  const moves = given.moves ?? {};
  const own = (await listCodingRows(office.read, actor.contract, surveyId)).filter(
    ({ question }) => question === given.question,
  );
  const moveOf = (code: string) => moves[code] ?? code;
  const lost = own.flatMap(({ codes }) => listed(codes)).filter((code) => !known.has(moveOf(code)));
  const [first] = lost;
  if (first !== undefined)
    throw new AppError(
      "REFUSED",
      `符号「${first}」を付けた回答が${lost.filter((code) => code === first).length}件あります。残すか、移す先（${first} → 新しい符号）を書いてください。`,
    );
  const changed = own.filter(({ codes }) => listed(codes).some((code) => moveOf(code) !== code));
  return office.act(actor, async (tx) => {
    const frames = await listFrameRows(tx, key, tx.contract, surveyId);
    const number = (frames.find(({ question }) => question === given.question)?.number ?? 0) + 1;
    await insertFrame(tx, key, {
      ...{ id: newId(), contract_id: tx.contract, survey_id: surveyId, question: given.question, number },
      ...{ body: JSON.stringify(given.codes), made_by: tx.actor.id, made_at: tx.now },
    });
    for (const row of changed) {
      const codes = [...new Set(listed(row.codes).map(moveOf))].join(",");
      await putCoding(tx, { ...row, codes, frame: number });
    }
    await touchSurvey(tx, tx.contract, surveyId, tx.now);
    const payload = { question: given.question, frame: number, codes: known.size, moved: changed.length };
    await tx.record({ kind: "survey.framed", about: surveyId, payload });
    return { number, moved: changed.length };
  });
}

/** 符号の並び。 */
export function listed(codes: string): string[] {
  return codes === "" ? [] : codes.split(",");
}

export interface CodingInput {
  question: string;
  /** 回答者の照合値（respondentMark）。 */
  mark: string;
  codes: readonly string[];
  /** 1 一人目、2 二人目（別の人が、一人目の符号を見ずに付ける）。 */
  pass: 1 | 2;
}

/**
 * 符号を付ける（付け直す）。符号がなければ「どれにも当たらない」でなく、付けていないことになるので断る。
 * @throws AppError BAD_INPUT（知らない符号、符号がない）、REFUSED（二人目が一人目と同じ人）、NOT_FOUND
 */
export async function codeAnswers(
  office: Office,
  actor: Actor,
  surveyId: string,
  inputs: readonly CodingInput[],
): Promise<{ coded: number }> {
  await openSurvey(office, actor, surveyId, "work");
  const { ids } = await openAnswers(office, actor, surveyId);
  const frames = new Map<
    string,
    { number: number; codes: Set<string>; people: SubjectKey; marks: Set<string> }
  >();
  for (const { question } of inputs) {
    if (frames.has(question)) continue;
    const { people, key } = await openTextQuestion(office, actor, surveyId, question);
    const rows = await listFrameRows(office.read, key, actor.contract, surveyId);
    const frame = rows.find((row) => row.question === question);
    if (!frame) throw new AppError("REFUSED", "符号の枠を定めてから、符号を付けてください。");
    const codes = new Set((JSON.parse(frame.body) as FrameCode[]).map(({ code }) => code));
    const marks = new Set(ids.map((id) => respondentMark(people, id)));
    frames.set(question, { number: frame.number, codes, people, marks });
  }
  const before = await listCodingRows(office.read, actor.contract, surveyId);
  for (const { question, mark, codes, pass } of inputs) {
    const frame = frames.get(question);
    if (!frame?.marks.has(mark))
      throw new AppError("NOT_FOUND", "その回答はありません。取り込み直されたか、集計から外されています。");
    const stray = codes.find((code) => !frame.codes.has(code));
    const message =
      stray === undefined ? "符号を一つは選んでください。" : `符号「${stray}」は、枠にありません。`;
    if (codes.length === 0 || stray !== undefined)
      throw new AppError("BAD_INPUT", message, { faults: [{ field: "code", message }] });
    const other = before.find(
      (row) => row.question === question && row.respondent_hmac === mark && row.pass === 3 - pass,
    );
    if (other?.made_by === actor.id)
      throw new AppError("REFUSED", "二人目の符号は、一人目と別の人が付けてください。");
  }
  return office.act(actor, async (tx) => {
    for (const { question, mark, codes, pass } of inputs) {
      const frame = frames.get(question);
      if (!frame) continue;
      await putCoding(tx, {
        ...{ contract_id: tx.contract, survey_id: surveyId, key_id: frame.people.id, question, pass },
        ...{ respondent_hmac: mark, codes: [...new Set(codes)].join(","), frame: frame.number },
        ...{ made_by: tx.actor.id, made_at: tx.now },
      });
    }
    await touchSurvey(tx, tx.contract, surveyId, tx.now);
    const payload = { answers: inputs.length, pass: inputs[0]?.pass ?? 1 };
    await tx.record({ kind: "survey.coded", about: surveyId, payload });
    return { coded: inputs.length };
  });
}

/** 伏せ字を決める（伏せる言葉を足す、見つけたものを伏せない）。 */
export async function maskAnswer(
  office: Office,
  actor: Actor,
  surveyId: string,
  given: { question: string; mark: string } & MaskRule,
): Promise<void> {
  await openSurvey(office, actor, surveyId, "work");
  const { people } = await openTextQuestion(office, actor, surveyId, given.question);
  const read = maskRule.safeParse({ hide: given.hide, keep: given.keep });
  if (!read.success)
    throw new AppError("BAD_INPUT", "伏せる言葉は、100 字までで 20 個までにしてください。", {
      faults: [{ field: "hide", message: "100 字までで 20 個までです。" }],
    });
  await office.act(actor, async (tx) => {
    await putMask(tx, people, {
      ...{ id: newId(), contract_id: tx.contract, survey_id: surveyId, key_id: people.id },
      ...{ question: given.question, respondent_hmac: given.mark, body: JSON.stringify(read.data) },
      ...{ made_by: tx.actor.id, made_at: tx.now },
    });
    await tx.record({ kind: "survey.masked", about: surveyId, payload: { question: given.question } });
  });
}

/** 伏せ字を外して読むことを、回答の一件（照合値）ごとに記録する。 */
export async function revealAnswer(
  office: Office,
  actor: Actor,
  surveyId: string,
  question: string,
  mark: string,
): Promise<void> {
  await openTextQuestion(office, actor, surveyId, question);
  const { blueprint } = await openContract(office, actor.contract);
  const what = { about: `survey/${surveyId}/${mark}`, field: "free-text", reason: "coding" };
  await recordReveals(office, actor, blueprint, [what]);
}
