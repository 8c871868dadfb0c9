import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { writeZip } from "../office/zip.ts";
import { checkFormat, detectFormat, readFormats } from "./file-format.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const office = (type: string) =>
  writeZip(new Map([["[Content_Types].xml", bytes(`<Types><Override ContentType="${type}"/></Types>`)]]));
const open = "application/vnd.openxmlformats-officedocument.";
const word = writeWordDocument({
  ...{ title: "x", author: "y", created: "2025-09-17T04:40:00Z", blocks: [{ kind: "paragraph", text: "z" }] },
});

test("９ 形式は名前ではなく中身で見分ける", () => {
  expect(detectFormat(word)).toBe("docx");
  expect(detectFormat(office(`${open}spreadsheetml.sheet.main+xml`))).toBe("xlsx");
  expect(detectFormat(office(`${open}presentationml.presentation.main+xml`))).toBe("pptx");
  expect(detectFormat(bytes("%PDF-1.7\n…\n%%EOF\n"))).toBe("pdf");
});

test.each([
  ["空", new Uint8Array()],
  ["途中で切れた PDF", bytes("%PDF-1.7\n…")],
  ["古い形式やパスワード付き", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  ["マクロ入り", office("application/vnd.ms-word.document.macroEnabled.main+xml")],
  ["ただの ZIP", office("text/plain")],
  ["文字", bytes("これは文書ではありません")],
])("%s は断る", (_, given) => {
  expect(() => detectFormat(given)).toThrow(AppError);
});

test("求められた形式と違えば、中身が何かと、何にするかを言う", () => {
  expect(() => checkFormat(word, ["xlsx", "pdf"])).toThrow(/中身はWord.*Excel.*PDF/);
  expect(checkFormat(word, ["docx"])).toBe("docx");
  expect(checkFormat(word, [])).toBe("docx");
});

test("どんなバイト列でも、形式を言うか、断るかのどちらか", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (tail, zip) => {
      const given = Uint8Array.from([...(zip ? [0x50, 0x4b, 0x03, 0x04] : []), ...tail]);
      try {
        expect(["docx", "xlsx", "pptx", "pdf"]).toContain(detectFormat(given));
      } catch (cause) {
        expect(cause).toBeInstanceOf(AppError);
      }
    }),
  );
});

test("文書の言葉から、納める形式を読む", () => {
  expect(readFormats("「.docx」、「.xlsx」、「.pptx」、「.pdf」のうち何れか")).toEqual([
    "docx",
    "xlsx",
    "pptx",
    "pdf",
  ]);
  expect(readFormats("Microsoft Word や PowerPoint など編集可能なデータ")).toEqual(["docx", "pptx"]);
  expect(readFormats("ＰＤＦ")).toEqual(["pdf"]);
  expect(readFormats("紙")).toEqual([]);
});
