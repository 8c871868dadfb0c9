import { expect, test } from "vitest";
import { proposeSplit, sentenceRanges } from "./propose-split.ts";

const split = (text: string) => proposeSplit(text).map(([from, to]) => text.slice(from, to));

test("３(1)(ｴ)① あいさつを除き、求めのある文ごとに、前の説明を添えて分ける", () => {
  const text =
    "いつも市政にご尽力いただきありがとうございます。素案を拝見しました。私は六十八歳ですが、スマートフォンの使い方を聞ける場所が近くにありません。まちづくりセンターでも相談できるようにしてください。また、手続がオンラインだけになるのは困ります。紙の申請書と窓口は残してほしいです。どうぞよろしくお願いいたします。";
  expect(split(text)[0]).toBe(
    "私は六十八歳ですが、スマートフォンの使い方を聞ける場所が近くにありません。まちづくりセンターでも相談できるようにしてください。",
  );
  expect(split(text).join("")).not.toContain("ありがとうございます");
  expect(split(text).join("")).not.toContain("よろしく");
});

test("機械読み取りの行替えでは切らず、かっこの中の「。」でも切らず、箇条書きの頭で切る", () => {
  const scanned = "紙の窓口は残してほ\nしいです。字も小さいです。";
  expect(sentenceRanges(scanned).map(([from, to]) => scanned.slice(from, to))).toEqual([
    "紙の窓口は残してほ\nしいです。",
    "字も小さいです。",
  ]);
  expect(sentenceRanges("「残す。」と書いてください。次。")).toHaveLength(2);
  expect(split("１．窓口を残してください\n２．Wi-Fiを置いてください")).toHaveLength(2);
  expect(split("")).toEqual([]);
  expect(split("あ".repeat(100_000))).toEqual([]);
});
