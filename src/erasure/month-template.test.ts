import fc from "fast-check";
import { expect, test } from "vitest";
import { matchTemplate, templateValues } from "./month-template.ts";

const labels = ["対象の月", "取り扱った従業者", "事故・違反", "教育・研修", "業務名", "委託者"];

test("７(3) 別の名の様式でも、同じ名と、含み合う名に当て、当たらない名は空にする", () => {
  const names = ["対象月", "事故・違反の有無", "研修", "取扱従業者", "所管課長の印"];
  const map = matchTemplate(names, labels);
  expect(map).toEqual({
    対象月: "対象の月",
    取扱従業者: "取り扱った従業者",
    "事故・違反の有無": "事故・違反",
    研修: "教育・研修",
  });
  const values = templateValues(
    names,
    map,
    new Map([
      ["対象の月", "令和7年9月"],
      ["教育・研修", "1件"],
    ]),
  );
  expect([...values]).toEqual([
    ["対象月", "令和7年9月"],
    ["事故・違反の有無", ""],
    ["研修", "1件"],
    ["取扱従業者", ""],
    ["所管課長の印", ""],
  ]);
});

test("当てる先は、いつも差し込める値の見出しのどれかで、同じ名はその名に当たる", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 12 })), (names) => {
      const map = matchTemplate([...names, ...labels], labels);
      for (const label of Object.values(map)) expect(labels).toContain(label);
      for (const label of labels) expect(map[label]).toBe(label);
    }),
  );
});

test("７(3) 短い見出しは、基準の項目の題の一部には当たらない", () => {
  const items = ["基準6 事件・事故における報告連絡体制", "基準9 定期監査の実施"];
  expect(matchTemplate(["報告", "６ 事件・事故における報告連絡体制", "定期監査"], items)).toEqual({
    "６ 事件・事故における報告連絡体制": items[0],
    定期監査: items[1],
  });
});
