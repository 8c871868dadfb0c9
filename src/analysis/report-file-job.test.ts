import { afterEach, beforeEach, expect, test } from "vitest";
import { runNextJob } from "../platform/run-job.ts";
import { createSurvey } from "../survey/create-survey.ts";
import { importAnswers } from "../survey/import-answers.ts";
import { readCodebook } from "../tabulation/codebook.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { pdfFacts } from "../testing/libre-office.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, signIn } from "../testing/signed-in.ts";
import { analysisRoutes } from "./analysis-routes.ts";
import { wordReport } from "./open-report.ts";
import { analysisJobs } from "./report-file-job.ts";

// 本物の LibreOffice（soffice）で刷る。

let desk: TestDesk;
let survey: string;
beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
  const planner = desk.actor("p", "planner");
  survey = (await createSurvey(desk.office, planner, { title: "市民アンケート" })).id;
  const codebook = readCodebook("questions: [ { id: Q1, text: 利用, type: sa, options: [はい, いいえ] } ]\n");
  const rows = Array.from({ length: 60 }, (_, at) => String((at % 2) + 1));
  const bytes = new TextEncoder().encode(`Q1\n${rows.join("\n")}\n`);
  await importAnswers(desk.office, planner, survey, { bytes, name: "a.csv", codebook });
});
afterEach(() => desk.close());

test("3(1)(ｲ) PDF は長い仕事で作り、進み具合が見え、できたものを何度でも開け、所見を直せば古いと言う", async () => {
  const seat = await signIn(roomApp(desk.office, analysisRoutes), desk.office, desk.contract, "planner");
  const at = `/surveys/${survey}/report`;
  expect((await seat.get(`${at}/file/pdf`)).status).toBe(409);
  expect(await (await seat.get(at)).text()).toContain("PDF を作る");
  await seat.post(`${at}/pdf`, {});
  expect(await (await seat.get(at)).text()).toContain("順番を待っています");
  // もう一度押しても、同じ仕事。
  const again = await (await seat.send("POST", `/api${at}/pdf`, {})).json();
  expect(await runNextJob(desk.office, analysisJobs)).toBe(true);
  expect(await runNextJob(desk.office, analysisJobs)).toBe(false);
  const state = await (await seat.get(`/api${at}/pdf`)).json();
  expect(state).toMatchObject({ state: "done", stale: false, file: expect.any(String) });
  const pdf = await seat.get(`${at}/file/pdf`);
  const { texts } = await pdfFacts(new Uint8Array(await pdf.arrayBuffer()));
  expect(texts.join("").replace(/\s/g, "")).toContain("調査の概要");
  await wordReport(desk.office, desk.actor("p", "planner"), survey, { key: "Q1", finding: "半々である。" });
  expect(await (await seat.get(`/api${at}/pdf`)).json()).toMatchObject({ state: "done", stale: true });
  const next = await (await seat.send("POST", `/api${at}/pdf`, {})).json();
  expect(next.job).not.toBe(again.job);
}, 120_000);

test("3(1)(ｲ) PDF は途中で止められ、止めたものは走らない", async () => {
  const seat = await signIn(roomApp(desk.office, analysisRoutes), desk.office, desk.contract, "planner");
  const at = `/surveys/${survey}/report`;
  await seat.post(`${at}/pdf`, {});
  expect(await (await seat.get(`/api${at}/pdf`)).json()).toMatchObject({ state: "waiting", stale: false });
  expect((await seat.get("/api/surveys/none/report/pdf")).status).toBe(404);
  await seat.post(`${at}/pdf`, { act: "stop" });
  expect(await runNextJob(desk.office, analysisJobs)).toBe(false);
  expect(await (await seat.get(at)).text()).toContain("止めてあります");
  expect((await seat.post(`${at}/pdf`, { act: "stop" })).status).toBe(409);
});
