import { expect, test } from "vitest";
import { passageChange, passageKey, passagesOf } from "./passage.ts";

test("3(1)(ｵ) 一つの段落のいくつかの変更は、文ごとに分かれ、変わらない前後は（略）になる", () => {
  const before = "一つ目。二つ目。三つ目。四つ目。";
  const after = "一つ目を直した。二つ目。三つ目も直した。四つ目。足した文。";
  const found = passagesOf(before, after);
  expect(found.map((one) => [one.before, one.after])).toEqual([
    ["一つ目。", "一つ目を直した。"],
    ["三つ目。", "三つ目も直した。"],
    ["", "足した文。"],
  ]);
  const change = { kind: "changed" as const, block: "p1", under: "総則", before, after };
  expect(found.map((one) => passageChange(change, one)).map((one) => [one.before, one.after])).toEqual([
    ["一つ目。（略）", "一つ目を直した。（略）"],
    ["（略）三つ目。（略）", "（略）三つ目も直した。（略）"],
    ["（略）", "（略）足した文。"],
  ]);
});

test("3(1)(ｵ) 続いた二つの文の変更も、文の数が同じなら一つずつ。表は行ごと", () => {
  expect(passagesOf("甲。乙。", "甲です。乙です。")).toHaveLength(2);
  const rows = passagesOf("指標｜値\n割合｜10\n件数｜5\n人数｜8", "指標｜値\n割合｜20\n件数｜5\n人数｜9");
  expect(rows.map((one) => [one.before, one.after])).toEqual([
    ["割合｜10", "割合｜20"],
    ["人数｜8", "人数｜9"],
  ]);
  expect(passageKey(rows[0] ?? { before: "", after: "" })).toMatch(/^[0-9a-f]{12}$/);
  expect(passagesOf("同じ。", "同じ。")).toEqual([]);
});
