import { expect, test } from "vitest";
import { convertDocuments, pdfFacts, pdfPictures } from "./libre-office.ts";

// @stage documents

const bytes = (text: string) => new TextEncoder().encode(text);
// A4 の縦に一行だけの書類。RTF は文字を符号で書くので、ここで組み立てられる。
const page = (title: string) => {
  const codes = [...title].map((letter) => `\\u${letter.charCodeAt(0)}`).join("");
  return bytes(`{\\rtf1\\ansi\\uc0\\paperw11906\\paperh16838 ${codes} \\par}`);
};

test("渡した順に、まとめて PDF にし、枚数・大きさ・文字・絵を読み返せる", async () => {
  const pdfs = await convertDocuments(
    [
      { name: "一.rtf", bytes: page("業務日報") },
      { name: "二.rtf", bytes: page("受講通知書") },
    ],
    "pdf",
  );
  const [first, second] = await Promise.all(pdfs.map(pdfFacts));
  expect(first?.texts.join("")).toContain("業務日報");
  expect(second?.texts.join("")).toContain("受講通知書");
  expect(first?.pages).toBe(1);
  expect([first?.width, first?.height].map((points) => Math.round(points ?? 0))).toEqual([595, 842]);
  const pictures = await pdfPictures(pdfs[0] ?? new Uint8Array());
  expect(pictures).toHaveLength(1);
  expect([...(pictures[0] ?? []).slice(1, 4)]).toEqual([...bytes("PNG")]);
});

test("開けない書類は、その名を挙げて失敗する", async () => {
  const broken = { name: "壊れた.xlsx", bytes: bytes("PK\u0003\u0004 not a zip") };
  await expect(convertDocuments([broken], "pdf")).rejects.toThrow(/壊れた\.xlsx|変換できません/);
});
