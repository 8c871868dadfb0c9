import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cellRows } from "./cell-rows.ts";
import { readCodebook } from "./codebook.ts";
import { codeAnswers } from "./coded-answer.ts";
import { readAsk, settleAsk, writeAsk } from "./cross-ask.ts";
import { type CrossView, crossView, type SurveyBase } from "./cross-view.ts";
import { letterPairs } from "./letter-test.ts";
import { readDesign } from "./sample-design.ts";
import { readSurveyData } from "./survey-data.ts";

const sample = (name: string) => readFileSync(`samples/survey/${name}`);
/** R の survey 4.1 と stats で作った値（samples/survey/README.md）。 */
const expected = JSON.parse(sample("view-expected.json").toString());

const questions = `
questions:
  - { id: stype, type: sa, options: { E: 小学校, H: 高校, M: 中学校 } }
  - { id: sch.wide, type: sa, options: { "No": いいえ, "Yes": はい } }
  - { id: awards, type: sa, options: { "No": いいえ, "Yes": はい } }
  - { id: comp.imp, type: sa, options: { "No": いいえ, "Yes": はい } }
  - { id: api00, type: number }
`;

function baseFrom(file: string, design: string): SurveyBase {
  const codebook = readCodebook(`${questions}\ndesign: ${design}\n`);
  const data = readSurveyData(sample(file), file);
  const survey = codeAnswers(data, codebook);
  return {
    ...{ codebook, survey, weighted: readDesign(data, codebook.design) },
    plain: readDesign(data, { random: true }),
  };
}
const ask = (from: SurveyBase, given: Parameters<typeof settleAsk>[0]): CrossView =>
  crossView(from, settleAsk({ withMissing: false, ...given }, from.codebook, true));
const near = (value: number | undefined, wanted: number) =>
  expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThan(1e-6 * Math.max(1, Math.abs(wanted)));

test.each([
  ["srs", "apisrs.csv", "{ weight: pw, fpc: fpc }"],
  ["strat", "apistrat.csv", "{ weight: pw, strata: stype, fpc: fpc }"],
  ["clus1", "apiclus1.csv", "{ weight: pw, cluster: dnum, fpc: fpc }"],
  ["clus2", "apiclus2.csv", "{ weight: pw, cluster: [dnum, snum], fpc: [fpc1, fpc2] }"],
])(
  "3(1)(ｱ)① %s: 重ねた軸・絞り込みの Rao–Scott 二次と、区分ごとの平均・標準誤差が R の survey と 1e-6 まで同じ",
  (name, file, design) => {
    const from = baseFrom(file, design);
    const want = expected[name];
    const nested = ask(from, { rows: ["sch.wide", "comp.imp"], nested: true, column: "awards" });
    expect(nested.blocks[0]?.rows).toHaveLength(4);
    const filters = [{ question: "stype", codes: ["E", "M"] }];
    const filtered = ask(from, { rows: ["comp.imp"], column: "awards", filters });
    for (const [view, wanted] of [
      [nested, want.nested],
      [filtered, want.filtered],
    ] as const) {
      if (wanted === null) continue;
      const found = view.blocks[0]?.test?.raoScott;
      near(found?.f, wanted.f);
      near(found?.df1, wanted.df1);
      near(found?.df2, wanted.df2);
      near(found?.p, wanted.p);
    }
    const means = ask(from, { rows: ["stype"], column: "api00" }).blocks[0]?.rows ?? [];
    for (const [at, row] of means.entries()) {
      near(row.mean?.value, want.means[at]);
      near(row.mean?.se, want.meanSe[at]);
    }
    const inside = ask(from, { rows: ["awards"], column: "api00", filters }).blocks[0]?.rows ?? [];
    for (const [at, row] of inside.entries()) {
      near(row.mean?.value, want.filteredMeans[at]);
      near(row.mean?.se, want.filteredSe[at]);
    }
    const shares = ask(from, { rows: ["stype"], column: "awards" }).blocks[0]?.rows ?? [];
    for (const [at, row] of shares.entries()) near((row.cells[1]?.percent ?? 0) / 100, want.awardsYes[at]);
  },
);

