import { readFileSync } from "node:fs";
import Encoding from "encoding-japanese";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { serialOf, sheetOf, xlsxOf } from "../testing/sheet-fixture.ts";
import type { Table } from "./table.ts";
import { readTables } from "./table-reader.ts";
import { writeZip } from "./zip.ts";

const texts = (table: Table | undefined) => table?.rows.map((row) => row.map((cell) => cell.text));
const first = (bytes: Uint8Array, name = "a.xlsx") => readTables(bytes, name)[0];
const utf8 = (text: string) => new TextEncoder().encode(text);

function refusal(run: () => unknown): AppError {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error("断られるはずのファイルが読めました");
}

describe("xlsx の値", () => {
  test("文字、数、日付、時刻、真偽、誤り、数式の結果を見えるとおりに読む", () => {
    const table = first(
      sheetOf([
        [
          "受付",
          7,
          { value: 7, format: "0000" },
          { value: serialOf("2025-09-17"), format: '[$-411]ggge"年"m"月"d"日"' },
          { value: 0.4375, format: "h:mm" },
          { value: serialOf("2025-09-17T09:00"), format: "yyyy/m/d h:mm" },
          true,
          { error: "#N/A" },
          { formula: 'A1&"済"', result: "受付済" },
          { formula: "SUM(1,2)", result: 3 },
          { formula: "TODAY()" },
          { inline: "直書き" },
        ],
      ]),
    );
    expect(table?.rows[0]).toEqual([
      { text: "受付", kind: "text", ref: "A1" },
      { text: "7", kind: "number", number: 7, ref: "B1" },
      { text: "0007", kind: "number", number: 7, ref: "C1" },
      { text: "令和7年9月17日", kind: "date", iso: "2025-09-17", number: 45917, ref: "D1" },
      { text: "10:30", kind: "time", iso: "10:30", number: 0.4375, ref: "E1" },
      { text: "2025/9/17 9:00", kind: "datetime", iso: "2025-09-17T09:00", number: 45917.375, ref: "F1" },
      { text: "TRUE", kind: "bool", number: 1, ref: "G1" },
      { text: "#N/A", kind: "error", ref: "H1" },
      { text: "受付済", kind: "text", ref: "I1" },
      { text: "3", kind: "number", number: 3, ref: "J1" },
      { text: "", kind: "empty", ref: "K1", uncomputed: true },
      { text: "直書き", kind: "text", ref: "L1" },
    ]);
  });

  test("ふりがなは読まず、書式の分かれた文字はつなぐ", () => {
    expect(
      texts(first(sheetOf([[{ rich: ["氏", "名"], furigana: "シメイ" }, "_x000D_改\r\n行&<>"]]))),
    ).toEqual([["氏名", "\n改\n行&<>"]]);
  });

  test("市の見本の予約者リスト: 氏名が「氏名シメイ」にならず、隠しシートが分かる", () => {
    const tables = readTables(
      readFileSync(new URL("../testing/booking-list-template.xlsx", import.meta.url)),
      "l.xlsx",
    );
    const list = tables.find((table) => table.name === "予約者リスト");
    const words = texts(list)?.flat() ?? [];
    expect(words).toContain("氏名");
    expect(words.join("")).not.toContain("シメイ");
    expect(list?.rows[0]?.[10]).toMatchObject({ mergedFrom: "A1", ref: "K1" });
    expect(tables.find((table) => table.name === "リスト")?.hidden).toBe(true);
  });

  test("結合したます目は起点の値をくり返し、どこから来たかを言う", () => {
    const table = first(
      sheetOf(
        [
          ["会場", null, "x"],
          ["中央", null, "1"],
          [null, null, "2"],
        ],
        { merges: ["A1:B1", "A2:B3"] },
      ),
    );
    expect(texts(table)).toEqual([
      ["会場", "会場", "x"],
      ["中央", "中央", "1"],
      ["中央", "中央", "2"],
    ]);
    expect(table?.rows[2]?.[1]).toEqual({ text: "中央", kind: "text", ref: "B3", mergedFrom: "A2" });
  });

  test("隠しシートと隠し行、1904年基準、Strict、接頭辞つき", () => {
    const sheets = [
      {
        name: "表",
        rows: [["日", { value: serialOf("2025-09-17") - 1462, format: "yyyy/m/d" }]],
        hiddenRows: [1],
      },
    ];
    for (const more of [{}, { strict: true }, { prefix: "x:" }]) {
      const table = first(xlsxOf({ sheets, date1904: true, ...more }));
      expect(table?.rows[0]?.[1]?.iso).toBe("2025-09-17");
      expect(table?.hiddenRows).toEqual([1]);
    }
    expect(first(xlsxOf([{ name: "隠", rows: [["a"]], hidden: true }]))?.hidden).toBe(true);
  });

  test('番号のない行とます目は順に並べ、t="d" の日付も読む', () => {
    const raw =
      '<row><c t="inlineStr"><is><t>a</t></is></c><c><v>2</v></c></row><row><c r="C2" t="d"><v>2025-09-17</v></c></row>';
    const table = first(sheetOf([], { rawSheetData: raw }));
    expect(texts(table)).toEqual([
      ["a", "2"],
      ["", "", "2025/9/17"],
    ]);
    expect(table?.rows[1]?.[2]?.iso).toBe("2025-09-17");
  });
});

