import { expect, test } from "vitest";
import { describeFile } from "./walls-rules.mjs";
import { sizeFaults, styleFaults, wordFaults } from "./walls-text.mjs";

const file = (text, path = "src/reception/booking.ts") => describeFile(path, text);

test("大きさは 250 行で注意、400 行を超えれば違反", () => {
  expect(sizeFaults(file("x\n".repeat(250)))).toEqual([]);
  expect(sizeFaults(file("x\n".repeat(251)))).toMatchObject([{ warning: true }]);
  const [fault] = sizeFaults(file("x\n".repeat(401)));
  expect(fault.message).toContain("401 行");
  expect(fault.warning).toBeUndefined();
});

test("残してはいけない言葉と登録所の名を、行番号とともに見つける", () => {
  const word = ["TO", "DO"].join("");
  expect(wordFaults(file(`ok\n// ${word}: あとで\n`))).toMatchObject([{ line: 2 }]);
  expect(wordFaults(file(`https://registry.${["npmjs", "org"].join(".")}/x`))).toHaveLength(1);
  expect(wordFaults(file("const mastodon = 1;"))).toEqual([]);
});

test("既定の公開、まとめ直し、公開する矢印関数", () => {
  expect(styleFaults(file("export default function x() {}"))).toHaveLength(1);
  expect(styleFaults(file('export * from "./x.ts";'))).toHaveLength(1);
  expect(styleFaults(file("export const f = async (a) => a;"))).toHaveLength(1);
  expect(styleFaults(file("export const f = 3;\nexport function g() {}"))).toEqual([]);
});

test("リポジトリの外のファイルを読む試験は、clone した人の手元で動かない", () => {
  const text = 'new URL("../../../shared/templates/x.xlsx", import.meta.url)';
  expect(styleFaults(file(text, "src/office/zip.test.ts"))).toHaveLength(1);
  expect(styleFaults(file(text.replace("../../../", "../../"), "src/office/zip.test.ts"))).toEqual([]);
});