test("3(1)(ｱ)① 調整済み残差と、いちばん小さい期待度数が R の chisq.test と同じ", () => {
  const from = baseFrom("apisrs.csv", "{ random: false }");
  const [block] = ask(from, { rows: ["stype"], column: "awards", weighted: false }).blocks;
  const residuals = block?.rows.flatMap(({ cells }) => cells.map(({ residual }) => residual)) ?? [];
  expect(residuals).toHaveLength(6);
  for (const [at, one] of residuals.entries()) near(one, expected.residuals[at]);
  near(block?.test?.leastExpected, expected.least);
  expect(block?.rows.map(({ cells }) => cells[1]?.mark)).toEqual(["up", undefined, "down"]);
});

/** 五つの選択肢、六つの区分の人数（R に渡したものと同じ）。 */
const people = [262, 371, 498, 571, 604, 706];
const answers = [
  [148, 203, 247, 232, 167, 103],
  [71, 108, 152, 183, 196, 165],
  [19, 27, 46, 72, 109, 158],
  [9, 12, 21, 38, 61, 129],
  [15, 21, 32, 46, 71, 151],
];

test.each(["none", "bonferroni", "holm"] as const)(
  "3(1)(ｱ)① 区分どうしの文字（%s）が R の pairwise.prop.test と同じ",
  (method) => {
    for (const [j, counts] of answers.entries()) {
      const groups = counts.map((x, i) => ({ share: x / (people[i] ?? 1), n: people[i] ?? 0, tested: true }));
      const wanted: string[] = [];
      for (const [at, row] of (expected[method][j] as (number | null)[][]).entries())
        for (const [b, p] of row.entries()) if (p !== null && p < 0.05) wanted.push(`${b}-${at + 1}`);
      const found = letterPairs(groups, { level: 0.05, method }).map(({ high, low }) =>
        [high, low].sort((x, y) => x - y).join("-"),
      );
      expect(wanted.length).toBeGreaterThan(0);
      expect(found.sort()).toEqual(wanted.sort());
    }
  },
);

const small = `
questions:
  - { id: sex, text: 性別, type: sa, options: { 1: 男, 2: 女 }, missing: [9] }
  - { id: use, text: 使うもの, type: ma, options: { 1: 甲, 2: 乙, 3: 丙 }, missing: { noAnswer: [99], notApplicable: [98] }, nets: [ { label: 甲か乙, codes: [1, 2] } ] }
  - { id: ok, text: 満足, type: sa, options: [満足, やや満足, 不満], nets: [ { label: 満足（計）, codes: [1, 2] } ] }
axes: [sex]
suppressBelow: 2
`;
function smallBase(csv: string): SurveyBase {
  const codebook = readCodebook(small);
  const data = readSurveyData(new TextEncoder().encode(csv), "d.csv");
  return { codebook, survey: codeAnswers(data, codebook), plain: readDesign(data, { random: true }) };
}

test("3(1)(ｱ)① 分母は聞かれた人で、無回答の列と非該当を言葉で示し、まとめは重なりを一度だけ数える", () => {
  const from = smallBase('sex,use,ok\n1,"1,2",1\n1,3,2\n2,99,3\n2,98,1\n9,1,\n');
  const view = ask(from, { rows: ["sex"], column: "use", withMissing: true });
  expect(view.columns.map(({ label }) => label)).toEqual(["甲", "乙", "丙", "無回答", "甲か乙"]);
  expect(view.total.people).toBe(4);
  expect(view.total.cells.map(({ people }) => people)).toEqual([2, 1, 1, 1, 2]);
  expect(view.base).toMatchObject({ all: 5, filtered: 5, asked: 4, answered: 3, counted: 4 });
  expect(view.base.missing.map(({ label, people }) => [label, people])).toEqual([
    ["無回答", 1],
    ["非該当", 1],
  ]);
  expect(view.blocks[0]?.untested).toContain("いくつでも選ぶ");
  // 一人だけの区分は伏せる。
  expect(view.blocks[0]?.rows.map(({ people, hidden }) => [people, hidden])).toEqual([
    [2, false],
    [1, true],
  ]);
  expect(view.blocks[0]?.rows[1]?.cells[0]?.percent).toBeNull();
});

