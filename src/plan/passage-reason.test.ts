import { expect, test } from "vitest";
import { passagesOf } from "../manuscript/passage.ts";
import { reasonsByPassage } from "./passage-reason.ts";

const steps = (...texts: string[]) => texts.slice(1).map((after, at) => ({ before: texts[at] ?? "", after }));
const found = (...texts: string[]) => {
  const shown = { before: texts[0] ?? "", after: texts.at(-1) ?? "" };
  return reasonsByPassage(passagesOf(shown.before, shown.after), shown, steps(...texts));
};

test("3(1)(ｵ) 段落のいくつかの変更は、どの文を直したかで、変わったところごとの理由に分かれる", () => {
  // 一つ目の変更は三つ目の文、二つ目は一つ目の文、三つ目はまた三つ目の文。
  expect(found("甲。乙。丙。", "甲。乙。丙だ。", "甲だ。乙。丙だ。", "甲だ。乙。丙である。")).toEqual([
    [1],
    [0, 2],
  ]);
  // 文を足して番号がずれても、たどれる。消した文も。
  expect(found("甲。乙。丙。", "前。甲。乙。丙。", "前。甲。丙。")).toEqual([[0], [1]]);
  // 直して元に戻したものは、どこにも付かない。
  expect(found("甲。乙。", "甲だ。乙。", "甲。乙。", "甲。乙だ。")).toEqual([[2]]);
});

test("3(1)(ｵ) 表は行で。見える文と原稿の文の数がそろわなければ、分けない", () => {
  const table = (a: string, b: string) => `| 指標 | 値 |\n|---|---|\n| 割合 | ${a} |\n| 件数 | ${b} |`;
  const shown = { before: "指標｜値\n割合｜1\n件数｜5", after: "指標｜値\n割合｜2\n件数｜6" };
  expect(
    reasonsByPassage(
      passagesOf(shown.before, shown.after),
      shown,
      steps(table("1", "5"), table("2", "5"), table("2", "6")),
    ),
  ).toEqual([[0], [1]]);
  const longer = { ...shown, after: `${shown.after}\n注。` };
  expect(
    reasonsByPassage(
      passagesOf(longer.before, longer.after),
      longer,
      steps(table("1", "5"), table("2", "6")),
    ),
  ).toBeUndefined();
  const rows = {
    before: "指標｜値\n割合｜1\n人数｜3\n件数｜5",
    after: "指標｜値\n割合｜2\n人数｜3\n件数｜6",
  };
  const plain = (a: string, b: string) =>
    `| 指標 | 値 |\n|---|---|\n| 割合 | ${a} |\n| 人数 | 3 |\n| 件数 | ${b} |`;
  expect(
    reasonsByPassage(
      passagesOf(rows.before, rows.after),
      rows,
      steps(plain("1", "5"), plain("2", "5"), plain("2", "6")),
    ),
  ).toEqual([[0], [1]]);
  expect(reasonsByPassage(passagesOf("甲。", "乙。"), { before: "甲。", after: "乙。" }, [])).toBeUndefined();
});
