import { expect, test } from "vitest";
import { type CheckedAnswer, checkAnswers, stopsResult } from "./answer-check.ts";

const answer = (id: string, more: Partial<CheckedAnswer>): CheckedAnswer => ({
  ...{
    id,
    number: Number(id),
    code: "1",
    summary: "まちづくりセンターでもスマートフォンの相談をしてほしい。",
    status: "C",
  },
  ...{ answer: "相談の場を増やすときの参考にします。", lacksChange: false },
  ...more,
});

test("３(1)(ｴ)② 同じ意味の意見に違う区分・違う考え方があれば言い、分類が違えば言わない", () => {
  const near = "まちづくりセンターでもスマートフォンの相談ができるようにしてほしい。";
  const kinds = (other: Partial<CheckedAnswer>) =>
    checkAnswers([answer("1", {}), answer("2", { summary: near, ...other })]).map(({ kind, other: whom }) => [
      kind,
      whom,
    ]);
  expect(kinds({})).toEqual([]);
  expect(kinds({ status: "D" })).toEqual([["consistency", "2"]]);
  expect(kinds({ answer: "予算がないため行いません。" })).toEqual([["consistency", "2"]]);
  expect(kinds({ status: "D", code: "2" })).toEqual([]);
});

test("空の欄と、変更のない「修正する」は公表を止め、言い方と分かりやすさは止めない", () => {
  const faults = checkAnswers([
    answer("1", { answer: "" }),
    answer("2", { status: "A", lacksChange: true, summary: "別の意見" }),
    answer("3", { summary: "三つ目", answer: "ご意見として承る。検討した。" }),
    answer("4", { summary: "四つ目の意見です", answer: `${"長い文を続けて、".repeat(12)}とします。` }),
  ]);
  expect(faults.filter(stopsResult).map(({ id, kind }) => [id, kind])).toEqual([
    ["1", "empty"],
    ["2", "change"],
  ]);
  expect(faults.filter((one) => !stopsResult(one)).map(({ id, kind }) => [id, kind])).toEqual(
    expect.arrayContaining([
      ["3", "tone"],
      ["4", "plain"],
    ]),
  );
});
