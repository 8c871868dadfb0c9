import fc from "fast-check";
import { expect, test } from "vitest";
import { diffText } from "../office/text-diff.ts";
import { parseXml, textOf } from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { buildPlanFile } from "./build-plan-file.ts";
import { comparePlans } from "./compare-plan-file.ts";
import { readManuscript } from "./manuscript-reader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const folder = (files: Record<string, string>) =>
  new Map(Object.entries(files).map(([name, text]) => [name, bytes(text)]));
const created = "2025-09-17T00:00:00.000Z";

const yaml = `
title: （仮称）第２次ICT活用戦略
numbering: ["第{N}章", "{N}", "({n})"]
glossary: { 市民: [住民] }
upper: { A-1: 総合計画 1 誰もが, B-2: 行革 2 効率 }
`;
const chapter = `# 策定に当たって {#c1}
この戦略は[[@c2]]の施策を定める。利用率は{{data/use.csv!B2|0.0}}％である[^1]。

[^1]: 市民調査（令和7年）。

## 背景 {#c1-1}
- 一つ目
- 二つ目

# 施策 {#c2}
:::measure {#m1 title="窓口の改善" owner="企画課" upper="A-1"}
取組の本文。
:::

表: 指標 {#k1}
| 指標 | 単位 | 現状値 | 目標値 | 出典 | 算定式 |
|---|---|---|---|---|---|
| 利用率 | ％ | 61.7 | 80 | 市民調査 | 利用者÷回答者 |

:::figure {#f1 title="利用率" data="data/use.csv" source="市民調査" alt="利用率の棒" unit="％"}
:::
`;
const data = "項目,利用率\nスマホ,61.7\nパソコン,40\n";
const whole = { "plan.yaml": yaml, "01.md": chapter, "data/use.csv": data };

/** 欄の命令（REF、SEQ、PAGEREF、TOC）を除いた、読む文字。 */
function plainWord(text: string): string {
  return text.replace(/ (?:REF \S+(?: \\w)? \\h|SEQ \S+ \\\* ARABIC|PAGEREF \S+ \\h) /g, "");
}

async function wordText(files: Record<string, string>): Promise<string> {
  const { files: made } = await buildPlanFile(folder(files), ["docx"], created);
  return textOf(
    parseXml(openZip(made[0]?.bytes ?? new Uint8Array()).get("word/document.xml") ?? new Uint8Array()),
  );
}

