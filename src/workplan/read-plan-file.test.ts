import fc from "fast-check";
import { expect, test } from "vitest";
import { AppError } from "../base/error.ts";
import { standardCalendar } from "../japan/business-day.ts";
import { writeZip } from "../office/zip.ts";
import { readPlanFile } from "./read-plan-file.ts";

const world = { calendar: standardCalendar, within: { from: "2024-06-03", to: "2025-03-24" } };
const csv = (lines: string[]) => new TextEncoder().encode(lines.join("\n"));
const read = (lines: string[]) => readPlanFile(csv(lines), "plan.csv", world);
const brief = ({ tasks }: ReturnType<typeof read>) =>
  tasks.map(({ name, from, days, by, milestone }) => [name, from, milestone ? `節目${by}` : days]);

test("４ 一行に日のある表: 和暦、年のない月日、旬、先行の番号、まとまりを読む", () => {
  const sheet = read([
    "想定業務スケジュール案,,,,,",
    "No,作業項目,開始日,終了予定,担当,先行",
    ",調査,,,,",
    "1,市民アンケート集計,令和6年6月3日,6月14日,受託者,",
    "2,骨子案の作成,2024/6/17,7月31日,受託者,1",
    "3,骨子の提出,,令和６年７月下旬,受託者,2",
  ]);
  expect(sheet).toMatchObject({ shape: "list", faults: [] });
  expect(brief(sheet)).toEqual([
    ["市民アンケート集計", "2024-06-03", 10],
    ["骨子案の作成", "2024-06-17", 32],
    ["骨子の提出", "2024-07-31", "節目2024-07-31"],
  ]);
  expect(sheet.tasks.map(({ group }) => group)).toEqual(["調査", "調査", "調査"]);
  expect(sheet.tasks[1]?.links).toEqual([{ of: "T01", kind: "FS", lag: 0 }]);
});

test("読めないます目は、番地と直し方を言い、ほかの行は読む", () => {
  const sheet = read([
    "作業,開始,終了,先行",
    "調査,6月31日,7月5日,",
    "整理,7月10日,7月1日,",
    "素案,8月1日,9月30日,X9",
    "提出,,9月30日,",
  ]);
  expect(sheet.faults.map(({ ref }) => ref)).toEqual(["B2", "C3", "D4"]);
  expect(sheet.tasks.map(({ name }) => name)).toEqual(["素案", "提出"]);
});

test("旬の列に■●で線を引いた表: 年をまたぎ、離れた●は節目、見出しの行はまとまり", () => {
  const sheet = read([
    ",,令和6年度,,,,,,,,,,,",
    "項目,担当,11月,,,12月,,,1月,,,2月,,",
    ",,上,中,下,上,中,下,上,中,下,上,中,下",
    "１ 素案,,,,,,,,,,,,,",
    "素案の修正,受託者,■,■,■,,,,,,,,,",
    "有識者会議,市,,●,,,,,●,,,,,",
    "パブリックコメント,市,,,,,,,,■,■,■,,",
  ]);
  expect(sheet.shape).toBe("bars");
  expect(brief(sheet)).toEqual([
    ["素案の修正", "2024-11-01", 20],
    ["有識者会議（1）", "2024-11-20", "節目2024-11-20"],
    ["有識者会議（2）", "2025-01-10", "節目2025-01-10"],
    ["パブリックコメント", "2025-01-11", 31],
  ]);
  expect(sheet.tasks[3]?.calendar).toBe(true);
  expect(sheet.tasks[0]).toMatchObject({ group: "１ 素案", owner: "受託者" });
});

test("月だけの列、西暦の見出し、矢印でも読む", () => {
  const sheet = read([
    "業務内容,2024年10月,2024年11月,2024年12月,2025年1月",
    "意見の整理,,,→,→",
    "原稿,■,,,",
  ]);
  expect(brief(sheet)).toEqual([
    ["意見の整理", "2024-12-01", 39],
    ["原稿", "2024-10-01", 22],
  ]);
});

