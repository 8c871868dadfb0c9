import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { opinionKey } from "../tabulation/opinion-text.ts";
import { CodeSuggester } from "../tabulation/suggest-codes.ts";
import { readCodeFrame, suggestCommentsFile } from "./suggest-comments-file.ts";

const sample = (name: string) => ({ bytes: new Uint8Array(readFileSync(`samples/comments/${name}`)), name });
const given = (text: string) => ({ bytes: new TextEncoder().encode(text), name: "x.csv" });
const refused = (part: string) =>
  expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(part) });

/** 手本: 文字 2–3 個の組の TF-IDF で、いちばん近い符号つきの意見から順に。 */
function plainNeighbours(rows: { id: string; text: string; code: string }[], at: number): string[] {
  const grams = rows.map(({ text }) => {
    const key = opinionKey(text);
    const counts = new Map<string, number>();
    for (const size of [2, 3])
      for (let i = 0; i + size <= key.length; i += 1) {
        const gram = key.slice(i, i + size);
        counts.set(gram, (counts.get(gram) ?? 0) + 1);
      }
    return counts;
  });
  const df = new Map<string, number>();
  for (const one of grams) for (const gram of one.keys()) df.set(gram, (df.get(gram) ?? 0) + 1);
  const weight = (gram: string) => Math.log(rows.length / (df.get(gram) ?? 1));
  const length = (one: Map<string, number>) =>
    Math.sqrt([...one].reduce((sum, [gram, n]) => sum + (n * weight(gram)) ** 2, 0));
  const mine = grams[at] ?? new Map<string, number>();
  const ranked = rows
    .map((row, other) => {
      const theirs = grams[other] ?? new Map<string, number>();
      let dot = 0;
      for (const [gram, n] of mine) dot += n * (theirs.get(gram) ?? 0) * weight(gram) ** 2;
      return { code: row.code, near: other === at ? -1 : dot / (length(mine) * length(theirs)) };
    })
    .sort((a, b) => b.near - a.near);
  return [...new Set(ranked.filter(({ near }) => near > 0).map(({ code }) => code))].slice(0, 5);
}

test("3(1)(ｴ) 32 符号・160 件を一つずつ抜くと、五つまでに当たる割合が、ただの TF-IDF の隣より高い", () => {
  const found = suggestCommentsFile(sample("coded.csv"), sample("codes.csv"));
  expect(found.learned).toBe(160);
  const rows = readFileSync("samples/comments/coded.csv", "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [id = "", code = "", ...text] = line.split(",");
      return { id, code, text: text.join(",") };
    });
  const plain = rows.filter((row, at) => plainNeighbours(rows, at).includes(row.code)).length / rows.length;
  expect(found.hits?.top5).toBeGreaterThan(0.8);
  expect(found.hits?.top5).toBeGreaterThan(plain + 0.15);
});

test("3(1)(ｴ) 候補には、共通のことばか似た意見の、わけが付く", () => {
  const { suggestions } = suggestCommentsFile(
    given("id,text,codes\n1,除雪車の位置を地図で見たい,A\n2,除雪車はどこにいますか,\n3,,\n"),
    given("code,title\nA,除雪の情報\nB,図書館\n"),
  );
  const [, second, empty] = suggestions;
  expect(second?.codes[0]).toMatchObject({ code: "A", neighbours: ["1"], phrases: ["除雪車"] });
  expect(second?.codes[0]?.because).toContain("除雪車");
  expect(empty?.codes).toEqual([]);
});

test("3(1)(ｴ) 人が選ぶたびに学び、付け直せば前のものを忘れる", () => {
  const codes = [
    { code: "A", title: "甲" },
    { code: "B", title: "乙" },
  ];
  const suggester = new CodeSuggester(codes);
  const text = "公園の遊具が古い";
  suggester.learn({ id: "1", text: "遊具の点検をしてほしい", codes: ["B"] });
  expect(suggester.suggest(text)[0]?.code).toBe("B");
  suggester.learn({ id: "1", text: "遊具の点検をしてほしい", codes: ["A"] });
  expect(suggester.suggest(text)[0]?.code).toBe("A");
  suggester.forget("1");
  expect(suggester.suggest(text)[0]?.neighbours).toEqual([]);
});

test("使えない符号の表は、直し方を言って断る", () => {
  expect(() => readCodeFrame(given("code,title\nA,甲\nA,乙\n").bytes, "x.csv")).toThrowError(refused("二度"));
  expect(() => readCodeFrame(given("A\n").bytes, "x.csv")).toThrowError(refused("題"));
  expect(() => suggestCommentsFile(given("id,text,codes\n1,あ,Z\n"), given("A,甲\n"))).toThrowError(
    refused("符号「Z」"),
  );
});
