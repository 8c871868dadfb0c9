import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  compareKana,
  hiraganaToKatakana,
  kanaFault,
  kanaKey,
  kanaRow,
  katakanaToHiragana,
  looseKanaKey,
  matchKana,
  normalizeKana,
} from "./kana.ts";

describe("カナの標準形", () => {
  it.each([
    ["おのでら　みつこ", "オノデラ　ミツコ"],
    ["ｵﾉﾃﾞﾗ ﾐﾂｺ", "オノデラ　ミツコ"],
    ["  サトウ   ハナコ ", "サトウ　ハナコ"],
    ["オ－ノ", "オーノ"],
    ["オ-ノ", "オーノ"],
    ["ｵｰﾉ", "オーノ"],
    ["ヴァンダム", "ヴァンダム"],
    ["ﾊﾟｸ", "パク"],
    ["ジョン･スミス", "ジョン・スミス"],
    ["きゃりー", "キャリー"],
  ])("%s → %s", (text, kana) => {
    expect(normalizeKana(text)).toBe(kana);
    expect(kanaFault(text)).toBeUndefined();
  });

  it.each([
    ["小野寺", "漢字・数字・英字は使えません"],
    ["", "ご記入ください"],
    ["オノ3", "使えません"],
    ["ーオノ", "始まりの文字"],
    ["ア".repeat(61), "60文字まで"],
  ])("%s は欄の下でことばで断る", (text, words) => {
    expect(kanaFault(text)).toContain(words);
  });

  it("標準形は二度かけても変わらず、ひらがなと行き来できる", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
        const kana = normalizeKana(text);
        expect(normalizeKana(kana)).toBe(kana);
        expect(hiraganaToKatakana(katakanaToHiragana(kana))).toBe(hiraganaToKatakana(kana));
        expect(kanaKey(kana)).toBe(kanaKey(text));
      }),
    );
  });
});

describe("カナで探す", () => {
  it("揺れを畳んだ鍵。濁点は残す", () => {
    expect(kanaKey("しゅんいち")).toBe(kanaKey("シユンイチ"));
    expect(kanaKey("みかづき")).toBe(kanaKey("ミカズキ"));
    expect(kanaKey("オーノ　マコト")).toBe(kanaKey("おのまこと"));
    expect(kanaKey("タカハタ")).not.toBe(kanaKey("タカバタ"));
    expect(looseKanaKey("タカバタ")).toBe(looseKanaKey("タカハタ"));
  });

  it("同じ、前方、濁点を問わない前方の順に当たる", () => {
    expect(matchKana("オノデラ　ミツコ", "おのでらみつこ")).toBe("exact");
    expect(matchKana("オノデラ　ミツコ", "ｵﾉ")).toBe("prefix");
    expect(matchKana("タカバタケ　イチロウ", "タカハタ")).toBe("loose");
    expect(matchKana("オノデラ　ミツコ", "ミツコ")).toBeUndefined();
    expect(matchKana("オノデラ　ミツコ", "")).toBeUndefined();
  });

  it("名簿の順と見出し", () => {
    const names = [
      "ワタナベ",
      "アベ",
      "サトウ　イチロウ",
      "ガトウ",
      "カトウ",
      "サトウ　アイ",
      "ンダ",
      "サトウ",
      "キヤノ",
      "キャノ",
    ];
    expect(names.toSorted(compareKana)).toEqual([
      "アベ",
      "カトウ",
      "ガトウ",
      "キャノ",
      "キヤノ",
      "サトウ",
      "サトウ　アイ",
      "サトウ　イチロウ",
      "ワタナベ",
      "ンダ",
    ]);
    expect(["オノ", "ガトウ", "パク", "ヴァン", "ンダ", "ヲグラ", "Smith", ""].map(kanaRow)).toEqual([
      "ア",
      "カ",
      "ハ",
      "ア",
      "ワ",
      "ア",
      "他",
      "他",
    ]);
  });

  it("順は、どの三つをとっても食い違わない", () => {
    const kana = fc.stringMatching(/^[ア-ヲー]{1,6}$/);
    fc.assert(
      fc.property(kana, kana, kana, (a, b, c) => {
        expect(Math.sign(compareKana(a, b))).toBe(0 - Math.sign(compareKana(b, a)));
        if (compareKana(a, b) <= 0 && compareKana(b, c) <= 0)
          expect(compareKana(a, c)).toBeLessThanOrEqual(0);
        expect(compareKana(a, b) === 0).toBe(a === b);
      }),
    );
  });
});
