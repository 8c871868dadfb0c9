import { expect, test } from "vitest";
import { readCodebook } from "./codebook.ts";

const one = (text: string) =>
  readCodebook(`questions: [ { id: a, type: sa, options: [x, y] }, ${text} ]`).questions[1];

test("3(1)(ｱ)① 手で書いたコードブックの、種類・選択肢・欠損・範囲・枝分かれの書き方をそろえる", () => {
  expect(one("{ id: b, type: SA, 'missing codes': [99], choices: '1=男性; 2=女性' }")).toMatchObject({
    ...{ type: "sa", missing: { noAnswer: ["99"] } },
    options: [
      { code: "1", label: "男性" },
      { code: "2", label: "女性" },
    ],
  });
  expect(one("{ id: b, type: 数値, range: [0, 120], missing: { 9: 無回答, 8: 非該当 } }")).toMatchObject({
    ...{ type: "number", range: { min: 0, max: 120 } },
    missing: { noAnswer: ["9"], notApplicable: ["8"] },
  });
  for (const base of ["a=1", "a in (1)", "{ question: a, codes: [1] }", "a で「1」と答えた人", "{ a: 1 }"])
    expect(one(`{ id: b, type: number, base: ${base.startsWith("{") ? base : `'${base}'`} }`)).toMatchObject({
      ...{ when: { question: "a", codes: ["1"] }, base: "all" },
    });
  expect(one("{ id: b, type: number, base: 有効回答 }")?.base).toBe("answered");
  expect(one("{ id: b, type: matrix }")?.type).toBe("matrix");
});

test("3(1)(ｱ)① 「1 時間未満」のような名を、コードと取り違えない", () => {
  const labels = (list: string) =>
    one(`{ id: b, type: sa, options: [${list}] }`)?.options.map(({ label }) => label);
  expect(labels("'1 時間未満', '2 時間未満', '3 時間以上'")).toEqual(
    ["時間未満", "時間未満", "時間以上"].map((x, at) => `${at + 1} ${x}`),
  );
  expect(labels("'1 男性', '2 女性'")).toEqual(["男性", "女性"]);
  expect(labels("'10代', '20代'")).toEqual(["10代", "20代"]);
});

test("3(1)(ｱ)① 標本設計の null、検定の true は、書かれていない・使うと読む", () => {
  const book = readCodebook(
    "questions: { q: { type: sa, options: { 1: x, 2: y } } }\naxes: [ { question: q } ]\ndesign: { weights: w, strata: null, psu: c, fpc: null }\ntests: { chi2: true, letters: true }\n",
  );
  expect(book).toMatchObject({
    ...{ axes: [["q"]], design: { weight: "w", cluster: ["c"] } },
    tests: { chi2: true, letters: { level: 0.05, method: "bonferroni" } },
  });
  expect(book.design.strata).toBeUndefined();
});
