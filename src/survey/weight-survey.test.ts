// @engine both
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { citizenAnswers, citizenCodebook, citizenCsv, citizenMargins } from "../../samples/demo-citizens.ts";
import { readCodebook } from "../tabulation/codebook.ts";
import { codeAnswers } from "../tabulation/coded-answer.ts";
import { readMargins } from "../tabulation/read-margins-file.ts";
import { surveyDataOf } from "../tabulation/survey-data.ts";
import { makeWeights } from "../tabulation/weighting.ts";
import { openDesk, type TestDesk } from "../testing/open-desk.ts";
import { createSurvey } from "./create-survey.ts";
import { importAnswers } from "./import-answers.ts";
import { openSurveyData } from "./open-survey-data.ts";
import { weightSurvey } from "./weight-survey.ts";

let desk: TestDesk;
beforeEach(async () => {
  desk = await openDesk();
});
afterEach(() => desk.close());
const encode = (text: string) => new TextEncoder().encode(text);

async function citizens() {
  const planner = desk.actor("p", "planner");
  const { id } = await createSurvey(desk.office, planner, { title: "市民" });
  const codebook = readCodebook(JSON.stringify(citizenCodebook()));
  const bytes = encode(citizenCsv(citizenAnswers(800)));
  await importAnswers(desk.office, planner, id, { bytes, name: "a.csv", codebook });
  return { planner, id };
}
const file = (text: string) => ({ bytes: encode(text), name: "m.csv" });

test("3(1)(ｱ)① 母集団の周辺に合わせ、設計効果と有効な標本の大きさを示し、表にない区分は回答のままにする", async () => {
  const { planner, id } = await citizens();
  const report = await weightSurvey(desk.office, planner, id, {
    margins: file(citizenMargins()),
    trim: { min: 0.2, max: 5 },
  });
  expect(report.weighting?.method).toBe("rake");
  expect(report.weighting?.designEffect).toBeGreaterThan(1);
  expect(report.weighting?.effectiveN).toBeLessThan(801);
  const f2 = report.margins.filter(({ question }) => question === "F2");
  expect(f2).toHaveLength(6);
  for (const { share, weightedShare } of f2) expect(weightedShare).toBeCloseTo(share ?? 0, 8);
  expect(report.margins.filter(({ population }) => population === null)).toMatchObject([
    { question: "F1", label: "その他・答えたくない" },
  ]);
  expect(report.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(report.rows);
  const { design } = await openSurveyData(desk.office, planner, id);
  expect(design.weighted).toBe(true);
  expect(await desk.events()).toContain("survey.weighted");
  const off = await weightSurvey(desk.office, planner, id, { margins: null });
  expect(off.weighting).toBeUndefined();
});

test("3(1)(ｱ)① 空の区分、知らない区分、二度書かれた区分、合わない設計の列は、行と直し方を言い、何も変えない", async () => {
  const { planner, id } = await citizens();
  const tries: [string, string][] = [
    ["F1,男性,10\nF9,女性,1\n", "2行目: 設問「F9」が、コードブックにありません"],
    ["F1,男性,10\nF1,だれか,1\n", "2行目: 区分「だれか」"],
    ["F1,男性,10\nF1,男,1\n", "2行目: 区分「男」"],
    ["F1,男性,10\nF1,1,1\n", "2行目: 「F1」の区分「1」が二度"],
    ["F1,男性,x\n", "母集団の表に周辺がありません"],
    ["F1,男性,10\nF1,女性,多い\n", "2行目: 人数が"],
    ["F4,学生,10\nF4,その他,0\n", "母集団の数が0です。数を入れるか、区分をまとめて"],
  ];
  for (const [text, said] of tries)
    await expect(weightSurvey(desk.office, planner, id, { margins: file(text) }), text).rejects.toThrow(said);
  const design = { strata: ["ない列"], random: true };
  await expect(weightSurvey(desk.office, planner, id, { design })).rejects.toThrow("層の列「ない列」");
  expect((await openSurveyData(desk.office, planner, id)).weighting).toBeUndefined();
});

test("3(1)(ｱ)① どんな回答でも、レイキングの周辺は母集団の割合になり、ウエイトの和は回答の数になる", () => {
  const codes = fc.array(fc.tuple(fc.constantFrom("1", "2"), fc.constantFrom("1", "2", "3"), fc.boolean()), {
    minLength: 40,
    maxLength: 120,
  });
  const amount = fc.integer({ min: 100, max: 900 });
  const amounts = fc.tuple(amount, amount, amount, amount, amount);
  fc.assert(
    fc.property(codes, amounts, (rows, [a, b, c, d, e]) => {
      const [first, second] = [
        rows.map(([one]): string => one),
        rows.map(([, one, blank]) => (blank ? "" : String(one))),
      ];
      // どの組合せにも一人はいるように。
      for (const x of ["1", "2"])
        for (const y of ["1", "2", "3"]) {
          first.push(x);
          second.push(y);
        }
      const data = surveyDataOf(["a", "b"], [first, second], first.length);
      const codebook = readCodebook(
        JSON.stringify({
          questions: [
            { id: "a", type: "sa", options: ["甲", "乙"] },
            { id: "b", type: "sa", options: ["い", "ろ", "は"] },
          ],
        }),
      );
      const table = `a,甲,${a}\na,乙,${b}\nb,い,${c}\nb,ろ,${d}\nb,は,${e}\n`;
      const { weight } = makeWeights(
        codeAnswers(data, codebook),
        readMargins(encode(table), "m.csv", codebook),
      );
      const total = (column: string[], code: string) =>
        weight.reduce((sum, w, row) => sum + (column[row] === code ? w : 0), 0);
      expect(weight.reduce((sum, w) => sum + w, 0)).toBeCloseTo(first.length, 6);
      expect(total(first, "1") / (total(first, "1") + total(first, "2"))).toBeCloseTo(a / (a + b), 8);
      const answered = ["1", "2", "3"].reduce((sum, code) => sum + total(second, code), 0);
      expect(total(second, "3") / answered).toBeCloseTo(e / (c + d + e), 8);
    }),
    { numRuns: 60 },
  );
});
