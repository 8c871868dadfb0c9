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
