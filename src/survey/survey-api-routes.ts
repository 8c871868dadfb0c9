import { AppError } from "../base/error.ts";
import { getApi, postApi } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { readCodebook } from "../tabulation/codebook.ts";
import { changeSurvey, createSurvey, saveCodebook } from "./create-survey.ts";
import { fixAnswers, listFixes, undoFix } from "./fix-answers.ts";
import { adoptImport, listImports, stageAnswers } from "./import-answers.ts";
import { listSurveys } from "./open-survey.ts";
import { openChecked } from "./open-survey-data.ts";
import { readImport } from "./read-import.ts";
import { readOverview } from "./read-overview.ts";
import {
  ANSWER_BYTES,
  codebookBody,
  designBody,
  FORM_BYTES,
  fixBody,
  surveyBody,
  surveyEditBody,
} from "./survey-ask.ts";
import { readWeights, weightSurvey } from "./weight-survey.ts";

const at = "/api/surveys";

async function upload(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  if (file === undefined)
    throw new AppError("BAD_INPUT", "multipart の file に、回答のファイルを入れてください。");
  const { bytes, fileName: name } = file;
  return ask.reply(await stageAnswers(ask.office, ask.actor, ask.param("id"), { bytes, name }), 201);
}

async function use(ask: Ask): Promise<Response> {
  const id = ask.param("id");
  const { proposed, codebook, row } = await readImport(ask.office, ask.actor, id, ask.param("import"));
  return ask.reply(
    await adoptImport(ask.office, ask.actor, id, { id: row.id, ...(proposed ? { codebook } : {}) }),
  );
}

async function oneImport(ask: Ask): Promise<Response> {
  const read = await readImport(ask.office, ask.actor, ask.param("id"), ask.param("import"));
  const { row, uses, ...rest } = read;
  const columns = uses.map(({ look: { name, kind, filled, distinct }, role, question }) => ({
    ...{ name, kind, filled, distinct, role, question: question ?? null },
  }));
  return ask.reply({ ...rest, number: row.number, rows: row.answer_rows, encoding: row.encoding, columns });
}

async function putCodebook(ask: Ask): Promise<Response> {
  const { codebook, version } = await ask.json(codebookBody);
  const read = readCodebook(JSON.stringify(codebook ?? {}));
  const given = { codebook: read, ...(version === undefined ? {} : { version }) };
  return ask.reply(await saveCodebook(ask.office, ask.actor, ask.param("id"), given));
}

async function weigh(ask: Ask): Promise<Response> {
  const { margins, trim, design } = await ask.json(designBody);
  const bytes = (text: string) => ({ bytes: new TextEncoder().encode(text), name: "margins.csv" });
  const report = await weightSurvey(ask.office, ask.actor, ask.param("id"), {
    ...(margins === undefined ? {} : { margins: margins === null ? null : bytes(margins) }),
    ...(trim === undefined ? {} : { trim }),
    ...(design === undefined ? {} : { design: JSON.parse(JSON.stringify(design)) }),
  });
  return ask.reply(report);
}

/** 調査の JSON の道。 */
export const surveyApiRoutes: Route[] = [
  getApi("survey.list.api", at, "調査の一覧", async (ask) =>
    ask.reply({ surveys: await listSurveys(ask.office, ask.actor) }),
  ),
  postApi("survey.create.api", at, "調査を作る", surveyBody, async (ask) =>
    ask.reply(await createSurvey(ask.office, ask.actor, await ask.json(surveyBody)), 201),
  ),
  getApi("survey.api", `${at}/:id`, "調査一つ（段取り、数、集計できるか）", async (ask) =>
    ask.reply(await readOverview(ask.office, ask.actor, ask.param("id"))),
  ),
  postApi("survey.edit.api", `${at}/:id`, "調査の概要を直す", surveyEditBody, async (ask) => {
    await changeSurvey(ask.office, ask.actor, ask.param("id"), await ask.json(surveyEditBody));
    return ask.reply({});
  }),
  getApi("survey.imports.api", `${at}/:id/imports`, "取り込みの記録", async (ask) =>
    ask.reply({ imports: await listImports(ask.office, ask.actor, ask.param("id")) }),
  ),
  postApi(
    "survey.upload.api",
    `${at}/:id/imports`,
    "回答のファイルを読む（multipart の file）",
    undefined,
    upload,
    {
      bodyLimit: ANSWER_BYTES,
    },
  ),
  getApi("survey.import.api", `${at}/:id/imports/:import`, "読んだ回答（列の見立て、前との違い）", oneImport),
  postApi("survey.use.api", `${at}/:id/imports/:import/use`, "読んだ回答を集計に使う", undefined, use),
  postApi("survey.codebook.api", `${at}/:id/codebook`, "コードブックを定める", codebookBody, putCodebook, {
    bodyLimit: FORM_BYTES,
  }),
  getApi("survey.check.api", `${at}/:id/check`, "回答を確かめる（何も直さない）", async (ask) => {
    const { checked } = await openChecked(ask.office, ask.actor, ask.param("id"));
    return ask.reply(checked ?? { findings: [], counts: {} });
  }),
  postApi(
    "survey.fix.api",
    `${at}/:id/fixes`,
    "回答を直す",
    fixBody,
    async (ask) => {
      const { fixes } = await ask.json(fixBody);
      return ask.reply(await fixAnswers(ask.office, ask.actor, ask.param("id"), fixes), 201);
    },
    { bodyLimit: FORM_BYTES },
  ),
  getApi("survey.fixes.api", `${at}/:id/fixes`, "直した記録", async (ask) =>
    ask.reply({ fixes: await listFixes(ask.office, ask.actor, ask.param("id")) }),
  ),
  postApi("survey.unfix.api", `${at}/:id/fixes/:fix/undo`, "直したことを取り消す", undefined, async (ask) => {
    await undoFix(ask.office, ask.actor, ask.param("id"), ask.param("fix"));
    return ask.reply({});
  }),
  getApi("survey.weights.api", `${at}/:id/weights`, "ウエイトの効きと周辺", async (ask) =>
    ask.reply(await readWeights(ask.office, ask.actor, ask.param("id"))),
  ),
  postApi("survey.weigh.api", `${at}/:id/weights`, "ウエイトと標本設計を決める", designBody, weigh, {
    bodyLimit: FORM_BYTES,
  }),
];
