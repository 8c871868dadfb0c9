import { expect, test } from "vitest";
import { TextBinder } from "./bound-text.ts";
import { readManuscript } from "./manuscript-reader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (chapter: string, yaml = "title: 題", more: Record<string, string> = {}) =>
  readManuscript(
    new Map(
      Object.entries({ "plan.yaml": yaml, "01.md": chapter, ...more }).map(([name, text]) => [
        name,
        bytes(text),
      ]),
    ),
  );

test("3(1)(ｱ) 図の形、横向きの表、期間、手引の項目、資料編の番号を読み、知らない属性も残す", () => {
  const { blocks, warnings, meta } = read(`# 施策 {#c1 covers="A1,B2"}
:::measure {#m1 title="窓口" period="2025-2028" note="残す"}
本文。
:::
:::figure {#f1 title="体系" chart="tree" alt="体系図"}
:::
表: 一覧 {#t1 wide="yes" widths="3,1" source="調査"}
| a | b |
|---|---|
| 1 | 2 |

# 用語集 {#x1 annex="yes"}
## あ行 {#x1-1}
# 奥付 {#x2 number="no"}
`);
  expect(warnings).toEqual([]);
  expect(blocks[0]).toMatchObject({ covers: ["A1", "B2"] });
  expect(blocks[1]).toMatchObject({ period: "2025-2028", marks: { note: "残す" } });
  expect(blocks[2]).toMatchObject({ form: "tree" });
  expect(blocks[3]).toMatchObject({ wide: true, widths: [3, 1], source: "調査" });
  const { numbers } = new TextBinder({ meta, blocks, warnings, footnotes: new Map(), files: new Map() });
  expect([numbers.get("c1"), numbers.get("x1"), numbers.get("x1-1"), numbers.get("x2")]).toEqual([
    "第１章",
    "資料１",
    "１",
    undefined,
  ]);
});

test("書き込み（<!-- -->）は成果品に出ず、閉じ忘れは知らせて、後の本文を失わない", () => {
  const found = read("<!-- 係長へ: 数を確認\n二行目 -->\n本文。\n\n<!-- 閉じない\n\n残る本文。\n");
  expect(found.comments?.map(({ text }) => text)).toEqual(["係長へ: 数を確認\n二行目", "閉じない"]);
  expect(found.blocks.map((block) => ("text" in block ? block.text : ""))).toEqual(["本文。", "残る本文。"]);
  expect(found.warnings.map(({ kind }) => kind)).toEqual(["markup"]);
});

test("3(1)(ｱ) 年度と日は和暦と西暦に、資料の番号は書誌に、太字と参照先は分かれる", () => {
  const manuscript = read(
    "# 章 {#c1}\n{{年度:2024}}から{{日:2024-12-02}}。**大事な[[@c1]]**[^src:S-01]と[^src:S-99]。{{日:2024-02-30}}",
    "title: 題",
    { "sources.yaml": "S-01: 市民調査（令和6年）" },
  );
  const binder = new TextBinder(manuscript);
  const text = manuscript.blocks[1]?.kind === "paragraph" ? manuscript.blocks[1].text : "";
  const runs = binder.runs(text, { file: "01.md", line: 2 });
  expect(runs.map((run) => run.text).join("")).toBe(
    "令和６年度（2024年度）から令和６年12月２日。大事な第１章（注1）と[^src:S-99]。{{日:2024-02-30}}",
  );
  expect(runs.find((run) => run.target)).toEqual({ text: "第１章", target: "c1", bold: true });
  expect([...binder.cited]).toEqual([["S-01", "市民調査（令和6年）"]]);
  expect(binder.warnings.map(({ kind }) => kind)).toEqual(["source", "markup"]);
});

test("3(1)(ｱ) ほかの道具の書き方: 空行のない並び、入れ子、丸数字、引用、脚注の続き、画像、区切りの線", () => {
  const { blocks, warnings, footnotes } = read(`次のとおりです。
- 一つ目
  - 入れ子
- 二つ目

① 丸の一つ目
② 丸の二つ目

> 引用の文

---

![港の写真](images/a.jpg)

本文[^a]。

[^a]: 一行目の注。
    続きの注。
`);
  expect(warnings).toEqual([]);
  expect(blocks.map(({ kind }) => kind)).toEqual([
    ...["paragraph", "list", "paragraph", "paragraph", "paragraph", "photo", "paragraph"],
  ]);
  expect(blocks[1]).toMatchObject({ items: ["一つ目<br>－ 入れ子", "二つ目"] });
  expect(blocks.slice(2, 5).map((block) => ("text" in block ? block.text : ""))).toEqual([
    "① 丸の一つ目",
    "② 丸の二つ目",
    "引用の文",
  ]);
  expect(blocks[5]).toMatchObject({ src: "images/a.jpg", alt: "港の写真" });
  expect(footnotes.get("a")).toBe("一行目の注。続きの注。");
});

test("名の分からない囲みは、名を言って知らせ、中の文を失わない", () => {
  const { blocks, warnings } = read(":::gallery {#g}\n中の文。\n:::\n後の文。\n");
  expect(warnings).toHaveLength(1);
  expect(warnings[0]?.message).toContain("「gallery」");
  expect(blocks.map((block) => ("text" in block ? block.text : ""))).toEqual([
    "gallery {#g}",
    "中の文。",
    "後の文。",
  ]);
});

test("3(1)(ｷ) 閉じ忘れた囲みは次の章や施策の前で閉じて知らせ、章が施策の中に入らない", () => {
  const { blocks, warnings } = read(
    '# 一章 {#c1}\n\n:::measure {#m1 title="甲"}\n甲の文。\n\n:::measure {#m2 title="乙"}\n乙の文。\n:::\n\n:::column {#k1 title="丙"}\n丙の文。\n\n# 二章 {#c2}\n文。\n',
  );
  expect(blocks.map(({ id }) => id)).toEqual(["c1", "m1", "m2", "k1", "c2", expect.any(String)]);
  expect(warnings.map(({ message, place }) => [place.line, message.slice(0, 20)])).toEqual([
    [6, "「:::」で始めた囲みが、閉じられていま"],
    [13, "「:::」で始めた囲みが、閉じられていま"],
  ]);
});

test("3(1)(ｷ) 入れ子の並びは、番号も深さも失わない", () => {
  const { blocks } = read("# 章 {#c}\n\n1. 一\n   1. 入れ子\n      - さらに\n2. 二\n");
  expect(blocks[1]).toMatchObject({
    kind: "list",
    ordered: true,
    items: ["一<br>1. 入れ子<br>　－ さらに", "二"],
  });
});
