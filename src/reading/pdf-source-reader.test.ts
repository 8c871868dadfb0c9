import Encoding from "encoding-japanese";
import { expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { readPdfSource } from "./pdf-source-reader.ts";
import { readSpecFile } from "./read-spec-file.ts";

interface Placed {
  text: string;
  x: number;
  y: number;
}

/** 文字を埋め込まない、日本の古い作り方の PDF（90ms-RKSJ-H）。 */
function pdf(pages: Placed[][], trailer = ""): Uint8Array {
  const objects = ["<</Type/Catalog/Pages 2 0 R>>", ""];
  const kids: string[] = [];
  for (const page of pages) {
    const stream = page
      .map(({ text, x, y }) => `BT /F1 10 Tf ${x} ${y} Td <${sjisHex(text)}> Tj ET`)
      .join("\n");
    kids.push(`${objects.length + 1} 0 R`);
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${objects.length + 2} 0 R/Resources<</Font<</F1 FONT>>>>>>`,
      `<</Length ${stream.length}>>stream\n${stream}\nendstream`,
    );
  }
  objects[1] = `<</Type/Pages/Kids[${kids.join(" ")}]/Count ${pages.length}>>`;
  const font = objects.length + 1;
  objects.push(
    `<</Type/Font/Subtype/Type0/BaseFont/MS-Mincho/Encoding/90ms-RKSJ-H/DescendantFonts[${font + 1} 0 R]>>`,
    `<</Type/Font/Subtype/CIDFontType2/BaseFont/MS-Mincho/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)/Supplement 2>>/FontDescriptor ${font + 2} 0 R>>`,
    "<</Type/FontDescriptor/FontName/MS-Mincho/Flags 4/FontBBox[0 -137 1000 859]/ItalicAngle 0/Ascent 859/Descent -137/CapHeight 709/StemV 80>>",
  );
  let out = "%PDF-1.4\n";
  const offsets = objects.map((body, at) => {
    const start = out.length;
    out += `${at + 1} 0 obj\n${body.replace("FONT", `${font} 0 R`)}\nendobj\n`;
    return start;
  });
  const start = out.length;
  out += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
  out += `trailer<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${start}\n%%EOF`;
  return Uint8Array.from(out, (char) => char.charCodeAt(0));
}

function sjisHex(text: string): string {
  const bytes = Encoding.convert(Encoding.stringToCode(text), { to: "SJIS", from: "UNICODE" });
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** 40 字で折り返して、上から並べる。 */
function page(rows: string[], number: number): Placed[] {
  const placed = rows.map((text, at) => ({ text, x: 80, y: 760 - at * 18 }));
  return [
    { text: "東野町業務委託仕様書", x: 240, y: 810 },
    ...placed,
    { text: `- ${number} -`, x: 280, y: 30 },
  ];
}

test("折り返しをつなぎ、柱とページ番号を除き、ページをまたぐ文を読む", async () => {
  const long = "受託者は、業務の実施に当たって知り得た個人情報の取扱いについて、次に掲げる事項";
  const { clauses, obligations, dropped, pages } = await readSpecFile(
    // コマンドはファイルを Buffer で渡す。
    Buffer.from(
      pdf([
        page(["１　総則", "(1)　秘密の保持", long], 1),
        page(["を定め、業務の着手前に書面により委託者に報告しなければならない。", "２　報告"], 2),
        page(["受託者は、事故があったときは、直ちに委託者に報告すること。"], 3),
      ]),
    ),
  );
  expect(pages).toBe(3);
  expect(dropped).toHaveLength(6);
  expect(clauses.map((one) => one.number)).toEqual(["1", "1(1)", "2"]);
  expect(obligations.map((one) => [one.clause, one.verb, one.due.kind])).toEqual([
    ["1(1)", "定める", "none"],
    ["1(1)", "報告", "before"],
    ["2", "報告", "immediate"],
  ]);
});

test("二段組みは、左の段を読み終えてから右の段を読む", async () => {
  const left = Array.from({ length: 14 }, (_, at) => ({
    text: `左の段の${at + 1}行目の文章です。`,
    x: 60,
    y: 760 - at * 20,
  }));
  const right = Array.from({ length: 14 }, (_, at) => ({
    text: `右の段の${at + 1}行目の文章です。`,
    x: 310,
    y: 760 - at * 20,
  }));
  const { text } = await readPdfSource(pdf([[...left, ...right]]));
  expect(text.indexOf("左の段の14行目")).toBeLessThan(text.indexOf("右の段の1行目"));
});

test("文字のない PDF、壊れた PDF は、文で断る", async () => {
  await expect(readPdfSource(pdf([[]]))).rejects.toThrow(/文字がありません/);
  const broken = new TextEncoder().encode("%PDF-1.4\nこわれています");
  await expect(readPdfSource(broken)).rejects.toThrow(AppError);
});

test("パスワードのかかった PDF は、そう言って断る", async () => {
  const encrypt = `/Encrypt<</Filter/Standard/V 1/R 2/O<${"28".repeat(32)}>/U<${"29".repeat(32)}>/P -4>>/ID[<${"01".repeat(16)}><${"01".repeat(16)}>]`;
  await expect(readPdfSource(pdf([page(["１　総則"], 1)], encrypt))).rejects.toThrow(/パスワード/);
});
