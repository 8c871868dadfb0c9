import { expect, test } from "vitest";
import { readDue } from "./due-rule.ts";
import { readSpecificationText } from "./read-specification.ts";

test.each([
  ["令和６年４月１日までに提出する", "absolute", "2024-04-01", undefined],
  ["R6.4.1までに提出する", "absolute", "2024-04-01", undefined],
  ["2024/4/1までに提出する", "absolute", "2024-04-01", undefined],
  ["令和八年三月三十一日までに提出する", "absolute", "2026-03-31", undefined],
  ["令和７年８月29日に郵便局へ差し出す", "absolute", "2025-08-29", undefined],
  ["2026/6/1から受付を始める", "absolute", "2026-06-01", undefined],
  ["令和７年10月下旬に納品する", "absolute", "2025-10-31", undefined],
  ["令和７年度末までに提出する", "absolute", "2026-03-31", undefined],
  ["毎月10日までに提出する", "recurring", undefined, "monthly on 10日"],
  ["毎年４月１日に提出する", "recurring", undefined, "yearly on 4月1日"],
  ["四半期ごとに提出する", "recurring", undefined, "quarterly"],
  ["１時間おきに知らせる", "recurring", undefined, "periodic"],
  ["翌月５営業日以内に提出する", "relative", undefined, "next-month 5営業日"],
  ["30分以内に駆けつける", "relative", undefined, "PT30M"],
  ["契約締結の日から起算して14日以内に届け出る", "relative", undefined, "P14D after 契約締結の日"],
  ["業務開始の２週間前までに提出する", "relative", undefined, "-P14D before 業務開始"],
  ["打合せの３日後までに配る", "relative", undefined, "P3D after 打合せ"],
  ["納品から３か月が過ぎた後に廃棄する", "relative", undefined, "P3M after 納品"],
  ["年度の終わりに報告する", "relative", undefined, "end-of-fiscal-year"],
  ["業務完了までに返納する", "relative", undefined, "until the end"],
  ["履行期間満了後５年間保存する", "retain", undefined, "P5Y keep after 履行期間満了"],
  ["終了の翌年度から５年間とっておく", "retain", undefined, "P5Y keep after 終了の翌年度"],
  ["遅滞なく報告する", "immediate", undefined, "immediately"],
  ["その都度報告する", "none", undefined, undefined],
])("期限の言葉「%s」は %s", (words, kind, date, rule) => {
  const due = readDue(words, {}, words.includes("保存") ? "保存" : words.includes("とって") ? "とる" : "");
  expect(due.kind).toBe(kind);
  expect(due.date).toBe(date);
  expect(due.rule).toBe(rule);
  expect(words).toContain(due.text);
});

test("条件の中の時と精度は、期限にならず、期限の言葉は文のまま", () => {
  const { obligations } = readSpecificationText(
    "１ 試し\n納品後に誤りが見つかった場合も、無償で訂正すること。\n計測は誤差0.1秒以内の機器で行うこと。\n" +
      "骨子を令和７年10月末、素案を令和７年12月中旬までに作成すること。\n",
  );
  expect(obligations.map((one) => [one.verb, one.due.kind, one.due.date ?? ""])).toEqual([
    ["訂正", "none", ""],
    ["計測", "none", ""],
    ["作成", "absolute", "2025-10-31"],
    ["作成", "absolute", "2025-12-20"],
  ]);
  for (const one of obligations) expect(one.sentence).toContain(one.due.text);
});
