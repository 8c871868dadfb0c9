import { expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { readTables } from "../office/table-reader.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { fillClientFile } from "../packages/fill-client-file.ts";
import { cell, paragraph, row, run, table, wordFile } from "../testing/word-fixture.ts";
import { type FixtureValue, sheetData, workbookOf } from "../testing/workbook-fixture.ts";
import { markMonthFile } from "./mark-month-file.ts";

const now = instantOf("2025-10-01", "09:00");

test("７(3) 印のない Word の様式は、見出しの右の空いた欄が差し込む所になる", () => {
  const body = table(
    2,
    row(cell(paragraph(run("対象月"))), cell(paragraph(""))),
    row(cell(paragraph(run("件数："))), cell(paragraph(""))),
    row(cell(paragraph(run("備考"))), cell(paragraph(run("なし")))),
    row(cell(paragraph(run("件数"))), cell(paragraph(""))),
  );
  const marked = markMonthFile(wordFile({ body: paragraph(run("報告書")) + body }));
  expect(marked).toMatchObject({ names: ["対象月", "件数", "件数 2"], extension: "docx", marks: false });
  const values = new Map([
    ["対象月", "令和7年9月"],
    ["件数", "12"],
    ["件数 2", ""],
  ]);
  const filled = fillClientFile(marked.bytes, values, now);
  const again = () => markMonthFile(filled.bytes);
  expect(again().names).toEqual(["件数"]);
});

test("７(3) 印のない Excel の様式は、書式のある空いた欄だけが差し込む所になり、値が入る", () => {
  const rows2 = {
    1: ["個人情報取扱状況報告書"],
    2: ["対象月", [null, 2]],
    3: ["従業者の数", [null, 2], "人"],
    4: ["合計", [3, 2]],
  } as const;
  const xml = sheetData(rows2 as unknown as Record<number, FixtureValue[]>);
  const form = workbookOf({ sheets: [{ name: "様式１", xml }] });
  const marked = markMonthFile(form);
  expect(marked).toMatchObject({ extension: "xlsx", marks: false });
  expect(marked.names).toEqual(["対象月", "従業者の数"]);
  const filled = fillClientFile(
    marked.bytes,
    new Map([
      ["対象月", "令和7年9月"],
      ["従業者の数", "4"],
    ]),
    now,
  );
  const rows = readTables(filled.bytes, "a.xlsx")[0]?.rows.map((line) => line.map((one) => one.text));
  expect(rows?.[1]?.[1]).toBe("令和7年9月");
  expect(rows?.[2]).toEqual(["従業者の数", "4", "人"]);
});

test("７(3) 印のある様式は、印だけを使い、差し込む所のないファイルは一文で断る", () => {
  const book = writeTableWorkbook([
    {
      name: "報告",
      rows: [
        ["対象", "{対象の月}"],
        ["空き", ""],
      ],
    },
  ]);
  expect(markMonthFile(book)).toMatchObject({ names: ["対象の月"], marks: true });
  for (const bytes of [
    writeTableWorkbook([{ name: "a", rows: [["題"]] }]),
    wordFile({ body: paragraph(run("題")) }),
    new Uint8Array(9),
  ])
    expect(() => markMonthFile(bytes)).toThrow(expect.objectContaining({ code: "BAD_INPUT" }));
});