/** 色で塗り、矢印の図形を置いた一枚。塗り 2 は青、3 は白、4 は土日の網かけ。 */
function colouredBook(): Uint8Array {
  const main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  const rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const pack = "http://schemas.openxmlformats.org/package/2006";
  const text = (ref: string, value: string, style = 0) =>
    `<c r="${ref}" s="${style}" t="inlineStr"><is><t>${value}</t></is></c>`;
  const row = (at: number, name: string, fills: number[]) =>
    `<row r="${at}">${text(`A${at}`, name)}${fills.map((fill, i) => `<c r="${"BCDEFG"[i]}${at}" s="${fill}"/>`).join("")}</row>`;
  const head = ["6月", "7月", "8月", "9月", "10月", "11月"].map((month, i) => text(`${"BCDEFG"[i]}1`, month));
  const sheet = `<worksheet xmlns="${main}" xmlns:r="${rel}"><sheetData><row r="1">${text("A1", "業務")}${head.join("")}</row>${row(2, "調査", [1, 1, 2, 0, 0, 3])}${row(3, "骨子", [0, 2, 1, 1, 0, 3])}${row(4, "設計", [0, 0, 0, 0, 0, 3])}${row(5, "校正", [0, 0, 0, 0, 1, 3])}</sheetData><drawing r:id="r1"/></worksheet>`;
  const fill = (rgb: string) =>
    `<fill><patternFill patternType="solid"><fgColor rgb="${rgb}"/></patternFill></fill>`;
  const corner = (name: string, column: number, down: number) =>
    `<xdr:${name}><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>3</xdr:row><xdr:rowOff>${down}</xdr:rowOff></xdr:${name}>`;
  const files: Record<string, string> = {
    "[Content_Types].xml": `<Types xmlns="${pack}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="${pack}/relationships"><Relationship Id="r1" Type="${rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<workbook xmlns="${main}" xmlns:r="${rel}"><sheets><sheet name="別紙" sheetId="1" r:id="r1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<Relationships xmlns="${pack}/relationships"><Relationship Id="r1" Type="${rel}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="${rel}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": `<styleSheet xmlns="${main}"><fills count="5"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>${fill("FF4472C4")}${fill("FFFFFFFF")}${fill("FFD9D9D9")}</fills><cellXfs count="4"><xf fillId="0"/><xf fillId="2"/><xf fillId="3"/><xf fillId="4"/></cellXfs></styleSheet>`,
    "xl/worksheets/sheet1.xml": sheet,
    "xl/worksheets/_rels/sheet1.xml.rels": `<Relationships xmlns="${pack}/relationships"><Relationship Id="r1" Type="${rel}/drawing" Target="../drawings/drawing1.xml"/></Relationships>`,
    "xl/drawings/drawing1.xml": `<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"><xdr:twoCellAnchor>${corner("from", 3, 10)}${corner("to", 5, 90)}<xdr:cxnSp/></xdr:twoCellAnchor></xdr:wsDr>`,
  };
  return writeZip(
    new Map(Object.entries(files).map(([name, body]) => [name, new TextEncoder().encode(body)])),
  );
}

test("色で塗った線と矢印の図形を読み、白と網かけの列は線と見ない", () => {
  const sheet = readPlanFile(colouredBook(), "別紙.xlsx", world);
  expect(brief(sheet)).toEqual([
    ["調査", "2024-06-01", 42],
    ["骨子", "2024-08-01", 40],
    ["設計", "2024-08-01", 40],
    ["校正", "2024-10-01", 22],
  ]);
});

test("４ 期間を一ますに書いた表: ～・から・-、旬、月だけ、和暦の略記。一日と旬の提出は節目、大きな番号でまとまりが替わる", () => {
  const sheet = read([
    "項番,工程,実施期間,担当者",
    "1.,業務着手,R6.6.3,受託者",
    "1.1,資料収集,R6.6.3～R6.6.28,受託者",
    "1.2,アンケート集計,6月10日（月）～7月5日（金）,受託者",
    "2.,骨子,,",
    "2.1,骨子案作成,2024年7月1日から7月26日まで,受託者",
    "2.2,骨子提出,7月下旬,受託者",
    "3,素案作成,8/1-9/30,受託者",
    "4,意見の整理,令和６年12月上旬～令和７年１月上旬,受託者",
    "5,校正,３月,受託者",
    "6,業務完了,R7/3/24,受託者",
    "7,その他,随時,",
    "8,検討,6/31～7/2,",
  ]);
  expect(brief(sheet)).toEqual([
    ["業務着手", "2024-06-03", "節目2024-06-03"],
    ["資料収集", "2024-06-03", 20],
    ["アンケート集計", "2024-06-10", 20],
    ["骨子案作成", "2024-07-01", 19],
    ["骨子提出", "2024-07-31", "節目2024-07-31"],
    ["素案作成", "2024-08-01", 40],
    ["意見の整理", "2024-12-01", 25],
    ["校正", "2025-03-01", 20],
    ["業務完了", "2025-03-24", "節目2025-03-24"],
  ]);
  expect(sheet.tasks.map(({ group }) => group)).toEqual(["", "", "", "骨子", "骨子", "", "", "", ""]);
  expect(sheet.faults.map(({ ref }) => ref)).toEqual(["C13"]);
});

