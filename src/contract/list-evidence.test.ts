import { expect, test } from "vitest";
import { clauseName } from "./list-evidence.ts";

test.each([
  ["6(9)", "記録と報告", "６(9) 記録と報告 …", "記録と報告"],
  [
    "7(1)",
    "",
    "(1) 受託者は、他に漏らしてはならない。また、第三者への提供をしないこと。",
    "受託者は、他に漏らしてはならない。",
  ],
  ["6(6)ア", "", "ア 電話機は受託者の負担とする。", "電話機は受託者の負担とする。"],
  ["特記 第3条2", "", "２ 受託者は、保護管理者を定める。", "受託者は、保護管理者を定める。"],
  [
    "第5条",
    "",
    "第５条　乙は、令和７年に限り、２回まで提出する。",
    "乙は、令和７年に限り、２回まで提出する。",
  ],
  ["9", "", "２回まで提出する。", "２回まで提出する。"],
  ["10", "", "①", "10"],
])("題のない条項（%s）は、番号を除いた文の初めで呼ぶ", (number, title, text, name) => {
  expect(clauseName({ number, title, text })).toBe(name);
});

test("長い文は40字で切り、切ったことを示す", () => {
  const name = clauseName({ number: "1", title: "", text: `(1) ${"あ".repeat(60)}。` });
  expect([...name]).toHaveLength(40);
  expect(name.endsWith("…")).toBe(true);
});
