// @engine both
import { afterEach, beforeEach, expect, test } from "vitest";
import { openZip } from "../office/zip.ts";
import { createSurvey } from "../survey/create-survey.ts";
import { importAnswers } from "../survey/import-answers.ts";
import { readCodebook } from "../tabulation/codebook.ts";
import { startContract } from "../terms/start-contract.ts";
import { dutyYaml } from "../testing/duty-fixture.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { roomApp, signIn } from "../testing/signed-in.ts";
import { analysisRoutes } from "./analysis-routes.ts";
import { drawReport } from "./export-report.ts";
import { addWave, changeWave, openWaves } from "./keep-wave.ts";
import { openReport, wordReport } from "./open-report.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
  await startContract(desk.office, desk.actor("m", "manager"), dutyYaml(""));
});
afterEach(() => desk.close());

async function survey(title: string, yes: number, id = "Q1"): Promise<string> {
  const planner = desk.actor("p", "planner");
  const made = await createSurvey(desk.office, planner, { title });
  const codebook = readCodebook(
    `questions: [ { id: ${id}, text: ネットを使うか, type: sa, options: [はい, いいえ] }, { id: S, text: 性別, type: sa, options: [男, 女] } ]\naxes: [S]\n`,
  );
  const rows = Array.from({ length: 200 }, (_, at) => `${at < yes ? 1 : 2},${(at % 2) + 1}`);
  const bytes = new TextEncoder().encode(`${id},S\n${rows.join("\n")}\n`);
  await importAnswers(desk.office, planner, made.id, { bytes, name: "a.csv", codebook });
  return made.id;
}

test("3(1)(ｱ)① 前の調査を足すと、報告書に経年比較の章ができ、直した所見は残り、外せば章もなくなる", async () => {
  const planner = desk.actor("p", "planner");
  const [before, now] = [await survey("前の調査", 80, "問3"), await survey("今の調査", 130)];
  await wordReport(desk.office, planner, now, { key: "Q1", finding: "「はい」は65.0％である。" });
  const wave = await addWave(desk.office, planner, now, { label: "令和元年度", survey: before });
  const book = await openReport(desk.office, planner, now);
  expect(book.sections.find(({ id }) => id === "Q1")?.finding.text).toBe("「はい」は65.0％である。");
  expect(book.waves.map(({ id }) => id)).toEqual(["Q1", "S"]);
  expect(book.waves[0]?.lines[0]).toMatchObject({ percents: [40, 65], mark: "up" });
  for (const format of ["docx", "html"] as const) {
    const bytes = await drawReport(book, format);
    const text = new TextDecoder().decode(
      format === "docx" ? openZip(bytes).get("word/document.xml") : bytes,
    );
    expect(text).toContain("前回調査との比較");
    expect(text).toContain("「はい」が40.0％から65.0％へ、25.0ポイント増加している");
  }
  await changeWave(desk.office, planner, now, wave.id, { map: { Q1: "" } });
  expect((await openWaves(desk.office, planner, now)).comparisons.map(({ id }) => id)).toEqual(["S"]);
  await expect(changeWave(desk.office, planner, now, wave.id, { map: { Q1: "問99" } })).rejects.toThrow(
    "問99",
  );
  await changeWave(desk.office, planner, now, wave.id, { drop: true });
  expect((await openReport(desk.office, planner, now)).waves).toEqual([]);
  await expect(changeWave(desk.office, planner, now, wave.id, { drop: true })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  await expect(addWave(desk.office, planner, now, { label: "x", survey: now })).rejects.toThrow(
    "そのものとは",
  );
});

test("3(1)(ｱ)① 画面と JSON の道で前の回を足し、読めない集計表は、入れた名を残して言う", async () => {
  const seat = await signIn(roomApp(desk.office, analysisRoutes), desk.office, desk.contract, "planner");
  const [before, now] = [await survey("前の調査", 80, "問3"), await survey("今の調査", 130)];
  const at = `/surveys/${now}/waves`;
  const send = (text: string) =>
    seat.post(at, { label: "令和元年度", survey: "", file: new File([text], "前回.csv") });
  const good = "設問,設問文,選択肢,人数,n\n問9,ネットを使うか,はい,40,100\n,,いいえ,60,100\n";
  const file = { bytes: new TextEncoder().encode(good), name: "前回.csv" };
  const lost = addWave(desk.office, desk.actor("p", "planner"), "none", { label: "令和元年度", file });
  await expect(lost).rejects.toMatchObject({ code: "NOT_FOUND" });
  const bad = await send("x,y\n1,2\n");
  expect(bad.status).toBe(422);
  expect(await bad.text()).toContain('value="令和元年度"');
  expect((await send(good)).headers.get("location")).toBe(at);
  const page = await (await seat.get(at)).text();
  expect(page).toContain("「はい」が40.0％から65.0％へ、25.0ポイント増加している");
  const added = await seat.send("POST", `/api${at}`, { label: "令和4年度", survey: before });
  expect(added.status).toBe(201);
  const { waves, comparisons } = await (await seat.get(`/api${at}`)).json();
  expect(waves.map(({ label }: { label: string }) => label)).toEqual(["令和元年度", "令和4年度"]);
  expect(comparisons[0].lines[0].percents).toEqual([40, 40, 65]);
  const { id } = waves[1];
  await seat.post(`${at}/${id}`, { "map.Q1": "", "map.S": "S" });
  await seat.post(`${at}/${waves[0].id}`, { act: "drop" });
  const after = await (await seat.get(`/api${at}`)).json();
  expect(after.comparisons.map(({ id: one }: { id: string }) => one)).toEqual(["S"]);
});