test("４ 週の始まりの日を文字で書いた列、数だけの月の列、月が一つの日の列でも読む", () => {
  const weeks = read([
    "令和7年度　計画策定業務　工程表",
    "No.,作業項目,4/7〜,4/14〜,4/21〜,4/28〜,5/5〜",
    "1,打合せ,☆,,,,☆",
    "2,現況調査,→,→,→,,",
  ]);
  expect(brief(weeks)).toEqual([
    ["打合せ（1）", "2025-04-11", "節目2025-04-11"],
    ["打合せ（2）", "2025-05-09", "節目2025-05-09"],
    ["現況調査", "2025-04-07", 15],
  ]);
  const months = read([
    "令和７年度年間スケジュール",
    "項目,4,5,6,7,8,9,10,11,12,1,2,3",
    "意識調査,,,━,━,,,,,,,,",
    "委員会,,,◆,,,,,,,,◆,",
  ]);
  expect(brief(months)).toEqual([
    ["意識調査", "2025-06-01", 43],
    ["委員会（1）", "2025-06-30", "節目2025-06-30"],
    ["委員会（2）", "2026-02-27", "節目2026-02-27"],
  ]);
  const days = read([
    "作業,3月,,,,,,",
    ",10,11,12,13,14,15,16",
    ",月,火,水,木,金,土,日",
    "校正,■,■,■,,,,",
    "納品,,,,,▼,,",
  ]);
  expect(days.faults).toEqual([]);
  expect(brief(days)).toEqual([
    ["校正", "2025-03-10", 3],
    ["納品", "2025-03-14", "節目2025-03-14"],
  ]);
});

test("４ ます目の中に書かれた日は、列の期間より確か。実績の行は、始まりの日だけを入れる", () => {
  const sheet = read([
    "令和６年度,,,,,,",
    ",,10月,11月,12月,1月,2月",
    "審議会,,第1回（10/15）,,第2回（中旬）,,第3回 2/18",
    "意見募集,,,,準備,実施（1/6～2/4）,結果公表（下旬）",
    "素案,予定,,■,■,,",
    ",実績,,,■,,",
  ]);
  expect(brief(sheet)).toEqual([
    ["審議会（第1回）", "2024-10-15", "節目2024-10-15"],
    ["審議会（第2回）", "2024-12-20", "節目2024-12-20"],
    ["審議会（第3回）", "2025-02-18", "節目2025-02-18"],
    ["意見募集（準備）", "2024-12-01", 20],
    ["意見募集（実施）", "2025-01-06", 30],
    ["意見募集（結果公表）", "2025-02-28", "節目2025-02-28"],
    ["素案", "2024-11-01", 40],
  ]);
  expect(sheet.tasks.at(-1)?.started).toBe("2024-12-01");
});

test("工程の表でないものは、どうすればよいかを言う", () => {
  expect(() => read(["品名,数", "鉛筆,3"])).toThrow(/工程の表が見つかりません/);
});

test("どんな表でも、落ちずに読むか、言葉で断る", () => {
  const cell = fc.oneof(
    fc.constantFrom(
      "作業",
      "開始日",
      "終了",
      "6月",
      "7月",
      "8月",
      "上",
      "中",
      "下",
      "■",
      "●",
      "2024/6/31",
      "令和6年",
      "1",
      "",
    ),
    fc.string({ maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(fc.array(cell, { maxLength: 8 }), { maxLength: 10 }), (rows) => {
      try {
        const sheet = read(rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(",")));
        for (const task of sheet.tasks) expect(task.days).toBeGreaterThanOrEqual(0);
      } catch (cause) {
        expect(cause).toBeInstanceOf(AppError);
      }
    }),
    { numRuns: 300 },
  );
});
