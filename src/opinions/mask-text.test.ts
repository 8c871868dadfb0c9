import { expect, test } from "vitest";
import { applyMasks, findMasks, maskedWords, publicText, tidyMasks } from "./mask-text.ts";

test("３(1)(ｴ)① 氏名・住所・電話・メールを伏せる。長さは変わらず、公表する文では長さも分からない", () => {
  const text =
    "佐藤清と申します。雪見市北区三条2丁目14、電話は011-000-1234、sato@example.jpです。相談の場を増やしてください。";
  const masks = findMasks(text, [{ kind: "name", words: "佐藤 清" }]);
  const hidden = applyMasks(text, masks);
  expect(hidden).toHaveLength(text.length);
  for (const word of ["佐藤", "三条2丁目14", "011-000-1234", "sato@example.jp"])
    expect(hidden).not.toContain(word);
  expect(hidden).toContain("相談の場を増やしてください。");
  expect(publicText(hidden)).not.toMatch(/●{3}/);
  expect(maskedWords(text, masks)).toContain("佐藤清");
});

test("差出人の欄の姓だけ、役職の付いた名も候補になり、「担当課長」「区民さん」は候補にならない", () => {
  const words = (text: string, known = "") =>
    maskedWords(text, findMasks(text, known === "" ? [] : [{ kind: "name", words: known }]));
  expect(words("渡邉は反対です。", "渡邉 健一")).toEqual(["渡邉"]);
  expect(words("山口課長に話しました。")).toEqual(["山口"]);
  expect(words("担当課長に話しました。窓口係長にも。")).toEqual([]);
});

test("改行は残し、重なりは一つになり、空の文には何もない", () => {
  expect(applyMasks("ab\ncd", [{ start: 0, end: 5, kind: "other" }])).toBe("●●\n●●");
  expect(
    tidyMasks([
      { start: 2, end: 5, kind: "name" },
      { start: 0, end: 3, kind: "name" },
      { start: 4, end: 4, kind: "name" },
    ]),
  ).toEqual([{ start: 0, end: 5, kind: "name" }]);
  expect(findMasks("")).toEqual([]);
});
