import { AppError, type Fault } from "../base/error.ts";
import { filingForms, findForm } from "../filings/filing-form.ts";
import { getFile, getPage, postApi, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { FilingTemplateListPage, FilingTemplatePage } from "./filing-template-page.tsx";
import { clientMedia } from "./fill-client-file.ts";
import {
  keepFilingTemplate,
  readFilingTemplates,
  stopFilingTemplate,
  trialFilingTemplate,
  useFilingTemplate,
} from "./keep-filing-template.ts";
import { mayPackage } from "./package-right.ts";

const bodyLimit = 6 * 1024 * 1024;
const current = "filings.page";

async function listPage(ask: Ask): Promise<Response> {
  const forms = await Promise.all(
    filingForms.map(async (form) => ({
      form,
      templates: await readFilingTemplates(ask.office, ask.actor.contract, form.code),
    })),
  );
  return ask.page({ title: "委託者の様式", current, body: <FilingTemplateListPage forms={forms} /> });
}

async function formPage(ask: Ask, faults: readonly Fault[] = []): Promise<Response> {
  const form = findForm(ask.param("form"));
  if (form === undefined)
    throw new AppError("NOT_FOUND", "その様式はありません。様式の一覧から選んでください。");
  const templates = await readFilingTemplates(ask.office, ask.actor.contract, form.code);
  const may = mayPackage("make", ask.actor);
  return ask.page({
    title: "委託者の様式",
    current,
    status: faults.length > 0 ? 422 : 200,
    body: <FilingTemplatePage csrf={ask.seated.csrf} {...{ form, faults, may, ...templates }} />,
  });
}

async function upload(ask: Ask): Promise<Response> {
  const form = ask.param("form");
  const file = await ask.file("file");
  return withFaults(
    async () => {
      if (file === undefined || file.bytes.length === 0)
        throw fileFault("Word（.docx）か Excel（.xlsx）の様式を選んでください。");
      const given = { bytes: file.bytes, use: false };
      await keepFilingTemplate(ask.office, ask.actor, form, given).catch((cause: unknown) => {
        const bad = cause instanceof AppError && (cause.code === "BAD_INPUT" || cause.code === "TOO_LARGE");
        throw bad && cause.faults.length === 0 ? fileFault(cause.message) : cause;
      });
      return ask.go(`/filings/templates/${form}`, "様式を読み込みました。まだ使っていません。");
    },
    (faults) => formPage(ask, faults),
  );
}

function fileFault(message: string): AppError {
  return new AppError("BAD_INPUT", message, { faults: [{ field: "file", message }] });
}

/** 届出の様式ごとの、委託者のひな形の道。 */
export const filingTemplateRoutes: Route[] = [
  getPage("filing.templates.page", "/filings/templates", "届出の様式ごとの、委託者のひな形", listPage),
  getPage("filing.template.page", "/filings/templates/:form", "一つの様式の、委託者のひな形", (ask) =>
    formPage(ask),
  ),
  {
    ...postPage(
      "filing.template.read",
      "/filings/templates/:form",
      "ひな形を読み込む（まだ使わない）",
      upload,
    ),
    bodyLimit,
  },
  postPage("filing.template.use", "/filings/templates/:form/use", "読み込んだひな形を使う", async (ask) => {
    const form = ask.param("form");
    await useFilingTemplate(ask.office, ask.actor, form);
    return ask.go(`/filings/templates/${form}`, "これからは、委託者の様式に差し込みます。");
  }),
  postPage("filing.template.stop", "/filings/templates/:form/stop", "ひな形を使うのをやめる", async (ask) => {
    const form = ask.param("form");
    await stopFilingTemplate(ask.office, ask.actor, form);
    return ask.go(`/filings/templates/${form}`, "使うのをやめました。まどぐちの紙面で作ります。");
  }),
  getFile("filing.template.trial", "/filings/templates/:form/trial", "見本の値を入れた写し", async (ask) => {
    const form = ask.param("form");
    const { bytes, extension } = await trialFilingTemplate(ask.office, ask.actor, form);
    const fileName = `見本_${findForm(form)?.title ?? form}.${extension}`;
    return ask.download({ fileName, media: clientMedia[extension], bytes });
  }),
  {
    ...postApi(
      "filing.template.api",
      "/api/filings/templates/:form",
      "委託者の様式（multipart の file。.docx か .xlsx）を登録する",
      undefined,
      async (ask) => {
        const file = await ask.file("file");
        if (!file) throw new AppError("BAD_INPUT", "様式（.docx か .xlsx）を file に付けてください。");
        const given = { bytes: file.bytes, use: true };
        return ask.reply(await keepFilingTemplate(ask.office, ask.actor, ask.param("form"), given), 201);
      },
    ),
    bodyLimit,
  },
];
