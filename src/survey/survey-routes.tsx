import type { Fault } from "../base/error.ts";
import { getPage, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, MenuEntry, Route } from "../platform/route.ts";
import { checkRoutes } from "./check-routes.tsx";
import { codeRoutes } from "./code-routes.tsx";
import { codebookRoutes } from "./codebook-routes.tsx";
import { changeSurvey, createSurvey } from "./create-survey.ts";
import { entryRoutes } from "./entry-routes.tsx";
import { adoptImport, listImports, stageAnswers } from "./import-answers.ts";
import { ImportPage } from "./import-detail-page.tsx";
import { ImportsPage } from "./import-page.tsx";
import { listSurveys, openSurvey } from "./open-survey.ts";
import { readImport } from "./read-import.ts";
import { readOverview } from "./read-overview.ts";
import { surveyApiRoutes } from "./survey-api-routes.ts";
import { ANSWER_BYTES, surveyOf, surveyValues } from "./survey-ask.ts";
import { SurveyFormPage } from "./survey-form-page.tsx";
import type { SurveyHand } from "./survey-hand.ts";
import { SurveyListPage } from "./survey-list-page.tsx";
import { SurveyPage } from "./survey-page.tsx";
import { maySurvey } from "./survey-right.ts";
import { weightRoutes } from "./weight-routes.tsx";

const CURRENT = "survey.list";

/** 左のメニュー。 */
export const surveyMenu: MenuEntry = {
  routeId: CURRENT,
  label: "調査",
  icon: "chart",
  href: "/surveys",
  service: "survey",
};

async function listPage(ask: Ask): Promise<Response> {
  const surveys = await listSurveys(ask.office, ask.actor);
  const body = <SurveyListPage surveys={surveys} mayWork={maySurvey("work", ask.actor.roles)} />;
  return ask.page({ title: "調査", current: CURRENT, body });
}

async function formPage(
  ask: Ask,
  given: {
    edit?: { id: string; version: number };
    values: Readonly<Record<string, string>>;
    faults?: readonly Fault[];
  },
): Promise<Response> {
  const faults = given.faults ?? [];
  const others = (await listSurveys(ask.office, ask.actor)).filter(({ id }) => id !== given.edit?.id);
  return ask.page({
    title: given.edit ? "調査の概要" : "調査を作る",
    current: CURRENT,
    status: faults.length > 0 ? 422 : 200,
    body: <SurveyFormPage csrf={ask.seated.csrf} {...given} faults={faults} others={others} />,
  });
}

async function create(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  return withFaults(
    async () => {
      const { id } = await createSurvey(ask.office, ask.actor, surveyOf(form));
      return ask.go(`/surveys/${id}/imports`, "調査を作りました。回答のファイルを取り込んでください。");
    },
    (faults) => formPage(ask, { values: form, faults }),
  );
}

async function editPage(ask: Ask): Promise<Response> {
  const { head } = await openSurvey(ask.office, ask.actor, ask.param("id"), "work");
  return formPage(ask, { edit: { id: head.id, version: head.version }, values: surveyValues(head) });
}

async function edit(ask: Ask): Promise<Response> {
  const form = Object.fromEntries(await ask.form());
  const id = ask.param("id");
  const version = Number(form.version);
  return withFaults(
    async () => {
      await changeSurvey(ask.office, ask.actor, id, { ...surveyOf(form), version });
      return ask.go(`/surveys/${id}`, "概要を直しました。");
    },
    (faults) => formPage(ask, { edit: { id, version }, values: form, faults }),
  );
}

async function surveyPage(ask: Ask): Promise<Response> {
  const overview = await readOverview(ask.office, ask.actor, ask.param("id"));
  const { roles } = ask.actor;
  const may = {
    work: maySurvey("work", roles),
    look: maySurvey("look", roles),
    key: maySurvey("key", roles),
  };
  return ask.page({
    title: overview.head.title,
    current: CURRENT,
    body: <SurveyPage overview={overview} may={may} />,
  });
}

