import fc from "fast-check";
import { expect, test } from "vitest";
import { citizenAnswers, citizenCsv } from "../../samples/demo-citizens.ts";
import { codeAnswers } from "./coded-answer.ts";
import { proposeCodebook } from "./propose-codebook.ts";
import { readSurveyData } from "./survey-data.ts";

const read = (text: string) => readSurveyData(new TextEncoder().encode(text), "a.csv");
const typesOf = (text: string) => {
  const { codebook, uses } = proposeCodebook(read(text), "試し");
  return {
    id: codebook.id,
    questions: Object.fromEntries(codebook.questions.map(({ id, type }) => [id, type])),
    roles: Object.fromEntries(uses.map(({ look, role }) => [look.name, role])),
    codebook,
  };
};

test("3(1)(ｱ)① 列から、一つ・複数（一つのます目、選択肢ごとの列）・表の形・順位・数・文・その他の言葉を見分ける", () => {
  const lines = Array.from({ length: 40 }, (_, at) =>
    [
      ...[
        `R${at}`,
        (at % 2) + 1,
        at % 3 === 0 ? '"1,3"' : at % 3 === 1 ? "2" : '"2;4"',
        at % 7 === 0 ? "辞書" : "",
      ],
      ...[at % 2, (at + 1) % 2, 1, (at % 5) + 1, ((at + 2) % 5) + 1],
      ...[(at % 3) + 1, ((at + 1) % 3) + 1, ((at + 2) % 3) + 1],
      ...[20 + at, `意見その${at}です`, at % 2 ? "はい" : "いいえ"],
    ].join(","),
  );
  const head = "番号,F1,Q1,Q1_その他,Q2_1,Q2_2,Q2_3,Q3_1,Q3_2,Q4_1,Q4_2,Q4_3,年齢,Q6 ご意見,問7 はい・いいえ";
  const { id, questions, roles, codebook } = typesOf(`${head}\n${lines.join("\n")}\n`);
  expect(id).toBe("番号");
  expect(questions).toEqual({
    ...{ F1: "sa", Q1: "ma", Q2: "ma", Q3: "matrix", Q3_1: "sa", Q3_2: "sa" },
    ...{ Q4: "rank", 年齢: "number", Q6: "text", 問7: "sa" },
  });
  expect(roles).toMatchObject({ 番号: "id", Q1_その他: "write", Q2_1: "option", Q3_2: "row" });
  expect(codebook.questions.find((one) => one.id === "Q1")?.options.at(-1)).toMatchObject({
    write: "Q1_その他",
  });
  expect(codebook.questions.find((one) => one.id === "問7")).toMatchObject({
    ...{ text: "はい・いいえ", columns: ["問7 はい・いいえ"] },
    options: [{ label: "いいえ" }, { label: "はい" }],
  });
});

test("3(1)(ｱ)① 無回答・わからないの印は、選択肢にしない。九つめの選択肢の 9 は選択肢", () => {
  const five = Array.from({ length: 30 }, (_, at) => `${(at % 5) + 1},${at % 6 === 5 ? "無回答" : "ある"}`);
  const { codebook } = typesOf(`Q1,Q2\n${[...five, "9,わからない", "9,ある"].join("\n")}\n`);
  expect(codebook.questions[0]?.options.map(({ code }) => code)).toEqual(["1", "2", "3", "4", "5"]);
  expect(codebook.questions[0]?.missing).toEqual({ noAnswer: ["9"] });
  expect(codebook.questions[1]?.missing).toEqual({ noAnswer: ["無回答"], dontKnow: ["わからない"] });
  const nine = Array.from({ length: 40 }, (_, at) => String((at % 9) + 1));
  expect(typesOf(`Q1\n${nine.join("\n")}\n`).codebook.questions[0]?.options).toHaveLength(9);
});

test("3(1)(ｱ)① 市民アンケートの列を見分け、その案のまま集計にかけられる", () => {
  const data = read(citizenCsv(citizenAnswers(600)));
  const { codebook, uses } = proposeCodebook(data, "市民");
  expect(codebook.id).toBe("番号");
  expect(codebook.design).toMatchObject({ strata: ["層"], fpc: ["層の人口"], random: true });
  const types = Object.fromEntries(codebook.questions.map(({ id, type }) => [id, type]));
  expect(types).toMatchObject({
    F1: "sa",
    Q1: "ma",
    Q5: "ma",
    Q7: "matrix",
    Q7_1: "sa",
    Q8: "sa",
    Q16: "text",
  });
  expect(uses.filter(({ role }) => role === "write").map(({ look }) => look.name)).toEqual([
    "Q1_text",
    "Q6_text",
  ]);
  expect(uses).toHaveLength(data.names.length);
  expect(codeAnswers(data, codebook).rows).toBe(601);
});

