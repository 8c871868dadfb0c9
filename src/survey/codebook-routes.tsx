import { AppError } from "../base/error.ts";
import { getFile, getPage, postPage } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import type { Codebook } from "../tabulation/codebook.ts";
import { proposeCodebook } from "../tabulation/propose-codebook.ts";
import { readCodebookFile } from "../tabulation/read-codebook-file.ts";
import { columnsOf } from "./check-answers.ts";
import { checkLabels } from "./check-labels.ts";
import { CodebookPage } from "./codebook-page.tsx";
import { saveCodebook, saveQuestionnaire } from "./create-survey.ts";
import { type OpenedSurvey, openSurvey } from "./open-survey.ts";
import { openAnswers, openChecked } from "./open-survey-data.ts";
import { formOf, questionOf, withoutQuestion, withQuestion } from "./question-form.ts";
import { QuestionPage } from "./question-page.tsx";
import { SMALL_FILE_BYTES, settingsOf } from "./survey-ask.ts";
import type { SurveyHand } from "./survey-hand.ts";
import { maySurvey } from "./survey-right.ts";

const CURRENT = "survey.list";

async function codebookPage(ask: Ask, fault?: { field: string; message: string }): Promise<Response> {
  const id = ask.param("id");
  const { head, codebook, row } = await openSurvey(ask.office, ask.actor, id, "look");
  const opened = head.has.answers ? await openChecked(ask.office, ask.actor, id) : undefined;
  const used = new Set(codebook ? usedColumns(codebook) : []);
  return ask.page({
    title: "コードブック",
    current: CURRENT,
    status: fault ? 422 : 200,
    body: (
      <CodebookPage
        csrf={ask.seated.csrf}
        survey={head}
        codebook={codebook}
        questionnaire={row.questionnaire}
        labels={codebook && row.questionnaire !== "" ? checkLabels(codebook, row.questionnaire) : []}
        misfits={(opened?.checked?.findings ?? []).filter(({ rule }) => rule === "misfit")}
        unused={codebook ? (opened?.answers.data.names ?? []).filter((name) => !used.has(name)) : []}
        fault={fault}
        mayWork={maySurvey("work", ask.actor.roles)}
      />
    ),
  });
}

function usedColumns({ id, design, questions }: Codebook): string[] {
  return [
    ...(id === undefined ? [] : [id]),
    ...(design.weight === undefined ? [] : [design.weight]),
    ...[design.strata, design.cluster, design.fpc].flatMap((one) => one ?? []),
    ...questions.flatMap(columnsOf),
    ...questions.flatMap(({ options }) => options.flatMap(({ write }) => write ?? [])),
  ];
}

/** 使えないファイルや形は、その欄に言う。 */
async function orFault(ask: Ask, field: string, act: () => Promise<Response>): Promise<Response> {
  try {
    return await act();
  } catch (cause) {
    if (!(cause instanceof AppError) || !["BAD_INPUT", "TOO_LARGE", "REFUSED"].includes(cause.code))
      throw cause;
    return codebookPage(ask, { field, message: cause.message });
  }
}

async function fileOf(ask: Ask, name: string) {
  const file = await ask.file(name);
  if (file === undefined || file.bytes.length === 0)
    throw new AppError("BAD_INPUT", "ファイルを選んでください。");
  return file;
}

function upload(ask: Ask): Promise<Response> {
  return orFault(ask, "codebook", async () => {
    const id = ask.param("id");
    const { head } = await openSurvey(ask.office, ask.actor, id, "work");
    const file = await fileOf(ask, "codebook");
    const codebook = readCodebookFile(file.bytes, file.fileName, head.title);
    await saveCodebook(ask.office, ask.actor, id, { codebook });
    return ask.go(`/surveys/${id}/codebook`, `${codebook.questions.length}問のコードブックを定めました。`);
  });
}

async function propose(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const { head } = await openSurvey(ask.office, ask.actor, id, "work");
  const { data } = await openAnswers(ask.office, ask.actor, id);
  const { codebook } = proposeCodebook(data, head.title);
  await saveCodebook(ask.office, ask.actor, id, { codebook });
  return ask.go(`/surveys/${id}/codebook`, "回答の列から、コードブックを作り直しました。");
}

function putQuestionnaire(ask: Ask, hand: SurveyHand): Promise<Response> {
  return orFault(ask, "questionnaire", async () => {
    const id = ask.param("id");
    const file = await fileOf(ask, "questionnaire");
    await saveQuestionnaire(ask.office, ask.actor, id, await hand.text(file.bytes, file.fileName));
    return ask.go(`/surveys/${id}/codebook`, "調査票を置き、コードブックの言葉と突き合わせました。");
  });
}

function saveSettings(ask: Ask): Promise<Response> {
  return orFault(ask, "settings", async () => {
    const id = ask.param("id");
    const { codebook } = await withCodebook(ask);
    const form = Object.fromEntries(await ask.form());
    const next = settingsOf(codebook, form, await ask.formAll("axes"));
    await saveCodebook(ask.office, ask.actor, id, { codebook: next, version: Number(form.version) });
    return ask.go(`/surveys/${id}/codebook`, "集計の軸と確かめを定めました。");
  });
}

