import { expect, test } from "vitest";
import { readCodebook } from "./codebook.ts";
import { codeAnswers } from "./coded-answer.ts";
import { readSurveyData } from "./survey-data.ts";

function coded(csv: string, question: string) {
  const data = readSurveyData(new TextEncoder().encode(csv), "d.csv");
  const survey = codeAnswers(data, readCodebook(`questions: [ ${question} ]`));
  const [one] = [...survey.questions.values()];
  return { ...one, corrections: survey.corrections };
}
const chosen = ({ marks }: { marks?: readonly Uint8Array[] }) =>
  Array.from({ length: marks?.[0]?.length ?? 0 }, (_, row) =>
    (marks ?? []).flatMap((column, at) => (column[row] === 1 ? [at + 1] : [])),
  );

test("3(1)(ｱ)① 区切りの字を含む選択肢の名、終わりの「;」、「その他」に書かれた言葉を読む", () => {
  const found = coded(
    'a,q\n1,"スマホ（iPhone, Android など）, パソコン"\n2,パソコン;ない;\n3,"スマホ（iPhone, Android など）, ラジオを使う"\n',
    "{ id: q, type: ma, options: [ 'スマホ（iPhone, Android など）', パソコン, ない, その他 ] }",
  );
  expect(chosen(found)).toEqual([
    [1, 2],
    [2, 3],
    [1, 4],
  ]);
  expect(found.corrections).toEqual([]);
});

test("3(1)(ｱ)① 選択肢ごとの列の Y・○・1/2（いいえが 2）を読み、選択肢の番号の 2 とは取り違えない", () => {
  const question = "{ id: q, type: ma, columns: [a, b, c], options: [ア, イ, ウ] }";
  expect(chosen(coded("a,b,c\nY,,N\n,Y,Y\n", question))).toEqual([[1], [2, 3]]);
  expect(chosen(coded("a,b,c\n○,,×\n,○,\n", question))).toEqual([[1], [2]]);
  expect(chosen(coded("a,b,c\n1,2,2\n2,1,1\n", question))).toEqual([[1], [2, 3]]);
  expect(chosen(coded("a,b,c\n1,2,\n,,3\n", question))).toEqual([[1, 2], [3]]);
});

test("3(1)(ｱ)① 順位は、順位ごとの列にも、選択肢ごとの列にも、一つのます目にも書ける", () => {
  const options = "options: { A1: 防災, A2: 福祉, A3: 教育, A4: 交通 }";
  const ranks = (csv: string, columns: string) => {
    const { rank } = coded(csv, `{ id: q, type: rank, columns: ${columns}, ${options} }`);
    return (rank ?? []).map((column) => column[0]);
  };
  expect(ranks("x1,x2,x3\nA2,A4,A1\n", "[x1, x2, x3]")).toEqual([3, 1, 0, 2]);
  expect(ranks("a,b,c,d\n2,1,,3\n", "[a, b, c, d]")).toEqual([2, 1, 0, 3]);
  expect(ranks("q\n福祉 > 交通 > 防災\n", "[q]")).toEqual([3, 1, 0, 2]);
  const twice = coded("x1,x2,x3\nA2,A2,A1\n", `{ id: q, type: rank, columns: [x1, x2, x3], ${options} }`);
  expect(twice.corrections[0]?.message).toContain("「福祉」が二つの順位に");
});

test("3(1)(ｱ)① 無回答・非該当・不明は言葉のまま分け、「*」「-」は決めつけずに不明とし、直し方を言う", () => {
  const values = ["1", "無回答", "非該当", "不明", "*", "-", "", "２", "02"];
  const found = coded(
    `a,q\n${values.map((one) => `x,${one}`).join("\n")}\n`,
    "{ id: q, type: sa, options: [ア, イ] }",
  );
  expect([...(found.single ?? [])]).toEqual([0, -1, -2, -3, -3, -3, -1, 1, 1]);
  expect(found.corrections.map(({ row, message }) => [row, message.slice(0, 12)])).toEqual([
    [5, "「*」を「不明」としまし"],
    [6, "「-」を「不明」としまし"],
  ]);
});

test("3(1)(ｱ)① 十万人でも、選択肢にない値が一割を超えれば、列の取り違えと言う", () => {
  const csv = `q\n${Array.from({ length: 20_000 }, (_, at) => (at % 5 === 0 ? `会社${at}` : "1")).join("\n")}\n`;
  expect(() => coded(csv, "{ id: q, type: sa, options: [ア, イ] }")).toThrowError("20000行のうち4000行");
});
