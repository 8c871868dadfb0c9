import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { codebookJsonSchema, readCodebook } from "./codebook.ts";

test("コードブックの JSON Schema は、文書に置いたものと同じ", () => {
  const written = JSON.parse(readFileSync("docs/schemas/codebook.schema.json", "utf8"));
  expect(written).toEqual(JSON.parse(JSON.stringify(codebookJsonSchema())));
});

test("3(1)(ｱ)① 選択肢は三つの書き方で同じになり、JSON でも YAML でも読める", () => {
  const of = (options: string) =>
    readCodebook(`{"questions":[{"id":1,"type":"sa","options":${options}}]}`).questions[0];
  const wanted = [
    { code: "1", label: "はい" },
    { code: "2", label: "いいえ" },
  ];
  for (const options of [
    '["はい","いいえ"]',
    '{"1":"はい","2":"いいえ"}',
    '[{"code":1,"label":"はい"},{"code":2,"label":"いいえ"}]',
  ])
    expect(of(options)).toMatchObject({ id: "1", options: wanted });
});

test("3(1)(ｱ)① ない設問を指す軸、重なる id とコードは、どれかを言って断る", () => {
  const refused = (yaml: string, part: string) =>
    expect(() => readCodebook(yaml)).toThrowError(
      expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(part) }),
    );
  refused("questions: [ { id: a, type: number } ]\naxes: [b]\n", "設問 b がありません");
  refused("questions: [ { id: a, type: number }, { id: a, type: number } ]\n", "設問 a が二度");
  refused(
    "questions: [ { id: a, type: sa, options: [ {code: 1, label: x}, {code: 1, label: y} ] } ]\n",
    "コード 1 が二度",
  );
  refused("questions: [ { id: a, type: xx } ]\n", "設問 a の type: 次のどれか");
});

test("どんな文字を渡しても、読めるか、断りの一文になる", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      try {
        readCodebook(text);
      } catch (cause) {
        expect(cause).toMatchObject({ name: "AppError" });
      }
    }),
    { numRuns: 300 },
  );
});
