import { expect, test } from "vitest";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { tableHeads } from "./source.ts";
import { readStatistics } from "./statistics-reader.ts";

const read = (text: string, file = "表.csv") => readStatistics(new TextEncoder().encode(text), file);

test("3(1)(ｱ)⑤ e-Stat のデータベースの CSV（表の前の行、コード、時間軸、単位、注釈）を、時点を横に並べて読む", () => {
  const table = read(`"表番号","A002"
"統計名","住民基本台帳人口移動報告"

"tab_code","表章項目","cat01_code","男女別","area_code","地域","time_code","時間軸(年)","unit","value","annotation"
"001","総人口","100","総数","01100","雪見市","2020100000","2020年","人","312,678",""
"001","総人口","100","総数","01100","雪見市","2015100000","2015年","人","321,905",""
"001","総人口","110","男","01100","雪見市","2020100000","2020年","人","***","秘匿"
`);
  expect(table.rows).toEqual([
    ["男女別", "2015年", "2020年"],
    ["総数", "321,905", "312,678"],
    ["男", "", "***"],
  ]);
  expect(table).toMatchObject({ unit: "人", headRows: 1 });
  expect(table.notes).toEqual([
    "表番号 A002",
    "統計名 住民基本台帳人口移動報告",
    "表章項目: 総人口",
    "地域: 雪見市",
  ]);
});

test("3(1)(ｱ)⑤ 市の統計書: 大見出しと小見出し、全角の数字、単位の入った見出し、秘匿と不詳の印、下の注", () => {
  const table = read(`第３表　産業別事業所数（令和３年６月１日現在）
,,事業所数（所）,,従業者数（人）,
区分,,総数,民営,男,女
雪見市,,１２，３４５,１２，００１,５６，７８９,△４５
　うち中央区,,3210,210,-,…
　うち北区,,x,…,－,X
（注）１　「x」は秘匿、「…」は不詳である。
資料：経済センサス
`);
  expect(table.headRows).toBe(2);
  expect(table.rows.slice(0, 3)).toEqual([
    ["", "", "事業所数（所）", "", "従業者数（人）", ""],
    ["区分", "", "総数", "民営", "男", "女"],
    ["雪見市", "", "12,345", "12,001", "56,789", "△45"],
  ]);
  expect(table.rows.at(-1)).toEqual(["うち北区", "", "x", "…", "-", "X"]);
  expect(table.notes).toContain("（注）１　「x」は秘匿、「…」は不詳である。");
  expect(table.notes).toContain("第３表　産業別事業所数（令和３年６月１日現在）");
});

test("3(1)(ｱ)⑤ 統計書の Excel（題、時点と単位の行、年次）も、同じに読む", () => {
  const rows = [
    ["２－１　世帯数及び人口の推移", "", "", ""],
    ["各年10月１日現在", "", "", "単位：世帯、人"],
    ["年次", "世帯数", "人口", ""],
    ["", "", "総数", "増減率（％）"],
    ["平成27年", "140,123", "321,905", "△0.4"],
    ["令和２年", "142,000", "r312,678", "…"],
    ["注：令和２年は国勢調査による。", "", "", ""],
  ];
  const bytes = writeTableWorkbook([
    {
      name: "2-1",
      widths: [20, 12, 12, 12],
      rows: rows.map((row) => row.map((value) => ({ value, look: "text" as const }))),
    },
  ]);
  const table = readStatistics(bytes, "2-1.xlsx");
  expect(table).toMatchObject({ headRows: 2, unit: "世帯、人" });
  expect(table.rows.at(-1)).toEqual(["令和２年", "142,000", "r312,678", "…"]);
});

test("3(1)(ｱ)⑤ 数のない表は、どうするかを言って断る", () => {
  expect(() => read("甲,乙\nあ,い\n")).toThrow("数の入った表が見つかりません");
});

test("3(1)(ｱ)⑤ e-Stat の市区町村の表（注の行、地域コード、秘匿の印）: 注は見出しにせず、コードの列は除いたと言う", () => {
  const text =
    '"統計名：","国勢調査"\n"実施年月：","2020年","","単位：人"\n"注：","「***」は集計していないもの。"\n""\n"地域コード","地域","人口【人】","男【人】","増減率【％】"\n"01100","札幌市","1,973,395","918,682","1.1"\n"01229","富良野市","21,131","***","X"\n';
  const table = read(text, "国勢調査.csv");
  expect(table).toMatchObject({ headRows: 1, unit: "人" });
  expect(table.rows[0]).toEqual(["地域", "人口【人】", "男【人】", "増減率【％】"]);
  expect(table.rows[2]).toEqual(["富良野市", "21,131", "***", "X"]);
  expect(table.notes).toContain("コードの列（地域コード）は除きました。");
  expect(table.notes.some((note) => note.startsWith("注："))).toBe(true);
});

test("3(1)(ｱ)② ほかの市の、取組・指標・達成状況の長い表（数え方の付いた数、二段の見出し）も読む", () => {
  const table = read(
    `取組の達成状況一覧\n施策,取組,指標,,,達成状況,担当課\n,,指標名,目標値(R5),実績値(R5),,\n手続,電子申請,件数,"5,000件","6,312件",Ａ,情報政策課\n防災,監視カメラ,設置数,8基,－,未実施,土木課\n※Ａ：達成\n`,
  );
  expect(table.headRows).toBe(2);
  expect(tableHeads(table)).toEqual([
    ...["施策", "取組", "指標 指標名", "目標値(R5)", "実績値(R5)", "達成状況", "担当課"],
  ]);
  expect(table.rows).toHaveLength(4);
});