describe("大きな表と壊れた表", () => {
  test("飛び飛びの大きな表、全面の結合、書式だけの行は広げない", () => {
    const blank = Array.from(
      { length: 2000 },
      (_, n) => `<row r="${n + 3}"><c r="A${n + 3}" s="1"/><c r="XFD${n + 3}" s="1"/></row>`,
    ).join("");
    const raw = `<row r="1"><c r="A1"><v>1</v></c></row>${blank}<row r="1048576"><c r="XFD1048576"><v>9</v></c></row>`;
    const before = process.memoryUsage().heapUsed;
    const table = first(sheetOf([], { rawSheetData: raw }));
    expect(table?.rows.length).toBe(1_048_576);
    expect(table?.rows[1_048_575]?.[16_383]?.text).toBe("9");
    expect(table?.rows[5]).toEqual([]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60 * 1024 * 1024);
    expect(first(sheetOf([["題"], ["a", "b"]], { merges: ["A1:XFD1048576"] }))?.rows.length).toBe(2);
  });

  test("ます目が多すぎれば断り、記憶を使わない", () => {
    const raw = Array.from(
      { length: 300 },
      (_, n) => `<row r="${n + 1}"><c r="XFD${n + 1}"><v>1</v></c></row>`,
    ).join("");
    const before = process.memoryUsage.rss();
    expect(refusal(() => first(sheetOf([], { rawSheetData: raw })))).toMatchObject({ code: "TOO_LARGE" });
    expect(process.memoryUsage.rss() - before).toBeLessThan(300 * 1024 * 1024);
  });

  test("DOCTYPE、Word の文書、.ods、.xlsb、PDF、ウェブページ、古い .xls は直し方を言って断る", () => {
    const book = (parts: [string, string][]) =>
      writeZip(new Map(parts.map(([name, text]) => [name, utf8(text)])));
    const rels = (target: string) =>
      `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="${target}"/></Relationships>`;
    const evil = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><workbook>&b;</workbook>';
    const cases: [Uint8Array, string][] = [
      [book([["xl/workbook.xml", evil]]), "DOCTYPE"],
      [
        book([
          ["_rels/.rels", rels("word/document.xml")],
          ["word/document.xml", "<document/>"],
        ]),
        "Word の文書",
      ],
      [
        book([
          ["mimetype", "application/vnd.oasis.opendocument.spreadsheet"],
          ["content.xml", "<a/>"],
        ]),
        ".xlsx",
      ],
      [
        book([
          ["_rels/.rels", rels("xl/workbook.bin")],
          ["xl/workbook.bin", "x"],
        ]),
        ".xlsb",
      ],
      [utf8("%PDF-1.7"), "PDF"],
      [new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0x78]), "画像"],
      [new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0x78]), "画像"],
      [utf8("<html><table><tr><td>a</td></tr></table></html>"), "ウェブページ"],
      [new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "古い形式"],
      [utf8(" \r\n"), "空です"],
    ];
    for (const [bytes, word] of cases) expect(refusal(() => first(bytes)).message).toContain(word);
  });

  test("XML やバイトをどう壊しても AppError 以外にはならない", () => {
    const rows = [
      ["会場", "日付", 3],
      ["中央", { value: 45917, format: "ge.m.d" }, true],
    ];
    const zip = sheetOf(rows, { merges: ["A1:B1"] });
    const sheet =
      '<worksheet><sheetData><row r="1"><c r="A1" t="s" s="1"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B9"/></mergeCells></worksheet>';
    const chunk = fc.constantFrom(
      "<",
      ">",
      '"',
      "&",
      "&#0;",
      "&#99999999;",
      "<![CDATA[",
      "<!--",
      "r=",
      "A0",
      "ZZZ1",
      "-1",
      "1e999",
      "</row>",
      "<v>",
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(sheet.length), fc.oneof(chunk, fc.string())), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.nat(zip.length - 1),
        fc.nat(255),
        (edits, at, value) => {
          let xml = sheet;
          for (const [where, piece] of edits) xml = xml.slice(0, where) + piece + xml.slice(where + 1);
          const broken = zip.slice();
          broken[at] = value;
          const made = writeZip(
            new Map([
              ["xl/workbook.xml", utf8('<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>')],
              [
                "xl/_rels/workbook.xml.rels",
                utf8('<R><Relationship Id="r1" Type="/worksheet" Target="s.xml"/></R>'),
              ],
              ["xl/s.xml", utf8(xml)],
            ]),
          );
          for (const bytes of [made, broken]) {
            try {
              readTables(bytes, "a.xlsx");
            } catch (error) {
              expect(error).toBeInstanceOf(AppError);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("CSV", () => {
  const sample = '会場名,日時,定員\r\n"中央、\n大通",10：00～①,"10"\r\n北区民センター,,0123\r\n';
  const expected = [
    ["会場名", "日時", "定員"],
    ["中央、\n大通", "10：00～①", "10"],
    ["北区民センター", "", "0123"],
  ];
  const encode = (text: string, to: "SJIS" | "EUCJP" | "JIS") =>
    new Uint8Array(Encoding.convert(Encoding.stringToCode(text), { to, from: "UNICODE" }));

  test("UTF-8（BOM の有無）、Shift_JIS、EUC-JP、UTF-16 を見分ける", () => {
    const plain = sample.replace("①", "1");
    const wide = (bom: string) => new Uint8Array(Buffer.from(bom + sample, "utf16le"));
    for (const bytes of [
      utf8(sample),
      utf8(`\ufeff${sample}`),
      encode(sample, "SJIS"),
      wide("\ufeff"),
      wide(""),
    ]) {
      expect(texts(first(bytes, "a.csv"))).toEqual(expected);
    }
    expect(texts(first(encode(plain, "EUCJP"), "a.csv"))?.[2]?.[0]).toBe("北区民センター");
    expect(texts(first(encode("氏名,住所\n山田,札幌市中央区", "EUCJP"), "a.csv"))).toEqual([
      ["氏名", "住所"],
      ["山田", "札幌市中央区"],
    ]);
    expect(texts(first(encode("ｼﾒｲ,ﾃﾞﾝﾜ\nﾔﾏﾀﾞ,1", "SJIS"), "a.csv"))?.[1]?.[0]).toBe("ﾔﾏﾀﾞ");
    expect(texts(first(encode("講習会,会場", "JIS"), "a.csv"))).toEqual([["講習会", "会場"]]);
    // Windows の拡張文字（髙、①）。
    expect(texts(first(new Uint8Array([0xfb, 0xfc, 0x2c, 0x87, 0x40]), "a.csv"))).toEqual([["髙", "①"]]);
  });

  test('区切りはタブ、セミコロン、sep= でもよい。二重の引用符、="0123" も読む', () => {
    expect(texts(first(utf8("a\tb,c\n1\t2\n"), "a.tsv"))).toEqual([
      ["a", "b,c"],
      ["1", "2"],
    ]);
    expect(texts(first(utf8("a;b\n1;2\n"), "a.csv"))).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
    expect(texts(first(utf8("sep=|\na|b\n"), "a.csv"))).toEqual([[], ["a", "b"]]);
    expect(texts(first(utf8('"a ""b""",="0123",\n\n x,,\n'), "a.csv"))).toEqual([
      ['a "b"', "0123"],
      [],
      [" x"],
    ]);
  });

  test("数だけの欄は数、0 で始まる番号は文字。ます目の番地は Excel と同じ", () => {
    expect(first(utf8('1,090\n"改\n行",2.5'), "a.csv")?.rows).toEqual([
      [
        { text: "1", kind: "number", number: 1, ref: "A1" },
        { text: "090", kind: "text", ref: "B1" },
      ],
      [
        { text: "改\n行", kind: "text", ref: "A2" },
        { text: "2.5", kind: "number", number: 2.5, ref: "B2" },
      ],
    ]);
  });

  test("読めない文字と閉じない引用符は、何行目かを言う", () => {
    const bad = new Uint8Array([...encode("会場,定員\n中央,", "SJIS"), 0xff, 0x0a]);
    expect(refusal(() => first(bad, "a.csv"))).toMatchObject({ code: "BAD_INPUT", faults: [{ row: 2 }] });
    expect(refusal(() => first(utf8('a,b\n"c,d\ne,f'), "a.csv")).message).toContain("2 行目");
    expect(
      refusal(() => readTables(utf8("a\nb\nc"), "a.csv", { cells: 2, rows: 9, tables: 1 })),
    ).toMatchObject({ code: "TOO_LARGE" });
  });

  test("どんな表も、書いて読めば元どおり", () => {
    const field = fc
      .string({ unit: fc.constantFrom("あ", "髙", "𠮷", ",", '"', "\n", "a", "1", " ", "\t") })
      .filter((text) => text.trim() !== "");
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field), { minLength: 2, maxLength: 6 }), (rows) => {
        const csv = rows.map((row) => row.map(quote).join(",")).join("\r\n");
        expect(texts(first(utf8(csv), "a.csv"))).toEqual(rows);
      }),
    );
  });

  test("どんなバイト列でも AppError 以外にはならない", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          readTables(new Uint8Array(bytes), "a.csv");
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
