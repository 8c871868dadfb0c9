import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPlain } from "./check-plain.ts";
import { readabilityOf, sentencesOf } from "./readability.ts";

const at = { file: "01.md", line: 1 };
const check = (text: string, profile: "body" | "digest" | "children" = "body", allow: string[] = []) =>
  checkPlain([{ block: "p", place: at, text }], profile, allow);

test("3(1)(ｳ) 括弧の中の句点では文を分けず、長い文を短く数えない", () => {
  expect(sentencesOf("本市は「つくる。まもる。」を掲げた。次の文。")).toEqual([
    "本市は「つくる。まもる。」を掲げた。",
    "次の文。",
  ]);
  const nested = readabilityOf("市は、「人口減少社会において、誰もが実感する。」ことを目的とする。");
  expect(nested.sentences).toBe(1);
});

test("3(1)(ｳ) 建石式: 仕様書の一文は低く、ふだんの言葉は高い", () => {
  const hard = readabilityOf(
    "本業務は、札幌市の現状やデジタル施策に関する課題等を分析するとともに、本市総合計画との整合性を図りながら、社会経済情勢の変化や、最新のデジタル技術の動向、国・他自治体の動向等を踏まえたデジタル施策や事業等を示す戦略の策定支援を実施するものである。",
  ).score;
  const easy = readabilityOf(
    "市役所に行かなくても、スマートフォンで手続ができます。分からないときは、近くで聞けます。",
  ).score;
  expect(hard).toBeLessThan(15);
  expect(easy).toBeGreaterThan(50);
  expect(readabilityOf("").score).toBeUndefined();
});

test("3(1)(ｳ) 注意は、わけと代わりの書き方を言う。文章の種類で決まりが違う", () => {
  const body = check("住民および事業者は、ご意見を提出することができます。2つの案，12000件。");
  expect(body.remarks.map(({ quote, instead }) => [quote, instead])).toEqual(
    expect.arrayContaining([
      ["および", "及び"],
      ["ご", "御"],
      ["することができます", "できます"],
      ["2つ", "二つ"],
      ["，", "、"],
      ["12000", "12,000"],
    ]),
  );
  expect(body.remarks.every(({ why, instead }) => why !== "" && instead !== "")).toBe(true);
  expect(check("市民及び事業者は選びます。").remarks).toEqual([]);
  expect(check("市民及び事業者は選びます。", "digest").remarks[0]).toMatchObject({ quote: "及び" });
  expect(check("市民並びに事業者は選びます。").remarks[0]).toMatchObject({
    rule: "narabini",
    instead: "及び",
  });
});

test("3(1)(ｳ) 漢字の続きは、使ってよい言葉を除いて数える。目標に届かなければ、なぜかを言う", () => {
  const text = "地方公共団体情報システム標準化を進めます。";
  expect(check(text, "digest").remarks.map(({ quote }) => quote)).toContain("地方公共団体情報");
  expect(check(text, "digest", ["地方公共団体情報システム"]).remarks).toEqual([]);
  const unmet = check("情報通信技術活用戦略策定支援業務実施要領改定案概要説明資料作成。", "digest");
  expect(unmet.met).toBe(false);
  expect(unmet.unmet[0]).toMatch(/読みやすさの点が/);
});

test("3(1)(ｳ) どの文でも、文に分けて一字も失わず、倒れない", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."あ漢カA。「」（）、\n") }), (text) => {
      const kept = sentencesOf(text).join("");
      const letters = (one: string) => one.replace(/[^\p{L}\p{N}]/gu, "");
      expect(letters(kept)).toBe(letters(text));
      check(text, "children");
    }),
  );
});

test("3(1)(ｳ) 直すところのない文には、何も言わない（持って行く、電話・条例の番号、法律で定まった名）", () => {
  for (const text of [
    "必要な物を持って行き、高齢者を避難所に連れて行くことが難しい世帯もあります。",
    "お問合せは、電話0570-123456へ。条例第12345号による。",
    "民生委員児童委員協議会及び特定非営利活動法人と協力する。",
    "令和５年度に、医療及び介護並びに生活支援の調査を行いました。",
  ])
    expect(check(text).remarks).toEqual([]);
  expect(check("続けて行く。").remarks[0]).toMatchObject({ rule: "aux" });
  expect(check("職員は12500人です。").remarks[0]).toMatchObject({ instead: "12,500" });
});
