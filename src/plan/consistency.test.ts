import { expect, test } from "vitest";
import { readManuscript } from "../manuscript/manuscript-reader.ts";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { writeWordDocument } from "../office/word-document.ts";
import { consistencyOf } from "./consistency.ts";
import { longSentences } from "./split-sentence.ts";
import { readTarget, type UpperPlan, yearsIn } from "./upper.ts";
import { readUpperItems } from "./upper-reader.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const manuscript = readManuscript(
  new Map([
    ["plan.yaml", bytes("title: 計画\n")],
    [
      "01.md",
      bytes(`# 施策 {#c covers="G6"}

:::measure {#m1 title="手続" owner="課" upper="B-1" period="令和７年度～令和11年度" covers="L10"}
表: 指標 {#k1}
| 指標 | 目標値（年度） |
|---|---|
| オンラインでの申請の割合 | 60.0（令和11） |
:::

:::measure {#m2 title="後から" owner="課" upper="B-2" period="令和12年度～令和14年度"}
:::
`),
    ],
  ]),
);
const items = readUpperItems(
  bytes(
    "記号,項目,ページ,始期,終期,指標,目標値,目標年度\nB-1,手続の電子化,62,令和５年度,令和９年度,オンライン申請の割合,60％,令和９年度\nB-2,防災,66,令和５年度,令和９年度,,,\nB-3,支え合い,70頁,,2027年度,,,",
  ),
  "items.csv",
  "B",
);
const upper: UpperPlan = {
  id: "u",
  code: "B",
  name: "アクションプラン2023",
  shortName: "アクションプラン",
  items,
};

test("3(1)(ｱ) 年と目標値の、いろいろな書き方を読む", () => {
  expect(yearsIn("令和７～９年度")).toEqual([2025, 2027]);
  expect(yearsIn("R9から2030年度まで")).toEqual([2027, 2030]);
  expect(yearsIn("平成31年・令和元年")).toEqual([2019, 2019]);
  expect(readTarget("1,234.5（令和14）")).toEqual({ value: 1234.5, year: 2032 });
  expect(items[2]).toMatchObject({ code: "B-3", page: "70", until: 2027, from: null });
});

test("3(1)(ｱ) 施策と上位計画の目標年次・期間の食い違いを、両方の文とページで言う", () => {
  const { rows, clashes, unmatched, law } = consistencyOf(manuscript, [upper], []);
  expect(
    clashes.map(({ kind, measure, block, ours, theirs }) => [kind, measure, block, ours, theirs]),
  ).toEqual([
    ["target-year", "m1", "k1", "令和11年度", "令和9年度"],
    ["period", "m2", "m2", "令和12年度～令和14年度", "令和5年度～令和9年度"],
  ]);
  expect(clashes[0]?.fix).toEqual({ row: 0, column: 1, text: "60（令和9）" });
  expect(rows.map(({ cells }) => cells.map(({ state }) => state))).toEqual([
    ["clash", "full", "none"],
    ["clash", "none", "none"],
  ]);
  expect(unmatched.map(({ item }) => item.code)).toEqual(["B-3"]);
  expect(law.find(({ code }) => code === "G6")?.blocks).toEqual(["c"]);
  // 理由を書いてこのままにしたものは、食い違いと言わない。
  const settled = { measure: "m1", upperId: "u", mark: "settled" as const, note: "両方を併記した" };
  expect(consistencyOf(manuscript, [upper], [settled]).clashes.map(({ measure }) => measure)).toEqual(["m2"]);
});

test("3(1)(ｱ) 項目の列のない表と、同じ記号の二度出る表は、一文で断る", () => {
  expect(() => readUpperItems(bytes("a,b\n1,2"), "x.csv", "A")).toThrow("「項目」");
  expect(() => readUpperItems(bytes("記号,項目\nA-1,一\nA-1,二"), "x.csv", "A")).toThrow("二度");
});

test("3(1)(ｳ) 長すぎる文は、継ぎ目で二つに分けた文を示す", () => {
  const text =
    "開催に当たっては、地域の団体や大学、携帯電話事業者などと連携しながら、参加者の習熟度や関心に応じた内容を用意するとともに、外出が難しい方には出前講座を行うなど、誰もが参加しやすい環境を整える。";
  const [long] = longSentences(`短い文。${text}`);
  expect(long).toMatchObject({ length: text.length, at: "用意する" });
  expect(long?.split).toContain("内容を用意する。また、外出が難しい方には");
});

test("3(1)(ｱ) 上位計画の項目は、題の付いた Excel、Word の結合した表、貼った番号つきの行からも読む", () => {
  const codes = (list: readonly { code: string; title: string; page: string }[]) =>
    list.map(({ code, title, page }) => `${code} ${title} ${page}`.trim());
  const book = writeTableWorkbook([
    { name: "表紙", rows: [["アクションプラン"]] },
    {
      name: "施策一覧",
      rows: [
        ["施策の一覧（令和５年度版）"],
        ["番号", "施策名", "頁", "期間"],
        ["2-1", "防災", "p.70", "R5～R9"],
      ],
    },
  ]);
  const [sheet] = readUpperItems(book, "a.xlsx", "B");
  expect(sheet).toMatchObject({ code: "2-1", title: "防災", page: "70", from: 2023, until: 2027 });
  const word = writeWordDocument({
    ...{ title: "計画", author: "市", created: "2025-01-01T00:00:00.000Z" },
    blocks: [
      { kind: "paragraph", text: "施策の体系" },
      {
        ...{
          kind: "table",
          caption: "表",
          columns: [{ share: 1 }, { share: 1 }],
          header: ["基本目標", "取組"],
        },
        rows: [
          [{ text: "便利", merge: "start" }, "手続の電子化"],
          [{ text: "", merge: "more" }, "窓口の改善"],
        ],
      },
    ],
  });
  expect(codes(readUpperItems(word, "b.docx", "W"))).toEqual(["W-1 手続の電子化", "W-2 窓口の改善"]);
  const pasted = bytes(
    "目次\n１　市民サービスの向上……12\n１－１　行政手続のデジタル化 ・・・・ 14\n（1）電子申請の拡大\n②　窓口の改善\n第２章　安全なまち\n本計画は、次の５年間の取組を示します。\n",
  );
  expect(codes(readUpperItems(pasted, "貼り付けた項目.txt", "C"))).toEqual([
    "C-1 市民サービスの向上 12",
    "C-1-1 行政手続のデジタル化 14",
    "C-1-1-1 電子申請の拡大",
    "C-1-1-2 窓口の改善",
    "C-2 安全なまち",
  ]);
  expect(() => readUpperItems(bytes("ただの文。\n"), "c.txt", "C")).toThrow("列が見つかりません");
});
