import fc from "fast-check";
import { expect, test } from "vitest";
import { readTables } from "../office/table-reader.ts";
import { openZip } from "../office/zip.ts";
import { shareText } from "../tabulation/rounded-share.ts";
import { findingOf } from "./survey-report.ts";
import { tabulateSurveyFile } from "./tabulate-survey-file.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const run = (data: string, codebook: string, weights?: string) =>
  tabulateSurveyFile({
    data: { bytes: bytes(data), name: "d.csv" },
    codebook: { bytes: bytes(codebook), name: "c.yaml" },
    ...(weights ? { weights: { bytes: bytes(weights), name: "w.csv" } } : {}),
    ...{ created: "2025-09-17T00:00:00.000Z", author: "試験" },
  });
const refused = (part: string) =>
  expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(part) });

const codebook = `
title: 市民調査
questions:
  - { id: sex, text: 性別, type: sa, options: [ { code: 1, label: 男性 }, { code: 2, label: 女性 } ], missing: [9] }
  - id: use
    text: 使っているもの
    type: ma
    options: { 1: スマホ, 2: パソコン, 3: 特にない }
    missing: { noAnswer: [99], notApplicable: [98] }
  - { id: q3, text: 理由, type: sa, options: [はい, いいえ], when: { question: sex, codes: [1] }, base: answered }
  - { id: age, type: number, range: { min: 0, max: 120 } }
axes: [sex]
`;
const data = `id,sex,use,q3,age
1,1,"1,2",1,30
2,2,1,,40
3,2,3,2,200
4,1,99,2,x
5,9,98,,50
6,１,2;1,1,"1,000"
`;

test("3(1)(ｱ)① 無回答と非該当を分け、分母の決め方どおりに割合を出す", () => {
  const { found } = run(data, codebook);
  const [sex, use, q3, age] = found.questions;
  expect(sex).toMatchObject({ base: 6, unweightedBase: 6, missing: { 無回答: 1 } });
  expect(sex?.options.map(({ count }) => count)).toEqual([3, 2]);
  expect(use).toMatchObject({ unweightedBase: 5, missing: { 無回答: 1, 非該当: 1 } });
  expect(use?.options.map(({ count, percent }) => [count, percent])).toEqual([
    [3, 60],
    [2, 40],
    [1, 20],
  ]);
  // 聞かれない人の答えは外し、外したことが残る。
  expect(q3).toMatchObject({ unweightedBase: 3, missing: { 非該当: 3 } });
  expect(age?.mean).toMatchObject({ value: 40, n: 3 });
  expect(found.corrections.counts).toMatchObject({ "not-asked": 1, "out-of-range": 2, "not-a-number": 1 });
});

test("3(1)(ｱ)① 設問も区分も、答えのない人を軸に入れずに数える", () => {
  const cross = run(data, codebook).found.crosstabs.find(({ column }) => column === "use");
  expect(cross?.rows.map(({ label, unweightedBase }) => [label, unweightedBase])).toEqual([
    ["男性", 3],
    ["女性", 2],
  ]);
  expect(cross?.cells.map(({ count }) => count)).toEqual([2, 2, 0, 1, 0, 1]);
  expect(cross?.chi2).toBeUndefined();
});

test("3(1)(ｱ)① 選択肢ごとの列の複数回答、名で書かれた答え、Shift_JIS でないコードも読む", () => {
  const { found } = run(
    "a,b,s\n1,,男性\n,1,女性\n1,1,男性\n,,\n",
    "questions:\n  - { id: m, type: ma, columns: [a, b], options: [甲, 乙] }\n  - { id: s, type: sa, options: { 1: 男性, 2: 女性 } }\n",
  );
  expect(found.questions[0]).toMatchObject({ unweightedBase: 3, missing: { 無回答: 0 } });
  expect(found.questions[0]?.options.map(({ count }) => count)).toEqual([2, 2]);
  expect(found.questions[1]?.options.map(({ count }) => count)).toEqual([2, 1]);
});

test("3(1)(ｱ)① 周辺に合わせたウエイトは、周辺の割合をぴったり再現し、人数はそのまま示す", () => {
  const { found } = run(data.replace("5,9", "5,2"), codebook, "設問,区分,人数\nsex,男性,300\nsex,2,700\n");
  const [sex] = found.questions;
  expect(sex?.options.map(({ percent }) => percent)).toEqual([expect.closeTo(30, 8), expect.closeTo(70, 8)]);
  expect(sex?.options.map(({ unweightedCount }) => unweightedCount)).toEqual([3, 3]);
  expect(found.weighting).toMatchObject({ method: "rake" });
  expect(found.notes.join()).toContain("ウエイト");
});

