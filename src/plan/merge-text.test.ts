import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeText, sentencesOf } from "./merge-text.ts";

test("3(1)(ｱ) 文に分けるとき、かぎ括弧の中の句点では分けず、つなげると元に戻る", () => {
  expect(sentencesOf("市は「進める。」とした。次に、（例。）を示す。\n終わり")).toEqual([
    "市は「進める。」とした。",
    "次に、（例。）を示す。",
    "\n",
    "終わり",
  ]);
  fc.assert(fc.property(fc.string(), (text) => sentencesOf(text).join("") === text));
});

test("3(1)(ｱ) 二人が同じ段落の別の文を直せば両方が残り、同じ文を違うように直せば合わせない", () => {
  const base = "一つ目の文。二つ目の文。三つ目の文。";
  expect(
    mergeText(base, "一つ目を直した。二つ目の文。三つ目の文。", "一つ目の文。二つ目も直した。三つ目の文。"),
  ).toBe("一つ目を直した。二つ目も直した。三つ目の文。");
  expect(mergeText(base, "一つ目の文。足した文。二つ目の文。三つ目の文。", "一つ目の文。二つ目の文。")).toBe(
    "一つ目の文。足した文。二つ目の文。",
  );
  expect(mergeText(base, "甲。二つ目の文。三つ目の文。", "乙。二つ目の文。三つ目の文。")).toBeUndefined();
});

const sentence = fc.constantFrom("あ。", "い。", "う。", "え。", "お。");
const paragraph = fc.array(sentence, { maxLength: 6 }).map((parts) => parts.join(""));

test("3(1)(ｱ) 合わせは、片方だけの直しならその直しになり、二人の順によらず、同じ直しは一度だけ入る", () => {
  fc.assert(
    fc.property(paragraph, paragraph, paragraph, (base, a, b) => {
      expect(mergeText(base, a, base)).toBe(a);
      expect(mergeText(base, base, b)).toBe(b);
      expect(mergeText(base, a, a)).toBe(a);
      expect(mergeText(base, a, b)).toBe(mergeText(base, b, a));
    }),
  );
});
