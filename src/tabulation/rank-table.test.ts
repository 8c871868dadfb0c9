import fc from "fast-check";
import { expect, test } from "vitest";
import { readCodebook } from "./codebook.ts";
import { codeAnswers } from "./coded-answer.ts";
import { rankRule } from "./rank-table.ts";
import { readDesign } from "./sample-design.ts";
import { readSurveyData } from "./survey-data.ts";
import { tabulate } from "./tabulate.ts";

const codebook = readCodebook(
  "questions: [ { id: q, type: rank, columns: [1位, 2位, 3位], options: { a: 防災, b: 福祉, c: 教育, d: 交通 } } ]\ndesign: { weight: w }\n",
);
const tableOf = (rows: readonly string[]) => {
  const data = readSurveyData(new TextEncoder().encode(`w,1位,2位,3位\n${rows.join("\n")}\n`), "d.csv");
  const survey = codeAnswers(data, codebook);
  return tabulate(survey, codebook, readDesign(data, codebook.design)).questions[0];
};

test("3(1)(ｱ)① 順位の設問は、1位・2位・3位の数と、得点（1位3点、2位2点、3位1点）で示す", () => {
  const found = tableOf(["1,a,b,c", "1,b,a,d", "2,a,,", "1,,,"]);
  expect(found?.ranks).toMatchObject({ places: 3, base: 5, people: 4 });
  const [a, b, c, d] = found?.ranks?.options ?? [];
  expect(a).toMatchObject({
    any: { count: 4, people: 3 },
    counts: [{ count: 3, people: 2 }, { count: 1 }, { count: 0 }],
  });
  expect([a?.score, b?.score, c?.score, d?.score].map((one) => Math.round((one ?? 0) * 1000) / 1000)).toEqual(
    [
      // (3 + 2 + 2×3) / 5、(2 + 3) / 5、1 / 5、1 / 5
      2.2, 1, 0.2, 0.2,
    ],
  );
  expect(found?.options.map(({ unweightedCount }) => unweightedCount)).toEqual([3, 2, 1, 1]);
  expect(rankRule({ places: 3 })).toContain("1位を3点、2位を2点、3位を1点");
});

test("順位ごとの数を足すと、どれかに挙げた数。得点の和は、付けた順位の点の和", () => {
  const answer = fc.subarray(["a", "b", "c", "d"], { maxLength: 3 });
  fc.assert(
    fc.property(fc.array(answer, { minLength: 1, maxLength: 30 }), (answers) => {
      const rows = answers.map((one) => `1,${[0, 1, 2].map((at) => one[at] ?? "").join(",")}`);
      const ranks = tableOf(rows)?.ranks;
      const { places = 1, options = [], people = 0 } = ranks ?? {};
      for (const { any, counts } of options)
        expect(counts.reduce((sum, one) => sum + one.people, 0)).toBe(any.people);
      const points = answers.flatMap((one) => one.map((_, at) => places - at));
      const total = points.reduce((sum, one) => sum + one, 0);
      expect(options.reduce((sum, { score }) => sum + score, 0) * people).toBeCloseTo(total, 8);
    }),
    { numRuns: 60 },
  );
});
