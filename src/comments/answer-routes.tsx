import { parseInput } from "../access/zod-message.ts";
import type { Fault } from "../base/error.ts";
import { getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { answerGroup, requireGroup } from "./answer-group.ts";
import { AnswerListPage } from "./answer-list-page.tsx";
import { AnswerPage } from "./answer-page.tsx";
import { answerForm, roundAsk, withAsk } from "./comment-ask.ts";
import { mayComment } from "./comment-right.ts";
import { acceptDraft, draftAnswer } from "./draft-answer.ts";
import { joinOpinions } from "./join-opinions.ts";
import { changesOf, listBlocks, readBlocks, reviseForAnswer } from "./link-plan.ts";
import { prepareAnswers } from "./prepare-answers.ts";
import { readBook } from "./read-book.ts";
import { answerFaults, unansweredOf } from "./read-overview.ts";
import { RoundPage } from "./round-page.tsx";
import { listRounds, sendRound, settleRound } from "./send-round.ts";

const CURRENT = "comments.page";

async function listPage(ask: Ask): Promise<Response> {
  const book = await readBook(ask.office, ask.actor.contract);
  const filter = {
    status: ask.query("status") ?? "",
    state: ask.query("state") ?? "",
    q: ask.query("q") ?? "",
    page: Number(ask.query("page")) || 1,
  };
  const props = { book, faults: answerFaults(book), unanswered: unansweredOf(book), filter };
  const body = <AnswerListPage csrf={ask.seated.csrf} {...props} may={mayComment("work", ask.actor.roles)} />;
  return ask.page({ title: "市の考え方", current: CURRENT, body });
}

async function answerPage(
  ask: Ask,
  input?: { values: Readonly<Record<string, string>>; faults: readonly Fault[] },
): Promise<Response> {
  const id = ask.param("id");
  const [book, blocks, changes, listed] = await Promise.all([
    readBook(ask.office, ask.actor.contract),
    listBlocks(ask.office, ask.actor),
    changesOf(ask.office, ask.actor, { id }),
    readBlocks(ask.office, ask.actor),
  ]);
  const group = requireGroup(book, id);
  const own =
    input?.values.block ?? ask.query("block") ?? group.members.find(({ block }) => block !== null)?.block;
  const block = listed.find((one) => one.id === own);
  return ask.page({
    title: "市の考え方",
    current: CURRENT,
    status: input === undefined ? 200 : 422,
    body: (
      <AnswerPage
        csrf={ask.seated.csrf}
        faults={answerFaults(book).filter((one) => one.id === id)}
        template={ask.query("template") ?? ""}
        may={mayComment("work", ask.actor.roles)}
        {...{ book, group, input, blocks, block, changes }}
      />
    ),
  });
}

async function saveAnswer(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const id = ask.param("id");
  return withFaults(
    async () => {
      const { place, before, after, reason, edition, ...rest } = parseInput(answerForm, form);
      const change =
        place === undefined
          ? {}
          : { change: { place, before: before ?? "", after: after ?? "", reason: reason ?? "" } };
      await answerGroup(ask.office, ask.actor, id, { ...rest, ...change }, edition);
      return ask.go(`/comments/answers/${id}`, "書き残しました。");
    },
    (faults) => answerPage(ask, { values: form, faults }),
  );
}

async function revise(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const { block = "", text = "", reason = "", version = "0" } = form;
  return withFaults(
    async () => {
      const id = ask.param("id");
      await reviseForAnswer(ask.office, ask.actor, id, { block, text, reason, version: Number(version) });
      return ask.go(`/comments/answers/${id}`, "計画書を直し、この答えにつなぎました。");
    },
    (faults, message) => {
      const known = faults.length > 0 ? faults : [{ field: "text", message }];
      return answerPage(ask, { values: form, faults: known });
    },
    ["BAD_INPUT", "CONFLICT", "TOO_LARGE"],
  );
}

async function roundPage(ask: Ask, faults: readonly Fault[] = [], message?: string): Promise<Response> {
  const book = await readBook(ask.office, ask.actor.contract);
  const rounds = await listRounds(ask.office, book);
  const may = mayComment("work", ask.actor.roles);
  return ask.page({
    title: "部局の確認",
    current: CURRENT,
    status: message === undefined ? 200 : 422,
    body: <RoundPage csrf={ask.seated.csrf} {...{ book, rounds, faults, message, may }} />,
  });
}

async function send(ask: Ask): Promise<Response> {
  return withFaults(
    async () => {
      const department = (await ask.form()).get("department") ?? "";
      const given = parseInput(roundAsk, { department, groups: await ask.formAll("groups") });
      const { filing, filingNumber } = await sendRound(ask.office, ask.actor, given);
      return ask.go(
        `/filings/${filing}`,
        `協議書（下書き ${filingNumber}号）を作りました。責任者が提出すると、確認用の一式を渡せます。`,
      );
    },
    (faults, message) => roundPage(ask, faults, message),
    ["BAD_INPUT", "REFUSED"],
  );
}

async function draftForm(ask: Ask): Promise<Response> {
  return withFaults(
    async () => {
      await draftAnswer(ask.office, ask.actor, ask.param("id"));
      return ask.go(
        `/comments/answers/${ask.param("id")}`,
        "下書きができました。読んで、直すか認めてください。",
      );
    },
    (_, message) => answerPage(ask, { values: {}, faults: [{ field: "answer", message }] }),
    ["UNAVAILABLE", "REFUSED", "BAD_INPUT"],
  );
}

/** 市の考え方と部局の確認の道。 */
export const answerRoutes: Route[] = [
  getPage("comments.answers", "/comments/answers", "市の考え方の一覧（q、status、state）", listPage),
  postPage(
    "comments.answers.prepare",
    "/comments/answers/prepare",
    "残りの意見に答えの欄を作る",
    async (ask) => {
      const { made } = await prepareAnswers(ask.office, ask.actor);
      return ask.go("/comments/answers", `答えの欄を${made}作りました。`);
    },
  ),
  getPage("comments.answer", "/comments/answers/:id", "一つの答え（block で直す部分を選ぶ）", (ask) =>
    answerPage(ask),
  ),
  postPage("comments.answer.save", "/comments/answers/:id", "市の考え方を書く", saveAnswer),
  postPage("comments.answer.revise", "/comments/answers/:id/revise", "計画書を直して、答えにつなぐ", revise),
  postPage("comments.draft", "/comments/answers/:id/draft", "手元のモデルに下書きさせる", draftForm),
  postPage("comments.draft.accept", "/comments/answers/:id/accept", "下書きを認める", async (ask) => {
    await acceptDraft(ask.office, ask.actor, ask.param("id"));
    return ask.go(`/comments/answers/${ask.param("id")}`, "認めました。");
  }),
  postPage("comments.alike.join", "/comments/alike", "似た意見を一つにまとめる", async (ask) => {
    const { with: ids } = parseInput(
      withAsk.extend({ with: withAsk.shape.with.max(40_000) }),
      Object.fromEntries(await ask.form()),
    );
    await joinOpinions(ask.office, ask.actor, ids.split(/\s+/));
    return ask.go("/comments/alike", "一つにまとめました。人数・通数・意見数は変わりません。");
  }),
  getPage("comments.rounds", "/comments/rounds", "部局の確認", (ask) => roundPage(ask)),
  postPage("comments.round.send", "/comments/rounds", "部局に確認を求める（協議書の下書き）", send),
  postPage("comments.round.settle", "/comments/rounds/:id/settle", "届いた回答を反映する", async (ask) => {
    const { agreed } = await settleRound(ask.office, ask.actor, ask.param("id"));
    return ask.go("/comments/rounds", agreed ? "確認済みにしました。" : "書き直せるようにしました。");
  }),
];
