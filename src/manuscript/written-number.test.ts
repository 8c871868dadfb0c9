import { expect, test } from "vitest";
import { headingRank, readWrittenNumber } from "./written-number.ts";

test.each([
  ["第１章　計画の策定に当たって", "計画の策定に当たって", "第{N}章", false],
  ["第二章 現状と課題", "現状と課題", "第{N}章", false],
  ["第3節　情報化の動向", "情報化の動向", "第{N}節", false],
  ["１　背景", "背景", "{N}", false],
  ["2. 目的", "目的", "{N}", false],
  ["1-2　位置付け", "位置付け", "{n}", false],
  ["（３）期間", "期間", "({n})", false],
  ["ア　対象", "対象", "{ア}", false],
  ["資料１　用語集", "用語集", "資料{N}", true],
  ["資料編", "資料編", undefined, true],
  ["はじめに", "はじめに", undefined, false],
  ["5G の活用", "5G の活用", undefined, false],
  ["2024年度の取組", "2024年度の取組", undefined, false],
])("3(1)(ｱ) 手書きの番号を外す: %s", (line, text, scheme, annex) => {
  expect(readWrittenNumber(line)).toEqual({ text, scheme, annex });
});

test("3(1)(ｱ) 様式のない文書では、章・節は字だけで、ほかは太い一行だけを見出しとする", () => {
  expect(headingRank("第１章　総論", false)).toBe(0);
  expect(headingRank("１　背景", false)).toBeUndefined();
  expect(headingRank("１　背景", true)).toBe(3);
  expect(headingRank("第１章では、計画の背景を述べる。", true)).toBeUndefined();
});
