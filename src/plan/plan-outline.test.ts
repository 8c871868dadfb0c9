import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { COMMON_OUTLINE, readPlanOutline } from "./plan-outline.ts";

const shown = (text: string) =>
  readPlanOutline(text).map((one) =>
    one.kind === "heading"
      ? `${one.level}${one.annex ? "資" : ""}${one.unnumbered ? "無" : ""} ${one.text}`
      : "",
  );

test("3(1)(ｱ) 一行に一つの見出しから章と節ができ、手書きの番号は外れ、資料は資料編になる", () => {
  expect(shown("はじめに\n第１章　総論\n　１　背景\n　　(1) 人口\n・目的\n  期間\n資料１　用語集\n")).toEqual(
    [...["1無 はじめに", "1 総論", "2 背景", "3 人口", "2 目的", "2 期間", "1資 用語集"]],
  );
  expect(readPlanOutline(COMMON_OUTLINE)).toHaveLength(21);
});

test("3(1)(ｱ) 段は一つずつしか下がらない（どんな字下げでも）", () => {
  const indent = fc.constantFrom("", "　", "　　　", "  ", "\t", "・", "・・・・");
  fc.assert(
    fc.property(
      fc.array(fc.tuple(indent, fc.constantFrom("背景", "目的", "１　期間")), { minLength: 1 }),
      (rows) => {
        let above = 0;
        for (const one of readPlanOutline(rows.map(([lead, text]) => lead + text).join("\n"))) {
          if (one.kind !== "heading") throw new Error("not a heading");
          expect(one.level).toBeLessThanOrEqual(above + 1);
          expect(one.level).toBeGreaterThanOrEqual(1);
          above = one.level;
        }
      },
    ),
  );
});

test("3(1)(ｱ) 一行もない章立ては、欄を言って断る", () => {
  expect(() => readPlanOutline(" \n\n")).toThrow(AppError);
  expect(() => readPlanOutline("あ".repeat(121))).toThrow(/1 行目/);
});