test("3(1)(ｱ)① 合わないコードブック、空の周辺、収束しない周辺は、行と直し方を言って断る", () => {
  expect(() => run("a\n1\n", codebook)).toThrowError(refused("列「sex」が、回答の表にありません"));
  expect(() => run(data, codebook, "sex,男性,1\nsex,その他,2\n")).toThrowError(refused("選択肢にありません"));
  expect(() => run(data.replaceAll(",2,", ",1,"), codebook, "sex,男性,1\nsex,女性,1\n")).toThrowError(
    refused("「女性」に、回答が一つもありません"),
  );
  const wrong = `sex\n${Array.from({ length: 40 }, (_, n) => `会社員${n}`).join("\n")}\n`;
  expect(() => run(wrong, "questions: [ { id: sex, type: sa, options: [男性, 女性] } ]")).toThrowError(
    refused("列の取り違え"),
  );
  expect(() => run(data, "questions:\n  - id: [")).toThrowError(refused("YAML"));
  expect(() => run(data, "questions: [ { id: a, type: sa } ]")).toThrowError(refused("options"));
  expect(() => run("a,a\n1,1\n", codebook)).toThrowError(refused("二つあります"));
  expect(() => run("sex,age\n1,2,3\n", codebook)).toThrowError(refused("見出しより多く"));
  const rows = ["a,b", "1,1", "1,2", "2,1"].join("\n");
  const two = "questions: [ { id: a, type: sa, options: [x, y] }, { id: b, type: sa, options: [x, y] } ]";
  expect(() => run(`${rows}\n`, two, "a,x,1\na,y,999\nb,x,1\nb,y,999\n")).toThrowError(
    refused("収束しません"),
  );
});

test("3(1)(ｱ)① 区分の差の記号は、高いほうに付き、人数の少ない区分は調べない", () => {
  const row = (sex: number, q: number, times: number) => Array(times).fill(`${sex},${q}`);
  const csv = [
    "sex,q",
    ...row(1, 1, 80),
    ...row(1, 2, 20),
    ...row(2, 1, 40),
    ...row(2, 2, 60),
    ...row(3, 1, 1),
    ...row(3, 2, 9),
  ];
  const { found } = run(
    `${csv.join("\n")}\n`,
    `questions: [ { id: sex, type: sa, options: [甲, 乙, 丙] }, { id: q, type: sa, options: [はい, いいえ] } ]
axes: [sex]
tests: { chi2: true, letters: { level: 0.05, method: bonferroni, minBase: 30 } }
design: { random: false }
`,
  );
  const letters = found.crosstabs[0]?.cells.map(({ letters: one }) => one ?? "");
  expect(letters).toEqual(["B", "", "", "A", "", ""]);
  expect(found.crosstabs[0]?.rows[2]?.small).toBe(true);
  expect(found.questions[0]?.options[0]?.se).toBeUndefined();
});

test("3(1)(ｷ) 百分率は整数で丸める: 0.05 の境、0 は「-」、ごく少ないものは「0.0」", () => {
  expect([
    shareText(1, 2000),
    shareText(0, 10),
    shareText(1, 10_000),
    shareText(2, 3),
    shareText(1, 0),
  ]).toEqual(["0.1", "-", "0.0", "66.7", "…"]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(), (n, c) => {
      const count = (c % n) + 1;
      const exact = Math.floor(Number((BigInt(count) * 2000n + BigInt(n)) / (2n * BigInt(n))));
      expect(Number(shareText(count, n))).toBeCloseTo(exact / 10, 10);
    }),
  );
});

test("3(1)(ｷ) 所見の数は表と同じ丸めで、表の本と報告書ができる", () => {
  const { found, book, report } = run(data, codebook);
  expect(findingOf(found.questions[0] as never)).toContain("「男性」が50.0％と最も多く、「女性」が33.3％");
  const sheets = readTables(book, "tables.xlsx");
  expect(sheets.map(({ name }) => name)).toEqual(
    ["見方", "単純集計", "sex", "use", "q3"].filter((name) => name !== "sex"),
  );
  expect(openZip(report).has("word/charts/chart1.xml")).toBe(true);
});
