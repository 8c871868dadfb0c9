import fc from "fast-check";
import { expect, test } from "vitest";
import { plainPieces, rawText, shownText, tidyTable } from "./plain-piece.ts";

const book = {
  numbers: new Map([["f-road", "図18"]]),
  tables: {
    "data/a.csv": [
      ["年", "数"],
      ["6", "1234"],
    ],
  },
  notes: ["src:S-01"],
};
const of = (text: string, kind: "paragraph" | "table" | "figure" = "paragraph") =>
  plainPieces({ kind, text, number: "図18", title: "施策の工程" }, book);
const raw =
  "**施策**の工程は、[[@f-road]]のとおりです。{{年度:2028}}に{{data/a.csv!B2|0}}件を見直します[^src:S-01]。";

test("3(1)(ｱ) 照会の紙には書き方の印を出さず、返った文は、触れなかった参照・年度・数を元の書き方に戻す", () => {
  const pieces = of(raw);
  expect(shownText(pieces)).toBe(
    "施策の工程は、図18のとおりです。令和10年度（2028年度）に1,234件を見直します（注1）。",
  );
  expect(rawText(pieces, shownText(pieces))).toEqual({ text: raw, lost: [] });
  const came =
    "施策の工程は、図18のとおりとします。令和10年度（2028年度）に1,234件を全て見直します（注1）。公表します。";
  expect(rawText(pieces, came)).toEqual({
    text: "**施策**の工程は、[[@f-road]]のとおりとします。{{年度:2028}}に{{data/a.csv!B2|0}}件を全て見直します[^src:S-01]。公表します。",
    lost: [],
  });
  const year = rawText(pieces, shownText(pieces).replace("令和10年度（2028年度）", "令和11年度（2029年度）"));
  expect(year.text).toContain("のとおりです。令和11年度（2029年度）に{{data/a.csv!B2|0}}件");
  expect(year.lost).toEqual(["令和10年度（2028年度）"]);
});

test("3(1)(ｱ) ふりがなは、照会の紙では「漢字（かな）」に見え、触れなければ印のまま戻る", () => {
  const pieces = of("{除雪|じょせつ}の計画。");
  expect(shownText(pieces)).toBe("除雪（じょせつ）の計画。");
  expect(rawText(pieces, "除雪（じょせつ）の新しい計画。")).toEqual({
    text: "{除雪|じょせつ}の新しい計画。",
    lost: [],
  });
  expect(shownText(of("{除雪|じょせつ}"))).toBe("除雪（じょせつ）");
});

test("3(1)(ｱ) 表は属性と罫を出さず、図は名だけを出す", () => {
  const table = '表: 役割 {#t-body widths="4,4"}\n| 組織 | 構成 |\n|---|---|\n| 本部 | 市長 |';
  const pieces = of(table, "table");
  expect(shownText(pieces)).toBe("表: 役割\n| 組織 | 構成 |\n| 本部 | 市長 |");
  expect(rawText(pieces, "表: 役割\n| 組織 | 構成 |\n| 本部 | 市長、副市長 |\n| 課 | 職員 |").text).toBe(
    '表: 役割 {#t-body widths="4,4"}\n| 組織 | 構成 |\n|---|---|\n| 本部 | 市長、副市長 |\n| 課 | 職員 |',
  );
  expect(shownText(of(':::figure {#f chart="bar"}\n:::', "figure"))).toBe(
    "（図18　施策の工程: 意見は右の欄に書いてください）",
  );
});

test("表は、画面でも属性と罫を出さない", () => {
  const table = '表: 役割 {#t-body widths="4,4"}\n| 組織 | 構成 |\n|---|---|\n| 本部 | 市長 |';
  expect(tidyTable(table)).toBe("表: 役割\n組織｜構成\n本部｜市長");
  expect(tidyTable("ふつうの文|と文。")).toBe("ふつうの文|と文。");
});

test("触れなければ、どんな文でも元に戻る", () => {
  const part = fc.constantFrom(
    "市は",
    "[[@f-road]]",
    "{{年度:2028}}",
    "**",
    "。",
    "\n",
    "[[@none]]",
    " {#a}",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      const text = parts.join("").replaceAll("****", "");
      return rawText(of(text), shownText(of(text))).text === text;
    }),
  );
});
