// @engine both
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  citizenAnswers,
  citizenCodebook,
  citizenCsv,
  citizenMargins,
  citizenQuestionnaire,
} from "../../samples/demo-citizens.ts";
import { readCodebook } from "../tabulation/codebook.ts";
import { surveyDataOf } from "../tabulation/survey-data.ts";
import { tabulate } from "../tabulation/tabulate.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { packAnswers, unpackAnswers } from "./answer-pack.ts";
import { createSurvey } from "./create-survey.ts";
import { importAnswers } from "./import-answers.ts";
import { listSurveys } from "./open-survey.ts";
import { openSurveyData } from "./open-survey-data.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());
const csv = (text: string) => new TextEncoder().encode(text);

test("3(1)(ｱ)① 市民三千人の回答を取り込み、集計のために開く。二度目は覚えたものを返す", async () => {
  const planner = desk.actor("p", "planner");
  const { id } = await createSurvey(desk.office, planner, { title: "市民アンケート" });
  const answers = citizenAnswers();
  const codebook = readCodebook(JSON.stringify(citizenCodebook()));
  const made = await importAnswers(desk.office, planner, id, {
    bytes: csv(citizenCsv(answers)),
    name: "a.csv",
    codebook,
  });
  expect(made).toMatchObject({ number: 1, rows: 3003, encoding: "utf-8" });
  const first = await openSurveyData(desk.office, planner, id);
  expect(first.data.rows).toBe(3003);
  expect(first.ids[3000]).toMatch(/\(2\)$/);
  const { questions } = tabulate(first.coded, first.codebook, first.design);
  const intent = questions.find((one) => one.id === "Q8");
  expect(intent?.unweightedBase).toBe(3003);
  expect(await openSurveyData(desk.office, planner, id)).toBe(first);
  expect((await listSurveys(desk.office, planner)).map((one) => one.title)).toEqual(["市民アンケート"]);
  expect(await desk.events()).toEqual(["survey.created", "survey.read", "survey.imported"]);
  expect(citizenMargins().split("\n")[1]).toMatch(/^F1,男性,/);
  expect(citizenQuestionnaire()).toContain("問8");
});

test("3(1)(ｱ)① 回答やコードブックがまだなら、何をすればよいかを言う。OP は開けない", async () => {
  const planner = desk.actor("p", "planner");
  const { id } = await createSurvey(desk.office, planner, { title: "前" });
  await expect(openSurveyData(desk.office, planner, id)).rejects.toThrow("回答のファイルを取り込んで");
  await importAnswers(desk.office, planner, id, { bytes: csv("a,b\n1,2\n"), name: "a.csv" });
  await expect(openSurveyData(desk.office, planner, id)).rejects.toThrow("コードブックを定めて");
  await expect(openSurveyData(desk.office, desk.actor("o", "operator"), id)).rejects.toThrow(
    "企画担当の役割",
  );
  await expect(
    importAnswers(desk.office, planner, id, {
      bytes: new Uint8Array([0x61, 0x0a, 0x82, 0xff, 0x0a]),
      name: "a.csv",
    }),
  ).rejects.toThrow("2 行目に読めない文字");
});

test("鍵を壊せば、覚えていた回答も開けない", async () => {
  const planner = desk.actor("p", "planner");
  const { id } = await createSurvey(desk.office, planner, { title: "消すもの" });
  const codebook = readCodebook(JSON.stringify({ questions: [{ id: "a", type: "number" }] }));
  await importAnswers(desk.office, planner, id, { bytes: csv("a\n1\n"), name: "a.csv", codebook });
  const { survey } = await openSurveyData(desk.office, planner, id);
  expect(survey.has).toEqual({ answers: true, codebook: true });
  const { findSurveyRow } = await import("./survey-store.ts");
  const row = await findSurveyRow(desk.office.read, planner.contract, id);
  await desk.office.keys.destroy(planner.contract, [row?.people_key ?? ""]);
  await expect(openSurveyData(desk.office, planner, id)).rejects.toThrow("消去されています");
});

test("3(1)(ｱ)① どんな値の回答も、しまって開けば同じ", () => {
  const table = fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 30 }))
    .chain(([columns, rows]) =>
      fc.array(fc.array(fc.string({ unit: "binary" }), { minLength: rows, maxLength: rows }), {
        minLength: columns,
        maxLength: columns,
      }),
    );
  fc.assert(
    fc.property(table, (raws) => {
      const names = raws.map((_, at) => `列${at}`);
      const back = unpackAnswers(packAnswers(surveyDataOf(names, raws, raws[0]?.length ?? 0)));
      expect(back.names).toEqual(names);
      expect(names.map((name) => back.raw(name))).toEqual(raws);
    }),
  );
});
