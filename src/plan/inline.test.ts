import fc from "fast-check";
import { expect, test } from "vitest";
import { cellText, labelOf, parseInline, writeInline } from "./inline.ts";

const piece = fc.constantFrom("市の", "**", "[[@m1]]", "{{data/x.csv!B2|0.0}}", "[^n1]", "[", "{{", "。");

test("3(1)(ｱ) 文を字と印に分けて戻すと、同じ文になる", () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (parts) => {
      const text = parts.join("").replace(/(\*\*){2,}/g, "**");
      const again = writeInline(parseInline(text));
      expect(writeInline(parseInline(again))).toBe(again);
      expect(again.replaceAll("**", "")).toBe(text.replaceAll("**", ""));
    }),
  );
});

test("3(1)(ｱ) 参照は番号に、データのます目は書式どおりの数になり、先のないものはそう言う", () => {
  const book = {
    numbers: new Map([["m1", "施策1"]]),
    tables: {
      "data/x.csv": [
        ["項目", "値"],
        ["a", "61.72"],
      ],
    },
    notes: ["n1"],
  };
  const shown = parseInline("[[@m1]]は{{data/x.csv!B2|0.0}}％[^n1]。[[@x]]").map((one) => labelOf(one, book));
  expect(shown.map(({ text }) => text).join("")).toBe("施策1は61.7％（注1）。？x");
  expect(shown.at(-1)?.missing).toBe(true);
  expect(cellText("data/x.csv!Z9", book.tables)).toBeUndefined();
  expect(cellText("年度:2024", book.tables)).toBe("令和６年度（2024年度）");
});

test("3(1)(ｱ) ふりがなは、書き出しと同じ形だけが印になる（データの印の書きかけとは取り違えない）", () => {
  const kinds = (text: string) => parseInline(text).map(({ kind }) => kind);
  const [one] = parseInline("{除雪|じょせつ}");
  expect(one).toEqual({
    ...{ kind: "ruby", token: "{除雪|じょせつ}", bold: false },
    word: "除雪",
    reading: "じょせつ",
  });
  expect(one && labelOf(one, { numbers: new Map(), tables: {}, notes: [] }).text).toBe("除雪（じょせつ）");
  for (const text of ["{{除雪|じょせつ}", "{除雪|じょせつ}}", "{a|b}", "文 {#id}"])
    expect(kinds(text)).toEqual(["text"]);
});
