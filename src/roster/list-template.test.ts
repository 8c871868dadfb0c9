import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { protectFile } from "../office/protect-file.ts";
import { readTables } from "../office/table-reader.ts";
import { openZip, writeZip } from "../office/zip.ts";
import { fillListFile } from "./fill-list-file.ts";

const sample = new Uint8Array(
  readFileSync(new URL("../testing/booking-list-template.xlsx", import.meta.url)),
);
const csv = (count: number) =>
  Buffer.from(
    [
      "受付番号,氏名,フリガナ,郵便番号,住所,電話番号,会場,受講日,開始時刻,終了時刻,講座名",
      ...Array.from(
        { length: count },
        (_, n) =>
          `${n + 1},検査　${n}子,ケンサ,0010031,札幌市北区,0110000000,麻生,2025-10-01,10:00,12:00,入門`,
      ),
    ].join("\n"),
  );
const fill = (template: Uint8Array, count = 25) =>
  fillListFile({ template, list: csv(count), listName: "名簿.csv" });

/** 見本の、ある部品だけを書き替える。 */
function edited(part: RegExp, change: (xml: string) => string): Uint8Array {
  return writeZip(
    new Map(
      [...openZip(sample)].map(([name, bytes]) => [
        name,
        part.test(name) ? new TextEncoder().encode(change(new TextDecoder().decode(bytes))) : bytes,
      ]),
    ),
  );
}

const textsOf = (xlsx: Uint8Array) =>
  readTables(xlsx, "out.xlsx").flatMap((table) => table.rows.flatMap((row) => row.map((cell) => cell.text)));

describe("6(2)イ 見たことのない書き方の様式", () => {
  test("シートとブックが保護されていても、保護を残したまま埋まり、行も増える", () => {
    const locked = edited(/worksheets\/sheet1\.xml$/, (xml) =>
      xml.replace(
        "</sheetData>",
        '</sheetData><sheetProtection password="CC1A" sheet="1" objects="1" scenarios="1"/>',
      ),
    );
    const { xlsx } = fill(locked);
    expect(textsOf(xlsx).filter((text) => text.startsWith("検査")).length).toBe(25);
    const sheets = [...openZip(xlsx)].filter(([name]) => /worksheets\/sheet\d+\.xml$/.test(name));
    const xmls = sheets.map(([, bytes]) => new TextDecoder().decode(bytes));
    expect(xmls.some((xml) => xml.includes('<sheetProtection password="CC1A"'))).toBe(true);
  });

  test("見えないシートには書かず、見えないまま残す。とても隠したシートも", () => {
    const veryHidden = edited(/xl\/workbook\.xml$/, (xml) =>
      xml.replaceAll('state="hidden"', 'state="veryHidden"'),
    );
    const { xlsx } = fill(veryHidden, 3);
    const book = new TextDecoder().decode(openZip(xlsx).get("xl/workbook.xml"));
    expect(book).toContain('state="veryHidden"');
    expect(textsOf(xlsx).filter((text) => text.startsWith("検査")).length).toBe(3);
  });

  test("パスワードの付いた様式、古い .xls、空のファイルは、わけを言って断る", async () => {
    const sealed = await protectFile({ format: "xlsx", bytes: sample }, "abcd-efgh");
    for (const bytes of [sealed, Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), new Uint8Array(0)])
      expect(() => fill(bytes)).toThrow(AppError);
    expect(() => fill(sealed)).toThrow(/パスワード/);
  });

  test("見本の行の下の数式は、行が増えても同じ範囲を数える", () => {
    const summed = edited(/worksheets\/sheet1\.xml$/, (xml) =>
      xml.replace(
        "</sheetData>",
        '<row r="30"><c r="A30"><f>COUNTA(C8:C27)+SUM(B8:B27)</f><v>0</v></c><c r="B30"><f>A30*2</f><v>0</v></c></row></sheetData>',
      ),
    );
    const { xlsx } = fill(summed);
    const xmls = [...openZip(xlsx)].map(([, bytes]) => new TextDecoder().decode(bytes));
    expect(xmls.some((xml) => xml.includes("COUNTA(C8:C32)+SUM(B8:B32)") && xml.includes("A35*2"))).toBe(
      true,
    );
  });
});
