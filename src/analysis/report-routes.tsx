import { z } from "zod";
import { parseInput } from "../access/zod-message.ts";
import { AppError } from "../base/error.ts";
import { getApi, getFile, getPage, postApi, postPage, withFaults } from "../platform/make-route.ts";
import type { Ask, Route } from "../platform/route.ts";
import { SURVEY_MENU } from "./explore-routes.tsx";
import { exportReport, isReportFormat, restyleReport } from "./export-report.ts";
import { brokenWords, openReport, wordReport } from "./open-report.ts";
import { readPdf, startPdf, stopPdf, takePdf } from "./report-file-job.ts";
import { ReportPage } from "./report-page.tsx";

const DOCX_BYTES = 64 * 1024 * 1024;
const wordsForm = z.object({ key: z.string().max(200), finding: z.string().max(2000).default("") });

async function reportPage(ask: Ask, fault?: string): Promise<Response> {
  const survey = ask.param("id");
  const book = await openReport(ask.office, ask.actor, survey);
  const pdf = await readPdf(ask.office, ask.actor, survey, book);
  return ask.page({
    title: "調査報告書",
    current: SURVEY_MENU,
    status: fault === undefined ? 200 : 422,
    body: (
      <ReportPage
        survey={{ id: survey, title: book.title }}
        {...{ book, broken: brokenWords(book), csrf: ask.seated.csrf, fault, pdf }}
      />
    ),
  });
}

async function restyle(ask: Ask): Promise<Response> {
  const file = await ask.file("file");
  if (file === undefined || file.bytes.length === 0)
    return reportPage(ask, "Word のファイルを選んでください。");
  return withFaults(
    async () => ask.download(await restyleReport(ask.office, ask.actor, ask.param("id"), file.bytes)),
    (_faults, message) => reportPage(ask, message),
    ["BAD_INPUT", "TOO_LARGE"],
  );
}

/** 報告書の道。 */
export const reportRoutes: Route[] = [
  getPage("analysis.report", "/surveys/:id/report", "調査報告書（所見と書き出し）", (ask) => reportPage(ask)),
  postPage(
    "analysis.report.word",
    "/surveys/:id/report/words",
    "所見を直す（空なら案に戻す）",
    async (ask) => {
      const form = parseInput(wordsForm, Object.fromEntries(await ask.form()));
      await wordReport(ask.office, ask.actor, ask.param("id"), form);
      return ask.go(`/surveys/${ask.param("id")}/report`, "所見を残しました。");
    },
  ),
  getFile(
    "analysis.report.file",
    "/surveys/:id/report/file/:format",
    "調査報告書を書き出す（docx、pptx、xlsx、html、pdf）",
    async (ask) => {
      const format = ask.param("format");
      if (!isReportFormat(format)) throw new AppError("NOT_FOUND", "その形では書き出せません。");
      if (format === "pdf") return ask.download(await takePdf(ask.office, ask.actor, ask.param("id")));
      return ask.download(await exportReport(ask.office, ask.actor, ask.param("id"), format));
    },
  ),
  postPage(
    "analysis.report.pdf",
    "/surveys/:id/report/pdf",
    "PDF を作る・作るのを止める（act）",
    async (ask) => {
      const form = await ask.form();
      const survey = ask.param("id");
      if (form.get("act") === "stop") await stopPdf(ask.office, ask.actor, survey);
      else await startPdf(ask.office, ask.actor, survey);
      return ask.go(
        `/surveys/${survey}/report`,
        form.get("act") === "stop" ? "PDF を作るのを止めました。" : undefined,
      );
    },
  ),
  getApi("analysis.report.pdf.api", "/api/surveys/:id/report/pdf", "PDF の進み具合", async (ask) => {
    return ask.reply(await readPdf(ask.office, ask.actor, ask.param("id")));
  }),
  postApi(
    "analysis.report.pdf.start.api",
    "/api/surveys/:id/report/pdf",
    "PDF を作りはじめる（長い仕事）",
    z.object({}),
    async (ask) => ask.reply(await startPdf(ask.office, ask.actor, ask.param("id")), 202),
  ),
  postPage(
    "analysis.report.restyle",
    "/surveys/:id/report/restyle",
    "様式を直した Word の図を、いまの数に入れ替える",
    restyle,
    { bodyLimit: DOCX_BYTES },
  ),
];
