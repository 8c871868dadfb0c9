import type { Actor } from "../base/actor.ts";
import { AppError } from "../base/error.ts";
import { dayOf } from "../base/time.ts";
import type { Office } from "../platform/office.ts";
import { writeLine } from "./enter-line.ts";
import { quizQuestions, scoreQuiz } from "./quiz.ts";
import { PASS_SCORE } from "./register.ts";

/**
 * 自分の確認テストを受ける（特記 第5条、基準3(3)）。点は受講の一件として残り、八割から合格で、一年効く。
 * @returns 点、合格か、誤った問いの番号（1から）
 * @throws AppError BAD_INPUT（答えていない問いがある、ない研修）
 */
export async function takeQuiz(
  office: Office,
  actor: Actor,
  given: { course: string; answers: readonly (boolean | undefined)[] },
): Promise<{ id: string; score: number; passed: boolean; wrong: number[] }> {
  const blank = quizQuestions.flatMap((_, at) =>
    given.answers[at] === undefined ? [{ field: `q${at}`, message: "どちらかを選んでください。" }] : [],
  );
  if (blank.length > 0) throw new AppError("BAD_INPUT", "答えていない問いがあります。", { faults: blank });
  const score = scoreQuiz(given.answers);
  const day = dayOf(office.clock.officeNow(actor.contract));
  const { id } = await writeLine(office, actor, {
    register: "attendance",
    fields: { handler: actor.id, course: given.course, day, score: String(score) },
  });
  const wrong = quizQuestions.flatMap((question, at) =>
    given.answers[at] === question.answer ? [] : [at + 1],
  );
  return { id, score, passed: score >= PASS_SCORE, wrong };
}
