import { expect, test } from "vitest";
import { readCodebook } from "./codebook.ts";
import { readMargins } from "./read-margins-file.ts";

const codebook = readCodebook(`
questions:
  - { id: F1, text: 性別, type: sa, options: { 1: 男性, 2: 女性, 3: 答えたくない } }
  - { id: F2, text: 年代, type: sa, options: { 1: 18～29歳, 2: 30代, 3: 40歳以上 } }
  - { id: F3, text: 区, type: sa, options: { 1: 中央区, 2: 北区 } }
axes: [F1, F2, F3]
`);
const read = (csv: string) => readMargins(new TextEncoder().encode(csv), "m.csv", codebook);

test("3(1)(ｱ)① 統計の表（区 × 年齢 × 男女、結合した見出し、総数つき）から、設問ごとの周辺を作る", () => {
  const csv = [
    "住民基本台帳による人口（令和6年1月1日）",
    ",,総数,,,男,,,女,,",
    "区,年齢,計,,,18～19歳,20～29歳,30～39歳,18～19歳,20～29歳,30～39歳",
    "札幌市,総数,99,,,9,9,9,9,9,9",
    "札幌市中央区,,210,,,10,20,30,40,50,60",
    "札幌市北区,,21,,,1,2,3,4,5,6",
  ].join("\n");
  expect(read(csv)).toEqual({
    rake: expect.arrayContaining([
      { question: "F1", targets: { 1: 66, 2: 165 } },
      { question: "F2", targets: { 1: 132, 2: 99 } },
      { question: "F3", targets: { 1: 210, 2: 21 } },
    ]),
  });
});

test("3(1)(ｱ)① 縦に並んだ表（区,男女,年齢,人口。区は続きを省く）も、同じ周辺になる", () => {
  const csv = [
    "区,男女,年齢,人口",
    ...['中央区,男,20～24歳,"1,000"', ",,25～29歳,500", ",女,40歳以上,2000"],
    ...["北区,男,30～39歳,300", ",女,30～34歳,200", ",総数,総数,500"],
  ].join("\n");
  expect(read(csv).rake).toEqual(
    expect.arrayContaining([
      { question: "F1", targets: { 1: 1800, 2: 2200 } },
      { question: "F2", targets: { 1: 1500, 2: 500, 3: 2000 } },
      { question: "F3", targets: { 1: 3500, 2: 500 } },
    ]),
  );
});

test("3(1)(ｱ)① 三列の表は、これまでのとおり読み、知らない区分は行を言って断る", () => {
  expect(read("設問,区分,人数\nF1,男性,3\nF1,女性,4\n")).toEqual({
    rake: [{ question: "F1", targets: { 1: 3, 2: 4 } }],
  });
  expect(() => read("設問,区分,人数\nF1,男性,3\nF1,だれか,4\n")).toThrowError("3行目");
});
