import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { schoolGradeOf } from "./school-kanji.ts";

test("3(1)(ｳ) 学年別漢字配当表は、学年ごとに 80・160・200・202・193・191 字、合わせて 1,026 字で、同じ字は二度ない", () => {
  const source = readFileSync(new URL("./school-kanji.ts", import.meta.url), "utf8");
  const lists = [...source.matchAll(/^ {2}"(\p{Script=Han}+)",$/gmu)].map(([, chars]) => [...(chars ?? "")]);
  expect(lists.map((chars) => chars.length)).toEqual([80, 160, 200, 202, 193, 191]);
  expect(new Set(lists.flat()).size).toBe(1026);
  for (const [at, chars] of lists.entries())
    for (const char of chars) expect(schoolGradeOf(char)).toBe(at + 1);
  expect(["雪", "岐", "阜", "城", "憲", "蔵", "龍", "あ"].map(schoolGradeOf)).toEqual([
    ...[2, 4, 4, 4, 6, 6],
    ...[undefined, undefined],
  ]);
});
