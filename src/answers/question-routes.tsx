import { randomUUID } from "node:crypto";
import { parseInput } from "../access/zod-message.ts";
import type { Fault } from "../base/error.ts";
import { getApi, getPage, postApi, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { instructBody, questionBody, sendBody, tellBody, tryBody } from "./answer-ask.ts";
import { mayAnswer } from "./answer-right.ts";
import { escalateQuestion } from "./escalate-question.ts";
import { itemLabel, listItems } from "./list-items.ts";
import { listQuestions, type OpenQuestion, openQuestion } from "./list-questions.ts";
import { maskQuestion } from "./mask-words.ts";
import { QuestionPage } from "./question-detail-page.tsx";
import { QuestionFormPage, QuestionListPage } from "./question-page.tsx";
import { recordWords } from "./reveal-words.ts";
import {
  instructQuestion,
  readInstruction,
  sendQuestion,
  takeQuestion,
  tellCaller,
  tryCallback,
} from "./step-question.ts";

const current = "questions.page";
const groupOf = (ask: Ask) => (["open", "closed"] as const).find((one) => one === ask.query("group"));

async function listPage(ask: Ask): Promise<Response> {
  const all = await listQuestions(ask.office, ask.actor);
  const open = all.filter((one) => one.state !== "closed");
  const group = groupOf(ask);
  const shown =
    group === "open" ? open : group === "closed" ? all.filter((one) => one.state === "closed") : all;
  return ask.page({
    title: "委託者への確認",
    current,
    body: (
      <QuestionListPage
        questions={shown}
        group={group}
        tally={{
          open: open.length,
          late: open.filter((one) => one.urgency === "late").length,
          city: open.filter((one) => one.state === "sent").length,
        }}
        mayRecord={mayAnswer("record", ask.actor.roles)}
      />
    ),
  });
}

async function newPage(
  ask: Ask,
  values: Readonly<Record<string, string>> = {},
  faults: readonly Fault[] = [],
): Promise<Response> {
  return ask.page({
    title: "委託者に確認する",
    current,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <QuestionFormPage
        csrf={ask.seated.csrf}
        once={values.once ?? randomUUID()}
        items={await listItems(ask.office, ask.actor.contract)}
        values={values}
        faults={faults}
      />
    ),
  });
}

async function escalateByForm(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const given = parseInput(questionBody, form);
      const onceKey = form.once || undefined;
      const { id, number } = await escalateQuestion(ask.office, ask.actor, { ...given, onceKey });
      return ask.go(`/questions/${id}`, `確認第${number}号として責任者に上げ、折り返しの仕事を立てました。`);
    },
    (faults) => newPage(ask, form, faults),
  );
}

async function detailPage(
  ask: Ask,
  values: Readonly<Record<string, string>> = {},
  faults: readonly Fault[] = [],
  shown = false,
): Promise<Response> {
  const [full, items] = await Promise.all([
    openQuestion(ask.office, ask.actor, ask.param("id")),
    listItems(ask.office, ask.actor.contract),
  ]);
  const masked = maskQuestion(full);
  const open = shown ? full : masked.open;
  const waiting = open.question.state === "sent";
  return ask.page({
    title: "委託者への確認",
    current,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <QuestionPage
        csrf={ask.seated.csrf}
        open={open}
        words={shown ? "shown" : masked.hidden ? "hidden" : "none"}
        item={itemLabel(items, open.question.item)}
        may={(right) => mayAnswer(right, ask.actor.roles)}
        instruction={
          waiting ? await readInstruction(ask.office, ask.actor, open.question.filing_id) : undefined
        }
        values={values}
        faults={faults}
      />
    ),
  });
}

