import fc from "fast-check";
import { expect, test } from "vitest";
import type { ManuscriptBlock } from "./manuscript.ts";
import { readManuscript } from "./manuscript-reader.ts";
import { tidyText, writeManuscript } from "./write-manuscript.ts";

const folder = (files: Record<string, string>) =>
  new Map(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)]));

const yaml = `title: 計画
numbering: ["第{N}章", "{N}"]
glossary: { 市民: [住民] }
upper: { A-1: 総合計画 1 }
`;
const chapter = `# 策定に当たって {#c1 covers="A1,A2"}
この計画は[[@c2]]の施策を定める[^1]。 {#p1}

- 一つ目
- 二つ目 {#l1}

:::measure {#m1 title="窓口の改善" owner="企画課" upper="A-1" period="2025-2028" later="知らない属性"}
取組の本文。 {#p2}

:::figure {#f1 title="利用率" data="data/use.csv" source="市民調査" alt="棒" unit="％" chart="line"}
:::
:::

[^1]: 市民調査（令和7年）。

# 資料 {#a1 annex="yes"}
## 用語 {#a2 number="no"}
表: 指標 {#k1 wide="yes" widths="2,1" source="調査"}
| 指標 | 目標値 |
|---|---|
| 利用率 | 80 \\| 90 |

:::kpi {#k2 title="別の指標"}
| 名 | 値 |
|---|---|
| a | 1 |
:::
`;

/** 場所を除いた、原稿の中身。 */
function bare(blocks: readonly ManuscriptBlock[]): unknown[] {
  return blocks.map(({ place: _place, ...block }) =>
    "body" in block ? { ...block, body: bare(block.body) } : block,
  );
}

test("3(1)(ｱ) 書いて読み戻すと、同じ原稿になる（知らない属性、脚注、データも）", () => {
  const read = readManuscript(
    folder({ "plan.yaml": yaml, "01.md": chapter, "data/use.csv": "項目,値\na,1\n" }),
  );
  const again = readManuscript(writeManuscript(read));
  expect(bare(again.blocks)).toEqual(bare(read.blocks));
  expect(again.footnotes).toEqual(read.footnotes);
  expect({ ...again.meta, chapters: undefined }).toEqual({ ...read.meta, chapters: undefined });
  expect(again.files.get("data/use.csv")).toEqual(read.files.get("data/use.csv"));
  expect(again.warnings).toEqual([]);
});

const words = fc
  .array(
    fc.constantFrom(
      ...[
        "市民",
        "の",
        "計画",
        "# ",
        "- ",
        "1. ",
        "|",
        ":::",
        "表:",
        "{#x}",
        "[^1]: ",
        "<!--",
        '"',
        "\n",
        "a b",
        "。",
        "・ ",
      ],
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));
const text = words.map((one) => tidyText(`文${one}`));
const anyText = words.map(tidyText).filter((one) => one !== "");

test("3(1)(ｱ) どんな文でも、一度整えれば、書いて読み戻して変わらない", () => {
  const block = fc.oneof(
    fc.record({ kind: fc.constant("paragraph" as const), text: anyText }),
    fc.record({ kind: fc.constant("heading" as const), level: fc.integer({ min: 2, max: 4 }), text }),
    fc.record({
      kind: fc.constant("list" as const),
      ordered: fc.boolean(),
      items: fc.array(text, { minLength: 1, maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant("table" as const),
      caption: text,
      header: fc.constant(["項目", "値"]),
      rows: fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 3 }),
    }),
  );
  fc.assert(
    fc.property(fc.array(block, { maxLength: 8 }), (made) => {
      const place = { file: "x", line: 1 };
      const head = { kind: "heading", level: 1, text: "章", id: "c", named: true, place } as const;
      const blocks = [
        head,
        ...made.map((one, at) => ({ ...one, id: `b${at}`, named: true, place }) as ManuscriptBlock),
      ];
      const meta = readManuscript(folder({ "plan.yaml": yaml, "a.md": "# a {#a}" })).meta;
      const again = readManuscript(
        writeManuscript({ meta, blocks, footnotes: new Map(), files: new Map(), warnings: [] }),
      );
      const plain = (list: readonly ManuscriptBlock[]) =>
        list.map(({ place: _place, marks: _marks, ...one }) => one);
      expect(plain(again.blocks)).toEqual(plain(blocks));
    }),
    { numRuns: 300 },
  );
  fc.assert(fc.property(words, (one) => tidyText(tidyText(one)) === tidyText(one)));
});
