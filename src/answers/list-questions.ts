import { type HandlerName, nameHandlers } from "../access/name-handlers.ts";
import type { Actor } from "../base/actor.ts";
import type { Instant } from "../base/time.ts";
import { dueText, type Urgency, urgencyOf, urgencyText } from "../japan/deadline.ts";
import type { Office } from "../platform/office.ts";
import { openContract } from "../terms/open-contract.ts";
import { withElapsed } from "./answer-step.ts";
import { listSteps, type StoredStep } from "./answer-step-store.ts";
import type { QuestionState } from "./question.ts";
import {
  findQuestion,
  listQuestionRows,
  openQuestionRow,
  type QuestionRow,
  type StoredQuestion,
} from "./question-store.ts";
import { noQuestion } from "./step-question.ts";

/** 一覧の一行。折り返す相手は含まない。 */
export interface ListedQuestion {
  id: string;
  number: number;
  item: string;
  ask: string;
  state: QuestionState;
  filing: string | null;
  due: Instant;
  dueText: string;
  urgency: Urgency | undefined;
  urgencyText: string;
  attempts: number;
  askedBy: string;
  askedAt: Instant;
  closedAt: Instant | null;
}

/** 委託者への確認の一覧。新しい番号から。 */
export async function listQuestions(
  office: Office,
  actor: Pick<Actor, "contract">,
  group?: "open" | "closed" | undefined,
): Promise<ListedQuestion[]> {
  const rows = (await listQuestionRows(office.read, actor.contract)).filter(
    (row) => group === undefined || (row.state === "closed") === (group === "closed"),
  );
  const keys = await office.keys.get(
    actor.contract,
    rows.map((row) => row.id),
  );
  const show = await shower(office, actor.contract);
  return rows.map((row) => show(row, openQuestionRow(keys.get(row.id), row).ask));
}

async function shower(
  office: Office,
  contract: string,
): Promise<(row: QuestionRow, ask: string) => ListedQuestion> {
  const [names, { blueprint }] = await Promise.all([
    nameHandlers(office, contract),
    openContract(office, contract),
  ]);
  const now = office.clock.officeNow(contract);
  return (row, ask) => ({
    ...{ id: row.id, number: row.number, item: row.item, ask, state: row.state, filing: row.filing_id },
    ...{ due: row.due, dueText: dueText(row.due, now), attempts: row.attempts },
    urgency: row.state === "closed" ? undefined : urgencyOf(row.due, now),
    urgencyText: row.state === "closed" ? "済み" : urgencyText(blueprint.calendar, row.due, now),
    askedBy: names.get(row.made_by)?.short ?? "異動した人",
    askedAt: row.made_at,
    closedAt: row.closed_at,
  });
}

export interface OpenQuestion {
  question: StoredQuestion;
  head: ListedQuestion;
  steps: (StoredStep & { minutes: number | undefined })[];
  names: ReadonlyMap<string, HandlerName>;
}

/** 一つを開く。なければ NOT_FOUND。 */
export async function openQuestion(
  office: Office,
  actor: Pick<Actor, "contract">,
  id: string,
): Promise<OpenQuestion> {
  const { contract } = actor;
  const row = await findQuestion(office.read, contract, id);
  if (!row) throw noQuestion();
  const key = (await office.keys.get(contract, [id])).get(id);
  const [steps, show, names, { blueprint }] = await Promise.all([
    listSteps(office.read, key, contract, id),
    shower(office, contract),
    nameHandlers(office, contract),
    openContract(office, contract),
  ]);
  const question = openQuestionRow(key, row);
  return { question, head: show(row, question.ask), steps: withElapsed(steps, blueprint), names };
}
