import { z } from "zod";
import { AppError, type Fault } from "../base/error.ts";
import { getApi, getPage, postApi, postPage } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { columnsOf } from "./check-answers.ts";
import { codeAnswers, maskAnswer, revealAnswer, saveFrame } from "./code-answers.ts";
import { frameCode, isSecondPick, readFrameText } from "./code-frame.ts";
import { CodePage } from "./code-page.tsx";
import { CodesPage } from "./codes-page.tsx";
import { type CodeBoard, openCodeBoard, readRawText, suggestFor } from "./list-coding.ts";
import { openSurvey } from "./open-survey.ts";
import { openAnswers } from "./open-survey-data.ts";
import { listOf } from "./question-form.ts";
import { FORM_BYTES } from "./survey-ask.ts";
import { maySurvey } from "./survey-right.ts";

const CURRENT = "survey.list";

async function codesPage(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const { head, codebook } = await openSurvey(ask.office, ask.actor, id, "look");
  const texts = (codebook?.questions ?? []).filter(({ type }) => type === "text");
  const { data, free } = await openAnswers(ask.office, ask.actor, id);
  const questions = texts.map((question) => ({
    ...{ id: question.id, text: question.text },
    answers: (data.column(columnsOf(question)[0] ?? "") ?? []).filter((value) => value !== "").length,
    coded:
      free.find((one) => one.question.id === question.id)?.values.filter((one) => one !== "" && one !== "未")
        .length ?? 0,
  }));
  const body = <CodesPage survey={head} questions={questions} />;
  return ask.page({ title: "自由記述", current: CURRENT, body });
}

/** いま付ける一件: 名指しされたもの、なければ次のまだのもの。二人目は、付け終えたものの十件に一件。 */
function nextOf(
  { answers }: CodeBoard,
  pass: 1 | 2,
  me: string,
  after: string | undefined,
  mark: string | undefined,
) {
  if (mark !== undefined) return answers.find((one) => one.mark === mark);
  const wanted = answers.filter((one) =>
    pass === 1
      ? one.codes.length === 0
      : one.codes.length > 0 && one.second.length === 0 && one.firstBy !== me && isSecondPick(one.mark),
  );
  const from = answers.findIndex((one) => one.mark === after);
  return wanted.find((one) => answers.indexOf(one) > from) ?? wanted[0];
}

async function codePage(
  ask: Ask,
  more: {
    values?: Readonly<Record<string, string>>;
    faults?: readonly Fault[];
    reveal?: boolean;
    mark?: string | undefined;
    pass?: 1 | 2;
  } = {},
): Promise<Response> {
  const id = ask.param("id");
  const question = ask.param("question");
  const { head } = await openSurvey(ask.office, ask.actor, id, "look");
  const board = await openCodeBoard(ask.office, ask.actor, id, question);
  const pass = more.pass ?? (ask.query("pass") === "2" ? 2 : 1);
  const answer = nextOf(board, pass, ask.actor.id, ask.query("after"), more.mark);
  const raw =
    more.reveal && answer ? await readRawText(ask.office, ask.actor, id, question, answer.row) : undefined;
  const faults = more.faults ?? [];
  return ask.page({
    title: "自由記述の符号",
    current: CURRENT,
    status: faults.length > 0 ? 422 : 200,
    body: (
      <CodePage
        csrf={ask.seated.csrf}
        survey={head}
        board={board}
        pass={pass}
        now={answer && { answer, suggestions: suggestFor(board, answer.mark), text: raw ?? answer.text }}
        values={more.values ?? {}}
        faults={faults}
        mayWork={maySurvey("work", ask.actor.roles)}
      />
    ),
  });
}

const passOf = (text: string | undefined): 1 | 2 => (text === "2" ? 2 : 1);
const placeOf = (ask: Ask) =>
  `/surveys/${ask.param("id")}/codes/${encodeURIComponent(ask.param("question"))}`;

async function code(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const codes = await ask.formAll("code");
  const pass = passOf(form.pass);
  const { mark = "" } = form;
  try {
    const input = { question: ask.param("question"), mark, codes, pass };
    await codeAnswers(ask.office, ask.actor, ask.param("id"), [input]);
  } catch (cause) {
    if (!(cause instanceof AppError) || !["BAD_INPUT", "REFUSED"].includes(cause.code)) throw cause;
    return codePage(ask, { faults: [{ field: "code", message: cause.message }], mark, pass });
  }
  return ask.go(`${placeOf(ask)}?pass=${pass}&after=${mark}`);
}

