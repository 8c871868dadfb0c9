import { expect, test } from "vitest";
import { checkManuscript } from "./check-manuscript.ts";
import { readManuscript } from "./manuscript-reader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const told = (chapter: string) =>
  checkManuscript(
    readManuscript(
      new Map([
        ["plan.yaml", bytes("title: 題")],
        ["a.md", bytes(chapter)],
      ]),
    ),
  ).map(({ message }) => message);

test("3(1)(ｷ) 印にならないほかの道具の書き方と、指されない脚注を、直し方とともに知らせる", () => {
  const found = told(
    "# 章\n文と ![画](images/a.png) と ~~消す~~ と `符号` と <b>太</b>[^a]。\n\n[^a]: 指す。[^b]\n[^b]: 孫。\n[^c]: 余り。\n",
  );
  expect(found).toHaveLength(5);
  expect(found.slice(0, 4).map((one) => one.split("」")[0])).toEqual([
    "「![画](images/a.png)",
    "「~~消す~~",
    "「`符号`",
    "「<b>",
  ]);
  expect(found[4]).toContain("脚注「c」");
});

test("3(1)(ｷ) ふつうの文では、印の注意は出ない", () => {
  expect(
    told(
      "# 章\n一<br>二、3 < 5 > 2、**太字**、ABC～DEF、[文](https://example.jp/a?b=1&c=2)、{{data/x.csv!B2|0.0}}。\n",
    ),
  ).toEqual([]);
});
