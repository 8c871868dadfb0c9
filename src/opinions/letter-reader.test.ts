import { expect, test } from "vitest";
import { writeTableWorkbook } from "../office/table-workbook.ts";
import { readLetters } from "./letter-reader.ts";
import { readAge } from "./period-rule.ts";

const csv = (text: string) => new TextEncoder().encode(text);
const base = { channel: "form", day: "2024-12-10" } as const;

test("一行一通の表を読む: 見出しの言い方、和数字の年代、提出方法、空の文、式で始まる文はそのまま", () => {
  const letters = readLetters(
    csv(
      '受付日,提出方法,年代,お住まいの区,氏名,ご意見\n2024/12/5 10:00,ＦＡＸ,六十代,北区,山田 花子,"=1+2 を直して\n二行目"\n,,,,,x\n2024年12月6日,窓口へ持参,小学生,,,\n',
    ),
    "a.csv",
    base,
  );
  expect(letters.map(({ channel, day, age }) => [channel, day, age])).toEqual([
    ["fax", "2024-12-05", "a60"],
    ["form", "2024-12-10", "none"],
    ["hand", "2024-12-06", "u20"],
  ]);
  expect(letters[0]?.text).toBe("=1+2 を直して\n二行目");
  expect(letters[0]?.senders).toEqual([{ name: "山田 花子", address: "", contact: "" }]);
  expect(letters[2]).toMatchObject({ text: "", senders: [] });
});

test("読めない行は行の番号を言い、意見の列がなければ断る。Excel も読む", () => {
  expect(() => readLetters(csv("意見,受付日\nあ,いつか\n"), "a.csv", base)).toThrow("2行目の日");
  expect(() => readLetters(csv("名前\nあ\n"), "a.csv", base)).toThrow("意見の列");
  const book = writeTableWorkbook([
    {
      name: "一",
      rows: [
        ["意見", "人数"],
        ["窓口を残す", 3],
      ],
    },
  ]);
  expect(readLetters(book, "a.xlsx", base)[0]).toMatchObject({ text: "窓口を残す", signers: 3 });
});

test("年代の書き方", () => {
  const cases = {
    "68歳": "a60",
    七十代: "a70",
    "19": "u20",
    "２０代": "a20",
    高校生: "u20",
    不明: "none",
    "": "none",
    "200": "none",
  };
  for (const [text, age] of Object.entries(cases)) expect(readAge(text), text).toBe(age);
});

test("よその町の表: 題の行、和暦、番号の書き方、二段の見出し、結合、合計の行、意見がいくつもの列、二枚目の表", () => {
  const titled = csv(
    "市民意見募集　提出意見一覧（令和6年度）\n\n受付番号,受付日,提出方法,氏名,年齢,ご意見の内容\n第１号,R6.12.3,はがき,山田太郎,60代,除雪を早く。\n第２号,令和６年12月４日,ファックス,匿名,,名前のない意見\nNo.3,12月5日,Ｅメール,佐藤,３５歳,=cmd|calc\n4,45635,窓口,鈴木,,\n合計,,,,,4件\n",
  );
  expect(
    readLetters(titled, "a.csv", base).map(({ channel, day, source, senders, text }) => [
      ...[channel, day, source, senders[0]?.name ?? "", text],
    ]),
  ).toEqual([
    ["post", "2024-12-03", "1", "山田太郎", "除雪を早く。"],
    ["fax", "2024-12-04", "2", "", "名前のない意見"],
    ["mail", "2024-12-05", "3", "佐藤", "=cmd|calc"],
    ["hand", "2024-12-09", "4", "鈴木", ""],
  ]);
  const twoHeads = csv(
    "受付,,提出者,,意見,\n番号,月日,区分,年代,該当箇所,意見の概要\n1,12月2日,個人,70代以上,第2章,高齢者の講習を増やして\n,,,,第3章,除雪の記述がない\n2,12月3日,団体,,全体,わかりやすい\n",
  );
  expect(readLetters(twoHeads, "b.csv", base).map(({ age, source, text }) => [source, age, text])).toEqual([
    ["1", "a70", "高齢者の講習を増やして\n\n除雪の記述がない"],
    ["2", "none", "わかりやすい"],
  ]);
  const many = writeTableWorkbook([
    { name: "表紙", rows: [["意見募集の結果"]] },
    {
      name: "回答",
      rows: [
        ["タイムスタンプ", "お名前（必須）", "年齢層", "ご意見①", "ご意見②"],
        ["2024/12/10 13:22:11", "高橋", "30～39歳", "保育を", "道路を"],
      ],
    },
  ]);
  expect(readLetters(many, "c.xlsx", base)).toMatchObject([
    { day: "2024-12-10", age: "a30", text: "保育を\n\n道路を", senders: [{ name: "高橋" }] },
  ]);
});

test("同じ受付番号の行は一通の意見になり、失われない。提出方法の違う同じ番号は別の通", () => {
  const rows = csv("№,方法,意見\n1,持参,あ\n１,持参,い\n1,郵送,う\n");
  expect(readLetters(rows, "a.csv", base).map(({ channel, text }) => [channel, text])).toEqual([
    ["hand", "あ\n\nい"],
    ["post", "う"],
  ]);
});