async function putFrame(ask: Ask): Promise<Response> {
  const values = Object.fromEntries(await ask.form());
  try {
    const moves = Object.fromEntries(
      listOf(values.moves ?? "").map((one) => one.split("=").map((part) => part.trim()) as [string, string]),
    );
    const codes = readFrameText(values.frame ?? "");
    const { number, moved } = await saveFrame(ask.office, ask.actor, ask.param("id"), {
      ...{ question: ask.param("question"), codes, moves },
    });
    const told = moved > 0 ? `${moved}件の符号を移しました。` : "";
    return ask.go(placeOf(ask), `符号の枠の第${number}版を定めました。${told}`);
  } catch (cause) {
    if (!(cause instanceof AppError) || !["BAD_INPUT", "REFUSED"].includes(cause.code)) throw cause;
    return codePage(ask, { values, faults: [{ field: "frame", message: cause.message }] });
  }
}

async function mask(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const { mark = "" } = form;
  await maskAnswer(ask.office, ask.actor, ask.param("id"), {
    ...{ question: ask.param("question"), mark, hide: listOf(form.hide ?? ""), keep: form.keep === "1" },
  });
  return codePage(ask, { mark, pass: passOf(form.pass) });
}

async function reveal(ask: Ask): Promise<Response> {
  const form = await ask.form();
  const mark = form.get("mark") ?? "";
  await revealAnswer(ask.office, ask.actor, ask.param("id"), ask.param("question"), mark);
  return codePage(ask, { reveal: true, mark, pass: passOf(form.get("pass")) });
}

const frameBody = z.object({
  codes: z.array(frameCode).min(1).max(200),
  moves: z.record(z.string(), z.string()).default({}),
});
const codingBody = z.object({
  codings: z
    .array(
      z.object({
        mark: z.string().max(64),
        codes: z.array(z.string().max(10)).max(50),
        pass: z.union([z.literal(1), z.literal(2)]).default(1),
      }),
    )
    .min(1)
    .max(2_000),
});
const at = "/surveys/:id/codes";

/** 自由記述の符号の道。 */
export const codeRoutes: Route[] = [
  getPage("survey.codes", at, "自由記述の設問の一覧", codesPage),
  getPage("survey.codes.page", `${at}/:question`, "自由記述に符号を付ける画面", (ask) => codePage(ask)),
  postPage("survey.codes.code", `${at}/:question`, "自由記述一件に符号を付ける", code),
  postPage("survey.codes.frame", `${at}/:question/frame`, "符号の枠を定める", putFrame),
  postPage("survey.codes.mask", `${at}/:question/mask`, "自由記述の伏せ字を決める", mask),
  postPage("survey.codes.reveal", `${at}/:question/reveal`, "伏せ字を外して読む（記録に残る）", reveal),
  getApi(
    "survey.codes.api",
    `/api${at}/:question`,
    "枠、符号、数と例、二人の一致（文は伏せる）",
    async (ask) =>
      ask.reply(await openCodeBoard(ask.office, ask.actor, ask.param("id"), ask.param("question"))),
  ),
  getApi(
    "survey.codes.suggest.api",
    `/api${at}/:question/suggestions/:mark`,
    "一件の符号の候補を五つ、わけとともに",
    async (ask) => {
      const board = await openCodeBoard(ask.office, ask.actor, ask.param("id"), ask.param("question"));
      return ask.reply({ suggestions: suggestFor(board, ask.param("mark")) });
    },
  ),
  postApi(
    "survey.codes.frame.api",
    `/api${at}/:question/frame`,
    "符号の枠を定める",
    frameBody,
    async (ask) => {
      const given = { ...(await ask.json(frameBody)), question: ask.param("question") };
      return ask.reply(await saveFrame(ask.office, ask.actor, ask.param("id"), given), 201);
    },
  ),
  postApi(
    "survey.codes.code.api",
    `/api${at}/:question`,
    "自由記述に符号を付ける（まとめて）",
    codingBody,
    async (ask) => {
      const { codings } = await ask.json(codingBody);
      const inputs = codings.map((one) => ({ ...one, question: ask.param("question") }));
      return ask.reply(await codeAnswers(ask.office, ask.actor, ask.param("id"), inputs), 201);
    },
    { bodyLimit: FORM_BYTES },
  ),
];
