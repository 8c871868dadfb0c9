import { expect, test } from "vitest";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { readWaveFile } from "./read-wave-file.ts";

const read = (csv: string, name = "前回.csv") =>
  readWaveFile(new TextEncoder().encode(csv), name, "前回").questions;

test("3(1)(ｱ)① 前回の集計表を読む: 設問は続きを省き、分母は列・「n=」・計の行・人数と％のどれからでも", () => {
  const [use, sex, trouble, age] = read(
    [
      "設問番号,設問文,選択肢,回答数,割合（％）",
      '問1,"インターネットの利用（n=1,000）",1. 毎日,452,45.2',
      ",,2. ときどき,201,20.1",
      "問2,性別,男性,600,40.0%",
      ",,女性,880,58.7%",
      ",,計,1500,100.0%",
      "問3,困ったこと,窓口が遠い,465,31.0",
      ",,待ち時間,360,24.0",
      "問4,年代,20代,10,",
      ",,30代,30,",
    ].join("\n"),
  );
  expect(use).toMatchObject({ id: "問1", n: 1000 });
  expect(use?.options.map(({ label, percent }) => [label, percent])).toEqual([
    ["毎日", 45.2],
    ["ときどき", 20.1],
  ]);
  expect(sex).toMatchObject({ n: 1500 });
  expect(sex?.options[1]?.percent).toBeCloseTo(58.6667, 3);
  expect(trouble?.n).toBe(1500);
  expect(age).toMatchObject({ n: 40 });
  expect(age?.options[0]?.percent).toBe(25);
});

test("3(1)(ｱ)① ウエイトつきの表では割合を使い、このプログラムの集計表（Excel）と tables.json も読む", () => {
  const bytes = writeTableWorkbook([
    { name: "見方", widths: [10], rows: [["集計表"]] },
    {
      ...{ name: "単純集計", widths: [10, 40, 10, 10, 9] },
      rows: [
        [{ value: "市民アンケート　単純集計", look: "title" }],
        ["設問", "選択肢", "人数", "ウエイト後", "％"].map((value) => ({ value, look: "head" as const })),
        ["問1", "利用していますか", 3000, 3000, ""],
        ["", "はい", 1500, 1800, 60],
        ["", "いいえ", 1500, 1200, 40],
      ],
    },
  ]);
  const [one] = readWaveFile(bytes, "集計表.xlsx", "前回").questions;
  expect(one).toMatchObject({ id: "問1", text: "利用していますか", n: 3000 });
  expect(one?.options.map(({ label, percent }) => [label, percent])).toEqual([
    ["はい", 60],
    ["いいえ", 40],
  ]);
  const json = JSON.stringify({
    questions: [
      {
        id: "Q1",
        text: "利用",
        base: 10.5,
        unweightedBase: 10,
        options: [{ code: "1", label: "はい", percent: 30, se: 2 }],
      },
    ],
  });
  expect(read(json, "tables.json")).toEqual([
    { id: "Q1", text: "利用", n: 10, options: [{ code: "1", label: "はい", percent: 30, se: 2 }] },
  ]);
});

test("3(1)(ｱ)① 見出しのない表、分母の分からない設問、分母を超える人数は、行と直し方を言って断る", () => {
  expect(() => read("a,b\n1,2\n")).toThrowError("見出しが見つかりません");
  expect(() => read("設問,選択肢,割合\n問1,はい,60\n,いいえ,40\n")).toThrowError("2行目（問1）の分母");
  expect(() => read("設問,選択肢,人数,n\n問1,はい,60,50\n")).toThrowError("2行目（問1「はい」）が、分母50を");
  expect(() => read("{ questions: 1", "a.json")).toThrowError("JSON");
});
