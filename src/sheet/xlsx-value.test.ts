import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { showNumber } from "../office/number-format.ts";
import { workbookOf } from "../testing/workbook-fixture.ts";
import { openStyles } from "./xlsx-style.ts";
import { cleanText, contentFor, readMoment, serialOf } from "./xlsx-value.ts";
import { openBook } from "./xlsx-workbook.ts";

const styles = openStyles(openBook(workbookOf({ sheets: [{ name: "S", xml: "<sheetData/>" }] })));
/** 見本のブックの書式の番号。 */
const STYLE = { general: 0, text: 3, padded: 4, date: 5, wareki: 6, time: 9, grouped: 10 };

describe("セルの書式に合う中身", () => {
  test.each([
    ["0007", "padded", 7],
    ["7", "padded", 7],
    ["00007", "padded", "00007"],
    ["A-7", "padded", "A-7"],
    ["09012345678", "text", "09012345678"],
    ["09012345678", "general", "09012345678"],
    ["1234", "general", "1234"],
    ["1,234", "grouped", 1234],
    ["0120", "grouped", "0120"],
    ["１２", "grouped", 12],
    ["2025-10-01", "date", 45931],
    ["令和７年10月１日", "wareki", 45931],
    ["R7.10.1", "date", 45931],
    ["令和元年5月1日", "date", 43586],
    ["2025/10/1(水)", "date", 45931],
    ["2025-10-01T10:00", "date", 45931 + 10 / 24],
    ["未定", "date", "未定"],
    ["2025-02-30", "date", "2025-02-30"],
    ["午後1時30分", "time", 13.5 / 24],
    ["10:00", "time", 10 / 24],
    ["10:00～12:00", "time", "10:00～12:00"],
    ["=1+1", "padded", "=1+1"],
    ["-5", "grouped", -5],
  ] as const)("%s を %s のセルへ", (text, style, wanted) => {
    const content = contentFor({ text }, styles, STYLE[style], false);
    expect(content).toEqual(
      typeof wanted === "number" ? { kind: "number", number: wanted } : { kind: "text", text: wanted },
    );
  });

  test("数として渡されたものは「標準」でも数になり、文字の欄は「0000」でも文字のまま", () => {
    expect(contentFor({ text: "72", number: 72 }, styles, STYLE.general, false)).toEqual({
      kind: "number",
      number: 72,
    });
    expect(contentFor({ text: "0600001", plain: true }, styles, STYLE.padded, false)).toEqual({
      kind: "text",
      text: "0600001",
    });
  });

  test("日付はどの日でも、書式を通すと元の日に戻る", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1904-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }),
        fc.boolean(),
        (date, date1904) => {
          const iso = date.toISOString().slice(0, 10);
          expect(showNumber(serialOf({ text: iso }, date1904) ?? -1, "yyyy-mm-dd", date1904).text).toBe(iso);
        },
      ),
    );
  });

  test("どんな文字からも、XML に置ける文字だけが残り、ふつうの文字は変わらない", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const clean = cleanText(text);
        expect(clean).not.toMatch(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/);
        expect(clean.isWellFormed()).toBe(true);
        expect(cleanText(clean)).toBe(clean);
      }),
    );
    expect(cleanText("一行目\r\n二行目\t𠮷")).toBe("一行目\n二行目\t𠮷");
    expect(cleanText("あ".repeat(40_000))).toHaveLength(32_767);
  });

  test("どんな文字を読ませても、時刻は一日の中に収まる", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^(令和|R|午後)?[0-9元]{1,4}[-/.年時:][0-9]{0,2}[-/.月分:]?[0-9]{0,2}日?$/),
        (text) => {
          const clock = readMoment(text)?.clock;
          if (clock !== undefined) expect(clock).toBeLessThanOrEqual(24 * 3600 + 3599);
        },
      ),
    );
  });
});