async function importsPage(
  ask: Ask,
  fault?: { faults: readonly Fault[]; message: string },
): Promise<Response> {
  const id = ask.param("id");
  const { head, row } = await openSurvey(ask.office, ask.actor, id, "look");
  const imports = await listImports(ask.office, ask.actor, id);
  return ask.page({
    title: "回答を取り込む",
    current: CURRENT,
    status: fault ? 422 : 200,
    body: (
      <ImportsPage
        csrf={ask.seated.csrf}
        survey={head}
        current={row.answers}
        imports={imports}
        faults={fault?.faults ?? []}
        message={fault?.message}
        mayWork={maySurvey("work", ask.actor.roles)}
      />
    ),
  });
}

async function upload(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const file = await ask.file("file");
  if (file === undefined || file.bytes.length === 0)
    return importsPage(ask, { faults: [], message: "ファイルを選んでください。" });
  return withFaults(
    async () => {
      const made = await stageAnswers(ask.office, ask.actor, id, { bytes: file.bytes, name: file.fileName });
      return ask.go(`/surveys/${id}/imports/${made.id}`, made.readings.join("") || undefined);
    },
    (faults, message) => importsPage(ask, { faults, message }),
    ["BAD_INPUT", "TOO_LARGE"],
  );
}

async function importPage(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const { head } = await openSurvey(ask.office, ask.actor, id, "look");
  const read = await readImport(ask.office, ask.actor, id, ask.param("import"));
  const mayWork = maySurvey("work", ask.actor.roles);
  const body = <ImportPage csrf={ask.seated.csrf} survey={head} read={read} mayWork={mayWork} />;
  return ask.page({ title: "読んだ回答", current: CURRENT, body });
}

async function adopt(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const importId = ask.param("import");
  const version = Number((await ask.form()).get("version"));
  const { proposed, codebook } = await readImport(ask.office, ask.actor, id, importId);
  const { rows } = await adoptImport(ask.office, ask.actor, id, {
    ...{ id: importId, version },
    ...(proposed ? { codebook } : {}),
  });
  const done = `${rows.toLocaleString("ja-JP")}件の回答を使います。`;
  return proposed
    ? ask.go(`/surveys/${id}/codebook`, `${done}列から作ったコードブックを確かめてください。`)
    : ask.go(`/surveys/${id}/check`, done);
}

/** 調査の画面と JSON の道。 */
export function surveyRoutes(hand: SurveyHand): Route[] {
  return [
    getPage(CURRENT, "/surveys", "調査の一覧", listPage),
    getPage("survey.new", "/surveys/new", "調査を作る画面", (ask) => formPage(ask, { values: {} })),
    postPage("survey.create", "/surveys", "調査を作る", create),
    getPage("survey.page", "/surveys/:id", "調査一つ（段取りと概要）", surveyPage),
    getPage("survey.edit.page", "/surveys/:id/edit", "調査の概要を直す画面", editPage),
    postPage("survey.edit", "/surveys/:id/edit", "調査の概要を直す", edit),
    getPage("survey.imports", "/surveys/:id/imports", "回答を取り込む画面", (ask) => importsPage(ask)),
    postPage("survey.upload", "/surveys/:id/imports", "回答のファイルを読む（multipart の file）", upload, {
      bodyLimit: ANSWER_BYTES,
    }),
    getPage(
      "survey.import",
      "/surveys/:id/imports/:import",
      "読んだ回答（列の見立て、前との違い）",
      importPage,
    ),
    postPage("survey.use", "/surveys/:id/imports/:import/use", "読んだ回答を集計に使う", adopt),
    ...codebookRoutes(hand),
    ...checkRoutes,
    ...weightRoutes,
    ...codeRoutes,
    ...entryRoutes,
    ...surveyApiRoutes,
  ];
}
