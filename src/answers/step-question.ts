import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import type { Json } from "../base/event.ts";
import { draftFiling } from "../filings/draft-filing.ts";
import { openFiling } from "../filings/list-filings.ts";
import { submitFiling } from "../filings/submit-filing.ts";
import type { Office, Tx } from "../platform/office.ts";
import { finishTask, noteAttempt } from "../tasks/close-task.ts";
import type { TryResult } from "../tasks/task.ts";
import { type AnswerRight, refuseRight } from "./answer-right.ts";
import type { StepKind } from "./answer-step.ts";
import { insertStep } from "./answer-step-store.ts";
import { textFaults } from "./complaint.ts";
import { type QuestionAct, questionLimits, refuseQuestionAct } from "./question.ts";
import {
  findQuestion,
  openQuestionRow,
  type QuestionChange,
  type StoredQuestion,
  updateQuestion,
} from "./question-store.ts";

interface Decided {
  step: StepKind;
  change: QuestionChange;
  note?: string | undefined;
  kind?: string | undefined;
  payload?: { [key: string]: Json } | undefined;
  also?: (tx: Tx) => Promise<void>;
}

export function noQuestion(): AppError {
  return new AppError("NOT_FOUND", "その確認の記録はありません。一覧から選び直してください。");
}

async function changeQuestion(
  office: Office,
  actor: Actor,
  id: string,
  act: QuestionAct,
  right: AnswerRight,
  decide: (question: StoredQuestion, now: string) => Decided,
): Promise<void> {
  refuseRight(right, actor);
  const key = (await office.keys.get(actor.contract, [id])).get(id);
  if (!key) throw noQuestion();
  await office.act(actor, async (tx) => {
    const row = await findQuestion(tx, tx.contract, id);
    if (!row) throw noQuestion();
    refuseQuestionAct(act, row.state);
    const question = openQuestionRow(key, row);
    const decided = decide(question, tx.now);
    if (!(await updateQuestion(tx, key, question, decided.change)))
      throw new AppError("CONFLICT", "ほかの人が先に進めました。画面を開き直してください。");
    await insertStep(tx, key, decided.step, { note: decided.note });
    await decided.also?.(tx);
    await tx.record({
      kind: decided.kind ?? "question.step",
      about: `answers/question/${id}`,
      payload: { number: row.number, step: decided.step, ...decided.payload },
    });
  });
}

/** 責任者が引き受ける。 */
export async function takeQuestion(office: Office, actor: Actor, id: string): Promise<void> {
  await changeQuestion(office, actor, id, "take", "confirm", () => ({
    step: "taken",
    change: { state: "taken" },
  }));
}

/** 責任者が、協議として委託者に確認する。折り返す相手は伝えない。 */
export async function sendQuestion(
  office: Office,
  actor: Actor,
  id: string,
  { body }: { body: string },
): Promise<{ filing: string }> {
  refuseRight("confirm", actor);
  const row = await findQuestion(office.read, actor.contract, id);
  if (!row) throw noQuestion();
  refuseQuestionAct("send", row.state);
  const made = await draftFiling(office, actor, {
    kind: "consultation",
    title: `問い合わせの確認（第${row.number}号）`,
    clause: "6(7)",
    body,
    due: row.due,
    about: { room: "answers", kind: "question", id },
  });
  await submitFiling(office, actor, made.id);
  await changeQuestion(office, actor, id, "send", "confirm", () => ({
    step: "sent",
    change: { state: "sent", filing_id: made.id },
    payload: { filing: made.id },
  }));
  return { filing: made.id };
}

/** 委託者の指示（または責任者の判断）を残し、折り返しに回す。 */
export async function instructQuestion(
  office: Office,
  actor: Actor,
  id: string,
  given: { answer: string; from: string },
): Promise<void> {
  const faults = textFaults(
    { answer: given.answer, from: given.from },
    {
      answer: { limit: questionLimits.answer, must: "お伝えすることを書いてください。" },
      from: { limit: 80, must: "だれの指示か（委託者の部署と職名、または責任者）を書いてください。" },
    },
  );
  if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
  await changeQuestion(office, actor, id, "instruct", "handle", (question, now) => ({
    step: "instructed",
    change: { state: "instructed", answer: given.answer.trim() },
    note: given.from,
    kind: "question.answered",
    payload: { item: question.item, late: now > question.due },
  }));
}

/** 協議に委託者の回答が来ていれば、その言葉を指示の案として返す。 */
export async function readInstruction(
  office: Office,
  actor: Actor,
  filing: string | null,
): Promise<{ answer: string; from: string } | undefined> {
  if (filing === null) return undefined;
  const open = await openFiling(office, { ...actor, roles: ["manager"] }, filing);
  if (open.filing.state !== "answered" || open.filing.answer === null) return undefined;
  return { answer: open.filing.answer, from: open.filing.heard_from ?? "委託者（協議の回答）" };
}

/** 折り返しを試みた（不在など）。 */
export async function tryCallback(
  office: Office,
  actor: Actor,
  id: string,
  result: TryResult,
): Promise<void> {
  await changeQuestion(office, actor, id, "try", "record", (question) => ({
    step: "tried",
    change: { attempts: question.attempts + 1 },
    payload: { result, attempts: question.attempts + 1 },
    also: (tx) => noteAttempt(tx, question.task_id, result),
  }));
}

/** 折り返して伝え、終える。 */
export async function tellCaller(
  office: Office,
  actor: Actor,
  id: string,
  { note }: { note: string },
): Promise<void> {
  const faults = textFaults({ note }, { note: { limit: questionLimits.note } });
  if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
  await changeQuestion(office, actor, id, "tell", "record", (question, now) => ({
    step: "told",
    change: { state: "closed", closed_at: now },
    note,
    kind: "question.closed",
    payload: { item: question.item, late: now > question.due },
    also: (tx) => finishTask(tx, question.task_id, "done"),
  }));
}
