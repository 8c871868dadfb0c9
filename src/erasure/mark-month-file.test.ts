import { expect, test } from "vitest";
import { instantOf } from "../base/time.ts";
import { readTables } from "../office/table-reader.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { openZip } from "../office/zip.ts";
import { fillClientFile } from "../packages/fill-client-file.ts";
import { cell, paragraph, row, run, table, wordFile } from "../testing/word-fixture.ts";
import { type FixtureValue, sheetData, workbookOf } from "../testing/workbook-fixture.ts";
import { markMonthFile } from "./mark-month-file.ts";
import { matchTemplate, templateValues } from "./month-template.ts";

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
  const given = new Map([
    ["対象月", "令和7年9月"],
    ["件数", "12"],
    ["件数 2", ""],
  ]);
  const filled = fillClientFile(marked.bytes, given, now);
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

const values = new Map([
  ["対象の月", "令和7年9月"],
  ["取り扱った個人情報の項目と件数", "12人"],
  ["取り扱った従業者の数", "4"],
  ["事故・違反の有無", "なし"],
  ["教育・研修の状況", "研修の修了 3件"],
  ["作成日", "令和7年10月1日"],
]);

/** 様式に当てて差し込み、Word なら文字の全部を返す。 */
function filledWords(bytes: Uint8Array): string {
  const marked = markMonthFile(bytes);
  const map = matchTemplate(marked.names, [...values.keys()]);
  const made = fillClientFile(marked.bytes, templateValues(marked.names, map, values), now);
  const xml = new TextDecoder().decode(openZip(made.bytes).get("word/document.xml"));
  return xml.replace(/<w:tab\/>/g, " ").replace(/<[^>]+>/g, "");
}

test("７(3) 空の日付、□ の選択、結合した左の見出し、表の外の行にも入り、言い方の違う見出しに当たる", () => {
  const body = [
    paragraph(run("令和　　年　　月　　日")),
    table(
      4,
      row(
        ...[cell(paragraph(run("報告対象年月"))), cell(paragraph(run("令和　　年　　月分")))],
        ...[cell(paragraph(run("取扱件数（延べ）"))), cell(paragraph(""))],
      ),
      row(
        ...[cell(paragraph(run("実施状況"))), cell(paragraph(run("従事者数")))],
        ...[cell(paragraph("")), cell(paragraph(run("人")))],
      ),
      row(
        ...[cell(paragraph("")), cell(paragraph(run("研修")))],
        ...[cell(paragraph(run("□実施") + run("　□未実施"))), cell(paragraph(""))],
      ),
    ),
    paragraph(run("４　漏えい等の有無　□あり　□なし")),
    paragraph(run("５　従業者数　　　　　人")),
    paragraph(run("点検の結果　□適　□否")),
  ].join("");
  const words = filledWords(wordFile({ body }));
  for (const said of [
    ...["令和7年10月1日", "報告対象年月令和7年9月", "取扱件数（延べ）12人", "従事者数4人"],
    ...["☑実施　□未実施", "□あり　☑なし", "従業者数　4人", "点検の結果　□適　□否"],
  ])
    expect(words).toContain(said);
});

test("７(3) Word の内容コントロールは、題の名で入り、案内の言葉と別の部品への結び付きが外れる", () => {
  const control = (title: string, more = "") =>
    `<w:sdt><w:sdtPr><w:alias w:val="${title}"/><w:showingPlcHdr/>${more}<w:text/></w:sdtPr><w:sdtContent>${run("ここをクリックして入力")}</w:sdtContent></w:sdt>`;
  const body =
    paragraph(run("月：") + control("対象月", '<w:dataBinding w:xpath="/a" w:storeItemID="{1}"/>')) +
    paragraph(run("人数：") + control("従業者"));
  const marked = markMonthFile(wordFile({ body }));
  expect([marked.names, marked.marks]).toEqual([["対象月", "従業者"], false]);
  const words = filledWords(wordFile({ body }));
  expect(words).toContain("月：令和7年9月");
  expect(words).toContain("人数：4");
  const xml = new TextDecoder().decode(openZip(marked.bytes).get("word/document.xml"));
  expect(/showingPlcHdr|dataBinding|クリック/.test(xml)).toBe(false);
});

test("７(3) 見出しの下に空いた欄のある Excel と、□ のある Excel", () => {
  const above = {
    1: ["対象月", "従業者数"],
    2: [
      [null, 2],
      [null, 2],
    ],
  } as const;
  const xml = sheetData(above as unknown as Record<number, FixtureValue[]>);
  expect(markMonthFile(workbookOf({ sheets: [{ name: "a", xml }] })).names).toEqual(["対象月", "従業者数"]);
  const box = markMonthFile(writeTableWorkbook([{ name: "a", rows: [["事故の有無", "□有　□無"]] }]));
  const map = matchTemplate(box.names, [...values.keys()]);
  const made = fillClientFile(box.bytes, templateValues(box.names, map, values), now);
  expect(readTables(made.bytes, "a.xlsx")[0]?.rows[0]?.[1]?.text).toBe("□有　☑無");
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
