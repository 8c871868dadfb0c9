import fc from "fast-check";
import { expect, test } from "vitest";
import { TextBinder } from "./bound-text.ts";
import { checkPlain } from "./check-plain.ts";
import { furiganaMark, splitFurigana, withoutFurigana } from "./furigana.ts";
import { readManuscript } from "./manuscript-reader.ts";
import { cellsOf } from "./markup-line.ts";
import { unreadWords } from "./unread-word.ts";

test("3(1)(ｳ) ふりがなの印は、元の字とふりがなに分かれ、データや id の印とは取り違えない", () => {
  expect(splitFurigana("{雪見市|ゆきみし}の{計画|けいかく}。")).toEqual([
    { text: "雪見市", reading: "ゆきみし" },
    { text: "の" },
    { text: "計画", reading: "けいかく" },
    { text: "。" },
  ]);
  for (const text of ["{{data/x.csv!B2|0.0}}", "{{年度:2025}}", "文 {#id}", "{a|b}", "{漢字|}", "{|かな}"])
    expect(withoutFurigana(text)).toBe(text);
  expect(furiganaMark("漢字", "かんじ")).toBe("{漢字|かんじ}");
  expect([furiganaMark("漢字", "kanji"), furiganaMark("a|b", "かな"), furiganaMark("", "かな")]).toEqual([
    ...[undefined, undefined, undefined],
  ]);
});

test("3(1)(ｳ) どの文でも、ふりがなを除いた字は、まとまりの字をつないだものに等しい", () => {
  const piece = fc.constantFrom(
    "雪",
    "の",
    "{市|し}",
    "{{data/a.csv!B2|0}}",
    "{",
    "}",
    "|",
    "かな",
    "{除雪|じょせつ}",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (parts) => {
      const text = parts.join("");
      const pieces = splitFurigana(text);
      expect(pieces.map((one) => one.text).join("")).toBe(withoutFurigana(text));
      for (const { reading } of pieces)
        if (reading !== undefined) expect(reading).toMatch(/^[ぁ-ゖァ-ヺー・]+$/);
    }),
  );
});

test("3(1)(ｳ) 表のます目のふりがなの「|」では、ますを分けない", () => {
  expect(cellsOf("| {除雪|じょせつ}の{計画|けいかく} | {{data/x.csv!B2|0.0}} | a\\|b || {a|b} |")).toEqual([
    ...["{除雪|じょせつ}の{計画|けいかく}", "{{data/x.csv!B2|0.0}}", "a|b", "", "{a", "b}"],
  ]);
});

test("3(1)(ｳ) 子ども版では、習わない漢字のふりがなのない言葉を知らせ、付ければ届く。ふりがなは文の長さに数えない", () => {
  const one = (text: string) => [{ block: "b", place: { file: "v", line: 1 }, text }];
  expect(unreadWords("{除雪|じょせつ}の計画を届ける。届ける人々。", 4)).toEqual(["届"]);
  expect(unreadWords("雪の日の道と雪の山。", 4)).toEqual([]);
  const bad = checkPlain(one("まちの施策を届けます。"), "children");
  expect(bad.remarks.map(({ rule, quote }) => [rule, quote])).toEqual([
    ["furigana", "施策"],
    ["furigana", "届"],
  ]);
  expect(bad.met).toBe(false);
  const good = checkPlain(one("まちの{施策|しさく}を{届|とど}けます。"), "children");
  expect([good.met, good.remarks]).toEqual([true, []]);
  expect(good.readability).toEqual(bad.readability);
  expect(checkPlain(one("まちの施策を届けます。"), "digest").remarks).toEqual([]);
});

test("3(1)(ｳ) 原稿の文のふりがなは、字のまとまりに付き、参照や太字と混ざらない", () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const binder = new TextBinder(
    readManuscript(
      new Map([
        ["plan.yaml", bytes("title: 題")],
        ["a.md", bytes("# 章 {#c}\n**{除雪|じょせつ}**は[[@c]]。\n")],
      ]),
    ),
  );
  expect(binder.runs("**{除雪|じょせつ}**は[[@c]]。", { file: "a.md", line: 2 })).toEqual([
    { text: "除雪", reading: "じょせつ", bold: true },
    { text: "は" },
    { text: "第１章", target: "c" },
    { text: "。" },
  ]);
  expect(binder.bind("{除雪|じょせつ}する", { file: "a.md", line: 2 })).toBe("除雪する");
});
