import { expect, test } from "vitest";
import { readTables } from "../office/table-reader.ts";
import { cellText } from "./inline.ts";
import { surveyCsv } from "./insert-survey-figure.ts";

test("3(1)(ｱ)① 調査の図の数の表は、そのまま原稿のデータとして読め、本文の数を結べる", () => {
  const csv = surveyCsv({
    categories: ["18～29歳", '70歳, "以上"'],
    series: [
      { name: "使う", values: [85.2, 55.74] },
      { name: "使わない", values: [14.8, null] },
    ],
  });
  const [table] = readTables(new TextEncoder().encode(csv), "data/survey-x.csv");
  const rows = table?.rows.map((row) => row.map(({ text }) => text)) ?? [];
  expect(rows[0]).toEqual(["項目", "使う", "使わない"]);
  expect(rows[2]?.[0]).toBe('70歳, "以上"');
  expect(cellText("data/survey-x.csv!B3|0.0", { "data/survey-x.csv": rows })).toBe("55.7");
});
