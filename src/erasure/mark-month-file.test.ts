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
  expect(marked.names).toEqual(["対象月", "従業者の数(人)"]);
  const filled = fillClientFile(
    marked.bytes,
    new Map([
      ["対象月", "令和7年9月"],
      ["従業者の数(人)", "4"],
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
  const made = fillClientFile(
    marked.bytes,
    templateValues(marked.places, map, values, new Map([[9, values]])),
    now,
  );
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

const numbers = [
  ...["個人情報を取り扱った従業者", "取り扱った方", "研修の修了", "事故・違反（兆候を含む）", "消去"],
  ...["対象の期間", "基準1 基本方針、規程及び取扱手順の策定", "基準9 定期監査の実施"],
];

/** 見出しに当てて差し込んだ文字（values に、数の名を足す）。 */
function filledWith(bytes: Uint8Array): string {
  const own = new Map([...values, ...numbers.map((label, at): [string, string] => [label, String(at + 1)])]);
  own.set("基準1 基本方針、規程及び取扱手順の策定", "あり（2件）");
  own.set("基準9 定期監査の実施", "なし");
  own.set("対象の期間", "令和7年9月1日～令和7年9月30日");
  const marked = markMonthFile(bytes);
  const map = matchTemplate(marked.names, [...own.keys()]);
  const places = templateValues(marked.places, map, own, new Map([[9, own]]));
  const made = fillClientFile(marked.bytes, places, now);
  if (marked.extension === "xlsx")
    return (readTables(made.bytes, "a.xlsx")[0]?.rows ?? [])
      .map((line) => line.map((one) => one.text).join("|"))
      .join("/");
  const xml = new TextDecoder().decode(openZip(made.bytes).get("word/document.xml"));
  return xml
    .replace(/<\/w:tc>/g, "|")
    .replace(/<\/w:tr>|<\/w:p>(?!\|)/g, "/")
    .replace(/<[^>]+>/g, "");
}

const words = (text: string) => cell(paragraph(run(text)));
const blank = () => cell(paragraph(""));

test("７(3) 「　　件」の欄には数だけが入り、「有・無」は当たる方に○が付き、期間の空欄と（　　）回の行にも入る", () => {
  const body = [
    table(
      2,
      row(words("対象期間"), words("令和　　年　　月　　日　～　令和　　年　　月　　日")),
      row(words("個人情報を取り扱った件数"), words("　　　　　件")),
      row(words("従事者数"), words("　　　名")),
      row(words("漏えい等の事故の有無"), words("有　・　無")),
    ),
    paragraph(run("【事故の有無】（該当するものを○で囲む）　有　・　無")),
    paragraph(run("研修実施回数（　　　）回")),
    paragraph(run("個人情報の件数　＿＿＿＿件")),
  ].join("");
  const said = filledWith(wordFile({ body }));
  for (const part of [
    ...["対象期間|令和7年9月1日～令和7年9月30日|", "件数|2件|", "従事者数|1名|", "有無|有　・　○無|"],
    ...["囲む）　有　・　○無", "研修実施回数　3回", "個人情報の件数　2件"],
  ])
    expect(said).toContain(part);
});

test("７(3) 月が横に並ぶ年間の表では、その月の列にだけ入り、当てる名は行に一つ", () => {
  const months = ["７月", "８月", "９月", "10月"];
  const rows = [row(words("項目"), ...months.map(words)), row(words("従事者数"), ...months.map(blank))];
  const form = wordFile({ body: table(5, ...rows) });
  expect(markMonthFile(form)).toMatchObject({ names: ["従事者数"] });
  expect(markMonthFile(form).places).toHaveLength(4);
  expect(filledWith(form)).toContain("従事者数|||1||");
  const book = writeTableWorkbook([
    {
      name: "a",
      rows: [
        ["項目", ...months],
        ["従事者数", "", "", "", ""],
      ],
    },
  ]);
  expect(filledWith(book)).toContain("従事者数|||1");
});

test("７(3) 「適」「否」を選ぶ点検の表は、行の見出しの数で印が付き、備考は空のまま", () => {
  const body = table(
    4,
    row(words("安全管理基準"), words("適"), words("否"), words("備考")),
    row(words("１ 基本方針、規程及び取扱手順の策定"), words("□"), words("□"), blank()),
    row(words("９ 定期監査の実施"), blank(), blank(), blank()),
  );
  const said = filledWith(wordFile({ body }));
  expect(said).toContain("策定|☑|□||");
  expect(said).toContain("定期監査の実施||○||");
});

test("７(3) 単位の列のある Excel には数だけが入り、「有・無」の欄は見出しにならない", () => {
  const rows = [
    ["項目", "件数", "単位"],
    ["従業者数", "", "人"],
    ["研修修了者", "", "人"],
    ["事故・違反", "有・無", ""],
    ["廃棄件数", "", "件"],
  ];
  expect(filledWith(writeTableWorkbook([{ name: "a", rows }]))).toBe(
    "項目|件数|単位/従業者数|1|人/研修修了者|3|人/事故・違反|有・○無/廃棄件数|5|件",
  );
});
