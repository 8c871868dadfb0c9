// @engine both
import type { Hono } from "hono";
import { afterEach, beforeEach, expect, test } from "vitest";
import { citizenAnswers, citizenCodebook, citizenCsv } from "../../samples/demo-citizens.ts";
import { createSurvey } from "../survey/create-survey.ts";
import { importAnswers } from "../survey/import-answers.ts";
import { readCodebook } from "../tabulation/codebook.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { markupFaults } from "../testing/markup.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, type SignedIn, signIn } from "../testing/signed-in.ts";
import { analysisRoutes } from "./analysis-routes.ts";
import type { ExploreState } from "./explore-state.ts";
import type { SurveyFigure } from "./survey-figure.ts";

let desk: TestDesk;
let planner: SignedIn;
let client: SignedIn;
let survey: string;
const answers = citizenCsv(citizenAnswers(400, 7, true));
const codebookOf = (more = {}) => readCodebook(JSON.stringify(citizenCodebook(more)));

beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
  const app: Hono = roomApp(desk.office, analysisRoutes);
  planner = await signIn(app, desk.office, desk.contract, "planner");
  client = await signIn(app, desk.office, desk.contract, "client");
  const made = await createSurvey(desk.office, planner.actor, { title: "市民アンケート" });
  survey = made.id;
  await bring(answers);
});
afterEach(() => desk.close());

async function bring(csv: string): Promise<void> {
  const file = { bytes: new TextEncoder().encode(csv), name: "a.csv" };
  await importAnswers(desk.office, planner.actor, survey, {
    ...file,
    codebook: codebookOf({ suppressBelow: 3 }),
  });
}

async function page(who: SignedIn, path: string, status = 200): Promise<string> {
  const response = await who.get(path);
  expect(response.status).toBe(status);
  const html = await response.text();
  expect(markupFaults(html)).toEqual([]);
  return html;
}
const figures = async (who = planner): Promise<SurveyFigure[]> =>
  ((await (await who.get("/api/survey-figures")).json()) as { figures: SurveyFigure[] }).figures;

test("3(1)(ｱ)① 集計の画面は、全体を先に、どの行にも回答者数を置き、分母と検定と所見を言葉で言う", async () => {
  const html = await page(planner, `/surveys/${survey}/explore?set=1&row=F2&column=Q8&m=1`);
  expect(html).toContain("問8 オンライン利用の意向 × 年代");
  expect(html.indexOf("全体")).toBeLessThan(html.indexOf("70歳以上</th>"));
  expect(html).toMatch(/有効回収400通のうち、問8に回答した\d+通を集計しています/);
  expect(html).toMatch(/Rao–Scott F\(|χ²\(/);
  expect(html).toContain("クラメールの V");
  expect(html).toContain("「行いたい（計）」は、全体で");
  const state = (await (
    await planner.get(`/api/surveys/${survey}/cross?row=F2&column=Q8&na=0`)
  ).json()) as ExploreState;
  expect(state.view.total.people).toBe(state.view.base.answered);
  // どの画面の題にも、設問や人のことを書かない。
  expect(html).toContain("<title>クロス集計｜まどぐち</title>");
  await page(planner, `/surveys/${survey}/explore?row=Q1&row2=F1&column=Q3&f=F3:1:2`);
  await page(planner, `/surveys/${survey}/explore?row=F2&row2=F1&nest=1&column=Q9&l=1`);
  expect((await client.get(`/surveys/${survey}/explore`)).status).toBe(403);
});

test("3(1)(ｱ)① 数から、もとの回答の番号が開き、開いたことが記録され、伏せた区分は開けない", async () => {
  const state = (await (
    await planner.get(`/api/surveys/${survey}/cross?row=F2&column=Q8`)
  ).json()) as ExploreState;
  const [block] = state.view.blocks;
  const row = block?.rows[0];
  const html = await page(
    planner,
    `/surveys/${survey}/explore/people?${state.query}&block=F2&r=${row?.code}&c=1`,
  );
  expect(html).toContain(`${row?.label}の「行いたい」は、${row?.cells[0]?.people}通です。`);
  expect(html).toContain("noprint");
  expect(await desk.events()).toContain("analysis.people");
  const nested = (await (
    await planner.get(`/api/surveys/${survey}/cross?row=F2&row2=F1&nest=1&column=Q8`)
  ).json()) as ExploreState;
  const hidden = nested.view.blocks[0]?.rows.find((one) => one.hidden && one.people > 0);
  expect(hidden?.cells.every(({ percent }) => percent === null)).toBe(true);
  const refused = await planner.get(
    `/surveys/${survey}/explore/people?${nested.query}&block=${encodeURIComponent("F2×F1")}&r=${encodeURIComponent(hidden?.code ?? "")}&c=1`,
  );
  expect(refused.status).toBe(409);
});

test("3(1)(ｲ) 集計は出どころとともに図になり、回答が変わると古くなり、集計し直せる。委託者も見られる", async () => {
  const query = "set=1&row=F2&column=Q8&m=1";
  const sent = await planner.post(`/surveys/${survey}/figures`, { ask: query, finding: "" });
  expect(sent.status).toBe(303);
  const [one] = await figures(client);
  expect(one).toMatchObject({ kind: "band", unit: "%", stale: false });
  expect(one?.categories[0]).toMatch(/^全体（n=/);
  expect(one?.series.map(({ name }) => name)).toEqual([
    ...["行いたい", "どちらかといえば行いたい", "どちらかといえば行いたくない", "行いたくない"],
  ]);
  expect(one?.lineage).toMatchObject({ survey: "市民アンケート", filter: "全員", weights: "なし" });
  expect(one?.lineage.dataHash).toMatch(/^[0-9a-f]{64}$/);
  expect(await page(planner, `/surveys/${survey}/figures`)).toContain("1枚の図があります。");
  await page(client, `/surveys/${survey}/figures`);

  await bring(`${answers.trimEnd()}\n${answers.trimEnd().split("\n").at(-1)?.replace(/^\d+/, "99999")}\n`);
  expect((await figures())[0]).toMatchObject({ stale: true, n: one?.n });
  expect(await page(planner, `/surveys/${survey}/figures`)).toContain("回答が変わる前の集計です");
  await planner.post(`/surveys/${survey}/figures/${one?.id}`, { act: "renew" });
  expect((await figures())[0]).toMatchObject({ stale: false });

  await planner.post(`/surveys/${survey}/figures/${one?.id}`, {
    act: "word",
    title: "意向",
    finding: "全体で99.9％である。",
  });
  const worded = await page(planner, `/surveys/${survey}/figures`);
  expect(worded).toContain("人が直した文です。");
  expect(worded).toContain("表にない数: 99.9");
  await planner.post(`/surveys/${survey}/figures/${one?.id}`, { act: "drop" });
  expect(await figures()).toEqual([]);
  expect((await client.post(`/surveys/${survey}/figures`, { ask: query })).status).toBe(403);
});

test("3(1)(ｱ)① いま見ている集計を、Excel と PowerPoint にする", async () => {
  for (const format of ["xlsx", "pptx"]) {
    const response = await planner.get(`/surveys/${survey}/explore/file/${format}?row=F2&column=Q8`);
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(3000);
  }
  expect((await desk.events()).filter((kind) => kind === "analysis.exported")).toHaveLength(2);
});