test("どんな表からも、どの列も一つの役を持つ、読めるコードブックができる", () => {
  const cell = fc.oneof(
    fc.constantFrom("", "1", "2", "9", "はい", "1,2", "3;4"),
    fc.string({ maxLength: 12 }),
  );
  const names = fc.uniqueArray(
    fc.constantFrom("id", "Q1", "Q1_1", "Q1_2", "問2", "Q3_その他", "層", "weight", "備考"),
    {
      minLength: 1,
    },
  );
  fc.assert(
    fc.property(
      names.chain((head) =>
        fc.tuple(
          fc.constant(head),
          fc.array(fc.array(cell, { minLength: head.length, maxLength: head.length }), {
            minLength: 1,
            maxLength: 15,
          }),
        ),
      ),
      ([head, rows]) => {
        const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
        const solid = rows.filter((row) => row.some((one) => one.trim() !== ""));
        fc.pre(solid.length > 0);
        const data = read([head, ...solid].map((row) => row.map(quote).join(",")).join("\n"));
        const { codebook, uses } = proposeCodebook(data, "x");
        expect(uses.map(({ look }) => look.name).toSorted()).toEqual([...data.names].toSorted());
        const ids = codebook.questions.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
      },
    ),
  );
});

test("3(1)(ｱ)① ほかの道具の書き出し（フォームの表の形と順位、かっこの中の「,」、その他の言葉の列、道具の付ける列）を見分ける", () => {
  const scale = ["満足", "やや満足", "やや不満", "不満"];
  const places = ["防災", "福祉", "教育"];
  const lines = Array.from({ length: 60 }, (_, at) =>
    [
      `2024/06/${(at % 28) + 1} 10:00:00,u${at}@example.jp`,
      at % 3 === 0 ? '"スマートフォン（iPhone, Android など）, パソコン"' : "パソコン",
      ...[scale[at % 4], scale[(at + 1) % 4], places[at % 3], places[(at + 1) % 3]],
      ...[at % 2 ? "Y" : "", at % 3 ? "Y" : "", at % 9 ? "" : `ラジオ${at}`],
      at % 10 === 0 ? "無回答" : at % 11 === 0 ? "*" : String(20 + (at % 40)),
    ].join(","),
  );
  const head =
    "タイムスタンプ,メールアドレス,使う機器,満足度 [行政手続],満足度 [防災],優先 [1位],優先 [2位],G2[A1],G2[A2],G2[other],年齢";
  const { questions, roles, codebook } = typesOf(`${head}\n${lines.join("\n")}\n`);
  expect(questions).toMatchObject({
    使う機器: "ma",
    満足度: "matrix",
    優先: "rank",
    G2: "ma",
    年齢: "number",
  });
  expect(roles).toMatchObject({ タイムスタンプ: "unused", メールアドレス: "unused", "優先 [1位]": "option" });
  const labels = (id: string) =>
    codebook.questions.find((one) => one.id === id)?.options.map(({ label }) => label);
  expect(labels("使う機器")).toEqual(["パソコン", "スマートフォン(iPhone, Android など)"]);
  expect(labels("G2")).toEqual(["A1", "A2", "その他"]);
  expect(codebook.questions.find((one) => one.matrix === "満足度")?.text).toBe("行政手続");
});

test("3(1)(ｱ)① 「無効」「無記入」と書かれた値は、選択肢でなく、答えのない印の案にする", () => {
  const lines = Array.from({ length: 40 }, (_, at) => ["1", "2", "1", "無効", "無記入"][at % 5]);
  const { codebook } = typesOf(`Q1,性別\n${lines.map((one, at) => `${one},${(at % 2) + 1}`).join("\n")}\n`);
  const [first] = codebook.questions;
  expect(first?.options.map(({ code }) => code)).toEqual(["1", "2"]);
  expect(first?.missing).toMatchObject({ unknown: ["無効"], noAnswer: ["無記入"] });
});