async function withCodebook(ask: Ask): Promise<OpenedSurvey & { codebook: Codebook }> {
  const survey = await openSurvey(ask.office, ask.actor, ask.param("id"), "look");
  if (!survey.codebook)
    throw new AppError(
      "REFUSED",
      "コードブックが、まだありません。回答の列から作るか、ファイルから定めてください。",
    );
  return { ...survey, codebook: survey.codebook };
}

async function questionPage(
  ask: Ask,
  id: string | undefined,
  again?: { values: Readonly<Record<string, string>>; message: string },
): Promise<Response> {
  const { head, codebook } = await withCodebook(ask);
  const found = codebook.questions.find((one) => one.id === id);
  if (id !== undefined && !found)
    throw new AppError("NOT_FOUND", "その設問は、コードブックにありません。一覧から選び直してください。");
  return ask.page({
    title: id === undefined ? "設問を足す" : `設問 ${id}`,
    current: CURRENT,
    status: again ? 422 : 200,
    body: (
      <QuestionPage
        csrf={ask.seated.csrf}
        survey={head}
        codebook={codebook}
        question={id}
        values={again?.values ?? (found ? formOf(found) : { type: "sa", base: "all" })}
        message={again?.message}
        seen={found && head.has.answers ? await seenValues(ask, columnsOf(found), found.type) : []}
        mayWork={maySurvey("work", ask.actor.roles)}
      />
    ),
  });
}

/** はじめの列の、多い値。文の設問では出さない。 */
async function seenValues(ask: Ask, columns: readonly string[], type: string) {
  if (type === "text" || type === "number") return [];
  const { data } = await openAnswers(ask.office, ask.actor, ask.param("id"));
  const counts = new Map<string, number>();
  for (const value of data.column(columns[0] ?? "") ?? [])
    if (value !== "") counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, 12);
}

async function putQuestion(ask: Ask, before: string | undefined): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const { codebook } = await withCodebook(ask);
  const id = ask.param("id");
  try {
    const next = withQuestion(codebook, before, { ...questionOf(form), ...(before ? { id: before } : {}) });
    await saveCodebook(ask.office, ask.actor, id, { codebook: next, version: Number(form.version) });
    return ask.go(`/surveys/${id}/codebook`, before ? `設問 ${before} を直しました。` : "設問を足しました。");
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "BAD_INPUT") throw cause;
    return questionPage(ask, before, { values: form, message: cause.message });
  }
}

async function removeQuestion(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  return orFault(ask, "settings", async () => {
    const { codebook } = await withCodebook(ask);
    const version = Number((await ask.form()).get("version"));
    const next = withoutQuestion(codebook, ask.param("question"));
    await saveCodebook(ask.office, ask.actor, id, { codebook: next, version });
    return ask.go(`/surveys/${id}/codebook`, `設問 ${ask.param("question")} を外しました。`);
  });
}

async function download(ask: Ask): Promise<Response> {
  const { codebook, head } = await withCodebook(ask);
  return ask.download({
    fileName: `codebook-${head.number}.json`,
    media: "application/json",
    bytes: new TextEncoder().encode(`${JSON.stringify(codebook, null, 2)}\n`),
  });
}

/** コードブックの道。 */
export function codebookRoutes(hand: SurveyHand): Route[] {
  const at = "/surveys/:id/codebook";
  return [
    getPage("survey.codebook", at, "コードブック", (ask) => codebookPage(ask)),
    postPage("survey.codebook.file", at, "コードブックのファイルを定める（multipart の codebook）", upload, {
      bodyLimit: SMALL_FILE_BYTES,
    }),
    getFile("survey.codebook.download", `${at}.json`, "コードブックを JSON で書き出す", download),
    postPage("survey.codebook.propose", `${at}/propose`, "回答の列からコードブックを作り直す", propose),
    postPage("survey.codebook.settings", `${at}/settings`, "集計の軸と確かめを定める", saveSettings),
    getPage("survey.question.new", `${at}/new`, "設問を足す画面", (ask) => questionPage(ask, undefined)),
    postPage("survey.question.add", `${at}/new`, "設問を足す", (ask) => putQuestion(ask, undefined)),
    getPage("survey.question", `${at}/:question`, "設問一つ", (ask) =>
      questionPage(ask, ask.param("question")),
    ),
    postPage("survey.question.edit", `${at}/:question`, "設問を直す", (ask) =>
      putQuestion(ask, ask.param("question")),
    ),
    postPage("survey.question.remove", `${at}/:question/remove`, "設問を外す", removeQuestion),
    postPage(
      "survey.questionnaire",
      "/surveys/:id/questionnaire",
      "調査票を置き、言葉を突き合わせる（multipart の questionnaire）",
      (ask) => putQuestionnaire(ask, hand),
      { bodyLimit: SMALL_FILE_BYTES },
    ),
  ];
}
