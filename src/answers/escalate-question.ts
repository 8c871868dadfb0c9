import type { Actor } from "../base/actor.ts";
import { AppError, type Fault } from "../base/error.ts";
import type { Instant } from "../base/time.ts";
import { personalFault } from "../japan/personal-flag.ts";
import { answerOnce } from "../platform/answer-once.ts";
import { takeNumber } from "../platform/counter-store.ts";
import type { Office } from "../platform/office.ts";
import { putTask } from "../tasks/open-task.ts";
import { type DueRule, dueOf } from "../tasks/task.ts";
import { openContract } from "../terms/open-contract.ts";
import { refuseRight } from "./answer-right.ts";
import { insertStep } from "./answer-step-store.ts";
import { textFaults } from "./complaint.ts";
import { type CallbackPromise, questionLimits } from "./question.ts";
import { insertQuestion } from "./question-store.ts";

export interface NewQuestion {
  item: string;
  /** 委託者に見せる問い。 */
  ask: string;
  /** 折り返す相手（氏名と電話）。折り返しが要らなければ空。 */
  caller: string;
  promise: CallbackPromise;
  onceKey?: string | undefined;
}

/** 約束から期限の決め方。 */
export function promiseRule(promise: CallbackPromise): DueRule {
  if (promise === "today") return { kind: "business-days", days: 0 };
  if (promise === "next") return { kind: "business-days", days: 1 };
  return { kind: "business-minutes", minutes: Number(promise) };
}

/**
 * 受けきれない問いを、責任者を通じて委託者に確認する（６(7)）。折り返しの仕事が期限つきで立つ。
 * @throws AppError BAD_INPUT（問いに氏名や電話番号らしいものがある、など）、FORBIDDEN
 */
export async function escalateQuestion(
  office: Office,
  actor: Actor,
  given: NewQuestion,
): Promise<{ id: string; number: number; due: Instant }> {
  refuseRight("record", actor);
  const faults: Fault[] = textFaults(
    { ask: given.ask, caller: given.caller },
    {
      ask: { limit: questionLimits.ask, must: "委託者に確かめることを書いてください。" },
      caller: { limit: questionLimits.caller },
    },
  );
  const personal = personalFault("ask", given.ask);
  if (personal) faults.push(personal);
  if (faults.length > 0) throw new AppError("BAD_INPUT", "内容に直すところがあります。", { faults });
  const { blueprint: terms } = await openContract(office, actor.contract);
  const key = await office.keys.fresh(actor.contract);
  const lookupKey = await office.keys.lookupKey(actor.contract);
  const { item, ask, caller, promise, onceKey } = given;
  const input = { item, ask, caller, promise };
  const once =
    onceKey === undefined ? undefined : { key: onceKey, verb: "question.escalate", input, lookupKey };
  return office.act(actor, (tx) =>
    answerOnce(tx, once, async () => {
      const number = await takeNumber(tx, tx.contract, "question");
      const due = dueOf(promiseRule(promise), tx.now, terms) ?? tx.now;
      const task = await putTask(tx, terms, {
        kind: "callback",
        title: `確認第${number}号の折り返し`,
        clause: "6(7)",
        role: "operator",
        due: { kind: "at", at: due },
        about: { room: "answers", kind: "question", id: key.id },
        cause: `question/${key.id}/callback`,
      });
      await insertQuestion(tx, key, {
        ...{ id: key.id, contract_id: tx.contract, number, item, state: "asked", ask: ask.trim() },
        ...{ caller: caller.trim() === "" ? null : caller.trim(), answer: null, due, task_id: task.id },
        ...{ filing_id: null, attempts: 0, made_by: actor.id, made_at: tx.now, closed_at: null },
        edition: 1,
      });
      await insertStep(tx, key, "asked");
      await tx.record({
        kind: "question.escalated",
        about: `answers/question/${key.id}`,
        payload: { number, item, due },
      });
      return { id: key.id, number, due };
    }),
  );
}
