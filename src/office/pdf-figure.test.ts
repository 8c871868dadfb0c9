import { expect, test } from "vitest";
import { addFigureAlts } from "./pdf-figure.ts";

const pdf = `%PDF-1.6
4 0 obj
<</Type/StructElem
/S/Figure
/P 9 0 R
>>
endobj
5 0 obj
<</Type/StructElem
/S/Figure
/Alt<FEFF3042>
>>
endobj
xref
0 1
0000000000 65535 f 
trailer
<</Size 10/Root 1 0 R
>>
startxref
120
%%EOF
`;

test("3(1)(ｷ) 代わりの文のない図だけに、後ろへ足して付ける。元のバイト列は変えない。数が合わなければ何もしない", () => {
  const bytes = new Uint8Array(Buffer.from(pdf, "latin1"));
  const made = Buffer.from(addFigureAlts(bytes, ["棒の図", "あ"])).toString("latin1");
  expect(made.startsWith(pdf)).toBe(true);
  const added = made.slice(pdf.length);
  expect(added).toContain("4 0 obj\n<</Type/StructElem\n/S/Figure\n/Alt<FEFF68D2306E56F3>\n/P 9 0 R\n>>");
  expect(added).not.toContain("5 0 obj");
  expect(added).toContain(`4 1\n${String(pdf.length).padStart(10, "0")} 00000 n \n`);
  expect(added).toContain("/Prev 120>>");
  expect(made.indexOf("xref\n4 1")).toBe(Number(/startxref\n(\d+)\n%%EOF\n$/.exec(made)?.[1]));
  expect(addFigureAlts(bytes, ["一つだけ"])).toBe(bytes);
});
