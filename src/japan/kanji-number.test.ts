import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kanjiNumber, kanjiNumbersToDigits } from "./kanji-number.ts";

function toKanji(n: number): string {
  const digit = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
  return [...String(n)]
    .map((char, i, all) => {
      const place = all.length - 1 - i;
      const d = Number(char);
      if (d === 0) return "";
      return (d === 1 && place > 0 ? "" : (digit[d] ?? "")) + (["", "十", "百", "千"][place] ?? "");
    })
    .join("");
}

describe("漢数字", () => {
  it.each([
    ["二十四", 24],
    ["二四", 24],
    ["十", 10],
    ["百二十", 120],
    ["千五百二十四", 1524],
    ["〇", 0],
    ["二〇二五", 2025],
    ["三十一", 31],
  ])("%s は %i", (text, n) => {
    expect(kanjiNumber(text)).toBe(n);
  });

  it.each(["二四十", "十十", "十百", "", "北", "一二三四五六七八九"])("%s は読まない", (text) => {
    expect(kanjiNumber(text)).toBeUndefined();
  });

  it("文中の漢数字だけを直す", () => {
    expect(kanjiNumbersToDigits("北二十四条西五丁目")).toBe("北24条西5丁目");
  });

  it("9999 までのどの数も、書いて読めば同じ", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), (n) => {
        expect(kanjiNumber(toKanji(n))).toBe(n);
      }),
    );
  });
});