test("3(1)(ｱ)① いくつでも選ぶ軸は重なったまま数え、両方に入る人を差の検定から引く", () => {
  const rows = ["sex,use,ok"];
  for (let at = 0; at < 200; at += 1)
    rows.push(`${(at % 2) + 1},"${at % 4 === 0 ? "1,2" : at % 4 === 1 ? "1" : "2"}",${(at % 3) + 1}`);
  const view = ask(smallBase(rows.join("\n")), { rows: ["use"], column: "ok", letters: true });
  expect(view.blocks[0]?.rows.map(({ people }) => people)).toEqual([100, 150, 0]);
  expect(view.total.people).toBe(200);
});

test("3(1)(ｱ)① どの表でも、絞り込みの和と全体の数が合う", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.constantFrom("1", "2", "9"),
          fc.constantFrom("1", "1,2", "2,3", "99", "98"),
          fc.constantFrom("1", "2", "3", ""),
        ),
        {
          minLength: 1,
          maxLength: 40,
        },
      ),
      fc.boolean(),
      (people, withMissing) => {
        const from = smallBase(`sex,use,ok\n${people.map(([a, b, c]) => `${a},"${b}",${c}`).join("\n")}\n`);
        const view = ask(from, { rows: ["sex"], column: "ok", withMissing });
        const parts = ["1", "2"].map((code) =>
          ask(from, { column: "ok", filters: [{ question: "sex", codes: [code] }], withMissing }),
        );
        for (const [at, row] of (view.blocks[0]?.rows ?? []).entries()) {
          expect(parts[at]?.total.people).toBe(row.people);
          const plain = row.cells.filter((_, j) => view.columns[j]?.kind !== "net");
          expect(plain.reduce((sum, cell) => sum + cell.people, 0)).toBe(row.people);
          const key = view.columns.findIndex(({ kind }) => kind === "net");
          expect(row.cells[key]?.people).toBe((row.cells[0]?.people ?? 0) + (row.cells[1]?.people ?? 0));
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("3(1)(ｱ)① 尋ねたことは URL に書いて読み戻せ、入れ替えと条件の追加ができる", () => {
  const { codebook } = smallBase("sex,use,ok\n1,1,1\n");
  const one = settleAsk(
    { rows: ["sex"], column: "ok", filters: [{ question: "use", codes: ["1", "2"] }], letters: true },
    codebook,
    false,
  );
  const read = (text: string) => {
    const query = new URLSearchParams(text);
    return settleAsk(
      readAsk((name) => query.get(name) ?? undefined),
      codebook,
      false,
    );
  };
  expect(read(writeAsk(one))).toEqual(one);
  expect(read(`${writeAsk(one)}&swap=1`)).toMatchObject({ rows: ["ok"], column: "sex" });
  expect(read(`${writeAsk(one)}&add=use:3`).filters).toEqual([{ question: "use", codes: ["1", "2", "3"] }]);
  // form のチェックは、入っていなければ送られない。
  expect(read("set=1&row=sex&column=ok")).toMatchObject({ withMissing: false, marks: false, letters: false });
});

test("3(1)(ｱ)① どのますの数も、もとの回答の行の数と同じ", () => {
  const from = smallBase('sex,use,ok\n1,"1,2",1\n1,3,2\n2,99,3\n2,98,1\n9,1,\n1,1,3\n');
  for (const column of ["use", "ok"]) {
    const one = settleAsk({ rows: ["sex"], column, withMissing: true }, from.codebook, false);
    const view = crossView(from, one);
    for (const { id, rows } of [{ id: "", rows: [view.total] }, ...view.blocks])
      for (const row of rows)
        for (const [at, { key }] of view.columns.entries())
          expect(cellRows(from, one, { block: id, row: row.code, column: key })).toHaveLength(
            row.cells[at]?.people ?? -1,
          );
  }
});
