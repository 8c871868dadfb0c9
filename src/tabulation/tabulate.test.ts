import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { type Codebook, readCodebook } from "./codebook.ts";
import { codeAnswers } from "./coded-answer.ts";
import { readDesign } from "./sample-design.ts";
import { readSurveyData } from "./survey-data.ts";
import { tabulate } from "./tabulate.ts";
import { makeWeights } from "./weighting.ts";

const sample = (name: string) => readFileSync(`samples/survey/${name}`);
const expected = JSON.parse(sample("api-expected.json").toString());

const questions = `
questions:
  - { id: stype, type: sa, options: { E: 小学校, H: 高校, M: 中学校 } }
  - { id: sch.wide, type: sa, options: { "No": いいえ, "Yes": はい } }
  - { id: awards, type: sa, options: { "No": いいえ, "Yes": はい } }
  - { id: comp.imp, type: sa, options: { "No": いいえ, "Yes": はい } }
  - { id: api00, type: number }
  - { id: both, type: sa, options: { "No": いいえ, "Yes": はい }, when: { question: stype, codes: [E, M] } }
axes: [stype, comp.imp]
`;

function run(file: string, design: string) {
  const codebook: Codebook = readCodebook(`${questions}\ndesign: ${design}\n`);
  const data = readSurveyData(sample(file), file);
  const survey = codeAnswers(data, codebook);
  return tabulate(survey, codebook, readDesign(data, codebook.design));
}

/** R の survey 4.1（svymean、svychisq statistic="F"）で作った値。samples/survey/README.md に作り方。 */
const designs: [string, string, string][] = [
  ["srs", "apisrs.csv", "{ weight: pw, fpc: fpc }"],
  ["srsnofpc", "apisrs.csv", "{ weight: pw }"],
  ["strat", "apistrat.csv", "{ weight: pw, strata: stype, fpc: fpc }"],
  ["clus1", "apiclus1.csv", "{ weight: pw, cluster: dnum, fpc: fpc }"],
  ["clus2", "apiclus2.csv", "{ weight: pw, cluster: [dnum, snum], fpc: [fpc1, fpc2] }"],
  ["stratclus", "apistrat.csv", "{ weight: pw, strata: stype, cluster: dnum }"],
];

test.each(designs)(
  "3(1)(ｱ)① %s: 割合・平均・標準誤差・Rao–Scott が R の survey と 1e-6 まで同じ",
  (name, file, design) => {
    const want = expected[name];
    const found = run(file, design);
    const table = (id: string) => found.questions.find((one) => one.id === id);
    const near = (value: number | undefined, wanted: number) =>
      expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThan(1e-6 * Math.max(1, Math.abs(wanted)));
    for (const [id, key] of [
      ["stype", "stype"],
      ["awards", "awards"],
    ] as const)
      for (const [at, option] of (table(id)?.options ?? []).entries()) {
        near(option.percent / 100, want[key][at]);
        near((option.se ?? Number.NaN) / 100, want[`${key}Se`][at]);
      }
    near(table("api00")?.mean?.value, want.api00);
    near(table("api00")?.mean?.se, want.api00Se);
    const cross = (row: string, column: string) =>
      found.crosstabs.find((one) => one.row === row && one.column === column);
    for (const [at, one] of [cross("stype", "sch.wide"), cross("comp.imp", "awards")].entries()) {
      const wanted = want.chi[at];
      near(one?.raoScott?.f, wanted.f);
      near(one?.raoScott?.df1, wanted.df1);
      near(one?.raoScott?.df2, wanted.df2);
      near(one?.raoScott?.p, wanted.p);
    }
  },
);

test("3(1)(ｱ)① ウエイトのないピアソンの χ² が R と同じ", () => {
  const codebook = readCodebook(questions);
  const data = readSurveyData(sample("apisrs.csv"), "apisrs.csv");
  const found = tabulate(codeAnswers(data, codebook), codebook, readDesign(data, codebook.design));
  const cross = found.crosstabs.find((one) => one.row === "stype" && one.column === "sch.wide");
  expect(cross?.chi2).toBeCloseTo(expected.plain.chi2, 9);
  expect(cross?.p).toBeCloseTo(expected.plain.p, 12);
  expect(cross?.raoScott).toBeUndefined();
});

test("3(1)(ｱ)① レイキングのウエイトが R の rake と同じ", () => {
  const codebook = readCodebook(
    `${questions}\nweighting: { rake: [ { question: stype, targets: { E: 4421, H: 755, M: 1018 } }, { question: sch.wide, targets: { "No": 1072, "Yes": 5122 } } ] }\n`,
  );
  const data = readSurveyData(sample("apisrs.csv"), "apisrs.csv");
  const { weight, rounds } = makeWeights(codeAnswers(data, codebook), codebook.weighting ?? {});
  expect(rounds).toBeGreaterThan(1);
  for (const [row, w] of weight.entries()) expect(Math.abs(w - expected.rakeWeights[row])).toBeLessThan(1e-8);
});