test("3(1)(ｷ) 一つの原稿から、同じ番号・参照・数の Word と HTML ができ、外のものを読まない", async () => {
  const { files, warnings, matrix } = await buildPlanFile(folder(whole), ["docx", "html"], created);
  expect(warnings).toEqual([]);
  const html = new TextDecoder().decode(files[1]?.bytes);
  const web = textOf(parseXml(bytes(`<b>${/<main[\s\S]*<\/main>/.exec(html)?.[0] ?? ""}</b>`)));
  for (const text of [plainWord(await wordText(whole)), web]) {
    expect(text).toContain("第１章　策定に当たって");
    expect(text).toMatch(/この戦略は第２章の施策を定める。利用率は61.7％である(（注1）)?。/);
    expect(text).toContain("施策1　窓口の改善");
    expect(text).toContain("図1　利用率");
  }
  expect(html).toMatch(/<html lang="ja">/);
  expect(html.replace(/xmlns="[^"]*"/g, "")).not.toMatch(/https?:|@import|url\(/);
  expect(matrix).toEqual([
    { item: "A-1", label: "総合計画 1 誰もが", measures: ["m1"] },
    { item: "B-2", label: "行革 2 効率", measures: [] },
  ]);
  expect([...openZip(files[0]?.bytes ?? new Uint8Array()).keys()]).toContain("word/charts/chart1.xml");
});

test("3(1)(ｷ) スライドは、題が題の場所にあり、長い文も長い表も続きに送って、一字も失わない", async () => {
  const long = `# 章 {#c}\n${"これは長い文です。".repeat(120)}\n\n表: 表題\n| a | b |\n|---|---|\n${Array.from({ length: 60 }, (_, n) => `| 行${n} | ${n} |`).join("\n")}\n`;
  const { files } = await buildPlanFile(folder({ ...whole, "01.md": long }), ["pptx"], created);
  const parts = openZip(files[0]?.bytes ?? new Uint8Array());
  const slides = [...parts]
    .filter(([name]) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
    .map(([, body]) => textOf(parseXml(body)));
  expect(slides.length).toBeGreaterThan(5);
  const all = slides.join("");
  expect(all.split("これは長い文です。").length - 1).toBe(120);
  for (let n = 0; n < 60; n += 1) expect(all).toContain(`行${n}`);
});

test("3(1)(ｱ) 章を入れ替えても、参照は追いつく。数は、データを直せば直る", async () => {
  const moved = {
    ...whole,
    "01.md": `# 前置き {#c0}\n\n${chapter}`,
    "data/use.csv": data.replace("61.7", "72.25"),
  };
  const text = plainWord(await wordText(moved));
  expect(text).toContain("この戦略は第３章の施策を定める。利用率は72.3％である");
});

test("誤りは、どこかを言って続ける: 参照、データ、代わりの文、権利、指標、用語、上位計画、重なる id、閉じない囲み", async () => {
  const bad = `# 章 {#a}
住民は[[@nope]]を見る。{{data/none.csv!A1}} {{data/use.csv!Z9}} [^x]

# 章二 {#a}
:::photo {#p title="写真" src="x.png"}
:::
:::measure {#m title="施策" upper="Z-9"}
表: 指標
| 指標 | 目標値 |
|---|---|
| 率 |  |
`;
  const { warnings, files } = await buildPlanFile(
    folder({ ...whole, "01.md": bad }),
    ["docx", "html"],
    created,
  );
  expect(new Set(warnings.map(({ kind }) => kind))).toEqual(
    new Set([
      ...["missing-reference", "missing-data", "footnote", "duplicate-id", "missing-alt", "missing-rights"],
      ...["upper", "kpi", "glossary", "markup", "image"],
    ]),
  );
  expect(warnings.find(({ kind }) => kind === "missing-reference")?.place).toEqual({
    file: "01.md",
    line: 2,
  });
  expect(files).toHaveLength(2);
});

test("原稿のフォルダーの誤りは、直し方を言って断る", async () => {
  const refused = (part: string) =>
    expect.objectContaining({ code: "BAD_INPUT", message: expect.stringContaining(part) });
  await expect(buildPlanFile(folder({}), ["docx"], created)).rejects.toThrowError(
    refused("plan.yaml がありません"),
  );
  await expect(buildPlanFile(folder({ "plan.yaml": "title: a" }), ["docx"], created)).rejects.toThrowError(
    refused("本文（.md）"),
  );
  await expect(buildPlanFile(folder({ "plan.yaml": "x: [" }), ["docx"], created)).rejects.toThrowError(
    refused("読めません"),
  );
  await expect(
    buildPlanFile(folder({ "plan.yaml": "title: a\nchapters: [b.md]" }), ["docx"], created),
  ).rejects.toThrowError(refused("「b.md」"));
});

test("3(1)(ｵ) 新旧対照表: id で結び、変わった字だけに下線、新設と削る、移動", () => {
  const after = chapter
    .replace("この戦略は", "本戦略は")
    .replace("- 二つ目\n", "- 二つ目\n- 三つ目\n")
    .replace(
      ":::measure {#m1",
      ':::measure {#m2 title="新しい施策" upper="B-2"}\n本文。\n:::\n\n:::measure {#m1',
    );
  const { changes, docx } = comparePlans(
    readManuscript(folder(whole)),
    readManuscript(folder({ ...whole, "01.md": after })),
    {
      created,
    },
  );
  expect(changes.map(({ kind, block }) => [kind, block])).toEqual([
    ["changed", "c1/p1"],
    ["changed", "c1-1/l1"],
    ["added", "m2"],
    ["added", "m2/p1"],
  ]);
  const xml = new TextDecoder().decode(openZip(docx).get("word/document.xml"));
  expect(xml).toMatch(/<w:del [^>]*><w:r>.*?<w:delText[^>]*>この<\/w:delText>/);
  expect(xml).toMatch(/<w:ins [^>]*><w:r>.*?<w:t[^>]*>本<\/w:t>/);
  expect(xml).toContain("（新設）");
  expect(new Set([...xml.matchAll(/<w:(?:ins|del) w:id="(\d+)"/g)].map((one) => one[1])).size).toBe(
    [...xml.matchAll(/<w:(?:ins|del) w:id=/g)].length,
  );
});

test("3(1)(ｵ) 差は、どの二つの文でも、同じと消したで元の文、同じと足したで新しい文になる", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."あいう、。abc") }),
      fc.string({ unit: fc.constantFrom(..."あいう、。abc") }),
      (a, b) => {
        const pieces = diffText(a, b);
        const side = (skip: string) =>
          pieces
            .filter(({ kind }) => kind !== skip)
            .map(({ text }) => text)
            .join("");
        expect([side("added"), side("removed")]).toEqual([a, b]);
      },
    ),
  );
});

test("どんな本文でも倒れず、書かれた文字を捨てない", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.constantFrom(
            "# 見出し",
            ":::measure {#m}",
            ":::",
            "| a | b |",
            "表: 題",
            "- 項目",
            "[[@x]]",
            "{{x!A1}}",
            "[^1]",
            "[^1]: 注",
          ),
          fc.string({ maxLength: 20 }),
        ),
        { maxLength: 12 },
      ),
      async (lines) => {
        const marker = "目印の文";
        const { files } = await buildPlanFile(
          folder({ "plan.yaml": "title: 題", "01.md": `${lines.join("\n")}\n\n${marker}\n` }),
          ["html"],
          created,
        );
        expect(new TextDecoder().decode(files[0]?.bytes)).toContain(marker);
      },
    ),
    { numRuns: 150 },
  );
});