const verbs = [
  {
    verb: "take",
    summary: "責任者が引き受ける",
    said: "引き受けました。",
    input: undefined,
    run: (ask: Ask, _: unknown) => takeQuestion(ask.office, ask.actor, ask.param("id")),
  },
  {
    verb: "send",
    summary: "委託者に確認する（協議になる）",
    said: "委託者に確認しました。",
    input: sendBody,
    run: async (ask: Ask, given: unknown) => {
      await sendQuestion(ask.office, ask.actor, ask.param("id"), parseInput(sendBody, given));
    },
  },
  {
    verb: "instruct",
    summary: "委託者の指示を残す",
    said: "指示を残しました。折り返してください。",
    input: instructBody,
    run: (ask: Ask, given: unknown) =>
      instructQuestion(ask.office, ask.actor, ask.param("id"), parseInput(instructBody, given)),
  },
  {
    verb: "try",
    summary: "折り返しを試みた",
    said: "試みを残しました。",
    input: tryBody,
    run: (ask: Ask, given: unknown) =>
      tryCallback(ask.office, ask.actor, ask.param("id"), parseInput(tryBody, given).result),
  },
  {
    verb: "tell",
    summary: "折り返して終える",
    said: "折り返して終えました。",
    input: tellBody,
    run: (ask: Ask, given: unknown) =>
      tellCaller(ask.office, ask.actor, ask.param("id"), parseInput(tellBody, given)),
  },
] as const;

async function state(ask: Ask): Promise<Response> {
  const { head } = await openQuestion(ask.office, ask.actor, ask.param("id"));
  const { id, number, state: at, filing, due, attempts } = head;
  return ask.reply({ id, number, state: at, filing, due, attempts });
}

function questionReply(ask: Ask, open: OpenQuestion): Response {
  const steps = open.steps.map(({ kind, at, minutes, note }) => ({ kind, at, minutes, note }));
  return ask.reply({ ...open.head, caller: open.question.caller, answer: open.question.answer, steps });
}

/** 委託者への確認の道。 */
export const questionRoutes: Route[] = [
  getPage("questions.page", "/questions", "委託者への確認の一覧", listPage),
  getPage("question.new", "/questions/new", "委託者に確認する画面", (ask) => newPage(ask)),
  postPage("question.escalate", "/questions", "責任者に上げる", escalateByForm),
  getPage("question.page", "/questions/:id", "委託者への確認（相手は伏せる）", (ask) => detailPage(ask)),
  postPage("question.reveal", "/questions/:id/reveal", "折り返す相手を、記録して見る", async (ask) => {
    await recordWords(ask.office, ask.actor, "question", ask.param("id"));
    return detailPage(ask, {}, [], true);
  }),
  ...verbs.map(({ verb, summary, said, run }) =>
    postPage(`question.${verb}`, `/questions/:id/${verb}`, summary, async (ask) => {
      const form = Object.fromEntries(await ask.form());
      return withFaults(
        async () => {
          await run(ask, form);
          return ask.go(`/questions/${ask.param("id")}`, said);
        },
        (faults) => detailPage(ask, form, faults),
      );
    }),
  ),
  getApi("questions.api", "/api/questions", "委託者への確認の一覧（group で絞る）", async (ask) =>
    ask.reply({ questions: await listQuestions(ask.office, ask.actor, groupOf(ask)) }),
  ),
  postApi(
    "question.escalate.api",
    "/api/questions",
    "責任者に上げる（Idempotency-Key で、送り直しても一つ）",
    questionBody,
    async (ask) => {
      const given = await ask.json(questionBody);
      const onceKey = ask.header("Idempotency-Key");
      return ask.reply(await escalateQuestion(ask.office, ask.actor, { ...given, onceKey }), 201);
    },
  ),
  getApi("question.api", "/api/questions/:id", "委託者への確認の内容と経過", async (ask) => {
    return questionReply(ask, maskQuestion(await openQuestion(ask.office, ask.actor, ask.param("id"))).open);
  }),
  postApi(
    "question.reveal.api",
    "/api/questions/:id/reveal",
    "折り返す相手を、記録して見る",
    undefined,
    async (ask) => {
      await recordWords(ask.office, ask.actor, "question", ask.param("id"));
      return questionReply(ask, await openQuestion(ask.office, ask.actor, ask.param("id")));
    },
  ),
  ...verbs.map(({ verb, summary, input, run }) =>
    postApi(`question.${verb}.api`, `/api/questions/:id/${verb}`, summary, input, async (ask) => {
      await run(ask, input === undefined ? {} : await ask.json(input));
      return state(ask);
    }),
  ),
];
