import { expect, test } from "vitest";
import { proposeCodebook } from "./propose-codebook.ts";
import { readSurveyData } from "./survey-data.ts";

const read = (text: string) => readSurveyData(new TextEncoder().encode(text), "d.csv");
const many = (line: (at: number) => string, count = 12) => Array.from({ length: count }, (_, at) => line(at));
const csv = (...lines: string[]) => `${lines.join("\n")}\n`;

test("3(1)(ｱ)① 題の行と二段の見出し（結合）を読み、名は上下をつなぎ、どちらの名でも呼べる", () => {
  const data = read(
    csv(
      "令和6年度　市民意識調査　入力データ,,,,,",
      ",,,,,",
      "No.,F1,問1,,,問2",
      ",性別,防災,福祉,教育,満足度",
      ...many((at) => `${at + 1},${(at % 2) + 1},1,,${at % 3 === 0 ? 1 : ""},${(at % 4) + 1}`),
      "合計,18,12,0,4,30",
    ),
  );
  expect(data.names).toEqual(["No.", "F1", "問1_防災", "問1_福祉", "問1_教育", "問2"]);
  expect(data.rows).toBe(12);
  expect(data.column("福祉")).toEqual(data.column("問1_福祉"));
  expect(data.title("問2")).toBe("満足度");
  expect(data.notes).toEqual([
    "3～4行目を見出しと読みました。",
    "終わりの17行目は、合計などの行とみて、読みませんでした。",
  ]);
  const { codebook } = proposeCodebook(data, "調査");
  expect(codebook.questions.map(({ id, type, text }) => [id, type, text])).toEqual([
    ["F1", "sa", "性別"],
    ["問1", "ma", ""],
    ["問2", "sa", "満足度"],
  ]);
});

test("3(1)(ｱ)① 結合したます目の値がくり返されていても、二段の見出しと分かる", () => {
  const data = read(
    csv("番号,問1,問1,問2", "番号,防災,福祉,満足度", ...many((at) => `${at},1,0,${(at % 3) + 1}`)),
  );
  expect(data.names).toEqual(["番号", "問1_防災", "問1_福祉", "問2"]);
  expect(data.rows).toBe(12);
});

test("3(1)(ｱ)① 言葉で答えた回答の一件めを、見出しと取り違えない", () => {
  const rows = [
    "男性,スマホ,ぜひ続けてほしい",
    "女性,パソコン,",
    "男性,スマホ,よく分からない",
    "女性,スマホ,",
  ];
  expect(read(csv("性別,機器,意見", ...rows)).rows).toBe(4);
  expect(
    read(csv("性別,年齢", "無回答,無回答", ...many((at) => `${at % 2},${20 + at}`), "無回答,30")).rows,
  ).toBe(14);
  expect(read(csv("a,b", "x,y", "1,2", "x,2", "1,2")).rows).toBe(4);
});

test("3(1)(ｱ)① 途中の「合計」は回答として残し、終わりのものだけを外す", () => {
  const data = read(csv("意見,値", "合計,1", "a,2", "合計,3", "平均,1.5"));
  expect([data.rows, data.notes.length]).toEqual([2, 2]);
});

test("3(1)(ｱ)① 「N」（いいえ）と答えた終わりの回答を、人数の行と取り違えない", () => {
  const yesNo = read(csv("利用,年齢", "Y,20", "N,30", "Y,40", "N,50", "N,60"));
  expect([yesNo.rows, yesNo.notes]).toEqual([5, []]);
  const counted = read(csv("地区,年齢", "東,20", "西,30", "東,40", "N,3"));
  expect([counted.rows, counted.notes.length]).toEqual([3, 1]);
});

test("3(1)(ｱ)① 調査の道具の、項目の番号だけの行は読まない", () => {
  const mark = (id: string) => `"{""ImportId"":""${id}""}"`;
  const head = ["Q1,Q2", "性別,年齢", `${mark("QID1")},${mark("QID2")}`];
  const data = read(csv(...head, ...many((at) => `${(at % 2) + 1},${20 + at}`)));
  expect([data.rows, data.title("Q2")]).toEqual([12, "年齢"]);
});
