import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { writeWordDocument } from "../office/word-document.ts";
import { parseXml, textOf } from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { buildPlanFile } from "./build-plan-file.ts";
import { comparePlans, readComparable } from "./compare-plan-file.ts";
import { readManuscript } from "./manuscript-reader.ts";
import { readReasons } from "./reason-reader.ts";
import { trackedDocument } from "./tracked-document.ts";
import { readWordManuscript } from "./word-manuscript-reader.ts";

const created = "2025-01-01T00:00:00.000Z";
const files = (chapter: string) =>
  new Map([
    ["plan.yaml", new TextEncoder().encode("title: 計画")],
    ["01.md", new TextEncoder().encode(chapter)],
  ]);
const kinds = (a: string, b: string) =>
  comparePlans(readManuscript(files(a)), readManuscript(files(b)), { created }).changes.map(
    ({ kind, before, after }) => [kind, before, after],
  );

const first = `# 総則

市は、計画を作る。市は、毎年度、進み方を公表する。

## 定義

| 用語 | 意味 |
|---|---|
| 市民 | 市内に住む人 |
| 部 | << |
| ^^ | 課 |

# 雑則 {#z}

[[@z]]の施行に必要な事項は、別に定める。
`;
const second = first
  .replace("計画を作る。市は、毎年度、進み方を", "計画を作る。\n\n市は、毎年度、進み方を市民に")
  .replace("市内に住む人", "市内に住む人又は働く人")
  .replace("## 定義", "## 用語の定義")
  .replace("# 雑則", "# 補則\n\n補う文。\n\n# 雑則");

test("3(1)(ｵ) 分けた段落、直した見出しとます目、番号の繰り下げ、参照を、出るときの文字で並べる", () => {
  const found = kinds(first, second);
  expect(found.map(([kind]) => kind)).toEqual([
    ...["split", "changed", "changed", "added", "added", "renumbered", "renumbered"],
  ]);
  expect(found[0]?.[2]).toBe("市は、計画を作る。\n市は、毎年度、進み方を市民に公表する。");
  expect(found[5]).toEqual(["renumbered", "第２章　雑則", "第３章　雑則"]);
  expect(found[6]?.slice(1)).toEqual([
    "第２章の施行に必要な事項は、別に定める。",
    "第３章の施行に必要な事項は、別に定める。",
  ]);
  expect(kinds(second, first).map(([kind]) => kind)).toEqual([
    ...["merged", "changed", "changed", "removed", "removed", "renumbered", "renumbered"],
  ]);
});

test("3(1)(ｵ) 新旧対照表は、現行・改正案の並びと、意見番号つきの理由の列も作る", async () => {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-reasons-"));
  try {
    const path = join(folder, "理由.csv");
    writeFileSync(path, "部分,意見No.,理由\nz,12,章を加えた\nz,No.13,\n,1,空の行\n");
    const reasons = await readReasons(path);
    expect([...reasons]).toEqual([["z", "意見No.12　章を加えた\nNo.13"]]);
    const { docx } = comparePlans(readManuscript(files(first)), readManuscript(files(second)), {
      ...{ created, layout: "current", reasons },
    });
    const xml = textOf(parseXml(openZip(docx).get("word/document.xml") ?? new Uint8Array()));
    expect(xml).toContain("該当箇所現行改正案理由");
    expect(xml).toContain("意見No.12　章を加えた");
    expect(xml).toContain("変更履歴つきの本文");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("3(1)(ｵ) 理由の表に文の列があれば、一つの部分の変わったところごとの行に、理由と意見番号が付く", async () => {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-reasons-"));
  try {
    const path = join(folder, "理由.csv");
    writeFileSync(path, "部分,該当の文,意見No.,理由\np1,毎週,3,回数を増やした\np1,図書館,,場所を足した\n");
    const [a, b] = [
      "窓口を毎月開く。予約は要らない。支所で行う。",
      "窓口を毎週開く。予約は要らない。支所と図書館で行う。",
    ];
    const { docx, changes } = comparePlans(
      readManuscript(files(`# 章\n\n${a} {#p1}\n`)),
      readManuscript(files(`# 章\n\n${b} {#p1}\n`)),
      { created, reasons: await readReasons(path) },
    );
    expect(changes).toHaveLength(1);
    const xml = textOf(parseXml(openZip(docx).get("word/document.xml") ?? new Uint8Array()));
    expect(xml).toContain("（略）変更意見No.3　回数を増やした");
    expect(xml).toContain("（略）支所と図書館で行う。（略）支所で行う。変更場所を足した");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test("3(1)(ｵ) ほかの人の Word どうしも比べる: 見出し、結合した表、注。変更履歴は承諾したものとして読む", async () => {
  const word = async (chapter: string) =>
    (await buildPlanFile(files(chapter), ["docx"], created, { noPages: true })).files[0]?.bytes ??
    new Uint8Array();
  const [a, b] = [await word(first), await word(second)];
  const [old, now] = [readWordManuscript(a, "a.docx"), readWordManuscript(b, "b.docx")];
  expect(
    old.blocks.filter(({ kind }) => kind === "heading").map((one) => ("text" in one ? one.text : "")),
  ).toEqual(["総則", "定義", "雑則"]);
  expect(old.blocks.find(({ kind }) => kind === "table")).toMatchObject({
    header: ["用語", "意味"],
    rows: [
      ["市民", "市内に住む人"],
      ["部", "<<"],
      ["", "課"],
    ],
  });
  const found = comparePlans(old, now, { created }).changes;
  expect(found.map(({ kind }) => kind)).toEqual(["split", "changed", "changed", "added", "added", "changed"]);
  const tracked = writeWordDocument(
    trackedDocument(readManuscript(files(first)), readManuscript(files(second)), created),
  );
  const accepted = readWordManuscript(tracked, "t.docx");
  expect(accepted.warnings[0]?.message).toContain("変更履歴があります");
  const texts = accepted.blocks.map((one) => ("text" in one ? one.text : ""));
  expect(texts).toContain("市は、毎年度、進み方を市民に公表する。");
  expect(texts.join("")).not.toContain("第２章の施行");
});

test("比べられないものは、何ができるかを言って断る", async () => {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-compare-"));
  try {
    const path = join(folder, "古い.doc");
    writeFileSync(path, "x");
    await expect(readComparable(path)).rejects.toThrow(/古い.doc は Word（.docx）として開けません/);
    await expect(readComparable(join(folder, "ない"))).rejects.toThrow(/見つかりません/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
