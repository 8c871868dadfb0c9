import fc from "fast-check";
import { expect, test } from "vitest";
import { hiraganaToKatakana } from "../japan/kana.ts";
import { buildFaqIndex, type FaqDocument, foldText, markText, searchFaq } from "./faq-search.ts";

const entry = (id: string, question: string, more: Partial<FaqDocument> = {}): FaqDocument => ({
  ...{ id, question, category: "x", answer: "y", reading: "", synonyms: "" },
  ...more,
});
const documents = [
  entry("bring", "当日の持ち物は何ですか", { reading: "とうじつのもちものはなんですか" }),
  entry("raku", "らくらくホンでも受講できますか"),
  entry("phone", "スマートフォンを持っていません", { synonyms: "貸出" }),
  entry("car", "駐車場はありますか", { reading: "ちゅうしゃじょうはありますか" }),
];
const index = buildFaqIndex(documents);
const find = (query: string) => searchFaq(index, query).map((hit) => hit.id);

test.each([
  ["もちもの", "bring"],
  ["モチモノ", "bring"],
  ["ﾓﾁﾓﾉ", "bring"],
  ["持物", "bring"],
  ["らくらくh", "raku"],
  ["スマホ", "phone"],
  ["ｹｰﾀｲ", "phone"],
  ["ちゅうしゃじょう", "car"],
  ["車", "car"],
])("６(2)エ 「%s」で %s が引ける", (query, id) => {
  expect(find(query)[0]).toBe(id);
});

test("６(2)エ 空の問いと、どこにもない言葉には何も返さない", () => {
  expect([find(""), find(" 、。"), find("量子力学")]).toEqual([[], [], []]);
});

const word = fc.string({
  unit: fc.constantFrom(..."あいうかきガぱぽ講習会場駅前申込取消変更スマホ"),
  minLength: 1,
  maxLength: 6,
});
const corpus = fc.array(fc.array(word, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 12 });

test("６(2)エ 問いのどの部分を打っても、その問いが引け、素朴な文字列の探し方と一致する", () => {
  fc.assert(
    fc.property(corpus, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 5 }), (texts, which, from, size) => {
      const all = texts.map((words, at) => entry(`q${at}`, words.join("")));
      const built = buildFaqIndex(all, []);
      const chars = [...(all[which % all.length]?.question ?? "")];
      const start = from % chars.length;
      const query = chars.slice(start, start + size).join("");
      const truth = all
        .filter((one) => foldText(one.question).includes(foldText(query)))
        .map((one) => one.id);
      const found = searchFaq(built, query, 100).map((hit) => hit.id);
      expect(found.sort()).toEqual(truth.sort());
    }),
  );
});

test("６(2)エ ひらがなでもカタカナでも同じ結果になり、言葉の順を問わない", () => {
  fc.assert(
    fc.property(corpus, word, word, (texts, a, b) => {
      const built = buildFaqIndex(
        texts.map((words, at) => entry(`q${at}`, words.join(""))),
        [],
      );
      const ids = (query: string) => searchFaq(built, query, 100).map((hit) => hit.id);
      expect(ids(hiraganaToKatakana(a))).toEqual(ids(a));
      expect(ids(`${a} ${b}`)).toEqual(ids(`${b} ${a}`));
    }),
  );
});

test("６(2)エ 当たったところをつなぐと、もとの文に戻る", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 30 }), word, (text, query) => {
      expect(
        markText(index, text, query)
          .map((part) => part.text)
          .join(""),
      ).toBe(text);
    }),
  );
  expect(markText(index, "らくらくホンで", "ラクラク")).toEqual([
    { text: "らくらく", hit: true },
    { text: "ホンで", hit: false },
  ]);
});

test("６(2)エ 2,000問から、5ミリ秒かからずに引ける（中央値）", () => {
  const many = Array.from({ length: 2_000 }, (_, at) =>
    entry(`q${at}`, `第${at}の講座の${documents[at % 4]?.question}`, {
      answer: `会場${at % 97}でお受けします。`.repeat(8),
    }),
  );
  const big = buildFaqIndex(many);
  for (let i = 0; i < 20; i++) searchFaq(big, "持ち物 講座");
  const times = ["もちもの", "持ち物 講座", "駐車場", "会場96", "受講"].flatMap((query) =>
    Array.from({ length: 20 }, () => {
      const start = performance.now();
      searchFaq(big, query);
      return performance.now() - start;
    }),
  );
  expect(times.sort((a, b) => a - b)[times.length >> 1]).toBeLessThan(5);
});
