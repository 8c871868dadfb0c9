import { expect, test } from "vitest";
import { groupCommentsFile } from "./group-comments-file.ts";

const read = (text: string) => groupCommentsFile(new TextEncoder().encode(text), "in.csv");
const refused = (part: string) =>
  expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(part) });

test("3(1)(ｴ) 人・通・意見・違う文を、別々に数える", () => {
  expect(
    read(
      '\ufeffid,letter,person,text\r\n1,a,甲,"一つ目\r\n続き"\r\n2,a,甲,二つ目\r\n3,b,甲,二つ目\r\n4,c,,三つ目\r\n5,d,乙,=cmd\r\n',
    ),
  ).toEqual({
    ...{ people: 3, letters: 4, opinions: 5, distinct: 4 },
    groups: [{ level: "identical", members: ["2", "3"] }],
  });
});

test("通や人の列がなければ、一つの意見が一通、一通が一人", () => {
  expect(read("text\tid\nあ\t1\nい\t2\n")).toMatchObject({ people: 2, letters: 2, opinions: 2, distinct: 2 });
  expect(read("意見番号,通番号,意見の内容\n1,x,あ\n2,x,い\n")).toMatchObject({
    people: 1,
    letters: 1,
    opinions: 2,
  });
});

test("使えない表は、行と直し方を言って断る", () => {
  expect(() => read("id,body\n1,あ\n")).toThrowError(refused("text の列がありません"));
  expect(() => read("id,text\n1,あ\n1,い\n")).toThrowError(refused("3行目の id は、2行目と同じ"));
  expect(() => read("id,text\n,あ\n")).toThrowError(refused("2行目の id がありません"));
  expect(() => read('id,text\n1,"あ\n')).toThrowError(expect.objectContaining({ code: "BAD_INPUT" }));
  expect(() => read(" \n")).toThrowError(refused("空です"));
});
