import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readCodebook } from "./codebook.ts";
import { codeAnswers } from "./coded-answer.ts";
import { readDesign } from "./sample-design.ts";
import { readSurveyData } from "./survey-data.ts";
import { tabulate } from "./tabulate.ts";

function run(file: string, yaml: string) {
  const codebook = readCodebook(yaml);
  const data = readSurveyData(readFileSync(`samples/survey/${file}`), file);
  const design = readDesign(data, codebook.design);
  return { design, found: tabulate(codeAnswers(data, codebook), codebook, design) };
}
const near = (value: number | undefined, wanted: number) =>
  expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThan(1e-6 * Math.max(1, Math.abs(wanted)));

const twostage = `
questions:
  - { id: q, type: sa, options: { 1: x, 2: y, 3: z } }
  - { id: g, type: sa, options: { 1: m, 2: f } }
  - { id: st, type: sa, options: [N, S, E] }
  - { id: y, type: number }
  - { id: dq, type: sa, columns: [q], options: { 1: x, 2: y, 3: z }, when: { question: g, codes: [1] } }
axes: [g, st]
design: { weight: w, strata: st, cluster: psu, fpc: fpc }
`.replace("[N, S, E]", "{ N: N, S: S, E: E }");

test("3(1)(ｱ)① 層化二段・第一段だけの母集団修正・0 のウエイト・部分集団が、R の survey と 1e-6 まで同じ", () => {
  // R 4.1 の survey: svydesign(id=~psu, strata=~st, fpc=~fpc, weights=~w, nest=TRUE)、subset(g==1)。
  const { found } = run("twostage.csv", twostage);
  const table = (id: string) => found.questions.find((one) => one.id === id);
  const wanted = {
    q: [
      ...[[0.497870828991074, 0.0239985095960495] as const, [0.306271784483398, 0.0225598786757211] as const],
      [0.195857386525529, 0.0165417960005621] as const,
    ],
    dq: [
      ...[[0.473707144094294, 0.0327325564894542] as const, [0.302010045670425, 0.0304330878161579] as const],
      [0.22428281023528, 0.0281409315276982] as const,
    ],
  };
  for (const [id, rows] of Object.entries(wanted))
    for (const [at, [share, se]] of rows.entries()) {
      near((table(id)?.options[at]?.percent ?? 0) / 100, share);
      near((table(id)?.options[at]?.se ?? 0) / 100, se);
    }
  near(table("y")?.mean?.value, 49.977474112325);
  near(table("y")?.mean?.se, 0.579422909804911);
  const test = (row: string, column: string) =>
    found.crosstabs.find((one) => one.row === row && one.column === column)?.raoScott;
  near(test("g", "q")?.f, 1.881063449557637);
  near(test("g", "q")?.df2, 41.155209343763325);
  near(test("g", "q")?.p, 0.165996588931675);
  near(test("st", "dq")?.f, 0.949281454006075);
  near(test("st", "dq")?.p, 0.434340615808559);
});

test('3(1)(ｱ)① 抽出単位が一つだけの層は、R の lonely.psu="remove" と同じに数え、層の名を言う', () => {
  const yaml =
    "questions: [ { id: q, type: sa, options: { 1: x, 2: y } } ]\ndesign: { weight: w, strata: st, cluster: psu }\n";
  const { design, found } = run("lonely.csv", yaml);
  near((found.questions[0]?.options[0]?.percent ?? 0) / 100, 0.458575842494791);
  near((found.questions[0]?.options[0]?.se ?? 0) / 100, 0.0340340991256427);
  expect(design.lonely).toEqual(["c"]);
});

test("3(1)(ｱ)① 負のウエイト、空のウエイト、すべて 0 のウエイトは、行か列を言って断る", () => {
  const codebook = readCodebook("questions: [ { id: q, type: sa, options: [x] } ]\ndesign: { weight: w }\n");
  const read = (weights: string) =>
    readDesign(readSurveyData(new TextEncoder().encode(`q,w\n${weights}\n`), "d.csv"), codebook.design);
  expect(() => read("1,2\n1,-1")).toThrowError("2行目のウエイト（列「w」）が、0 以上の数ではありません");
  expect(() => read("1,\n1,1")).toThrowError("1行目");
  expect(() => read("1,0\n1,0")).toThrowError("すべて 0");
  expect([...read("1,0\n1,2").weight]).toEqual([0, 2]);
});
